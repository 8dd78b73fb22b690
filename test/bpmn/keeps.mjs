// What is read is written back whole: every element, attribute, extension and shape of each file, as another
// reader (bpmn-moddle) and the canonical form of the XML see them, and valid against the schema of BPMN 2.0.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BpmnModdle } from "bpmn-moddle";
import { check, end, group, skip } from "../browser/tap.mjs";

const motcua = process.env.MOTCUA;
const dir = process.env.MOTCUA_TEST_DIR;
const schema = "node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd";
const shared = "../shared/data";
const linked = ["BH-LT1", "BH-LT2", "BH-LT3", "BH-LT4", "BH-LT5", "BH-LT6", "BH-LT7"];

// ---- trees ----

async function tree(xml) {
  const read = await new BpmnModdle().fromXML(xml, "bpmn:Definitions");
  return { root: read.rootElement, ids: Object.keys(read.elementsById).sort(), warnings: read.warnings.map((w) => w.message) };
}

const named = (element) => `${element.$type}${element.id ? `#${element.id}` : ""}`;

function members(element) {
  const own = Object.keys(element).filter((key) => !key.startsWith("$"));
  return { own: own.sort(), more: Object.keys(element.$attrs ?? {}).sort() };
}

// The first difference in words, or "". What an element refers to is compared by its id, what it holds as a tree.
function difference(a, b, where) {
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return `${where}: ${a.length} are ${b.length}`;
    return a.reduce((found, one, i) => found || difference(one, b[i], `${where}[${i}]`), "");
  }
  if (a === null || typeof a !== "object" || b === null || typeof b !== "object")
    return Object.is(a, b) ? "" : `${where}: ${JSON.stringify(a)} is ${JSON.stringify(b)}`;
  if (a.$type !== b.$type) return `${where}: ${a.$type} is ${b.$type}`;
  const left = members(a);
  const right = members(b);
  if (String(left.own) !== String(right.own)) return `${where}: members ${left.own} are ${right.own}`;
  if (String(left.more) !== String(right.more)) return `${where}: attributes ${left.more} are ${right.more}`;
  for (const key of left.more)
    if (a.$attrs[key] !== b.$attrs[key]) return `${where}@${key}: ${a.$attrs[key]} is ${b.$attrs[key]}`;
  for (const key of left.own) {
    const found = member(a, b, key, `${where}/${key}`);
    if (found) return found;
  }
  return "";
}

function member(a, b, key, where) {
  if (!a.$descriptor?.propertiesByName?.[key]?.isReference) return difference(a[key], b[key], where);
  const ids = (value) => [value].flat().map((one) => (one && one.$type ? named(one) : String(one)));
  return String(ids(a[key])) === String(ids(b[key])) ? "" : `${where}: ${ids(a[key])} is ${ids(b[key])}`;
}

// ---- the schema ----

// What a file is accused of, without the name of the file and the line, which may move.
function accusations(file) {
  const said = spawnSync("xmllint", ["--noout", "--nonet", "--schema", schema, file], { encoding: "utf8" });
  if (said.error) throw said.error;
  return said.stderr.split("\n").filter((line) => /error/i.test(line)).map((line) => line.replace(/^[^:]*:\d+: /, ""));
}

const canonical = (file) => execFileSync("xmllint", ["--nonet", "--c14n", file], { maxBuffer: 1 << 26 }).toString();

// ---- one file ----

async function keeps(name, file) {
  const out = join(dir, `${name}.written.bpmn`);
  const run = spawnSync(motcua, ["flow", "check", file, "--write", out], { encoding: "utf8" });
  if (!check(run.status === 0 || run.status === 1, `${name}: read`, run.stderr)) return;
  const before = await tree(readFileSync(file, "utf8"));
  const after = await tree(readFileSync(out, "utf8"));
  check(before.ids.length > 0 && String(before.ids) === String(after.ids), `${name}: all ${before.ids.length} ids are there`);
  const found = difference(before.root, after.root, named(before.root));
  check(found === "", `${name}: the same tree`, found);
  check(after.warnings.every((one) => before.warnings.includes(one)), `${name}: another reader complains of nothing new`, after.warnings.join("\n"));
  check(canonical(file) === canonical(out), `${name}: the same canonical XML`);
  const source = accusations(file);
  const ours = accusations(out);
  if (source.length) console.log(`# ${name}: the source is not valid itself: ${source.length} findings, the first: ${source[0]}`);
  check(ours.every((one) => source.includes(one)), `${name}: valid against the schema${source.length ? " but for what its source is not" : ""}`, ours[0]);
}

// ---- what the program draws ----

async function drawn(code) {
  const file = join(dir, `${code}.bpmn`);
  const run = spawnSync(motcua, ["flow", "export", code, "--db", `sqlite:${join(dir, "flow.db")}`], { encoding: "utf8" });
  if (!check(run.status === 0, `${code}: exported`, run.stderr)) return;
  writeFileSync(file, run.stdout);
  const read = await tree(run.stdout);
  const shapes = read.root.diagrams[0].plane.planeElement;
  const process = read.root.rootElements.find((one) => one.$type === "bpmn:Process");
  const bare = process.flowElements.filter((one) => shapes.filter((shape) => shape.bpmnElement === one).length !== 1);
  check(process.flowElements.length > 2 && bare.length === 0, `${code}: each of ${process.flowElements.length} nodes and flows has one shape`, bare.map(named));
  check(shapes.every((one) => (one.bounds ? one.bounds.width > 0 && one.bounds.height > 0 : one.waypoint.length >= 2)), `${code}: every shape has a size, every edge two points`);
  check(accusations(file).length === 0, `${code}: valid as it was drawn`, accusations(file)[0]);
  check(spawnSync(motcua, ["flow", "check", file]).status === 0, `${code}: executable as it was drawn`);
  await keeps(code, file);
}

// ---- this test itself ----

// A comparison that finds nothing proves nothing: each of these changes must be found.
async function sees(name, from, to, seen) {
  const text = readFileSync(join(shared, "bpmn/A.4.0.bpmn"), "utf8");
  const changed = text.replace(from, to);
  const [a, b] = [await tree(text), await tree(changed)];
  check(changed !== text && seen(difference(a.root, b.root, ""), a, b), `the comparison sees ${name}`);
}

await group("the models of others", async () => {
  if (!existsSync(join(shared, "bpmn"))) return skip("the models of others", "no data");
  for (const file of readdirSync(join(shared, "bpmn")).filter((one) => one.endsWith(".bpmn")).sort())
    await keeps(file, join(shared, "bpmn", file));
  await keeps("receipt", join(shared, "receipt/receipt.bpmn"));
  await sees("a moved point", /waypoint x="[\d.]+"/, 'waypoint x="1.5"', (found) => found.includes("waypoint"));
  await sees("another name", /task ([^>]*)name="[^"]*"/, 'task $1name="?"', (found) => found.includes("name"));
  await sees("a lost id", / id="[^"]*"/g, "", (found) => found !== "");
});

await group("the processes of the city", async () => {
  const made = spawnSync(motcua, ["demo", "--scale", "0", "--db", `sqlite:${join(dir, "flow.db")}`], { encoding: "utf8" });
  if (!check(made.status === 0, "a city without dossiers", made.stderr)) return;
  for (const code of [...linked, "2.000908"]) await drawn(code);
});

end();
