// Another installation of the program beside the city's: a store, people, a server of its own.
import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { folder, PASSWORD, program } from "./city.mjs";
import { check } from "./tap.mjs";
import { signIn, stranger } from "./visitor.mjs";

const LISTENING = /http:\/\/[0-9.]+:\d+/;
const SANITIZER = /runtime error:|ERROR: \w+Sanitizer/;

export class House {
  constructor(name) {
    this.file = join(folder, `${name}.db`);
    this.run("init");
  }

  run(...words) {
    return execFileSync(program, [...words, "--db", `sqlite:${this.file}`], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  sql(text) {
    return execFileSync("sqlite3", ["-readonly", this.file, text], { encoding: "utf8" }).trim();
  }

  hire(login, name, unit, role) {
    const secret = join(folder, "password");
    writeFileSync(secret, PASSWORD + "\n");
    this.run("user", "add", login, "--name", name, "--unit", unit, "--role", role, "--password-file", secret);
  }

  async open(clock, ...more) {
    const child = spawn(program, ["serve", "--db", `sqlite:${this.file}`, "--listen", "127.0.0.1:0", "--clock", clock, ...more], { stdio: ["ignore", "ignore", "pipe"] });
    this.child = child;
    this.said = "";
    this.gone = new Promise((done) => child.on("exit", done));
    const up = new Promise((done) => child.stderr.on("data", (bytes) => {
      this.said += bytes;
      if (LISTENING.test(this.said)) done(true);
    }));
    if ((await Promise.race([up, this.gone])) !== true) throw new Error("the other house does not open: " + this.said);
    this.base = this.said.match(LISTENING)[0];
  }

  async visitor(login) {
    const page = await stranger();
    await page.goto(this.base + "/dang-nhap");
    await signIn(page, login);
    return page;
  }

  async close() {
    if (!this.child) return;
    this.child.kill("SIGTERM");
    const status = await this.gone;
    check(status === 0 && !SANITIZER.test(this.said), "the other house closes in peace", this.said);
  }
}
