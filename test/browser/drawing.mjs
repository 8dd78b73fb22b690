// Processes as drawings: shown, drawn, listed, tried out; and by whom not.
import { base, CLERK, CONTROLLER, STRANGER } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { leave, press, says, stranger, visitor } from "./visitor.mjs";
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

export async function drawing() {
  await viewer();
  await dossier();
}
