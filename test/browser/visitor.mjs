// People before a screen: a browser, and what must hold on every page that anybody opens.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { base, PASSWORD } from "./city.mjs";
import { check } from "./tap.mjs";
import { say } from "./words.mjs";

const CHROMIUM = process.env.MOTCUA_CHROMIUM || "/usr/bin/chromium";
const QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const STATUS = /^Failed to load resource: the server responded with a status of 4\d\d/;
const GONE = /^Failed to load resource: net::ERR_CONNECTION_REFUSED/;

export let axe = "";
let browser = null;

// Why there is nothing to drive; "" when there is.
export async function open() {
  const require = createRequire(join(process.cwd(), "x.js"));
  let chromium;
  try {
    chromium = require("playwright-core").chromium;
    axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  } catch {
    return "playwright-core or axe-core is not in node_modules";
  }
  if (!existsSync(CHROMIUM)) return CHROMIUM + " is not here";
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  return "";
}

export async function close() {
  if (browser) await browser.close();
}

// A page of a refused request is itself refused by status; everything else on the console is a defect.
function watch(page) {
  page.on("console", (message) => {
    const text = message.text();
    const refused = STATUS.test(text) && !message.location().url.startsWith(base() + "/a/");
    const nobody = GONE.test(text) && !message.location().url.startsWith(base()); // another program than ours: not started
    if (message.type() === "error" && !refused && !nobody) check(false, `${page.url()} complains on the console`, text);
  });
  page.on("pageerror", (error) => check(false, `${page.url()}: a script failed`, error.message));
  page.on("dialog", async (dialog) => {
    check(false, `${page.url()}: markup that was typed ran`, dialog.message());
    await dialog.dismiss();
  });
}

// Their browsers speak English, as those of most counters do; the pages must not.
export async function stranger(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US", ...options });
  context.setDefaultTimeout(20000);
  context.on("page", watch);
  return context.newPage();
}

export async function signIn(page, login, password = PASSWORD) {
  await page.getByLabel(say("sign_in.login")).fill(login);
  await page.getByLabel(say("sign_in.password")).fill(password);
  await press(page, say("common.login"));
}

export async function visitor(login, options) {
  const page = await stranger(options);
  await page.goto(base() + "/dang-nhap");
  await signIn(page, login);
  if (!/\/(cb|ld|qt|bc)/.test(page.url())) throw new Error(`${login} is not let in: ${page.url()}`);
  return page;
}

export const leave = (page) => page.context().close();

// ---- what they do ----

// Waits for the page that a press leads to.
export async function lead(page, act) {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), act()]);
}

// Whole names are needed only where one stands in another.
export function press(page, name) {
  return lead(page, () => page.locator("main").getByRole("button", { name }).first().click());
}

export function follow(page, name) {
  return lead(page, () => page.locator("main").getByRole("link", { name }).first().click());
}

export function menu(page, key) {
  return lead(page, () => page.locator(".cb-menu").getByRole("link", { name: say(key), exact: true }).click());
}

export const says = (page) => page.locator("main").innerText();
export const notice = (page) => page.locator("main [role=status].tin-bao").first().innerText();
export const problems = (page) => page.locator("main .bang-loi").innerText();
