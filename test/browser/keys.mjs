// The day at the desk by keyboard alone, and without any script at all.
import { base, CLERK, dossiers, MARITAL } from "./city.mjs";
import { handOver, takeIn, takeInBatch } from "./counter.mjs";
import { check, has, same } from "./tap.mjs";
import { lead, leave, notice, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
const marked = (page) => page.locator("table.bang tbody tr.o-day").evaluateAll((rows) => rows.map((r) => r.querySelector("a[data-mo]").textContent));

async function list(page) {
  await page.goto(base() + "/cb/viec");
  const codes = await page.locator("table.bang tbody a[data-mo]").allInnerTexts();
  if (!check(codes.length >= 3, "the queue has work", codes.length)) return;
  await page.keyboard.press("j");
  same((await marked(page)).join(), codes[0], "J: the first");
  await page.keyboard.press("J");
  same((await marked(page)).join(), codes[1], "J again: the second");
  same(await focused(page), codes[1], "and the focus is with it");
  await page.keyboard.press("k");
  same((await marked(page)).join(), codes[0], "K: back");
  await page.keyboard.press("k");
  same((await marked(page)).join(), codes[0], "K at the top stays there");
  await page.keyboard.press("x");
  same(await page.locator("input[name=id]:checked").count(), 1, "X ticks");
  check(!(await page.locator("[data-chon-hang]").getAttribute("data-trong")), "and the buttons for the chosen come");
  await page.keyboard.press("x");
  same(await page.locator("input[name=id]:checked").count(), 0, "X again unticks");
  for (let i = 0; i < codes.length + 2; i++) await page.keyboard.press("j");
  same((await marked(page)).join(), codes[codes.length - 1], "J at the end stays there");
  await lead(page, () => page.keyboard.press("Enter"));
  check(page.url().endsWith("/cb/ho-so/" + codes[codes.length - 1]), "Enter opens", page.url());
}

async function everywhere(page) {
  await page.keyboard.press("/");
  same(await focused(page), "timnhanh", "/: to the search");
  await page.keyboard.type("jkx/a");
  same(await page.inputValue("#timnhanh"), "jkx/a", "in a field the letters are letters");
  await lead(page, () => page.keyboard.press("F2"));
  check(page.url().includes("/cb/tiep-nhan"), "F2 leads to the intake, even from a field");
  await page.goto(`${base()}/cb/tiep-nhan?thu-tuc=${MARITAL}`);
  await page.locator("#f-name").pressSequentially("Trần Xa Kha");
  same(await page.inputValue("#f-name"), "Trần Xa Kha", "a name with A, K and X is typed, not obeyed");
  same(await page.locator("input[data-giay]:checked").count(), 0, "and no paper is ticked by it");
  await page.locator("#f-name").dispatchEvent("keydown", { key: "Enter", ctrlKey: true, isComposing: true });
  check(page.url().includes("thu-tuc="), "while an input method composes, no key acts");
}

async function turnedOff(page) {
  await page.goto(base() + "/cb/viec");
  await page.locator(".tai-khoan summary").click();
  await page.locator("[data-phim-nut]").click();
  await page.locator("h1").click();
  await page.keyboard.press("/");
  check((await focused(page)) !== "timnhanh", "one-letter keys can be turned off");
  await page.keyboard.press("j");
  same((await marked(page)).length, 0, "all of them");
  await page.reload();
  await page.keyboard.press("j");
  same((await marked(page)).length, 0, "and stay off");
  await page.locator(".tai-khoan summary").click();
  await page.locator("[data-phim-nut]").click();
  await page.locator("h1").click();
  await page.keyboard.press("j");
  same((await marked(page)).length, 1, "until they are turned on");
}

// From the address bar to a finished intake without a mouse, by Tab, Space and Enter.
async function byTab(page) {
  await page.goto(base() + "/cb/viec");
  await page.keyboard.press("Tab");
  has(await focused(page), say("common.skip"), "the first Tab offers to skip the menu");
  await page.keyboard.press("Enter");
  same(await focused(page), "chinh", "and skips it");
  const seen = await page.evaluate(() => {
    const wanted = Array.from(document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary"));
    return wanted.filter((e) => e.tabIndex < 0 && e.offsetParent !== null).map((e) => e.outerHTML.slice(0, 100));
  });
  same(seen.join("; "), "", "nothing that can be pressed is out of Tab's reach");
  for (let i = 0; i < 4; i++) await page.keyboard.press("Tab");
  const ring = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
  });
  check(ring, "where the focus is can be seen");
}

export async function keys() {
  const page = await visitor(CLERK);
  await takeInBatch(page, "batch: ", 5);
  await list(page);
  await everywhere(page);
  await turnedOff(page);
  await byTab(page);
  await leave(page);
}

export async function unscripted() {
  const page = await visitor(CLERK, { javaScriptEnabled: false });
  const before = dossiers();
  const code = await takeIn(page, "no scripts: ", false, "075085000002");
  same(dossiers(), before + 1, "no scripts: one dossier");
  const batch = await takeInBatch(page, "no scripts, batch: ", 3);
  await handOver(page, "no scripts: ", [code, ...batch]);
  has(await notice(page), "4", "no scripts: handed over");
  await leave(page);
}
