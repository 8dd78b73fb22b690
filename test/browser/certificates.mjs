// A certificate from the request to the token that is back, by who keeps the register of the city, the owner and a stranger.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Pki } from "../sign/pki.mjs";
import { ADMINISTRATOR, base, folder, run, sql, STRANGER } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { follow, leave, menu, notice, press, problems, says, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const KEEPER = "cchc", OWNER = "truongphong.phong-tu-phap", OFFICE = "Phòng Tư pháp";

const shot = async (page, name) => {
  if (process.env.MOTCUA_SHOTS) await page.screenshot({ path: join(process.env.MOTCUA_SHOTS, `certificate-${name}.png`), fullPage: true });
};

async function card(page, act) {
  return page.locator("section.the-noi", { has: page.getByRole("heading", { name: say("certificate.act_" + act), exact: true }) });
}

async function step(page, act, fill, what) {
  const here = await card(page, act);
  if (fill) await fill(here);
  await here.getByRole("button", { name: say("certificate.act_" + act) }).click();
  if (what) has(await notice(page), say("certificate.act_" + act), what);
}

async function asked(page, name) {
  await menu(page, "page.menu_certificate");
  await follow(page, say("certificate.new"));
  await page.locator("[name=don-vi]").selectOption({ label: OFFICE });
  await press(page, say("page.show"));
  await press(page, say("certificate.form_save"));
  has(await problems(page), say("problem.required"), "a request names somebody");
  const options = await page.locator("[name=person-1] option").allInnerTexts();
  await page.locator("[name=person-1]").selectOption({ index: options.findIndex((text) => text.startsWith(`${name} – `)) });
  await page.locator("[name=birth-1]").fill("12/05/1971");
  await page.locator("[name=id_no-1]").fill("12");
  await page.locator("[name=number]").fill("15/ĐN-PTP");
  await press(page, say("certificate.form_save"));
  has(await problems(page), say("certificate.problem_id_no"), "a wrong identity number is named");
  same(await page.locator("[name=birth-1]").inputValue(), "12/05/1971", "and the form comes back as it was typed");
  await shot(page, "request");
  await page.locator("[name=id_no-1]").fill("271234567");
  await press(page, say("certificate.form_save"));
  has(await notice(page), say("certificate.said_requested"), "the request is recorded");
  await page.locator("main table").getByRole("link", { name }).first().click();
}

async function issued(page, name) {
  const pki = new Pki(join(folder, "pki-certificate"));
  pki.root("root", "/CN=Root");
  pki.issue("root", "owner", `/CN=${name}/O=UBND TP`, "signer", "20180201000000Z", "20210201000000Z");
  pki.issue("root", "other", "/CN=Ai Khac/O=UBND TP", "signer", "20180201000000Z", "20210201000000Z");
  writeFileSync(join(folder, "nothing.pem"), "this is no certificate");
  const file = (f) => async (here) => {
    await here.locator("[name=file]").setInputFiles(f);
    await here.locator("[name=token]").fill("VGCA-18-0042");
  };
  await step(page, "issue", file(join(folder, "nothing.pem")));
  has(await problems(page), say("certificate.problem_file"), "a file that is no certificate is refused");
  await step(page, "issue", file(join(pki.folder, "other.pem")));
  has(await problems(page), "Ai Khac", "and one of somebody else");
  await step(page, "issue", file(join(pki.folder, "owner.pem")), "the certificate is read from its file");
  has(await says(page), "VGCA-18-0042", "the token stands in the register");
}

async function refused(address) {
  const stranger = await visitor(STRANGER);
  same((await stranger.goto(address)).status(), 404, "a clerk of a ward does not see it");
  same((await stranger.goto(`${base()}/vt/chung-thu-so/bang-6-1`)).status(), 403, "nor the figures");
  await leave(stranger);
}

// The head of the office gets another title: the certificate of the report's 66 waits until somebody decides.
async function moved(page, name) {
  const administrator = await visitor(ADMINISTRATOR);
  await administrator.goto(`${base()}/qt/nguoi-dung/${sql(`SELECT id FROM person WHERE login = '${OWNER}'`)}`);
  await administrator.locator("[name=title]").fill("Quyền Trưởng phòng");
  await administrator.locator("form", { has: administrator.locator("[name=title]") }).getByRole("button").first().click();
  await leave(administrator);
  await menu(page, "page.menu_certificate");
  await follow(page, say("certificate.reviews"));
  has(await says(page), "Quyền Trưởng phòng", "who got another title waits for a review");
  await shot(page, "reviews");
  await page.locator("main table").getByRole("link", { name }).first().click();
  await step(page, "review");
  has(await problems(page), say("problem.required"), "a review needs a decision");
  await shot(page, "review");
  await step(page, "review", async (here) => {
    await here.getByLabel(say("certificate.decision_keep")).check();
    await here.locator("[name=note]").fill("Cùng đơn vị, chờ bổ nhiệm");
  }, "it is kept");
  has(await says(page), "Cùng đơn vị, chờ bổ nhiệm", "with the reason");
}

async function imported(page) {
  const list = join(folder, "certificates.csv");
  const head = ["col_unit_code", "owner", "kind", "token", "serial", "issuer", "col_from", "ends"].map((key) => say("certificate." + key)).join(";");
  writeFileSync(list, `${head}\nphong-tu-phap;Cổng dịch vụ;${say("certificate.kind_device")};V-9;D001;CA;01/02/2017;31/01/2022\nphong-tu-phap;Hai;${say("certificate.kind_person")};V-9;khong;CA;01/02/2017;31/01/2022\n`);
  await menu(page, "page.menu_certificate");
  await follow(page, say("certificate.import"));
  await press(page, say("certificate.import"));
  check((await problems(page)).length > 0, "an import needs a file");
  await page.locator("[name=file]").setInputFiles(list);
  await press(page, say("certificate.import"));
  has(await says(page), "khong", "a line that is wrong is named");
  await shot(page, "import");
  same(sql("SELECT count(*) FROM certificate WHERE serial = 'D001'"), "1", "the other is in the register");
}

async function figures(page) {
  await menu(page, "page.menu_certificate");
  await follow(page, say("certificate.table_61"));
  await page.locator("[name=don-vi]").selectOption({ label: OFFICE });
  await press(page, say("page.show"));
  has(await says(page), say("certificate.leaders"), "table 6.1 counts");
  same(Number(sql("SELECT count(*) FROM certificate WHERE state = 5")), 66, "the 66 tokens of the city's report are in use");
  const link = page.locator("main table").last().locator("tbody a").first();
  const count = Number(await link.innerText());
  await link.click();
  same(await page.locator("#danh-sach tbody tr").count(), count, "a figure is the length of its list");
  await shot(page, "figures");
}

export async function certificates() {
  const name = sql(`SELECT name FROM person WHERE login = '${OWNER}'`);
  const page = await visitor(KEEPER), owner = await visitor(OWNER);

  await asked(page, name);
  const address = page.url();
  await refused(address);
  await follow(page, say("certificate.print_request"));
  has(await page.locator("main").innerText(), "271234567", "the request can be printed");
  await shot(page, "paper-request");
  await page.goto(address);
  await step(page, "send", null, "it goes to the province");
  await issued(page, name);
  await follow(page, say("certificate.print_minutes"));
  has(await page.locator("main").innerText(), "VGCA-18-0042", "the minutes can be printed");
  await shot(page, "paper-minutes");
  await page.goto(address);
  await step(page, "hand_over", (here) => here.locator("[name=number]").fill("03/BB-PNV"), "it is handed over");
  await owner.goto(address);
  check(!(await owner.locator("main").innerText()).includes(say("certificate.act_revoke")), "the owner revokes nothing");
  await step(owner, "receive", null, "the owner confirms");
  has(await says(owner), say("certificate.shown_active"), "now it is in force");
  await page.goto(address);
  await shot(page, "page");
  await step(page, "revoke", async (here) => {
    await here.locator("[name=reason]").selectOption({ label: say("certificate.reason_other") });
  });
  has(await problems(page), say("problem.required"), "another reason must be said");
  await step(page, "revoke", (here) => here.locator("[name=reason]").selectOption({ label: say("certificate.reason_lost") }), "it is revoked");
  await step(page, "return", null, "and the token is back");
  await menu(page, "page.menu_certificate");
  await shot(page, "list");
  await page.locator(".hang-loc .chip", { hasText: say("certificate.shown_revoked") }).click();
  has(await says(page), name, "the list by state has it");
  await moved(page, name);
  await figures(page);
  await imported(page);
  check(JSON.parse(run("verify", "--json")).findings.length === 0, "the journal says the same");
  await leave(page);
  await leave(owner);
}
