// A report from the draft to its number and to a ward's register, by seven accounts: specialist, head, mayor, registry of
// the city; registry, head and officer of the ward.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Pki } from "../sign/pki.mjs";
import { base, folder, HEAD, MAYOR, program, run, SPECIALIST, sql, STRANGER } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { follow, leave, menu, notice, press, problems, says, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const WARD_NAME = "Phường Quyết Thắng";
const SUBJECT = "Kết quả rà soát hộ nghèo đợt 1";
export const DRAFTER = "chuyenvien.phong-noi-vu", HEAD_OF_OFFICE = "truongphong.phong-noi-vu", REGISTRY = "vanthu", WARD_REGISTRY = "vanthu.26041";

export async function drafted(page, subject = SUBJECT, to = "Phường Quyết Thắng\nSở Lao động - Thương binh và Xã hội") {
  await menu(page, "page.menu_document_out");
  await follow(page, say("document.new"));
  await press(page, say("document.save"));
  has(await problems(page), say("problem.required"), "a draft without a subject is sent back");
  await page.locator("[name=unit]").selectOption({ label: "ỦY BAN NHÂN DÂN THÀNH PHỐ BIÊN HÒA" });
  await page.locator("[name=type]").selectOption("bao-cao");
  await page.locator("[name=subject]").fill(subject);
  await page.locator("[name=body]").fill("Ủy ban nhân dân thành phố báo cáo kết quả như sau:\n## 1. Kết quả chung\nĐã rà soát toàn bộ khu phố.\n|TT|Phường, xã|Số hộ|\n|1|Quang Vinh|12|\n|2|Trảng Dài|35|");
  await page.locator("[name=to_act]").fill(to);
  await page.locator("[name=signer]").selectOption({ index: await chairman(page) });
  await press(page, say("document.save"));
  same(await notice(page), say("document.said_saved"), "the draft is kept");
}

async function chairman(page) {
  const names = await page.locator("[name=signer] option").allInnerTexts();
  return names.findIndex((name) => name.endsWith("– Chủ tịch UBND thành phố"));
}

export async function done(page, act, what) {
  await press(page, say("document.act." + act));
  has(await notice(page), say("document.act." + act), what);
}

export async function opened(login, address) {
  const page = await visitor(login);
  await page.goto(address);
  return page;
}

// The specialist of the ward, as the list of people names them.
async function officer(page) {
  const name = sql(`SELECT name FROM person WHERE login = '${SPECIALIST}'`);
  const names = await page.locator("[name=person] option").allInnerTexts();
  return names.find((text) => text.startsWith(name));
}

async function atWard(here) {
  const clerk = await visitor(WARD_REGISTRY);
  await menu(clerk, "page.menu_document_waiting");
  await follow(clerk, SUBJECT);
  await press(clerk, say("document.register"));
  has(await notice(clerk), say("document.act.register"), "the ward registers it");
  const there = clerk.url();
  const head = await opened(HEAD, there);
  await head.locator("[name=content]").fill("Tổ chức thực hiện, báo cáo kết quả");
  await head.locator("[name=lead]").selectOption({ index: 0 });
  await head.locator("[name=person]").selectOption({ label: await officer(head) });
  await head.locator("[name=due]").first().fill("09/03/2018");
  await done(head, "direct", "the head of the ward gives the task");
  const worker = await visitor(SPECIALIST);
  await menu(worker, "page.menu_task");
  await follow(worker, "Tổ chức thực hiện");
  await press(worker, say("document.task_report_done"));
  has(await problems(worker), say("problem.required"), "who reports says what was done");
  await worker.locator("[name=text]").nth(1).fill("Đã làm xong, có danh sách kèm theo");
  await press(worker, say("document.task_report_done"));
  await menu(head, "page.menu_document_waiting");
  await follow(head, "Tổ chức thực hiện");
  await press(head, say("document.task_accept"));
  has(await says(head), say("document.task_done"), "the task is done");
  await head.goto(there);
  await done(head, "finish", "and the document is closed");
  await here.reload();
  has(await says(here), say("document.status_06"), "the city sees that it is finished");
  await Promise.all([clerk, head, worker].map(leave));
}

// Soft keys of a small authority: the mayor's, the city's, a stranger's.
let made = null;
export function keysOf() {
  if (made) return made;
  const pki = new Pki(join(folder, "keys"));
  pki.root("root", "/C=VN/O=Thử nghiệm/CN=Gốc thử nghiệm");
  const name = sql(`SELECT name FROM person WHERE login = '${MAYOR}'`);
  const one = (key, subject) => {
    pki.issue("root", key, subject, "signer");
    pki.run("openssl", "pkcs12", "-export", "-inkey", `${key}.key`, "-in", `${key}.pem`, "-out", `${key}.p12`, "-passout", "pass:123456");
    return join(folder, "keys", `${key}.p12`);
  };
  writeFileSync(join(folder, "keys", "pin"), "123456");
  made = { mayor: one("mayor", `/C=VN/O=UBND thành phố/CN=${name}`), city: one("city", "/C=VN/CN=Ủy ban nhân dân thành phố Biên Hòa"),
    other: one("other", "/C=VN/CN=Người Khác"), root: join(folder, "keys", "root.pem") };
  return made;
}

export function signed(login, key) {
  return spawnSync(program, ["sign", "documents", "--as", login, "--p12", key, "--pin-file", join(folder, "keys", "pin"), "--clock", "2018-03-01T07:35",
    "--db", `sqlite:${join(folder, "browser.db")}`], { encoding: "utf8" });
}

export async function mainFile(page) {
  return new URL(await page.locator("a[href*='/tep/']").last().getAttribute("href"), page.url()).pathname.replace(/^.*(\/tep\/\d+)$/, "$1");
}

// Three signatures, each whole, none changed by the next: ours and poppler's word for it.
export function verified(page, bytes) {
  const file = join(folder, "signed.pdf");
  writeFileSync(file, bytes);
  const report = JSON.parse(spawnSync(program, ["sign", "verify", file, "--trust", keysOf().root, "--json"], { encoding: "utf8" }).stdout);
  same(report.signatures.length, 3, "leader, number, seal");
  check(report.signatures.every((s) => s.intact && s.trusted && ["none", "signatures"].includes(s.changed_after)), "all three hold", JSON.stringify(report.signatures));
  const poppler = spawnSync("pdfsig", ["-nocert", file], { encoding: "utf8" }).stdout;
  same((poppler.match(/Signature is Valid/g) || []).length, 3, "poppler says so too");
  has(spawnSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).stdout, "/BC-UBND", "the text is there");
}

export async function documents() {
  const drafter = await visitor(DRAFTER);
  await drafted(drafter);
  const address = drafter.url();
  await drafter.locator("[name=initial]").first().check();
  await done(drafter, "submit", "it is submitted");
  const file = await drafter.context().request.get(address + "/tep/1");
  same(file.headers()["content-type"], "application/pdf", "its paper is a PDF");
  check((await file.body()).subarray(0, 5).toString() === "%PDF-", "of bytes that are one");
  const stranger = await visitor(STRANGER);
  same((await stranger.goto(address)).status(), 404, "another ward does not see it");
  const head = await opened(HEAD_OF_OFFICE, address);
  await done(head, "initial", "the head of the office initials it");
  const mayor = await visitor(MAYOR);
  await menu(mayor, "page.menu_document_waiting");
  await follow(mayor, SUBJECT);
  check(signed(MAYOR, keysOf().other).status === 1, "a certificate of somebody else signs nothing");
  same(signed(MAYOR, keysOf().mayor).status, 0, "the mayor signs with a key of her own");
  const registry = await opened(REGISTRY, address);
  await press(registry, say("document.act.number"));
  same(await notice(registry), say("document.said_number", ["01/BC-UBND"]), "the registry gives the number");
  same(signed(REGISTRY, keysOf().city).status, 0, "number and date, then the seal are put into it");
  await registry.reload();
  verified(registry, await (await registry.context().request.get(address + await mainFile(registry))).body());
  await done(registry, "release", "and releases it");
  has(await says(registry), WARD_NAME, "the ward is among the recipients");
  await atWard(registry);
  await registry.goto(base() + "/vt/day-so");
  has(await says(registry), say("document.no_gap"), "no number is missing");
  check(JSON.parse(run("verify", "--json")).findings.length === 0, "the journal says the same");
  kept();
  await Promise.all([drafter, stranger, head, mayor, registry].map(leave));
}

// A file that a document names and that is gone does not go unseen.
function kept() {
  const change = (from, to) => execFileSync("sqlite3", [join(folder, "browser.db"), `UPDATE file_content SET hash = '${to}' WHERE hash = '${from}'`]);
  const hash = sql("SELECT hash FROM document_file LIMIT 1"), other = "0".repeat(64);
  change(hash, other);
  let findings = [];
  try {
    run("verify", "--json");
  } catch (error) {
    findings = JSON.parse(error.stdout).findings;
  }
  has(JSON.stringify(findings), hash, "verify names a file that is missing");
  change(other, hash);
}
