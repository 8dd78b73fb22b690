// Who may come in, and how far: forged forms, sessions that ended, other roles, guessed passwords.
import { ADMINISTRATOR, base, CLERK, CONTROLLER, COPIES, dossiers, HEAD, OTHER_CLERK, PASSWORD, sql, SPECIALIST, STRANGER } from "./city.mjs";
import { everyPaper, SUBMIT } from "./counter.mjs";
import { check, has, same } from "./tap.mjs";
import { lead, leave, press, says, signIn, stranger, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

async function filled(page, name) {
  await page.goto(`${base()}/cb/tiep-nhan?thu-tuc=${COPIES}`);
  await page.locator("#f-name").fill(name);
  await everyPaper(page);
}

const setToken = (page, value) => page.evaluate((v) => {
  const field = document.querySelector("form.tiep-nhan [name=csrf]");
  if (v === null) field.remove();
  else field.value = v;
}, value);

// A form that another page made up does nothing; the officer is asked, and may say yes.
async function forged() {
  const page = await visitor(CLERK);
  const before = dossiers();
  for (const [what, token] of [["no token", null], ["an empty token", ""], ["a wrong token", "0".repeat(43)]]) {
    await filled(page, "Phạm Giả Mạo");
    await setToken(page, token);
    const answer = page.waitForResponse((r) => r.request().method() === "POST");
    await lead(page, () => page.click(SUBMIT));
    same((await answer).status(), 409, `${what}: refused`);
    same(dossiers(), before, `${what}: nothing is done`);
  }
  const cookies = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
  for (const [what, headers] of [["another site", { "sec-fetch-site": "cross-site" }], ["another origin", { origin: "https://evil.example" }]]) {
    const answer = await fetch(`${base()}/dang-xuat`, { method: "POST", redirect: "manual", headers: { cookie: cookies, ...headers } });
    same(answer.status, 403, `${what} posts: refused`);
  }
  await page.goto(base() + "/cb/viec");
  check(page.url().endsWith("/cb/viec"), "and the session that it wanted to end goes on");
  const cookie = (await page.context().cookies()).find((c) => c.name === "mc_session");
  check(cookie.httpOnly && cookie.sameSite !== "None", "no script reads the session's cookie, no other site sends it", JSON.stringify(cookie));
  await leave(page);
}

// What was typed outlives the session that it was typed in.
async function outlived() {
  const page = await visitor(CLERK);
  await filled(page, "Giữ Lại Nội Dung");
  await page.context().clearCookies();
  const before = dossiers();
  await lead(page, () => page.click(SUBMIT));
  has(await says(page), say("sign_in.expired"), "the session is gone: sign in again");
  await signIn(page, CLERK);
  same(dossiers(), before, "signing in alone sends nothing");
  await press(page, say("sign_in.kept_send"));
  same(dossiers(), before + 1, "the form is sent when the officer says so");
  await page.goto(base() + "/cb/viec");
  await page.locator(".tai-khoan summary").click();
  await lead(page, () => page.getByRole("button", { name: say("common.logout") }).click());
  await page.goto(base() + "/cb/viec");
  check(page.url().includes("/dang-nhap"), "after signing out: the door");
  await page.goBack();
  check(!(await page.locator(".cb-menu").count()) || page.url().includes("/dang-nhap"), "and the browser keeps no page of the desk", page.url());
  await leave(page);
}

async function refused(login, paths, status = 403) {
  const page = await visitor(login);
  for (const path of paths) {
    const answer = await page.goto(base() + path);
    same(answer.status(), status, `${login} at ${path.replace(/000.*\d{4}/, "a dossier")}: refused`);
  }
  await leave(page);
}

// How the house is built is open to all who work in it; only to read.
async function readOnly(path) {
  const page = await visitor(CLERK);
  await page.goto(base() + path);
  same(await page.locator("main form[method=post], main a[href$='/moi']").count(), 0, `${CLERK} at ${path}: only to read`);
  await leave(page);
}

async function roles(code) {
  const dossier = `/cb/ho-so/${code}`;
  const admin = ["/qt/nguoi-dung", "/qt/nguoi-dung/moi", "/qt/nhat-ky", "/qt/don-vi/moi", "/qt/vai-tro/moi", "/qt/lich/moi", "/qt/thu-tuc/moi"];
  await refused(CLERK, [...admin, "/ld", "/bc", "/bc/mot-cua"]);
  await refused(SPECIALIST, [...admin, "/cb/tiep-nhan", `/cb/tiep-nhan?thu-tuc=${COPIES}`, "/ld"]);
  await refused(HEAD, [...admin, "/cb/tiep-nhan"]);
  await refused(ADMINISTRATOR, [dossier, dossier + "/giay-tiep-nhan", dossier + "/sua", "/cb/viec", "/cb/tim?q=nguyen", "/cb/so-theo-doi", "/ld", "/bc"]);
  await refused(CONTROLLER, [dossier, "/qt/nguoi-dung"]);
  await refused(STRANGER, [dossier, dossier + "/giay-tiep-nhan", dossier + "/sua"]);
  for (const open of ["/qt/don-vi", "/qt/vai-tro", "/qt/lich", "/qt/thu-tuc"]) await readOnly(open);
  const page = await visitor(ADMINISTRATOR);
  await page.goto(base() + dossier);
  check(!(await page.content()).includes("Ánh Tuyết"), "who keeps the system learns nothing of a dossier from its refusal");
  await leave(page);
}

// Without a browser's own manners: straight at another's act.
async function otherActs(code) {
  const page = await visitor(STRANGER);
  await page.goto(base() + "/cb/viec");
  const csrf = await page.locator("[name=csrf]").first().inputValue();
  const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
  const lines = () => sql("SELECT count(*) FROM journal WHERE act LIKE 'dossier.%'");
  const before = lines();
  for (const act of ["chuyen", "ket-qua", "sua", "tu-choi", "tra"]) {
    const answer = await fetch(`${base()}/cb/ho-so/${code}/${act}`, {
      method: "POST", redirect: "manual", body: new URLSearchParams({ csrf, note: "x", name: "x", version: "1" }), headers: { cookie },
    });
    same(answer.status, 403, `another ward's clerk posts ${act}: refused`);
  }
  same(lines(), before, "and the journal has no line of it");
  await leave(page);
}

async function guessed() {
  const page = await stranger();
  await page.goto(base() + "/dang-nhap");
  for (let i = 1; i <= 5; i++) {
    await signIn(page, OTHER_CLERK, "sai-mat-khau-" + i);
    has(await says(page), say("sign_in.wrong"), `wrong password ${i}: refused, without saying what was wrong`);
    same(await page.getByLabel(say("sign_in.login")).inputValue(), OTHER_CLERK, `wrong password ${i}: the name stays`);
  }
  const answer = page.waitForResponse((r) => r.request().method() === "POST");
  await signIn(page, OTHER_CLERK, PASSWORD);
  same((await answer).status(), 429, "then even the right one must wait");
  check(Number((await answer).headers()["retry-after"]) > 60, "and is told how long");
  await page.goto(base() + "/dang-nhap");
  await signIn(page, CLERK);
  check(page.url().includes("/cb"), "others are not kept out by it");
  await leave(page);
  const unknown = await stranger();
  await unknown.goto(base() + "/dang-nhap");
  await signIn(unknown, "khong.co.ai");
  has(await says(unknown), say("sign_in.wrong"), "a name that does not exist gets the same answer");
  await leave(unknown);
}

// Every page that must not be framed, sniffed or kept says so.
async function headers() {
  for (const path of ["/", "/dang-nhap", "/khong-co-trang-nay"]) {
    const answer = await fetch(base() + path);
    const policy = answer.headers.get("content-security-policy") || "";
    check(/default-src/.test(policy) && !/unsafe-inline|unsafe-eval/.test(policy) && /frame-ancestors/.test(policy), `${path}: a strict policy`, policy);
    same(answer.headers.get("x-content-type-options"), "nosniff", `${path}: no guessing of types`);
  }
}

export async function door(code) {
  await forged();
  await outlived();
  await roles(code);
  await otherActs(code);
  await guessed();
  await headers();
}
