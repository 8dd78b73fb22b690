// Processes as drawings: shown, drawn, listed, tried out; and by whom not.
import { base, CLERK, CONTROLLER, COPIES, MARITAL, sql, STRANGER } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { follow, leave, notice, press, problems, says, stranger, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const BIRTH = "BH-LT2";

// The mark of bpmn.io must be seen whole, and nothing may lie over it.
async function marked(page, where) {
  const mark = page.locator(".bjs-powered-by");
  await mark.scrollIntoViewIfNeeded();
  const free = await mark.evaluate((a) => {
    const box = a.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const frame = a.closest(".djs-container, .bjs-container").getBoundingClientRect();
    return box.width >= 50 && a.contains(top) && box.bottom <= frame.bottom && box.right <= frame.right;
  });
  check(free, `${where}: the mark of bpmn.io is whole and free`);
}

async function drawn(page, path) {
  await page.goto(base() + path);
  await page.locator("[data-so-do=xong]").waitFor();
}

// ---- shown ----

async function viewer() {
  const page = await visitor(CONTROLLER);
  await drawn(page, `/qt/quy-trinh/${BIRTH}`);
  same(await page.locator(".so-do-khung .djs-shape[data-element-id]:not(.djs-label)").count(), 8, "the sheet: every element of the process is drawn");
  await marked(page, "the sheet");
  const scale = () => page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector(".viewport")).transform).a ||
    document.querySelector(".viewport").transform.baseVal.consolidate().matrix.a);
  const before = await scale();
  await page.getByRole("button", { name: say("process_page.zoom_in") }).focus();
  await page.keyboard.press("Enter");
  check((await scale()) > before, "a button that keys reach makes it larger");
  await page.locator(".so-do-khung").focus();
  await page.keyboard.press("0");
  const fitted = await scale();
  await page.keyboard.press("-");
  check((await scale()) < fitted, "and a key makes it smaller");
  await leave(page);

  const plain = await visitor(CONTROLLER, { javaScriptEnabled: false });
  await plain.goto(`${base()}/qt/quy-trinh/${BIRTH}`);
  check(!(await plain.locator(".so-do").isVisible()), "without scripts there is no empty frame");
  has(await says(plain), "Cấp thẻ bảo hiểm y tế", "and the table says it all");
  await leave(plain);
}

async function taken(clerk, procedure, name) {
  await clerk.goto(`${base()}/cb/tiep-nhan?thu-tuc=${procedure}`);
  await clerk.locator("[name=name]").fill(name);
  for (const paper of await clerk.locator("input[name=p_here]").all()) await paper.check();
  await Promise.all([clerk.waitForURL(/\/xong\?ma=/), clerk.locator("[name=name]").press("Control+Enter")]);
  return new URL(clerk.url()).searchParams.get("ma");
}

async function dossier() {
  const clerk = await visitor(CLERK);
  const code = await taken(clerk, BIRTH, "Nguyễn Bé Hai");
  await drawn(clerk, `/cb/ho-so/${code}`);
  same(await clerk.locator(".so-do-khung .djs-shape.buoc-dang").count(), 1, "a dossier: one step is marked as the one at work");
  has(await clerk.locator(".so-do-nhan.dang").innerText(), say("dossier_page.step_takes", ["0 phút", "8 giờ"]), "and says so in words");
  await clerk.goto(`${base()}/cb/ho-so/${code}/chuyen`);
  await press(clerk, say("dossier_page.act_hand_over"));
  await drawn(clerk, `/cb/ho-so/${code}`);
  same(await clerk.locator(".so-do-khung .djs-shape.buoc-dang").count(), 2, "passed on: two agencies at work");
  has(await clerk.locator(".so-do-nhan.xong").innerText(), say("dossier_page.step_took", ["0 phút", "8 giờ"]), "and what was done says how long it took");
  await marked(clerk, "a dossier");
  await leave(clerk);
  const other = await visitor(STRANGER);
  same((await other.goto(`${base()}/cb/ho-so/${code}/quy-trinh.bpmn`)).status(), 403, "the drawing of a dossier is refused to who may not read it");
  await leave(other);
  const nobody = await stranger();
  await nobody.goto(`${base()}/cb/ho-so/${code}/quy-trinh.bpmn`);
  has(nobody.url(), "/dang-nhap", "and asks a stranger to sign in");
  await leave(nobody);
}

// ---- drawn on ----

const panel = (page, name) => page.locator("#v-" + name);

async function middle(page, id) {
  const box = await page.locator(`.ban-ve-khung [data-element-id="${id}"] .djs-hit`).first().boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// A new piece of work, let go at a place of the drawing.
async function put(page, x, y) {
  const before = await page.locator("[data-ve-ma]").textContent();
  await page.locator(".djs-palette [data-action='create.task']").click();
  await page.mouse.move(x - 5, y - 5);
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.click(x, y);
  await page.waitForFunction((id) => ![id, ""].includes(document.querySelector("[data-ve-ma]").textContent), before);
}

async function saved(page) {
  await press(page, say("process_page.save"));
  await page.locator("[data-ve=xong]").waitFor();
}

async function modeler() {
  const page = await visitor(CONTROLLER);
  await page.goto(`${base()}/qt/quy-trinh/${MARITAL}`);
  await follow(page, say("process_page.draw"));
  await page.locator("[data-ve=xong]").waitFor();
  await marked(page, "the page to draw on");
  has(await page.locator(".djs-palette").innerHTML(), say("bpmn.create_task"), "the tools have Vietnamese names");
  check(!(await page.locator(".djs-palette [data-action*=data]").count()), "and only what can be executed is offered");

  await put(page, ...(await middle(page, "f2")));
  await panel(page, "name").fill("Xác minh tại tổ dân phố");
  await panel(page, "place").selectOption("leader");
  await panel(page, "role").selectOption("lanh-dao");
  await panel(page, "minutes").fill("0,125");
  await panel(page, "unit").selectOption("480");
  await panel(page, "produces").fill("Biên bản xác minh");
  await panel(page, "produces").press("Tab");
  const box = await page.locator(".ban-ve-khung").boundingBox();
  await put(page, box.x + box.width / 2, box.y + box.height - 120);
  const lost = await page.locator("[data-ve-ma]").innerText();
  await saved(page);
  same(await notice(page), say("process_page.said_saved"), "it is saved as a draft");
  const xml = sql(`SELECT s.xml FROM process s JOIN procedure p ON p.id = s.procedure_id WHERE p.code = '${MARITAL}'`);
  for (const part of ['name="Xác minh tại tổ dân phố"', 'mc:place="leader"', 'mc:role="lanh-dao"', 'mc:minutes="60"', 'mc:produces="Biên bản xác minh"'])
    has(xml, part, "the file has " + part);
  await page.getByRole("button", { name: lost }).first().click();
  same(await page.locator("[data-ve-ma]").innerText(), lost, "a finding leads to its element");
  await page.locator(".djs-context-pad [data-action=delete]").click();
  await saved(page);
  same(await page.locator("[data-ve-tim]").count(), 0, "without it nothing is wrong");

  await page.goto(`${base()}/qt/quy-trinh/${MARITAL}`);
  await page.locator("[name=valid_from]").fill("01/03/2018");
  await press(page, say("process_page.publish"));
  same(await notice(page), say("process_page.said_published"), "and it is published");
  await leave(page);
  const clerk = await visitor(CLERK);
  const code = await taken(clerk, MARITAL, "Trần Thị Xác Minh");
  await drawn(clerk, `/cb/ho-so/${code}`);
  has(await clerk.locator("ol.buoc").innerText(), "Xác minh tại tổ dân phố", "a dossier that is taken in runs on it");
  await leave(clerk);
}

// What cannot be read is refused, and nothing that was drawn is lost.
async function refused() {
  const page = await visitor(CONTROLLER);
  await page.goto(`${base()}/qt/quy-trinh/${BIRTH}/ve`);
  await page.locator("[data-ve=xong]").waitFor();
  await put(page, ...(await middle(page, "f1")));
  await panel(page, "name").fill("Bước không được mất");
  await panel(page, "name").press("Tab");
  await page.locator("summary").filter({ hasText: say("process_page.about") }).click();
  await page.locator("[name=name]").fill("");
  await saved(page);
  has(await problems(page), say("problem.required"), "a process needs a name");
  const words = (await page.locator(".ban-ve-khung tspan").allTextContents()).join(" ").replace(/\s+/g, " ");
  has(words, "Bước không được mất", "and what was drawn is still there");
  await page.locator("[name=name]").fill("Liên thông");
  await page.evaluate(() => (document.querySelector("[data-ve]").dataset.lonNhat = "10")); // as if a field held no more
  await saved(page);
  same(await notice(page), say("process_page.said_saved"), "one that is too large for a field comes as a file");
  await leave(page);
}

// ---- as a table ----

const names = (page) => page.locator("[name=step_name]").evaluateAll((all) => all.map((one) => one.value));

async function table(javaScriptEnabled, procedure) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  const page = await visitor(CONTROLLER, { javaScriptEnabled });
  await page.goto(`${base()}/qt/quy-trinh/${procedure}/bang`);
  const before = await names(page);
  check(before.length > 1 && before.every(Boolean), `${how}: a procedure without a drawing has its list of steps in the table`, before);
  await press(page, say("process_page.add_step"));
  same((await names(page)).length, before.length + 1, `${how}: a row more`);
  await page.locator("[name=step_name]").last().fill("Gọi điện cho người dân");
  await page.locator("[name=step_hours]").last().fill("0:30");
  await page.locator("[name=step_produces]").last().fill("Giấy hẹn");
  await press(page, `${say("process_page.up")} ${before.length + 1}`);
  await press(page, `${say("process_page.remove")} 1`);
  const wanted = [...before.slice(1, -1), "Gọi điện cho người dân", before.at(-1)];
  same((await names(page)).join(), wanted.join(), `${how}: moved up, and the first taken away`);
  await page.locator("[name=step_hours]").first().fill("tám");
  await press(page, say("process_page.save"));
  has(await problems(page), say("process_page.hours_wrong", ["tám"]), `${how}: what is no number of hours is said`);
  same((await names(page)).join(), wanted.join(), `${how}: and nothing is lost`);
  await page.locator("[name=step_hours]").first().fill("1,5");
  await page.locator("[name=step_name]").first().press("Enter");
  await page.waitForURL(/quy-trinh\/[^/]+\?bao=|quy-trinh\/[^/]+$/);
  const text = await says(page);
  has(text, say("process_page.draft"), `${how}: it is a draft`);
  has(text, say("dossier_page.minutes", ["30"]), `${how}: with the half hour`);
  has(text, say("dossier_page.hours", ["1", "30"]), `${how}: and the hour and a half`);
  await page.goto(`${base()}/qt/quy-trinh/${procedure}/bang`);
  same((await names(page)).join(), wanted.join(), `${how}: the drawing opens as the table that it was`);
  same(await page.locator("[name=step_produces]").nth(wanted.length - 2).inputValue(), "Giấy hẹn", `${how}: with what a step makes`);
  await page.goto(`${base()}/qt/quy-trinh/${BIRTH}/bang`);
  has(await says(page), say("process_page.has_branches"), `${how}: one with branches says that it needs the drawing`);
  same(await page.locator("[name=step_name]").count(), 0, `${how}: and has no table`);
  await leave(page);
}

export async function drawing() {
  await viewer();
  await dossier();
  await modeler();
  await refused();
  await table(true, COPIES);
  await table(false, "2.000908");
}
