// The day at a counter, in a real browser: with scripts and without, by mouse and by keyboard, on a
// desk and on a telephone. Needs the packages playwright-core and axe-core (looked for in
// node_modules, or in the folder MOTCUA_BROWSER_MODULES) and chromium; says so and skips otherwise.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const CHROMIUM = "/usr/bin/chromium";
const PASSWORD = "mot-cua-mot-cua";
const WARD = "26041";
const BIRTH = "1.001193";
const COPIES = "2.000815";

function modules() {
  for (const folder of [process.env.MOTCUA_BROWSER_MODULES, process.cwd()]) {
    if (!folder) continue;
    const require = createRequire(join(folder, "x.js"));
    try {
      return {
        chromium: require("playwright-core").chromium,
        axe: readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"),
      };
    } catch {
      continue;
    }
  }
  return null;
}

const found = modules();
if (!found || !existsSync(CHROMIUM)) {
  console.log("1..1\nok 1 - the day at a counter # SKIP playwright-core, axe-core or chromium is not here");
  process.exit(0);
}

// ---- results ----

let count = 0;
let failed = 0;
function check(good, what) {
  count++;
  if (!good) failed++;
  console.log((good ? "ok " : "not ok ") + count + " - " + what);
}

// ---- a city with one ward at work ----

const program = process.env.MOTCUA;
const folder = process.env.MOTCUA_TEST_DIR;
const db = "sqlite:" + join(folder, "counter.db");
const secret = join(folder, "password");

function run(...words) {
  execFileSync(program, [...words, "--db", db], { stdio: ["ignore", "ignore", "inherit"] });
}

writeFileSync(secret, PASSWORD + "\n", { mode: 0o600 });
run("init");
for (const [login, role] of [["quay", "mot-cua"], ["xet", "chuyen-vien"], ["duyet", "lanh-dao"]])
  run("user", "add", login, "--name", "Người Thử " + role, "--unit", WARD, "--role", role, "--password-file", secret);

const server = spawn(program, ["serve", "--db", db, "--listen", "127.0.0.1:0", "--clock", "2026-07-15T08:00"], {
  stdio: ["ignore", "ignore", "pipe"],
});
const base = await new Promise(function (resolve, reject) {
  let text = "";
  server.stderr.on("data", function (bytes) {
    text += bytes;
    const address = text.match(/http:\/\/[0-9.:]+/);
    if (address) resolve(address[0]);
  });
  server.on("exit", () => reject(new Error("the server ended: " + text)));
});

// ---- browsers ----

const browser = await found.chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});

async function visitor(login, options) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US", ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => check(false, "a script failed: " + error.message));
  page.on("console", function (message) {
    if (/Content Security Policy/.test(message.text())) check(false, message.text());
  });
  await page.goto(base + "/dang-nhap");
  await page.fill("#f-login", login);
  await page.fill("#f-password", PASSWORD);
  await page.click("form.bm button");
  await page.waitForURL(/\/cb\//);
  return page;
}

async function says(page) {
  return page.innerText("main");
}

async function submit(page, selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

async function act(page, code, name) {
  await page.goto(base + "/cb/ho-so/" + code + "/" + name);
  await submit(page, ".hop-vua .hang-viec .nut:not(.p2)");
  return says(page);
}

// ---- the journey ----

async function intake(page, tag, scripted, id) {
  await page.goto(base + "/cb/viec");
  if (scripted) {
    await page.keyboard.press("F2");
    await page.waitForURL(/tiep-nhan/);
    await page.keyboard.type("khai sinh dung han");
    await page.fill("#chon", "");
    await page.keyboard.type("dang ky khai sinh");
    const left = await page.locator("[data-tat-ca] [data-tim]:not([hidden])").count();
    check(left > 0 && left < 8, tag + "the filter narrows the list without marks");
    await Promise.all([page.waitForURL(/thu-tuc=/), page.keyboard.press("Enter")]);
  }
  await page.goto(base + "/cb/tiep-nhan?thu-tuc=" + BIRTH);
  await submit(page, ".lon-nut");
  const wrong = await page.innerText(".bang-loi");
  check(wrong.includes("họ và tên") && wrong.includes("giấy tờ"), tag + "all that is wrong is said at once");

  await page.fill("#f-id_no", id + "|271234567|Nguyễn Thị Ánh Tuyết|05091985|Nữ|12 Nguyễn Trãi|01012017");
  if (scripted) await page.keyboard.press("Tab");
  else await submit(page, "button[value=nguoi]");
  check((await page.inputValue("#f-name")) === "Nguyễn Thị Ánh Tuyết", tag + "a card fills the name");
  check((await page.inputValue("#f-birth")) === "05/09/1985", tag + "and the birth");

  if (scripted) {
    await page.locator("h1").click();
    await page.keyboard.press("a");
  } else {
    for (const box of await page.locator("input[data-giay]").all()) await box.check();
  }
  await page.locator("input[data-giay]").first().uncheck();
  await submit(page, ".lon-nut");
  check((await page.locator("button[value=phieu]").count()) === 1, tag + "a missing paper has two ways out");
  await page.locator("input[data-giay]").first().check();
  if (scripted) await Promise.all([page.waitForURL(/xong/), page.press("#f-phone", "Control+Enter")]);
  else await submit(page, ".lon-nut");
  const code = (await page.innerText(".ma-lon")).trim();
  check(/^[A-Z0-9.]+-\d{6}-\d{4}$/.test(code), tag + "taken in as " + code);
  return code;
}

async function onward(page, tag, code, options) {
  await page.goto(base + "/cb/ho-so/" + code + "/bo-sung");
  await submit(page, ".hop-vua .hang-viec .nut:not(.p2)");
  check((await page.locator(".bang-loi").count()) === 1, tag + "a request for papers names at least one");
  await page.locator("input[name=d_what]").first().fill("Thiếu chữ ký");
  await submit(page, ".hop-vua .hang-viec .nut:not(.p2)");
  check((await says(page)).includes("Đã yêu cầu bổ sung"), tag + "papers are asked for");
  check((await act(page, code, "nhan-bo-sung")).includes("Thời hạn được tính tiếp"), tag + "they come, the clock runs");
  const again = await page.goto(base + "/cb/ho-so/" + code + "/bo-sung");
  check(again.status() === 422, tag + "a second request is refused by law");
  check((await act(page, code, "chuyen")).includes("Đã chuyển bước"), tag + "it goes on");

  const officer = await visitor("xet", options);
  check((await act(officer, code, "nhan")).includes("Đã nhận"), tag + "an officer takes it");
  check((await act(officer, code, "chuyen")).includes("Đã chuyển bước"), tag + "and passes it on");
  await officer.context().close();
  const head = await visitor("duyet", options);
  check((await act(head, code, "ket-qua")).includes("Đã ghi kết quả"), tag + "the head signs");
  await head.context().close();

  await page.goto(base + "/cb/tra-ket-qua?ma=" + encodeURIComponent("https://x/h/" + code));
  check(page.url().endsWith("/tra"), tag + "a scanned receipt leads to the hand-out");
  await submit(page, ".hop-vua .hang-viec .nut:not(.p2)");
  check((await says(page)).includes("Đã trả kết quả"), tag + "the result is handed out");
}

async function batch(page, tag) {
  await page.goto(base + "/cb/tiep-nhan?thu-tuc=" + COPIES);
  await page.fill("#f-name", "Trần Văn Lô");
  await page.fill("#f-count", "5");
  for (const box of await page.locator("input[data-giay]").all()) await box.check();
  await submit(page, ".lon-nut");
  check((await page.innerText(".ma-lon")).includes("–"), tag + "five identical dossiers in one go");
  await page.goto(base + "/cb/ban-giao");
  await submit(page, ".chon-hang .nut");
  check((await says(page)).includes("Đã chuyển 5 hồ sơ"), tag + "and handed over in one go");
}

async function outlived(page, tag) {
  await page.goto(base + "/cb/tiep-nhan?thu-tuc=" + BIRTH);
  await page.fill("#f-name", "Giữ Lại Nội Dung");
  await page.context().clearCookies();
  await submit(page, ".lon-nut");
  await page.fill("#f-login", "quay");
  await page.fill("#f-password", PASSWORD);
  await submit(page, "form.bm button");
  await submit(page, "form.hang-viec button");
  check((await page.inputValue("#f-name")) === "Giữ Lại Nội Dung", tag + "a form outlives its session");
}

async function keyboard(page) {
  await page.goto(base + "/cb/so-theo-doi");
  await page.keyboard.press("j");
  await Promise.all([page.waitForURL(/ho-so/), page.keyboard.press("Enter")]);
  check(true, "J and Enter open a dossier");
  await page.keyboard.press("/");
  check(await page.evaluate(() => document.activeElement.id === "timnhanh"), "/ goes to the search");
  await page.click(".tai-khoan summary");
  await page.click("[data-phim-nut]");
  await page.click("h1");
  await page.keyboard.press("/");
  check(await page.evaluate(() => document.activeElement.id !== "timnhanh"), "one-letter keys can be turned off");
}

// ---- every page for everybody ----

async function accessible(code) {
  const pages = ["/dang-nhap", "/cb/viec", "/cb/viec-phong", "/cb/tiep-nhan", "/cb/tiep-nhan?thu-tuc=" + BIRTH,
    "/cb/ban-giao", "/cb/tra-ket-qua", "/cb/so-theo-doi", "/cb/tim?q=nguyen", "/cb/ho-so/" + code,
    "/cb/ho-so/" + code + "/giay-tiep-nhan", "/cb/ho-so/" + code + "/phieu-kiem-soat", "/cb/mat-khau"];
  for (const width of [1440, 360, 320]) {
    const page = await visitor("quay", { viewport: { width, height: 800 } });
    const devtools = await page.context().newCDPSession(page);
    for (const path of pages) {
      await page.goto(base + path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wide <= 0, width + " px: " + path + " fits");
      await devtools.send("Runtime.evaluate", { expression: found.axe });
      const result = await devtools.send("Runtime.evaluate", {
        expression: `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
          .then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html.slice(0, 120)).join("; "))`,
        awaitPromise: true,
        returnByValue: true,
      });
      check(result.result.value === "", width + " px: " + path + " is accessible " + result.result.value);
    }
    await page.context().close();
  }
}

async function main() {
  let code = "";
  for (const scripted of [true, false]) {
    const tag = scripted ? "scripts: " : "no scripts: ";
    const options = { javaScriptEnabled: scripted };
    const page = await visitor("quay", options);
    code = await intake(page, tag, scripted, scripted ? "075085000001" : "075085000002");
    await onward(page, tag, code, options);
    await batch(page, tag);
    await outlived(page, tag);
    if (scripted) await keyboard(page);
    await page.context().close();
  }
  await accessible(code);
}

try {
  await main();
} catch (error) {
  check(false, error.message.split("\n").slice(0, 3).join(" / "));
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGTERM");
  console.log("1.." + count);
  process.exitCode = failed ? 1 : 0;
}
