// What is typed wrongly, or sent by somebody who means harm: every problem is named, what was typed
// stays, nothing of it runs and no dossier comes of it.
import { base, CLERK, COPIES, dossiers, MARITAL, sql } from "./city.mjs";
import { everyPaper, SUBMIT } from "./counter.mjs";
import { check, has, same } from "./tap.mjs";
import { lead, leave, problems, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const SCRIPT = "<script>alert(1)</script>";
const HANDLER = `"><img src=x onerror="alert(2)"> ' autofocus onfocus='alert(3)`;
const HOLES = "{{name}} %s %n ${1+1} \\u003cb\\u003e &lt;b&gt;";

const form = (page, procedure) => page.goto(`${base()}/cb/tiep-nhan?thu-tuc=${procedure}`);
const typed = (page, id) => page.locator(`#f-${id}`).inputValue();

// Several things wrong in one form are said at once.
async function together(page) {
  await form(page, MARITAL);
  await page.locator("#f-phone").fill("12ab");
  await page.locator("#f-email").fill("khong phai thu");
  await page.locator("#f-summary").fill("Dòng một\nDòng hai");
  await page.locator("#f-delivery").selectOption({ label: say("dossier.delivery_post") });
  await page.locator("#f-sets").fill("0");
  const answer = page.waitForResponse((r) => r.request().method() === "POST");
  await lead(page, () => page.click(SUBMIT));
  same((await answer).status(), 422, "many problems: the status says so too");
  const said = await problems(page);
  for (const key of ["name_empty", "phone", "email", "delivery_address"])
    has(said, say(`problem.${key}`), `many problems: ${key} is named`);
  has(said, say("problem.number", ["1–999"]), "many problems: the number of sets is named, with its bounds");
  has(said, say("refusal.papers_missing"), "many problems: the papers are named");
  same(await typed(page, "phone"), "12ab", "many problems: the wrong phone stays to be mended");
  same(await typed(page, "email"), "khong phai thu", "many problems: so does the wrong address");
  same(await typed(page, "summary"), "Dòng một\nDòng hai", "many problems: and what was right");
  for (const id of ["name", "phone", "email"])
    same(await page.locator(`#f-${id}`).getAttribute("aria-invalid"), "true", `many problems: the field ${id} says so itself`);
  check(await page.evaluate(() => document.activeElement.matches(".bang-loi")), "many problems: the focus is on them");
}

async function hostile(page) {
  await form(page, MARITAL);
  await page.locator("#f-name").fill(SCRIPT);
  await page.locator("#f-address").fill(HANDLER);
  await page.locator("#f-summary").fill(HANDLER + "</textarea>" + SCRIPT);
  await page.locator("input[name=p_note]").first().fill(HANDLER);
  await lead(page, () => page.click(SUBMIT));
  same(await typed(page, "name"), SCRIPT, "hostile markup: stands in the field as typed");
  same(await typed(page, "address"), HANDLER, "hostile markup: an attribute cannot be left");
  same(await typed(page, "summary"), HANDLER + "</textarea>" + SCRIPT, "hostile markup: nor a text area");
  same(await page.locator("main script, main img").count(), 0, "hostile markup: makes no element");
}

// Taken in after all, it is text wherever it is shown.
async function hostileTakenIn(page) {
  await form(page, COPIES);
  await page.locator("#f-name").fill(SCRIPT + HOLES);
  await page.locator("#f-address").fill(HANDLER);
  await page.locator("#f-summary").fill(HANDLER);
  await everyPaper(page);
  await lead(page, () => page.click(SUBMIT));
  const code = (await page.locator(".ma-lon").innerText()).trim();
  for (const path of [`/cb/ho-so/${code}`, `/cb/ho-so/${code}/giay-tiep-nhan`, "/cb/viec", `/cb/viec?xem=${code}`,
    "/cb/ban-giao", "/cb/so-theo-doi", `/cb/tim?q=${code}`, `/cb/tim?q=${encodeURIComponent(SCRIPT)}`, `/cb/viec?q=${encodeURIComponent(HANDLER)}`]) {
    await page.goto(base() + path);
    same(await page.locator("main script, main img, main [onfocus], main [onerror]").count(), 0, `${path.replace(/%.*/, "…")}: it stays text`);
  }
  await page.goto(`${base()}/cb/ho-so/${code}`);
  has(await page.locator("main").innerText(), SCRIPT + HOLES, "it is shown as it was typed");
}

// ---- straight to the server, past the browser ----

async function fieldsOf(page, procedure) {
  await form(page, procedure);
  await everyPaper(page);
  return page.locator("form.tiep-nhan").evaluate((f) => Array.from(new FormData(f)));
}

async function sender(page) {
  const cookies = await page.context().cookies();
  const cookie = cookies.map((c) => `${c.name}=${c.value}`).join("; ");
  return (body, headers) => fetch(`${base()}/cb/tiep-nhan`, {
    method: "POST", body, redirect: "manual",
    headers: { cookie, "content-type": "application/x-www-form-urlencoded", ...headers },
  });
}

// The form with one field as these very bytes.
function bodyWith(fields, name, bytes) {
  const rest = fields.filter(([n]) => n !== name).map(([n, v]) => `${encodeURIComponent(n)}=${encodeURIComponent(v)}`);
  return [...rest, `${name}=${bytes}`].join("&");
}

async function straight(page) {
  const fields = await fieldsOf(page, COPIES);
  const send = await sender(page);
  const long = (n) => encodeURIComponent("ă".repeat(n));
  const cases = [
    ["a name beyond its length", "name", long(151), say("problem.too_long")],
    ["a whole book in the summary", "summary", long(30000), say("problem.too_long")],
    ["bytes that are no text", "name", "Nguy%FF%FE%C0%AFn", say("problem.not_text")],
    ["control characters", "name", "Nguy%00%07%1Bn", say("problem.not_text")],
    ["a line break where there is one line", "name", "Nguy%0D%0An", say("problem.not_text")],
    ["a field sent twice", "name", "A&name=B", ""],
    ["a name of blanks", "name", "%20%C2%A0%E2%80%83", say("problem.name_empty")],
    ["a number that is none", "count", "5x", ""],
    ["a number beyond all bounds", "count", "99999999999999999999", ""],
    ["no dossier at all", "count", "0", ""],
    ["a choice that does not exist", "delivery", "9", ""],
  ];
  for (const [what, name, bytes, wanted] of cases) {
    const before = dossiers();
    let list = bodyWith(fields, name, bytes);
    if (name !== "name") list = list.replace("name=&", "name=Nguy%E1%BB%85n&");
    const answer = await send(list);
    const text = await answer.text();
    check([400, 413, 422].includes(answer.status), `${what}: refused`, `${answer.status} ${answer.headers.get("location")}`);
    same(dossiers(), before, `${what}: no dossier`);
    if (wanted) has(text, wanted, `${what}: the problem is named`);
    check(!text.includes("\u0000") && !text.includes("\u0007"), `${what}: the answer is clean`);
  }
  const before = dossiers();
  const many = await send(fields.map(([n, v]) => `${n}=${encodeURIComponent(v)}`).join("&") + "&p_note=x".repeat(5000));
  check([400, 413, 422].includes(many.status), "five thousand fields: refused", many.status);
  const huge = await send("summary=" + "x".repeat(3e7)).catch((error) => ({ status: 413, error }));
  check([400, 413].includes(huge.status), "thirty million bytes: refused", huge.status);
  const json = await send("{}", { "content-type": "application/json" });
  check([400, 403, 409, 413, 415, 422].includes(json.status), "another kind of body: refused", json.status);
  same(dossiers(), before, "none of them made a dossier");
}

export async function wrong() {
  const page = await visitor(CLERK);
  const before = dossiers();
  await together(page);
  await hostile(page);
  same(dossiers(), before, "nothing wrong has made a dossier");
  await hostileTakenIn(page);
  same(dossiers(), before + 1, "hostile text that is allowed has made one");
  await straight(page);
  same(sql("SELECT count(*) FROM dossier WHERE applicant LIKE '%Nguy%' AND applicant NOT LIKE '%Ánh Tuyết%'"), "0", "no half of it is stored");
  await leave(page);
}
