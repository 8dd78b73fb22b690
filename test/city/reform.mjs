// The reform report of the demonstration city: its numbers are the published ones, from records, and every number on
// every page that shows figures opens a list that adds up to it. use: reform.mjs STORE FOLDER; says "# …" and exits 1.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [store, folder] = process.argv.slice(2);
const program = process.env.MOTCUA;
let wrong = 0;
const complain = (text) => { wrong++; console.log("# " + text); };

// ---- the published numbers (reference 8.2), where they can be true (8.3) ----

const PUBLISHED = {
  "procedure.district": 303, "procedure.district_counter": 150, "procedure.district_software": 303, "procedure.ward": 124,
  "procedure.linked_land": 30, "procedure.linked_birth": 3, "procedure.linked_labour": 3, "procedure.linked_higher": 33, "procedure.linked_own": 3,
  "petition.received": 11, "petition.settled": 6, "petition.open": 5, "law.documents": 2,
  "organ.departments": 12, "organ.public": 132, "organ.kindergartens": 33, "organ.primary": 54, "organ.secondary": 33, "organ.other": 12, "organ.regulated": 11,
  "quota.civil": 223, "quota.contract": 3, "quota.public": 7046, "staff.civil": 199, "staff.contract": 3, "staff.public": 6260, "staff.all": 6462,
  "slim.proposed": 0, "slim.approved": 0, "event.heads_reappointed": 45,
  "course.leadership": 5, "course.state": 13, "course.postgraduate": 7, "course.tour": 1, "course.civil_master": 2, "course.civil_five": 18, "course.public_master": 5,
  "ward.cadres": 309, "ward.civil": 342, "autonomy.all": 18, "autonomy.departments": 12, "autonomy.party": 1, "autonomy.mass": 5,
  "token.issued": 66, "token.personal": 40, "token.organisation": 26, "token.leaders_used": 0, "token.leaders_used_public": 0,
  "service.district3": 14, "service.ward2": 118, "service.ward3": 6,
  "inspection.rounds": 4, "inspection.counter": 1, "inspection.wards": 15, "news.clips": 4,
};
const BEFORE = { "procedure.district": 324, "procedure.district_counter": 150, "procedure.district_software": 324, "organ.departments": 12, "organ.public": 132,
  "ward.cadres": 307, "ward.civil": 348, "token.leaders_used": 0 };
const SHARES = ["54,55", "45,45", "64,49", "17,83", "17,68", "95,03", "2,85", "2,13", "89,24", "88,84", "91,67", "49,50"];

const arguments_ = ["--unit", "bien-hoa", "--period", "2018-Q1", "--from", "2018-01-01", "--to", "2018-02-28", "--as-of", "2018-03-01"];
function report(format, code = "cchc", ...more) {
  const out = join(folder, `${code}.${format}`);
  execFileSync(program, ["report", code, "--db", `sqlite:${store}`, ...arguments_, ...more, "--format", format, "--out", out], { stdio: ["ignore", "ignore", "inherit"] });
  return out;
}
function numbers() {
  const json = JSON.parse(readFileSync(report("json"), "utf8"));
  const cells = [...json.paragraphs.flatMap((p) => p.numbers), ...json.tables.flatMap((t) => t.rows.flatMap((r) => r.cells))].filter((c) => c.figure);
  if (!json.ok) complain("the report breaks a law: " + JSON.stringify(json.broken));
  for (const [code, n] of Object.entries(PUBLISHED)) {
    const found = cells.filter((c) => c.figure === code && !c.from);
    if (!found.length) complain(`${code} does not stand in the report`);
    for (const c of found) if (c.value !== n) complain(`${code} is ${c.text}, published ${n}`);
  }
  for (const [code, n] of Object.entries(BEFORE))
    for (const c of cells.filter((c) => c.figure === code && c.from)) if (c.value !== n) complain(`${code} of the period before is ${c.text}, published ${n}`);
  const said = JSON.stringify(json).replace(/\u00a0/g, " ");
  for (const share of SHARES) if (!said.includes(share + " %")) complain(`no ${share} % in the report`);
  const captions = json.tables.map((t) => t.caption);
  if (new Set(captions).size !== captions.length) complain("two tables have one caption");
  const numbered = captions.filter((c) => /^Bảng \d/.test(c)).map((c) => c.split(".").slice(0, 2).join("."));
  if (new Set(numbered).size !== numbered.length) complain("two tables have one number");
}

// ---- every number opens its records ----

async function serve() {
  const child = spawn(program, ["serve", "--db", `sqlite:${store}`, "--listen", "127.0.0.1:0", "--clock", "2018-03-01T07:30"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const base = await new Promise((done, fail) => {
    child.stderr.on("data", (b) => { said += b; const m = said.match(/http:\/\/[0-9.]+:\d+/); if (m) done(m[0]); });
    child.on("exit", () => fail(new Error(said)));
  });
  return { child, base, said: () => said };
}
async function signIn(base, login) {
  const cookies = {};
  const keep = (r) => { for (const c of r.headers.getSetCookie()) { const [k, v] = c.split(";")[0].split("="); cookies[k] = v; } };
  const header = () => ({ cookie: Object.entries(cookies).map(([k, v]) => `${k}=${v}`).join("; ") });
  const form = await fetch(base + "/dang-nhap");
  keep(form);
  const html = await form.text(), csrf = html.match(/name="csrf" value="([^"]*)"/)?.[1] || "";
  const user = html.match(/<input[^>]*name="(login|ten|tai-khoan)"/)?.[1] || "login", secret = html.match(/<input[^>]*type="password"[^>]*name="([^"]+)"|<input[^>]*name="([^"]+)"[^>]*type="password"/);
  const body = new URLSearchParams({ csrf, [user]: login, [secret?.[1] || secret?.[2] || "password"]: "mot-cua-2018" });
  const r = await fetch(base + "/dang-nhap", { method: "POST", body, headers: { ...header(), origin: base }, redirect: "manual" });
  keep(r);
  return async (path) => {
    const a = await fetch(base + path, { headers: header() });
    return { status: a.status, text: await a.text() };
  };
}
const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/&amp;/g, "&").trim();
const number = (text) => Number(text.replace(/\./g, ""));

// What the list behind a link adds up to.
async function total(get, path, seen) {
  if (!seen.has(path)) {
    const { status, text } = await get(path);
    const sum = text.match(/data-sum="(-?\d+)" data-total="(\d+)"/), head = text.match(/<h1>([\s\S]*?)<\/h1>/);
    const rows = (text.match(/data-n="-?\d+"/g) || []).length;
    seen.set(path, status !== 200 ? NaN : sum ? Number(sum[1]) : number(plain(head[1]).match(/([\d.]+) hồ sơ/)?.[1] || "x"));
    if (sum && rows !== Math.min(Number(sum[2]), 100)) complain(`${path} says ${sum[2]} records and shows ${rows}`);
  }
  return seen.get(path);
}
async function crawl(get, page, seen) {
  const { status, text } = await get(page);
  if (status !== 200) return complain(`${page} answers ${status}`), 0;
  const links = [...text.matchAll(/<a href="((?:\/so-lieu\/|\/ld\/ho-so\?)[^"]*)"[^>]*>([\s\S]*?)<\/a>/g)];
  let looked = 0;
  for (const [, href, inner] of links) {
    const shown = plain(inner).replace(/\s/g, ""), path = href.replace(/&amp;/g, "&");
    if (!/^-?[\d.]+$/.test(shown)) continue; // a share opens its part: its own page says both
    looked++;
    const sum = await total(get, path, seen);
    if (sum !== number(shown)) complain(`${page}: ${shown} opens ${sum} (${path})`);
  }
  return looked;
}

// ---- the reorganisation of July 2025 (reference 13.2): as then nothing changes, as now sums are kept ----

const said = (path) => readFileSync(path, "utf8");
function territory() {
  for (const code of ["mot-cua", "II.06a", "cchc"]) {
    const then = said(report("json", code, "--territory", "then")), plainly = said(report("json", code));
    if (then !== plainly) complain(`${code} as then is not what it is without a territory`);
  }
  const then = JSON.parse(said(report("json", "mot-cua"))).tables[0], now = JSON.parse(said(report("json", "mot-cua", "--territory", "2025-07-01"))).tables[0];
  const rows = (t, kind) => t.rows.filter((r) => r.kind === kind).map((r) => r.cells);
  const follows = new Map(execFileSync("sqlite3", ["-readonly", "-separator", "|", store,
    "SELECT u.name, s.name FROM unit_successor x JOIN unit u ON u.id = x.unit_id JOIN unit s ON s.id = x.successor_id WHERE u.valid_from = '2015-01-01' AND x.since <= '2025-07-01'"],
  { encoding: "utf8" }).trim().split("\n").map((l) => l.split("|")));
  // Wards of 2018 that went by a ward of 2024 first: the two steps of the reference, told by hand.
  const STEPS = { "Phường Tân Tiến": "Phường Tam Hiệp", "Phường Tân Mai": "Phường Tam Hiệp", "Phường Tam Hòa": "Phường Tam Hiệp", "Phường Bình Đa": "Phường Tam Hiệp",
    "Phường Quang Vinh": "Phường Trấn Biên", "Phường Trung Dũng": "Phường Trấn Biên", "Phường Hòa Bình": "Phường Trấn Biên", "Phường Quyết Thắng": "Phường Trấn Biên",
    "Phường Thanh Bình": "Phường Trấn Biên", "Xã Tân Hạnh": "Phường Biên Hòa", "Xã Hiệp Hòa": "Phường Trấn Biên", "Xã Hóa An": "Phường Biên Hòa",
    "Xã An Hòa": "Phường Long Hưng", "Xã Tam Phước": "Phường Tam Phước", "Xã Phước Tân": "Phường Phước Tân" };
  const wanted = new Map();
  for (const cells of rows(then, "body")) {
    const name = STEPS[cells[1].text] || follows.get(cells[1].text) || cells[1].text, line = wanted.get(name) || [];
    cells.forEach((c, i) => { if (c.value !== undefined) line[i] = (line[i] || 0) + c.value; });
    wanted.set(name, line);
  }
  const lines = rows(now, "body");
  if (lines.length !== wanted.size || lines.length !== 11) complain(`as now has ${lines.length} lines, not ${wanted.size}`);
  for (const cells of lines)
    cells.forEach((c, i) => { if (c.value !== undefined && wanted.get(cells[1].text)?.[i] !== c.value) complain(`${cells[1].text} as now: ${c.value} in column ${i}, not ${wanted.get(cells[1].text)?.[i]}`); });
  rows(then, "total")[0].forEach((c, i) => { if (c.value !== rows(now, "total")[0][i].value) complain(`the total as now is another one in column ${i}`); });
}

numbers();
territory();
for (const format of ["pdf", "docx", "html", "xlsx"]) report(format);
const server = await serve();
try {
  const get = await signIn(server.base, "chutich"), seen = new Map();
  const unit = execFileSync("sqlite3", ["-readonly", store, "SELECT id FROM unit WHERE code = 'bien-hoa'"], { encoding: "utf8" }).trim();
  const period = `?don-vi=${unit}&tu=01/01/2018&den=28/02/2018&den-luc=01/03/2018`;
  let looked = 0;
  for (const page of ["/bc/cchc", "/bc/mot-cua", "/bc/ii-06a", "/bc/ii-05a", "/bc/chi-so-766", "/bc/chi-tieu", "/ld"]) looked += await crawl(get, page + period, seen);
  looked += await crawl(get, "/bc/mot-cua" + period + "&dia-gioi=2025-07-01", seen);
  console.log(`# ${looked} numbers opened ${seen.size} lists`);
  if (looked < 400) complain("too few numbers open their records");
} finally {
  server.child.kill("SIGTERM");
  await new Promise((done) => server.child.on("exit", done));
}
process.exit(wrong ? 1 : 0);
