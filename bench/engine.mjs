// The same transitions by bpmn-engine, the workflow engine of npm: SAVED instances whose states are saved, each
// transition made durable. usage: engine.mjs FILE.bpmn SAVED GROUP SECONDS STORE; prints transitions per second.
//
// One instance is started and its state saved SAVED times under numbers of their own, since all would be alike. A
// transition reads the state of an instance that is in no memory, recovers and resumes the engine, finishes the step
// that waits, and saves the state it comes to. What is saved is appended to one file, GROUP transitions with one
// fdatasync: the cheapest store that is durable, cheaper than a database; reading the drawing costs nothing here.
import { closeSync, fdatasyncSync, openSync, readFileSync, readSync, unlinkSync, writeSync } from "node:fs";
import { EventEmitter } from "node:events";
import { Engine } from "bpmn-engine";

const [source, saved, group, seconds, store] = process.argv.slice(2);
const GROUP = Number(group);
const place = []; // where the last state of an instance lies in the file
let end = 0;

const file = openSync(store, "w+");
unlinkSync(store); // it goes with this process

function append(text, no) {
  const bytes = Buffer.from(text);
  writeSync(file, bytes, 0, bytes.length, end);
  place[no] = [end, bytes.length];
  end += bytes.length;
}

function load(no) {
  const [at, length] = place[no];
  const bytes = Buffer.allocUnsafe(length);
  readSync(file, bytes, 0, length, at);
  return JSON.parse(bytes.toString());
}

const waiting = (execution) => execution.getPostponed().filter((one) => one.type === "bpmn:UserTask");

async function begin() {
  const engine = new Engine({ name: "bench", source: readFileSync(source, "utf8") });
  const execution = await engine.execute({ listener: new EventEmitter() });
  if (waiting(execution).length !== 1) throw new Error("the process does not begin with one step");
  const state = JSON.stringify(execution.getState());
  await execution.stop();
  return state;
}

async function transition(no) {
  const execution = await new Engine({ name: "bench" }).recover(load(no)).resume({ listener: new EventEmitter() });
  const [step] = waiting(execution);
  step.signal();
  const next = waiting(execution);
  if (!next.length || next.some((one) => one.id === step.id)) throw new Error(`nothing came after ${step.id}`);
  append(JSON.stringify(execution.getState()), no);
  await execution.stop();
}

const first = await begin();
for (let i = 0; i < Number(saved); i++) append(first, i);
fdatasyncSync(file);
const began = process.hrtime.bigint();
const until = began + BigInt(seconds) * 1000000000n;
let done = 0;
while (done < Number(saved) && process.hrtime.bigint() < until) {
  for (let i = 0; i < GROUP && done < Number(saved); i++) await transition((done++ * 7919) % Number(saved));
  fdatasyncSync(file);
}
const took = Number(process.hrtime.bigint() - began) / 1e9;
closeSync(file);
console.log(`${(done / took).toFixed(0)} ${first.length}`);
