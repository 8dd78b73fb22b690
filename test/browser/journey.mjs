// One dossier from the counter to the leader's figures, by those whose work it is.
import { base, CLERK, HEAD, MONDAY, run, serve, SPECIALIST, stop } from "./city.mjs";
import { handOver, takeIn } from "./counter.mjs";
import { check, has, same } from "./tap.mjs";
import { follow, lead, leave, menu, notice, press, says, signIn, stranger, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const DAY = /\d{2}\/\d{2}\/\d{4}/;

// An act from the page of the dossier: its button, its form, its sentence.
async function act(page, name, fill) {
  const title = say(`dossier_page.act_${name}`);
  await follow(page, title);
  if (fill) await fill();
  await press(page, title);
  same(await notice(page), say(`dossier_page.said_${name}`), `${name}: it is said to be done`);
}

// From the queue of the unit to the page of the dossier.
async function find(page, queue, code) {
  await menu(page, queue);
  await follow(page, code);
}

async function figure(page, key) {
  await menu(page, "page.menu_leader");
  const tile = page.locator("ul.kpi li").filter({ has: page.getByText(say(key), { exact: true }) });
  return { count: Number((await tile.locator("b").innerText()).replace(/\./g, "")), link: tile.locator("a") };
}

async function receipt(clerk, code) {
  const coming = clerk.context().waitForEvent("page");
  await clerk.locator("main").getByRole("link", { name: say("intake.print_receipt") }).click();
  const paper = await coming;
  await paper.waitForLoadState();
  const text = await says(paper);
  has(text, code, "receipt: the code");
  has(text, "06/03/2018", "receipt: the day it is due, three working days on");
  has(text, "Nguyễn Thị Ánh Tuyết", "receipt: the applicant");
  const drawn = await paper.locator(".ma-qr svg path").getAttribute("d");
  check(drawn.length > 500, "receipt: a QR code is drawn");
  const secret = (await paper.locator(".ma-qr strong").innerText()).trim();
  check(/^\S{4,}$/.test(secret), "receipt: the secret to follow it with");
  await paper.close();
  return secret;
}

// What anybody sees who holds the receipt, and who does not.
async function followed(code, secret, wanted, what) {
  const citizen = await stranger();
  await citizen.goto(`${base()}/h/${code}`);
  const text = await says(citizen);
  has(text, wanted, `/h/: ${what}`);
  check(!text.includes("Ánh Tuyết") && !text.includes("Nguyễn Trãi"), "/h/: nothing about the person");
  await citizen.goto(base() + "/");
  await lead(citizen, () => citizen.getByRole("link", { name: say("page.nav_track"), exact: true }).click());
  await citizen.locator("#t-code").fill(code);
  await citizen.locator("#t-secret").fill(secret);
  await press(citizen, say("public.track"));
  has(await says(citizen), wanted, `with the receipt's secret: ${what}`);
  await leave(citizen);
}

const due = async (page) => (await page.locator(".kq-ho-so .hen .lon").innerText()).match(DAY)[0];

async function monday(clerk) {
  await stop();
  await serve(MONDAY);
  await clerk.goto(base() + "/cb/viec");
  check(clerk.url().includes("/dang-nhap"), "a session that is four days old leads to the sign-in");
  await signIn(clerk, CLERK);
  check(clerk.url().endsWith("/cb/viec"), "and from there to where one wanted to go");
}

export async function journey() {
  const clerk = await stranger();
  await clerk.goto(base() + "/");
  await lead(clerk, () => clerk.getByRole("link", { name: say("page.nav_sign_in") }).click());
  await signIn(clerk, CLERK);
  const head = await visitor(HEAD);
  const before = { received: (await figure(head, "leader.received")).count, resolved: (await figure(head, "leader.resolved")).count };
  await leave(head);

  const code = await takeIn(clerk, "intake: ", true, "075085000001");
  has(await says(clerk), "06/03/2018", "intake: the day it is due is said");
  const secret = await receipt(clerk, code);
  await handOver(clerk, "hand-over: ", [code]);
  has(await notice(clerk), "1", "hand-over: it is said to be done");

  let officer = await visitor(SPECIALIST);
  await find(officer, "page.menu_unit_queue", code);
  await act(officer, "take");
  const promised = await due(officer);
  await follow(officer, say("dossier_page.act_ask_supplement"));
  await press(officer, say("dossier_page.act_ask_supplement"));
  check((await officer.locator(".bang-loi").count()) === 1, "supplement: without a defect it is not asked for");
  await officer.locator("input[name=d_what]").first().fill("Tờ khai thiếu chữ ký");
  await press(officer, say("dossier_page.act_ask_supplement"));
  same(await notice(officer), say("dossier_page.said_ask_supplement"), "supplement: it is said to be asked for");
  await leave(officer);
  await followed(code, secret, say("page.badge_paused_since", ["01/03/2018"]), "the clock stands");

  await monday(clerk);
  await find(clerk, "page.menu_register", code);
  has(await says(clerk), "Tờ khai thiếu chữ ký", "the clerk reads what is missing");
  await act(clerk, "supply");
  const moved = await due(clerk);
  same(promised, "06/03/2018", "the promise stood on the sixth");
  same(moved, "08/03/2018", "two working days of waiting moved it to the eighth");

  officer = await visitor(SPECIALIST);
  await find(officer, "page.menu_queue", code);
  await act(officer, "hand_over", async () => {
    const step = officer.locator("#f-step option", { hasText: "Ký duyệt" });
    await officer.locator("#f-step").selectOption(await step.getAttribute("value"));
  });
  await leave(officer);

  const leader = await visitor(HEAD);
  await find(leader, "page.menu_unit_queue", code);
  await act(leader, "finish");

  await menu(clerk, "page.menu_return");
  has(await says(clerk), code, "hand-out: the result waits on the list");
  await clerk.locator("#ma").fill(`${base()}/h/${code}`);
  await press(clerk, say("common.open"));
  check(clerk.url().endsWith(`/cb/ho-so/${code}/tra`), "hand-out: a scanned receipt leads to the form", clerk.url());
  await clerk.locator("#f-to").fill("Nguyễn Thị Ánh Tuyết");
  await press(clerk, say("dossier_page.act_hand_out"));
  same(await notice(clerk), say("dossier_page.said_hand_out"), "hand-out: it is said to be done");

  for (const name of ["received", "resolved"]) {
    const after = await figure(leader, `leader.${name}`);
    same(after.count, before[name] + 1, `leader: one more ${name}`);
    await lead(leader, () => after.link.click());
    const listed = await leader.locator("table tbody a.ma").allInnerTexts();
    same(listed.filter((c) => c === code).length, 1, `leader: the list behind ${name} has ${code} once`);
    same(listed.length, after.count, `leader: the list behind ${name} is as long as the figure`);
  }
  await leave(leader);
  await leave(clerk);
  same(JSON.parse(run("verify", "--json")).ok, true, "verify: the journal and the rows agree");
  return code;
}

