// Files made to harm: each is refused, or its fault named, within a limit of processor time and of memory that
// the system enforces. A program that passes its limit is killed, and has then no status of its own.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, end, group } from "../browser/tap.mjs";

const motcua = process.env.MOTCUA;
const dir = process.env.MOTCUA_TEST_DIR;
const SECONDS = 20;
const MEGABYTES = 1200;

// A program with sanitizers needs all address space; there the sanitizer itself watches what is resident.
const sanitized = spawnSync("sh", ["-c", `ulimit -v ${MEGABYTES * 1024}; exec "$0" version`, motcua]).status !== 0;

function limited(seconds, megabytes, args) {
  const memory = sanitized ? ":" : `ulimit -v ${megabytes * 1024}`;
  const env = { ...process.env, ASAN_OPTIONS: `hard_rss_limit_mb=${megabytes}:exitcode=99` };
  return spawnSync("sh", ["-c", `ulimit -t ${seconds}; ${memory}; exec "$@"`, "sh", motcua, ...args], { encoding: "utf8", env, input: "", maxBuffer: 1 << 28 });
}

const model = (inside, before = "") =>
  `${before}<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:mc="https://motcua.vn/bpmn/1" id="d" targetNamespace="t">${inside}</definitions>`;
const process_ = (inside, id = "p") => `<process id="${id}" isExecutable="true">${inside}</process>`;
const many = (n, one) => Array.from({ length: n }, (_, i) => one(i)).join("");
const flow = (id, from, to, condition = "") =>
  `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${condition && `<conditionExpression>${condition}</conditionExpression>`}</sequenceFlow>`;
const START = '<startEvent id="s"/>';
const END = '<endEvent id="e"/>';
const TASK = '<userTask id="t"/>';
const line = flow("f1", "s", "t") + flow("f2", "t", "e");
const looped = (condition) =>
  process_(`${START}${TASK}<exclusiveGateway id="g" default="f4"/>${END}${flow("f1", "s", "t")}${flow("f2", "t", "g")}${flow("f3", "g", "t", condition)}${flow("f4", "g", "e")}`);
const instances = (how, activity = "userTask") =>
  process_(`${START}<${activity} id="t"><multiInstanceLoopCharacteristics ${how}><loopCardinality>1000000000</loopCardinality></multiInstanceLoopCharacteristics></${activity}>${END}${line}`);
// Gateways in a row, each with two ways to the next, the last back to a task: as many ways as 2^1900.
const ladder = process_(
  `${START}${TASK}${END}${flow("a", "s", "t")}${flow("b", "t", "g0")}${many(1900, (i) => `<parallelGateway id="g${i}"/>`)}` +
    many(1899, (i) => flow(`x${i}`, `g${i}`, `g${i + 1}`) + flow(`y${i}`, `g${i}`, `g${i + 1}`)) + flow("z", "g1899", "e"),
);

// name; the file; "check" or "run"; status; what is said
const CASES = [
  ["the harmless one", model(process_(START + TASK + END + line)), "check", 0, "executable"],
  ["200 levels", model(process_(many(200, (i) => `<subProcess id="u${i}">`) + "</subProcess>".repeat(200))), "check", 2, "levels"],
  ["a million levels", model(process_("<x>".repeat(1000000))), "check", 2, "line"],
  ["an entity bomb", model(process_(`<task id="t" name="&i;"/>`), `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${many(8, (i) => `<!ENTITY ${"bcdefghi"[i]} "${`&${"abcdefgh"[i]};`.repeat(10)}">`)}]>`), "check", 2, "document type"],
  ["an entity bomb in another encoding", Buffer.from("\ufeff" + model("&a;", '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">]>'), "utf16le"), "check", 2, "document type"],
  ["a file of this machine as an entity", model(process_(`<task id="t" name="x"><documentation>&x;</documentation></task>`), '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "check", 2, "document type"],
  ["50 MB", model(process_(" ".repeat(50 * 1024 * 1024))), "check", 2, "larger"],
  ["100,000 elements", model(process_(many(100000, (i) => `<task id="t${i}"/>`))), "check", 2, "too many"],
  ["100,000 flows that lead nowhere", model(process_(START + many(80000, (i) => `<sequenceFlow id="f${i}"/>`))), "check", 1, "f0"],
  ["10,000 parallel branches", model(process_(`${START}<parallelGateway id="g"/>${END}${many(10000, (i) => flow(`f${i}`, "g", "e"))}`)), "check", 2, "too many"],
  ["1,900 parallel branches", model(process_(`${START}<parallelGateway id="g"/>${END}${flow("s0", "s", "g")}${many(1900, (i) => `<task id="t${i}"/>${flow(`f${i}`, "g", `t${i}`)}${flow(`h${i}`, `t${i}`, "e")}`)}`)), "run", 1, ""],
  ["2^1900 ways", model(ladder), "check", 0, "executable"],
  ["2^1900 tokens", model(ladder), "run", 1, "ERR_LIMIT"],
  ["500 empty processes with much in them", model(many(500, (i) => process_(many(2000, () => "<x/>"), `p${i}`))), "check", 2, "too many"],
  ["130,000 names in a lane", model(process_(`<laneSet id="l"><lane id="m">${"<flowNodeRef>none</flowNodeRef>".repeat(130000)}</lane></laneSet>${START}${TASK}${END}${line}`)), "check", 0, "executable"],
  ["a cycle on which nobody waits", model(process_(`${START}<exclusiveGateway id="g"/><serviceTask id="v"/>${END}${flow("f1", "s", "g")}${flow("f2", "g", "v", "true")}${flow("f3", "v", "g")}${flow("f4", "g", "e", "true")}`)), "check", 1, "would run for ever"],
  ["a condition that never ends", model(looped("(function() while true do end end)()")), "run", 1, "it stops at 'f3'"],
  ["a condition that eats memory", model(looped("(function() local s = 'x' while true do s = s .. s end end)()")), "run", 1, "it stops at 'f3'"],
  ["a way back for ever", model(looped("true")), "run", 1, "not ended"],
  ["a thousand million instances side by side", model(instances("")), "run", 1, "it stops at 't'"],
  ["a thousand million instances in turn", model(instances('isSequential="true"')), "run", 1, "it stops at 't'"],
  ["a thousand million instances that nobody does", model(instances("", "serviceTask")), "check", 1, "multiInstance"],
  ["a process that calls itself", model(process_(`${START}<callActivity id="t" calledElement="p"/>${END}${line}`)), "check", 1, ""],
  ["an id twice", model(process_(START + TASK + TASK + END + line)), "check", 2, "twice"],
  ["the id of a node for a flow", model(process_(START + TASK + END + line + flow("t", "s", "e"))), "check", 2, "twice"],
  ["a flow to nowhere", model(process_(START + TASK + END + line + flow("f3", "t", "gone"))), "check", 1, "f3"],
  ["a boundary of nothing", model(process_(`${START}${TASK}${END}${line}<boundaryEvent id="b" attachedToRef="gone"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>${flow("f3", "b", "e")}`)), "check", 1, "b: "],
  ["a call of nothing", model(process_(`${START}<callActivity id="t" calledElement="gone"/>${END}${line}`)), "check", 1, ""],
  ["the default of another gateway", model(process_(`${START}${TASK}<exclusiveGateway id="g" default="f1"/>${END}${flow("f1", "s", "t")}${flow("f2", "t", "g")}${flow("f3", "g", "e", "true")}${flow("f4", "g", "t", "true")}`)), "check", 1, "g: The default flow"],
];

function tried([name, text, command, status, said], i) {
  const file = join(dir, `hostile-${i}.bpmn`);
  writeFileSync(file, text);
  const args = ["flow", command, file, ...(command === "run" ? ["--auto"] : [])];
  const got = limited(SECONDS, MEGABYTES, args);
  const words = got.stdout + got.stderr;
  check(got.status === status && words.includes(said), `${name}: ${["taken", "named", "refused"][status]}`,
    `status ${got.status} ${got.signal ?? ""}, wanted ${status} and ${JSON.stringify(said)}: ${words.slice(-400)}`);
}

await group("files made to harm", async () => {
  CASES.forEach(tried);
  const killed = limited(SECONDS, 24, ["flow", "run", join(dir, "hostile-12.bpmn"), "--auto"]);
  check(killed.status === null || killed.status > 2, "the limit of memory is one: a smaller one kills", `status ${killed.status}`);
});

end();
