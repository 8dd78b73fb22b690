// A dossier that two agencies settle side by side, by five accounts: ward clerk, police, insurance, the head of
// the ward, and the mayor who reads how each did its share.
import { base, CLERK, HEAD, MAYOR } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { leave, notice, press, says, stranger, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const BIRTH = "BH-LT2";

export async function taken(clerk) {
  await clerk.goto(`${base()}/cb/tiep-nhan?thu-tuc=${BIRTH}`);
  await clerk.locator("[name=name]").fill("Nguyễn Bé Na");
  for (const paper of await clerk.locator("input[name=p_here]").all()) await paper.check();
  await Promise.all([clerk.waitForURL(/\/xong\?ma=/), clerk.locator("[name=name]").press("Control+Enter")]);
  return new URL(clerk.url()).searchParams.get("ma");
}

// The person's own step is passed on, whoever else has one.
async function passed(login, code) {
  const page = await visitor(login);
  const title = say("dossier_page.act_hand_over");
  await page.goto(`${base()}/cb/ho-so/${code}/chuyen`);
  await press(page, title);
  same(await notice(page), say("dossier_page.said_hand_over"), `${login}: the step is passed on`);
  return page;
}

async function held(page, code, ...units) {
  await page.goto(`${base()}/cb/ho-so/${code}`);
  const text = await says(page);
  for (const unit of units) has(text, unit, `held by ${unit}`);
  return text;
}

export async function agencies() {
  const clerk = await visitor(CLERK);
  const code = await taken(clerk);
  check(/^000\./.test(code), "the birth is taken in: " + code);
  await held(clerk, code, "Đăng ký khai sinh");
  await leave(await passed(CLERK, code));
  await held(clerk, code, "Công an thành phố Biên Hòa; Bảo hiểm xã hội thành phố Biên Hòa");
  const citizen = await stranger();
  await citizen.goto(`${base()}/h/${code}`);
  const now = await citizen.locator("main li[aria-current=step]").allInnerTexts();
  same(now.length, 2, "the citizen sees two steps at work");
  has(now.join(), "Đăng ký thường trú", "one with the police");
  has(now.join(), "Cấp thẻ bảo hiểm y tế", "one with the insurance");
  await leave(await passed("chuyenvien.bhxh", code));
  const text = await held(clerk, code, "Công an thành phố Biên Hòa");
  has(text, say("dossier_page.agencies"), "the account of each agency");
  has(text, say("dossier_page.did_share"), "the insurance did its share");
  await leave(await passed("chuyenvien.cong-an", code));
  await held(clerk, code, "Tập hợp kết quả");
  const head = await visitor(HEAD);
  await head.goto(`${base()}/cb/ho-so/${code}/ket-qua`);
  await press(head, say("dossier_page.act_finish"));
  same(await notice(head), say("dossier_page.said_finish"), "the result is recorded");
  const mayor = await visitor(MAYOR);
  await mayor.goto(`${base()}/ld/lien-thong`);
  const row = mayor.locator("tr").filter({ hasText: "Công an thành phố Biên Hòa" });
  same(await row.locator("td").first().innerText(), "1", "the police counts one dossier");
  await Promise.all([mayor.waitForURL(/\/buoc\?/), row.locator("a").first().click()]);
  has(await says(mayor), code, "and its number opens it");
  await Promise.all([citizen, clerk, head, mayor].map(leave));
}
