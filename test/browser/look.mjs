// How the pages look: for everybody, on a desk and on a telephone, in both languages and on paper.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { ADMINISTRATOR, base, CLERK, CONTROLLER, COPIES, folder, HEAD, MARITAL, MAYOR, sql } from "./city.mjs";
import { check, has, same, skip } from "./tap.mjs";
import { axe, leave, stranger, visitor } from "./visitor.mjs";
import { say, sayAll } from "./words.mjs";

const WIDTHS = [1440, 320, 360]; // a desk, a page enlarged four times, a telephone
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const one = (text) => sql(text).split("\n")[0];

// Every page there is, by who may open it; `code` is a dossier that has been all the way, `open` one that has not.
function pages(code, open) {
  const dossier = `/cb/ho-so/${code}`;
  const at = `/cb/ho-so/${open}`;
  const unit = one("SELECT id FROM unit WHERE code = '26041' AND valid_from < '2018-01-01'");
  const person = one(`SELECT id FROM person WHERE login = '${CLERK}'`);
  const certificate = one("SELECT id FROM certificate ORDER BY id LIMIT 1");
  const drafts = sql("SELECT id FROM report_draft").split("\n").filter(Boolean), tasks = sql("SELECT task_id FROM directive").split("\n").filter(Boolean);
  const quarter = `don-vi=${unit}&tu=2018-01-01&den=2018-03-31`;
  return {
    "": ["/", "/thu-tuc", "/thu-tuc?q=khai+sinh", `/thu-tuc/${MARITAL}`, "/tra-cuu", `/h/${code}`, "/dang-nhap", "/khong-co-trang-nay"],
    [CLERK]: ["/cb/viec", `/cb/viec?xem=${open}`, "/cb/viec-phong", "/cb/tim?q=nguyen", "/cb/tim?q=khongaicotennay", "/cb/tiep-nhan",
      `/cb/tiep-nhan?thu-tuc=${MARITAL}`, `/cb/tiep-nhan?thu-tuc=${COPIES}`, `/cb/tiep-nhan/xong?ma=${open}`, `/cb/tiep-nhan/tu-choi?thu-tuc=${MARITAL}`,
      "/cb/ban-giao", "/cb/tra-ket-qua", "/cb/so-theo-doi", "/cb/nhac-viec", "/cb/phieu-ban-giao", "/cb/vang-mat", "/cb/mat-khau", "/cb/ca-nhan", "/cb/khong-co-trang-nay",
      dossier, at, at + "/chuyen", at + "/bo-sung", at + "/sua", at + "/rut",
      dossier + "/giay-tiep-nhan", dossier + "/phieu-kiem-soat", dossier + "/phieu-bo-sung"],
    [HEAD]: ["/ld", `/ld/ho-so?so-lieu=dossier.received&${quarter}`, "/bc", `/bc/mot-cua?${quarter}`],
    [MAYOR]: ["/ld", "/ld/lien-thong", "/bc/mot-cua", "/bc/ii-06a", "/bc/cchc", "/bc/ban", ...drafts.flatMap((id) => [`/bc/ban/${id}`, `/bc/ban/${id}?canh=1`]),
      ...tasks.map((id) => `/chi-dao/${id}`), "/chi-dao/moi?so-lieu=dossier.received&tu=2018-01-01&den=2018-03-31", "/cc", "/cc/tthc"],
    [CONTROLLER]: ["/qt/quy-trinh", "/qt/quy-trinh/BH-LT2", `/qt/quy-trinh/${MARITAL}`, "/qt/quy-trinh/BH-LT2/ve", "/qt/quy-trinh/BH-LT2/bang",
      `/qt/quy-trinh/${MARITAL}/bang`, "/qt/quy-trinh/BH-LT2/thu", "/qt/quy-trinh/BH-LT2/thu?duong=1", "/qt/quy-trinh/BH-LT2/chuyen",
      "/qt/quy-che"],
    cchc: ["/vt/chung-thu-so", `/vt/chung-thu-so/${certificate}`, `/vt/chung-thu-so/${certificate}/bien-ban`, "/vt/chung-thu-so/de-nghi", "/vt/chung-thu-so/ra-soat",
      "/vt/chung-thu-so/nhap", "/vt/chung-thu-so/bang-6-1", "/vt/chung-thu-so/bang-6-1?so=0"],
    [ADMINISTRATOR]: ["/qt/thu-tuc", `/qt/thu-tuc/${MARITAL}`, "/qt/don-vi", "/qt/don-vi/moi", "/qt/ket-noi", `/qt/don-vi/${unit}`, "/qt/nguoi-dung", "/qt/nguoi-dung/moi",
      `/qt/nguoi-dung/${person}`, "/qt/vai-tro", "/qt/vai-tro/moi", "/qt/lich", "/qt/lich/ngay", "/qt/lich/gio", "/qt/lich/moi", "/qt/nhat-ky"],
  };
}

// The policy of the pages forbids it to scripts that are put into them; the debugger stands outside.
async function ask(devtools, expression) {
  const answer = await devtools.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception.description);
  return answer.result.value;
}

const violations = (devtools) => ask(devtools, `axe.run({ resultTypes: ["violations"], runOnly: ${JSON.stringify(LEVELS)} })
  .then((r) => r.violations.map((v) => v.impact + " " + v.id + ": " + v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join(" ; ")).join("\\n"))`);

async function look(page, devtools, path) {
  const name = path.replace(/000[.0-9A-Z]*-\d{6}-\d{4}/, "CODE").replace(/don-vi=\d+&/, "");
  const answer = await page.goto(base() + path);
  const missing = path.includes("khong-co");
  if (!check(answer.status() === (missing ? 404 : 200), `${name} is there`, answer.status())) return;
  await page.waitForFunction(() => [...document.querySelectorAll("[data-so-do], [data-ve]")]
    .every((one) => (one.dataset.soDo || one.dataset.ve) === "xong")); // drawings are judged as they are seen
  await ask(devtools, axe + "; 0");
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(over <= 0, `${name} at ${width}: no need to push it sideways`, `${over} pixels too wide`);
    if (width === 320) continue; // judged at 360
    const wrong = await violations(devtools);
    check(wrong === "", `${name} at ${width}: accessible`, wrong);
    if (process.env.MOTCUA_SHOTS)
      await page.screenshot({ path: join(process.env.MOTCUA_SHOTS, `${name.replace(/[^a-zA-Z0-9.-]+/g, "_")}-${width}.png`), fullPage: true });
  }
  same(await page.locator("h1").count(), 1, `${name}: one heading of the first order`);
}

async function everybody(code, open) {
  const todo = Object.entries(pages(code, open));
  for (const [login, paths] of todo) {
    const page = login ? await visitor(login) : await stranger();
    const devtools = await page.context().newCDPSession(page);
    for (const path of paths) await look(page, devtools, path);
    await leave(page);
  }
}

// ---- languages ----

async function english() {
  const page = await visitor(ADMINISTRATOR);
  const clerk = await visitor(CLERK);
  for (const [who, path] of [[page, "/qt/don-vi"], [clerk, "/cb/viec"]]) {
    await who.goto(base() + path);
    same(await who.locator("html").getAttribute("lang"), "vi", `${path}: Vietnamese, though the browser asks for English`);
    await who.locator("header a[hreflang=en]").click();
    await who.waitForLoadState();
    same(await who.locator("html").getAttribute("lang"), "en", `${path}: English when asked for`);
    const menu = await who.locator(".cb-menu a, .cb-menu h2").allInnerTexts();
    const known = sayAll("page.menu_", "en").concat(sayAll("page.group_", "en"));
    check(menu.length > 3 && menu.every((item) => known.includes(item.trim())), `${path}: every item of the menu is English`, menu);
    const vietnamese = sayAll("page.menu_", "vi").concat(sayAll("queue.", "vi")).filter((word) => word.length > 6 && !word.includes("{"));
    const text = await who.locator("body").innerText();
    const lines = text.split("\n").map((line) => line.trim()); // names of steps and units are data, and stay
    same(vietnamese.filter((word) => lines.includes(word)).join(), "", `${path}: no Vietnamese word of the desk is left`);
    await who.goto(base() + path);
    same(await who.locator("html").getAttribute("lang"), "en", `${path}: and stays so`);
  }
  await clerk.locator("header a[hreflang=vi]").click();
  await clerk.waitForLoadState();
  same(await clerk.locator("html").getAttribute("lang"), "vi", "and back");
  await leave(page);
  await leave(clerk);
}

// Day before month, whatever the browser of the counter says.
async function dates(open) {
  const page = await visitor(CLERK, { locale: "en-US", timezoneId: "America/New_York" });
  for (const path of [`/cb/ho-so/${open}`, "/cb/so-theo-doi", `/cb/tiep-nhan?thu-tuc=${MARITAL}`, `/cb/ho-so/${open}/giay-tiep-nhan`]) {
    await page.goto(base() + path);
    const text = await page.locator("main").innerText();
    const days = text.match(/\b\d{1,2}\/\d{1,2}\/\d{4}\b/g) || [];
    check(path.includes("giay") || days.length > 0, `${path.replace(open, "CODE")}: has a date`);
    check(days.every((day) => /^(0[1-9]|[12]\d|3[01])\/0[1-3]\/2018$/.test(day)), `${path.replace(open, "CODE")}: day, month, year`, days);
    check(!/\b2018-\d\d-\d\d\b|\bMar(ch)?\b|\b[AP]M\b/.test(text), `${path.replace(open, "CODE")}: no other form of date`);
  }
  const field = await page.locator("input[type=date], input[type=time], input[type=datetime-local]").count();
  same(field, 0, "no field lets the browser choose how a date is written");
  await leave(page);
}

// ---- on paper ----

function printed(name, bytes) {
  const file = join(folder, name + ".pdf");
  writeFileSync(file, bytes);
  const facts = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  const [, width, height] = facts.match(/Page size: +([\d.]+) x ([\d.]+)/).map(Number);
  return {
    text: execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).normalize("NFC"),
    pages: Number(facts.match(/Pages: +(\d+)/)[1]),
    size: `${Math.round(width / 72 * 25.4)} x ${Math.round(height / 72 * 25.4)}`,
  };
}

async function papers(code) {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
  } catch {
    return skip("papers as they are printed", "pdftotext is not here");
  }
  const page = await visitor(CLERK);
  for (const [name, size, most, wanted] of [
    ["giay-tiep-nhan", "148 x 210", 2, [code, "08/03/2018", "Nguyễn Thị Ánh Tuyết"]],
    ["phieu-kiem-soat", "210 x 297", 2, [code]],
    ["phieu-bo-sung", "148 x 210", 1, [code, "Tờ khai thiếu chữ ký"]],
  ]) {
    await page.goto(`${base()}/cb/ho-so/${code}/${name}`);
    const paper = printed(name, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    for (const text of wanted) has(paper.text.replace(/\s+/g, " "), text, `${name} on paper: has ${text === code ? "the code" : text}`);
    check(paper.pages <= most, `${name} on paper: at most ${most} pages`, paper.pages);
    same(paper.size, size, `${name} on paper: of the size that its form asks for`);
  }
  await page.goto(`${base()}/cb/ho-so/${code}`);
  const dossier = printed("ho-so", await page.pdf({ format: "A4" }));
  has(dossier.text, code, "the page of the dossier prints too");
  check(!dossier.text.includes(say("page.menu_register")), "without the menu");
  await leave(page);
}

// A house on its first morning: nothing in any list.
export async function empty() {
  for (const [login, paths] of [
    [CLERK, ["/cb/viec", "/cb/viec-phong", "/cb/ban-giao", "/cb/tra-ket-qua", "/cb/so-theo-doi", "/cb/tim?q=nguyen"]],
    [HEAD, ["/ld", "/ld/ho-so?so-lieu=dossier.late", "/bc/mot-cua", "/bc/ii-06a"]],
  ]) {
    const page = await visitor(login);
    const devtools = await page.context().newCDPSession(page);
    for (const path of paths) await look(page, devtools, path);
    await leave(page);
  }
}

export async function looks(code) {
  const whole = code || one("SELECT code FROM dossier ORDER BY id");
  const open = one("SELECT d.code FROM dossier d JOIN task t ON t.dossier_id = d.id AND t.done_at IS NULL WHERE t.step_no = 1 ORDER BY d.id DESC");
  await everybody(whole, open);
  await english();
  await dates(open);
  await papers(whole);
}
