// motcua report check: every contradiction of the published report is named (reference 8.3), none is in its corrected
// copy, and nearly every single change of that copy is found. TAP.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.MOTCUA || "build-test/src/app/motcua";
const folder = process.env.MOTCUA_TEST_DIR || mkdtempSync(join(tmpdir(), "report-check."));
const MODEL = "test/cases/report/model-2018-q1.yaml", CORRECTED = "test/cases/report/model-2018-q1-corrected.yaml";
let count = 0;
const check = (good, what, why = "") => {
  console.log(`${good ? "ok" : "not ok"} ${++count} - ${what}`);
  if (!good && why) console.log("# " + String(why).replace(/\n/g, "\n# "));
};

function checked(text, name = "report.yaml") {
  const file = join(folder, name);
  writeFileSync(file, text);
  const r = spawnSync(program, ["report", "check", file, "--json"], { encoding: "utf8", maxBuffer: 64 << 20 });
  return { status: r.status, findings: r.status === 0 || r.status === 1 ? JSON.parse(r.stdout).findings : [], said: r.stderr };
}

// ---- reference 8.3, number by number: by which law, and where ----

const CONTRADICTIONS = [
  [1, "period-title", "Tiêu đề"], [2, "period-next", "Nhiệm vụ"], [3, "period-days", "Kỳ báo cáo"], [4, "section-number", "Đánh giá chung"],
  [5, "table-number", "II › 2"], [5, "table-number", "II › 4"], [6, "document-twice", "45/2018"], [7, "document-normative", "45/2018"], [8, "document-printed", "I › 2"],
  [9, "document-parent", "8590"], [10, "sum", "Trường"], [11, "sum", "Tổng biên chế"], [12, "sum", "Sự nghiệp giao"], [13, "role", "Tổng biên chế"],
  [14, "thousands", "II › 3"], [15, "not-all", "một cửa"], [15, "change", "Thủ tục"], [16, "sum", "Thủ tục"], [17, "empty-column", "Bảng 2.2"], [17, "unit", "khai sinh"],
  [18, "decimals", "đúng hạn"], [19, "columns-missing", "tiếp nhận"], [20, "target", "90 %"], [21, "unused", "chữ ký số"], [22, "not-all", "tổ chức"],
  [23, "empty-column", "Bảng 6.2"], [24, "text-in-number", "Bổ nhiệm lại"], [25, "list", "05 ngày"], [26, "empty-cell", "Bảng 4.1"], [27, "ratio-counts", "Cán bộ"],
  [28, "ratio-none", "tinh giản"], [30, "annex", "Phụ lục"], [31, "section-empty", "6.3"], [32, "spelling", ""], [33, "population", "khoán"], [34, "broken-down", "Phường xã"],
  [35, "no-value", "cấp xã"], [36, "twice", "6.1"], [37, "empty-column", "Năm 2017"], [38, "no-value", "bưu chính"],
];
// 29: that units' plans are promised and the city's own is named is said by words alone.

const model = checked(readFileSync(MODEL, "utf8"));
check(model.status === 1, "the published report contradicts itself");
for (const [no, law, where] of CONTRADICTIONS)
  check(model.findings.some((f) => f.law === law && f.where.includes(where)), `8.3 no. ${no}: ${law}`, JSON.stringify(model.findings.filter((f) => f.law === law)));

const text = readFileSync(CORRECTED, "utf8"), corrected = checked(text);
check(corrected.status === 0 && corrected.findings.length === 0, "its corrected copy does not", JSON.stringify(corrected.findings, null, 1));

// ---- the same as JSON, and what is no report ----

check(checked("").status === 2, "an empty file is refused");
check(checked("report: [").status === 2, "and what is no YAML");
check(checked("a: 1\n").status === 2 && /report/.test(checked("a: 1\n").said), "and what is no report, with the reason");
check(checked('{"report":{},"sections":[{"no":"I","heading":"A","text":["x"]}]}', "r.json").status === 1, "JSON is read as well");
check(checked("report: {title: x}\nsections:\n" + "  - {no: I, heading: x, text: [y]}\n".repeat(50000)).status === 1, "a long one is read to its end");
check(checked(text.slice(0, 5000) + "\u0000" + text.slice(5000)).status === 2, "bytes that are no text are refused");

// ---- single changes ----

const SEED = Number(process.env.MUTATION_SEED || 2018), CHANGES = 200;
let state = SEED;
const random = (n) => {
  state = (state * 1103515245 + 12345) % 2147483648;
  return Math.floor((state / 2147483648) * n);
};
// A number, a date, a label, a deleted row: places in the text.
function places() {
  const found = { number: [], date: [], label: [], row: [] };
  const body = text.indexOf("report:");
  const add = (kind, pattern, group = 0) => {
    for (const m of text.slice(body).matchAll(pattern)) found[kind].push([body + m.index + m[0].indexOf(m[group]), m[group]]);
  };
  add("number", /value: (\d+)/g, 1);
  add("number", /value: "(\d+,\d+)/g, 1);
  add("number", /\[[a-z0-9_.]+=([\d.]+(?:,\d+)?)[\] ]/g, 1);
  add("date", /(?:date|from|to|as_of): (\d{4}-\d\d-\d\d)/g, 1);
  add("date", /\.date=(\d\d\/\d\d\/\d{4})/g, 1);
  add("label", /no: "?([IVX]+|\d[\d.]*)"?\n/g, 1);
  add("label", /label: (\d{4}-Q\d)/g, 1);
  add("label", /Quý (I[IV]*) năm \d{4}/g, 1);
  add("label", /Quý I[IV]* năm (\d{4})/g, 1);
  add("label", /number=(\d+)\//g, 1);
  add("label", /(?:heading|caption): ([^\n]{4,})/g, 1);
  add("row", /\n {10,}- (?:\[|\{total)[^\n]*/g);
  return found;
}
function changed(kind, value) {
  if (kind === "row") return "";
  const digits = [...value].flatMap((c, i) => (/\d/.test(c) ? [i] : []));
  if (/^[IVX]+$/.test(value)) return value === "I" ? "V" : "I";
  if (!digits.length) return value + " khác";
  for (;;) {
    const at = digits[random(digits.length)], other = String((Number(value[at]) + 1 + random(9)) % 10);
    const now = value.slice(0, at) + other + value.slice(at + 1);
    if (kind !== "number" || Number(now.replace(/\./g, "").replace(",", ".")) !== Number(value.replace(/\./g, "").replace(",", "."))) return now;
  }
}
const at = places(), missed = [];
let seen = 0;
for (let i = 0; i < CHANGES; i++) {
  const kind = ["number", "number", "date", "label", "row"][i % 5], [where, value] = at[kind][random(at[kind].length)];
  const now = text.slice(0, where) + changed(kind, value) + text.slice(where + value.length);
  if (checked(now).status !== 0) seen++;
  else missed.push(`${kind} ${JSON.stringify(value.trim().slice(0, 60))} → ${JSON.stringify(now.slice(where, where + 20))}`);
}
console.log(`# seed ${SEED}: ${seen} of ${CHANGES} single changes found` + missed.map((m) => `\n# missed: ${m}`).join(""));
check(seen >= CHANGES * 0.95, "at least 95 of a hundred single changes are found");
console.log(`1..${count}`);
if (!process.env.MOTCUA_TEST_DIR) rmSync(folder, { recursive: true });
