// A city at work: a store with the demonstration's people and no dossier, and the real program serving it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { check } from "./tap.mjs";

export const PASSWORD = "mot-cua-2018";
export const WARD = "26041";
export const MARITAL = "1.004873"; // three working days, five papers, a fee
export const COPIES = "2.000815"; // certified copies: the same day
export const THURSDAY = "2018-03-01T07:30"; // a working day
export const MONDAY = "2018-03-05T09:00"; // two working days later

export const CLERK = `motcua.${WARD}`;
export const OTHER_CLERK = `motcua2.${WARD}`;
export const SPECIALIST = `chuyenvien.${WARD}`;
export const HEAD = `chutich.${WARD}`;
export const STRANGER = "motcua.25993"; // a clerk of another ward
export const ADMINISTRATOR = "quantri";
export const MAYOR = "chutich";
export const CONTROLLER = "kiemsoat";

export const program = process.env.MOTCUA || "build-test/src/app/motcua";
const own = process.env.MOTCUA_TEST_DIR ? "" : mkdtempSync(join(tmpdir(), "motcua-browser."));
export const folder = process.env.MOTCUA_TEST_DIR || own;
const file = join(folder, "browser.db");

export function run(...words) {
  return execFileSync(program, [...words, "--db", `sqlite:${file}`], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

export function sql(text) {
  return execFileSync("sqlite3", ["-readonly", file, text], { encoding: "utf8" }).trim();
}

export const dossiers = () => Number(sql("SELECT count(*) FROM dossier"));

// ---- the server ----

const LISTENING = /http:\/\/[0-9.]+:\d+/;
const SANITIZER = /runtime error:|ERROR: \w+Sanitizer/;
let server = null;
let port = 0;

export const base = () => `http://127.0.0.1:${port}`;

// The second time on the port of the first, so that the pages that are open stay of this site.
export async function serve(clock, ...more) {
  const child = spawn(program, ["serve", "--db", `sqlite:${file}`, "--listen", `127.0.0.1:${port}`, "--clock", clock, ...more], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said = { text: "" };
  const gone = new Promise((done) => child.on("exit", (status) => done(status)));
  server = { child, gone, said };
  const up = new Promise((done) => child.stderr.on("data", (bytes) => {
    said.text += bytes;
    if (LISTENING.test(said.text)) done(true);
  }));
  const late = new Promise((done) => setTimeout(done, 60000).unref());
  if ((await Promise.race([up, gone, late])) !== true) throw new Error("the server does not begin: " + said.text);
  port = Number(new URL(said.text.match(LISTENING)[0]).port);
}

export async function stop() {
  if (!server) return;
  const { child, gone, said } = server;
  server = null;
  child.kill("SIGTERM");
  const status = await Promise.race([gone, new Promise((done) => setTimeout(() => done("none"), 30000).unref())]);
  if (status === "none") child.kill("SIGKILL");
  check(status === 0 && !SANITIZER.test(said.text), "the server ends in peace when asked", `status ${status}\n${said.text}`);
}

export function leave() {
  if (server) server.child.kill("SIGKILL");
  if (own) rmSync(own, { recursive: true, force: true });
}
