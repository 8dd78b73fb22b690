// A report from the city to a department of the province, which has an installation of its own: drafted, signed with keys,
// numbered, sealed, released, brought over the line as edXML, registered and finished there, its statuses come back. Then the
// city wants it back, and the department agrees.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { ADMINISTRATOR, base, folder, MAYOR, run, sql } from "./city.mjs";
import { drafted, done, keysOf, mainFile, opened, signed, verified, DRAFTER, REGISTRY } from "./documents.mjs";
import { House } from "./house.mjs";
import { check, has, same } from "./tap.mjs";
import { follow, leave, menu, notice, press, problems, says, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const SUBJECT = "Kết quả giảm nghèo quý I năm 2018", SECRET = "mot bi mat dai dung chung";
const DEPARTMENT = "Sở Lao động - Thương binh và Xã hội tỉnh Đồng Nai", ORGAN = "000.00.12.H19", CITY_ORGAN = "000.00.31.H19";
const CLOCK = "2018-03-01T07:30";

async function soon(page, text, what) {
  for (let i = 0; i < 60; i += 1) {
    await page.reload();
    if ((await says(page)).includes(text)) break;
    await page.waitForTimeout(500);
  }
  has(await says(page), text, what);
}

async function connected(page, home, { code, own, name, address, partner, organ }) {
  await page.goto(`${home}/qt/ket-noi`);
  await page.locator("[name=code]").fill(code);
  await page.locator("[name=own_code]").fill(own);
  await page.locator("[name=name]").fill(name);
  await page.locator("[name=documents]").selectOption("named");
  await page.locator("[name=address]").fill(address);
  await page.locator("[name=secret]").fill(SECRET);
  await press(page, say("peer.save"));
  same(await notice(page), say("peer.said"), `${name}: the connection is kept`);
  await page.goto(`${home}/vt/lien-thong/co-quan`);
  await page.locator("[name=organ]").fill("không phải mã");
  await press(page, say("exchange.partner_save"));
  has(await problems(page), say("problem.required"), "an agency without a name is sent back");
  await page.locator("[name=organ]").fill(organ);
  await page.locator("[name=name]").fill(partner);
  await page.locator("[name=peer]").selectOption({ label: name });
  await press(page, say("exchange.partner_save"));
  same(await notice(page), say("exchange.partner_said"), `${partner} can be written to`);
}

// What stands on the documents of an agency, and its code on the axis.
async function issuer(house, page, unit, fields) {
  await page.goto(`${house.base}/qt/don-vi/${house.sql(`SELECT id FROM unit WHERE code = '${unit}' ORDER BY id LIMIT 1`)}`);
  await follow(page, say("document.issuer"));
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value);
  await press(page, say("common.save"));
  same(await notice(page), say("common.saved"), `${unit}: how it signs is kept`);
}

async function department(house) {
  house.run("unit", "add", "so-ldtbxh", "--name", DEPARTMENT, "--parent", "goc", "--kind", "agency");
  house.hire("quan.tri", "Lê Văn Trị", "goc", "quan-tri");
  house.hire("van.thu", "Phạm Thị Thư", "so-ldtbxh", "van-thu");
  await house.open(CLOCK, "--trust", trust());
  const keeper = await house.visitor("quan.tri");
  await issuer(house, keeper, "bien-hoa", { organ: "" });
  await issuer(house, keeper, "so-ldtbxh", { name: "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", above: "ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI", symbol: "SLĐTBXH", place: "Đồng Nai", organ: ORGAN });
  await connected(keeper, house.base, { code: "bien-hoa", own: "so-ldtbxh", name: "Thành phố Biên Hòa", address: base(), partner: "UBND thành phố Biên Hòa", organ: CITY_ORGAN });
  await leave(keeper);
}

// The roots of the small authority, in a folder of their own.
function trust() {
  const dir = join(folder, "trust");
  mkdirSync(dir, { recursive: true });
  copyFileSync(keysOf().root, join(dir, "root.pem"));
  return dir;
}

export async function exchange() {
  const house = new House("department");
  try {
    await department(house);
    await between(house);
  } finally {
    await house.close();
  }
}

async function between(house) {
  const keeper = await visitor(ADMINISTRATOR);
  await connected(keeper, base(), { code: "so-ldtbxh", own: "bien-hoa", name: "Sở LĐTBXH", address: house.base, partner: DEPARTMENT, organ: ORGAN });
  const drafter = await visitor(DRAFTER);
  await drafted(drafter, SUBJECT, DEPARTMENT);
  const address = drafter.url();
  await done(drafter, "submit", "it is submitted");
  same(signed(MAYOR, keysOf().mayor).status, 0, "the mayor signs it");
  const registry = await opened(REGISTRY, address);
  await press(registry, say("document.act.number"));
  same(signed(REGISTRY, keysOf().city).status, 0, "number, date and seal");
  await registry.reload();
  const ours = await (await registry.context().request.get(address + await mainFile(registry))).body();
  await done(registry, "release", "it is released");
  has(await says(registry), say("exchange.kind_new"), "and goes to the line");
  await soon(registry, say("document.status_01"), "the department has it: its machine says so");
  // There.
  const clerk = await house.visitor("van.thu");
  await menu(clerk, "page.menu_document_waiting");
  await follow(clerk, SUBJECT);
  const there = clerk.url();
  const text = await says(clerk);
  has(text, say("document.state.arrived"), "it waits for the registry there");
  has(text, say("exchange.signature_good"), "its signatures were examined when it came");
  same((text.match(new RegExp(say("exchange.signature_good"), "g")) || []).length, 3, "all three of them");
  const theirs = await (await clerk.context().request.get(there + await mainFile(clerk))).body();
  check(Buffer.compare(ours, theirs) === 0, "the PDF has the same bytes there");
  verified(clerk, theirs);
  await press(clerk, say("document.register"));
  has(await notice(clerk), say("document.act.register"), "the department registers it");
  await soon(registry, say("document.status_03"), "the city sees that it is registered");
  await done(clerk, "finish", "the department closes it");
  await soon(registry, say("document.status_06"), "the city sees that it is finished");
  // Back again.
  await registry.locator("form[action$='/thu-hoi'] [name=note]").fill("Số liệu chưa thống nhất");
  await done(registry, "take_back", "the city takes it back");
  await soon(clerk, "Số liệu chưa thống nhất", "the department reads why");
  has(await says(clerk), say("document.state.done"), "and nothing has happened by itself");
  await press(clerk, say("document.act.allow_withdrawal"));
  await soon(registry, say("document.status_15"), "the city sees that it is agreed to");
  await registry.goto(`${base()}/vt/lien-thong`);
  has(await says(registry), SUBJECT, "the list of what went names it");
  const file = await registry.context().request.get(`${base()}${await registry.locator("a[href$='.edxml']").last().getAttribute("href")}`);
  has(await file.text(), "http://www.mic.gov.vn/TBT/QCVN_102_2016", "and gives it as a file");
  same(sql("SELECT count(*) FROM exchange_out WHERE sent_at IS NULL"), "0", "nothing waits");
  check(JSON.parse(run("verify", "--json")).findings.length === 0, "the city's journal says the same");
  check(JSON.parse(house.run("verify", "--json")).findings.length === 0, "and the department's");
  await Promise.all([keeper, drafter, registry, clerk].map(leave));
}
