// A leader signs three documents in one go with a token in the machine before which they sit; the registry numbers them
// all and seals them with the agency's token: real agents, real tokens, real signatures.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

import { Agent } from "../sign/agent_client.mjs";
import { Pki } from "../sign/pki.mjs";
import { base, folder, MAYOR, program, run, serve, sql, stop, THURSDAY } from "./city.mjs";
import { check, has, same, skip } from "./tap.mjs";
import * as visitor from "./visitor.mjs";
import { say } from "./words.mjs";

const DRAFTER = "chuyenvien.phong-noi-vu", REGISTRY = "vanthu";
const SUBJECTS = ["Kết quả thu ngân sách quý I", "Công tác phòng cháy tháng 2", "Tình hình hộ nghèo đợt 2"];
const FOURTH = "Kế hoạch tuần 10";

let pki = null;
let port = 0;

function tokens() {
  pki = new Pki(join(folder, "tokens-pki"));
  mkdirSync(pki.path("tokens"), { recursive: true });
  writeFileSync(pki.path("softhsm2.conf"), `directories.tokendir = ${pki.path("tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  pki.root("root", "/C=VN/O=Thử nghiệm/CN=Gốc thử nghiệm");
  const name = sql(`SELECT name FROM person WHERE login = '${MAYOR}'`);
  pki.issue("root", "mayor", `/C=VN/O=UBND thành phố Biên Hòa/title=Chủ tịch/CN=${name}`, "signer");
  pki.issue("root", "city", "/C=VN/CN=Ủy ban nhân dân thành phố Biên Hòa", "signer");
  pki.issue("root", "tsa", "/C=VN/CN=Dấu thời gian thử nghiệm", "stamp");
  pki.run("cp", "root.pem", "sub.pem"); // the chain that the authority sends with its stamps
  writeFileSync(pki.path("tsa.serial"), "01\n");
  pki.token("mayor", "4321");
  pki.token("city", "8765");
}

// The agent in the machine of whoever signs; every one after the first on the port of the first, which the server was told.
function plugged(token) {
  const environment = { ...pki.environment, LSAN_OPTIONS: process.env.LSAN_OPTIONS || "detect_leaks=0" };
  return new Agent(program, environment, ["--origin", base(), "--module", pki.module(), "--token", `pkcs11:token=${token}`, "--pin-file", pki.path(`${token}-token.pin`),
    "--listen", `127.0.0.1:${port}`]).ready();
}

async function unplugged(agent) {
  same(await agent.end(), 0, "the agent ends in peace");
  check(!/runtime error:|ERROR: \w+Sanitizer/.test(agent.err), "and without a word", agent.err);
}

async function drafted(page, subject) {
  await page.goto(base() + "/vb/du-thao");
  await page.locator("[name=unit]").selectOption({ label: "ỦY BAN NHÂN DÂN THÀNH PHỐ BIÊN HÒA" });
  await page.locator("[name=type]").selectOption("bao-cao");
  await page.locator("[name=subject]").fill(subject);
  await page.locator("[name=body]").fill("Ủy ban nhân dân thành phố báo cáo như sau:\n## 1. Kết quả\nĐã làm xong.");
  await page.locator("[name=to_act]").fill("Sở Nội vụ");
  const names = await page.locator("[name=signer] option").allInnerTexts();
  await page.locator("[name=signer]").selectOption({ index: names.findIndex((name) => name.endsWith("– Chủ tịch UBND thành phố")) });
  await visitor.press(page, say("document.save"));
  await visitor.press(page, say("document.act.submit"));
  return page.url();
}

const status = (page) => page.locator("[data-ky-tin]");
const trouble = (page) => page.locator("[data-ky-loi]");
const rows = (page) => page.locator("[data-ky-danh-sach] tbody tr").count();
const sign = (page) => page.locator("[data-ky-nut]");

// The live region says it, in its own time.
async function until(where, text, what) {
  const wanted = typeof text === "string" ? text : text.source;
  await where.filter({ hasText: text }).waitFor({ timeout: 15000 }).catch(() => {});
  has(await where.innerText(), wanted, what);
}

async function looked(page, name) {
  const shots = process.env.MOTCUA_SHOTS;
  if (shots && existsSync(shots)) await page.screenshot({ path: join(shots, `agent-${name}.png`), fullPage: true });
  await page.evaluate(visitor.axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
  same(found.violations.map((v) => v.id).join(), "", `${name}: nobody is shut out`);
  same(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, `${name}: nothing is cut off`);
}

async function paired(page, agent) {
  await page.locator("#ky-ma").fill(agent.code());
  await page.keyboard.press("Enter");
  await until(status(page), say("document_sign.says_ready"), "the code pairs them");
  await page.waitForFunction(() => document.activeElement !== document.body);
  check(await page.evaluate(() => document.activeElement.matches("[name=id]")), "and the focus goes to the list");
}

async function chooseAll(page) {
  await page.getByRole("button", { name: say("document_sign.all") }).click();
}

// How often the question stands on the terminal; answers the next one.
async function answered(agent, nth, answer) {
  await agent.shows(new RegExp(`(Gõ "có"[^]*){${nth}}`));
  agent.type(answer);
}

async function withoutScript() {
  const page = await visitor.visitor(MAYOR, { javaScriptEnabled: false });
  await page.goto(base() + "/vb/ky");
  has(await page.locator("noscript").innerText(), say("document_sign.no_script"), "without scripts the page says how else to sign");
  same(await sign(page).isVisible(), false, "and offers nothing that does not work");
  await visitor.leave(page);
}

async function leaderSigns(mayor) {
  await visitor.menu(mayor, "document_sign.menu");
  await mayor.getByText(say("document_sign.no_agent")).waitFor();
  has(await mayor.locator(".ky-lenh").innerText(), `--origin ${base()}`, "it says how the agent is started for this site");
  await looked(mayor, "none");
  const agent = await plugged("mayor");
  await mayor.getByRole("button", { name: say("document_sign.try_again") }).click();
  await until(status(mayor), say("document_sign.says_pair"), "an agent that does not know the browser");
  await mayor.locator("#ky-ma").fill(String((Number(agent.code()) + 1) % 1000000).padStart(6, "0"));
  await mayor.keyboard.press("Enter");
  await until(mayor.locator("#ky-ma-loi"), say("agent.error_code"), "a wrong code is said at the field");
  await looked(mayor, "pair");
  await paired(mayor, agent);
  has(await mayor.locator("#ky-chung-thu option").first().innerText(), "Chủ tịch · UBND thành phố Biên Hòa, đến 01/01/2040", "whose certificate it is");
  same(await rows(mayor), 4, "four documents wait");
  await sign(mayor).evaluate((button) => button.click());
  await until(trouble(mayor), say("document_sign.choose_first"), "none is chosen");
  for (const subject of SUBJECTS) await mayor.getByLabel(say("document_sign.choose", [subject])).check();
  await sign(mayor).click();
  await until(status(mayor), say("document_sign.says_confirm"), "the page says where to look");
  await looked(mayor, "confirm");
  await answered(agent, 1, "không\n");
  await until(trouble(mayor), say("agent.error_cancelled"), "no on the terminal");
  same(await rows(mayor), 4, "signs nothing");
  await sign(mayor).click();
  await answered(agent, 2, "co\n");
  await until(status(mayor), say("document_sign.says_signed") + ": 3", "yes on the terminal signs three");
  for (const subject of SUBJECTS) check(await agent.says(subject), `the terminal showed ${subject}`, agent.out);
  same(await rows(mayor), 1, "what is signed leaves the list");
  await looked(mayor, "signed");
  await mayor.reload();
  await until(status(mayor), say("document_sign.says_ready"), "the browser stays paired");
  await unplugged(agent);
}

// With the wrong token in the machine the server says for each document why not.
async function wrongToken(registry) {
  const agent = await plugged("mayor");
  await registry.reload();
  await paired(registry, agent);
  await chooseAll(registry);
  await sign(registry).click();
  await until(trouble(registry), say("document_sign.says_refused") + ": 3", "the mayor's token seals nothing");
  has(await trouble(registry).innerText(), sql(`SELECT name FROM person WHERE login = '${MAYOR}'`), "and it is said whose it is");
  for (const subject of SUBJECTS) has(await trouble(registry).innerText(), `/BC-UBND ${subject}: `, "by name");
  await looked(registry, "refused");
  await unplugged(agent);
}

async function registrySeals(registry) {
  await visitor.menu(registry, "document_sign.menu");
  has(await visitor.says(registry), say("document_sign.to_number"), "the registry gives numbers first");
  for (const subject of SUBJECTS) await registry.getByLabel(say("document_sign.choose", [subject])).check();
  await looked(registry, "number");
  await visitor.press(registry, say("document_sign.number", [""]).trim()); // whatever day the suite has come to
  same(await visitor.notice(registry), say("document_sign.numbered", ["3"]), "three numbers in one go");
  same(sql("SELECT group_concat(code, ' ') FROM (SELECT code FROM document WHERE state = 5 ORDER BY number)").split(" ").length, 3, "that follow one another");
  const again = await registry.context().request.post(base() + "/vb/ky/cap-so", { form: { csrf: await registry.locator("[data-ky-so]").getAttribute("data-csrf"), id: sql("SELECT id FROM document WHERE state = 5 LIMIT 1") } });
  same(again.status(), 422, "a second number for the same document is refused");
  has(await again.text(), say("document_sign.not_numbered"), "and said");
  has(await again.text(), `>${SUBJECTS[0]}</a> ${say("document.refusal.wrong_state")}`, "by its name");
  await wrongToken(registry);
  const agent = await plugged("city");
  await registry.reload();
  await until(status(registry), say("document_sign.says_pair"), "another agent wants another pairing");
  await paired(registry, agent);
  await chooseAll(registry);
  await sign(registry).click();
  await answered(agent, 1, "c\n");
  await answered(agent, 2, "có\n");
  await until(status(registry), say("document_sign.says_signed") + ": 3", "number and date, then the seal");
  check(await agent.says(`${say("document.act.seal")}: `), "the terminal says which of the two it is", agent.out);
  await unplugged(agent);
}

const FILE = join(folder, "agent.pdf");

async function judged(page, address) {
  await page.goto(address);
  const link = await page.locator("a[href*='/tep/']").last().getAttribute("href");
  writeFileSync(FILE, await (await page.context().request.get(new URL(link, address).href)).body());
  return JSON.parse(spawnSync(program, ["sign", "verify", FILE, "--trust", pki.path("root.pem"), "--json"], { encoding: "utf8" }).stdout).signatures;
}

// Each file holds three signatures: we say so, and poppler.
async function verified(page, address) {
  const signatures = await judged(page, address);
  check(signatures.length === 3 && signatures.every((s) => s.intact && s.trusted && ["none", "signatures"].includes(s.changed_after)),
    "leader, number, seal: three that hold", JSON.stringify(signatures));
  const poppler = spawnSync("pdfsig", ["-nocert", FILE], { encoding: "utf8" }).stdout;
  same((poppler.match(/Signature is Valid/g) || []).length, 3, "poppler says so too");
}

// A time-stamp authority that begins by answering nonsense.
function authority() {
  const state = { good: false, asked: 0 };
  const server = createServer((question, answer) => {
    const parts = [];
    question.on("data", (part) => parts.push(part));
    question.on("end", () => {
      state.asked++;
      answer.setHeader("Content-Type", "application/timestamp-reply");
      answer.end(state.good ? readFileSync(pki.stamp(Buffer.concat(parts))) : "x");
    });
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done({ state, server, url: `http://127.0.0.1:${server.address().port}/` })));
}

// One document, from its own page; in English, on a telephone; with a time-stamp.
async function fromItsPage(mayor, address, stamps) {
  const agent = await plugged("mayor");
  await mayor.goto(address + "?lang=en");
  await until(status(mayor), say("document_sign.says_pair", [], "en"), "the page of a document signs as well");
  await mayor.setViewportSize({ width: 360, height: 740 });
  await mayor.locator("#ky-ma").fill(agent.code());
  await mayor.getByRole("button", { name: say("document_sign.pair", [], "en") }).click();
  await until(status(mayor), say("document_sign.says_ready", [], "en"), "after pairing");
  await looked(mayor, "narrow");
  await sign(mayor).click();
  await answered(agent, 1, "có\n");
  await until(trouble(mayor), say("document_sign.no_stamp", [], "en"), "without its time-stamp a signature is not taken");
  stamps.state.good = true;
  const again = mayor.waitForNavigation({ waitUntil: "load" });
  await sign(mayor).click();
  await answered(agent, 2, "có\n");
  await again;
  has(await visitor.says(mayor), say("document.state.signed", [], "en"), "and shows what it is now");
  same((await judged(mayor, address)).map((s) => s.level).join(), "T", "with a time-stamp in it");
  await unplugged(agent);
}

// What a page may ask is named by its own policy, and only where it signs.
async function policy(page) {
  const of = async (path) => (await page.context().request.get(base() + path)).headers()["content-security-policy"];
  has(await of("/vb/ky"), `connect-src 'self' http://127.0.0.1:${port};`, "the page that signs may ask the agent");
  has(await of("/vb"), "connect-src 'self';", "other pages may not");
  const post = (path, form) => page.context().request.post(base() + path, { form, maxRedirects: 0 });
  same((await post("/vb/ky/chuan-bi", { id: "1", certificate: "" })).headers()["content-type"].includes("json"), false, "without the token of the form nothing is prepared");
  same((await post("/vb/ky/xong", { id: "1", signature: "" })).headers()["content-type"].includes("json"), false, "nor taken");
}

export async function agent() {
  try {
    tokens();
  } catch (error) {
    return skip("the signing agent", `the tokens cannot be made: ${error.message.split("\n")[0]}`);
  }
  const first = await plugged("mayor"); // only to be given a port
  port = first.port;
  await unplugged(first);
  await stop();
  await serve(THURSDAY, "--agent-port", String(port));
  const drafter = await visitor.visitor(DRAFTER);
  const address = [];
  for (const subject of [...SUBJECTS, FOURTH]) address.push(await drafted(drafter, subject));
  await withoutScript();
  const mayor = await visitor.visitor(MAYOR), registry = await visitor.visitor(REGISTRY);
  await leaderSigns(mayor);
  await policy(mayor);
  await registrySeals(registry);
  for (const one of address.slice(0, 3)) await verified(registry, one);
  const stamps = await authority();
  await stop();
  await serve(THURSDAY, "--agent-port", String(port), "--tsa", stamps.url);
  await fromItsPage(mayor, address[3], stamps);
  stamps.server.close();
  same(stamps.state.asked, 2, "the authority was asked for what was signed and for nothing else");
  same(sql("SELECT count(*) FROM document_signing WHERE document_id > 0 AND kind = 'seal'"), "0", "nothing that was signed is still prepared");
  check(JSON.parse(run("verify", "--json")).findings.length === 0, "the journal says the same");
  await Promise.all([drafter, mayor, registry].map(visitor.leave));
}
