// What a clerk does at the counter, with scripts and without: choose, fill, take in, hand over.
import { COPIES, MARITAL } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { lead, menu, press, problems } from "./visitor.mjs";
import { say } from "./words.mjs";

export const SUBMIT = ".lon-nut"; // the button that takes in

// By typing without marks, as people do, or by walking down the list.
export async function chooseProcedure(page, scripted, tag) {
  await menu(page, "page.menu_intake");
  const link = page.locator(`[data-tat-ca] a[href*="${MARITAL}"]`);
  if (!scripted) return lead(page, () => link.click());
  await page.keyboard.type("xac nhan tinh trang hon nhan");
  const left = await page.locator("[data-tat-ca] [data-tim]:not([hidden])").count();
  same(left, 1, tag + "typing without marks leaves the one procedure");
  return lead(page, () => page.keyboard.press("Enter"));
}

export async function scanCard(page, scripted, card) {
  await page.locator("#f-id_no").fill(card);
  if (scripted) await page.keyboard.press("Tab");
  else await press(page, say("intake.find_person"));
}

export async function everyPaper(page) {
  for (const box of await page.locator("input[data-giay]").all()) await box.check();
}

// One dossier of three working days; the code.
export async function takeIn(page, tag, scripted, id) {
  await chooseProcedure(page, scripted, tag);
  await press(page, say("intake.submit"));
  const wrong = await problems(page);
  has(wrong, say("problem.name_empty"), tag + "an empty form: the name is asked for");
  check((await page.locator("#f-paper .loi").count()) > 0, tag + "an empty form: and so are the papers, at once");

  await scanCard(page, scripted, `${id}|271234567|Nguyễn Thị Ánh Tuyết|05091985|Nữ|12 Nguyễn Trãi|01012017`);
  same(await page.inputValue("#f-name"), "Nguyễn Thị Ánh Tuyết", tag + "a card fills the name");
  same(await page.inputValue("#f-birth"), "05/09/1985", tag + "a card fills the birth, day first");
  same(await page.inputValue("#f-address"), "12 Nguyễn Trãi", tag + "a card fills the address");
  await page.getByLabel(say("common.phone")).fill("0912 345 218");

  if (scripted) {
    await page.locator("h1").click();
    await page.keyboard.press("a");
    same(await page.locator("input[data-giay]:not(:checked)").count(), 0, tag + "one key ticks every paper");
  } else {
    await everyPaper(page);
  }
  await page.locator("input[data-giay]").first().uncheck();
  await press(page, say("intake.submit"));
  check((await page.locator("button[value=phieu]").count()) === 1, tag + "a missing paper: the note of what is missing is offered");
  same(await page.inputValue("#f-name"), "Nguyễn Thị Ánh Tuyết", tag + "a missing paper: what was typed stays");
  await page.locator("input[data-giay]").first().check();
  await page.locator("#f-fee_paid").check();
  await lead(page, () => (scripted ? page.press("#f-phone", "Control+Enter") : page.click(SUBMIT)));
  const code = (await page.locator(".ma-lon").innerText()).trim();
  check(/^[A-Z0-9.]+-180\d{3}-\d{4}$/.test(code), `${tag}taken in as ${code}`);
  return code;
}

// Codes from the first to the last of a batch.
export async function takeInBatch(page, tag, count) {
  await menu(page, "page.menu_intake");
  await lead(page, () => page.locator(`a[href*="${COPIES}"]`).first().click());
  await page.getByLabel(say("intake.name")).fill("Trần Văn Lô");
  await page.getByLabel(say("intake.count"), { exact: true }).fill(String(count));
  await everyPaper(page);
  await press(page, say("intake.submit"));
  const [first, last] = (await page.locator(".ma-lon").innerText()).trim().split(" – ");
  const serial = (code) => Number(code.slice(-4));
  same(serial(last) - serial(first), count - 1, `${tag}${count} like ones have codes in sequence, ${first} – ${last}`);
  return Array.from({ length: count }, (unused, i) => first.slice(0, -4) + String(serial(first) + i).padStart(4, "0"));
}

export async function handOver(page, tag, codes) {
  await menu(page, "page.menu_hand_over");
  const listed = await page.locator("table.bang tbody a.ma").allInnerTexts();
  check(codes.every((code) => listed.includes(code)), tag + "the list to hand over has them all", listed);
  for (const box of await page.locator("table.bang input[name=id]").all()) {
    const value = await box.inputValue();
    await box.setChecked(codes.some((code) => value.endsWith(code)));
  }
  await press(page, say("counter.hand_over_do"));
}
