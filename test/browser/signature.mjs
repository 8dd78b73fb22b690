// A citizen has a signed PDF examined: a good one, one changed afterwards, one by a stranger, one that is none.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { update, withStream, withTable } from "../sign/paper.mjs";
import { city as authorities } from "../sign/pki.mjs";
import { base, folder, serve, stop, THURSDAY } from "./city.mjs";
import { check, has, same, skip } from "./tap.mjs";
import * as visitor from "./visitor.mjs";
import { say } from "./words.mjs";

const PAGE = "/kiem-tra-chu-ky";
const program = process.env.MOTCUA || "build-test/src/app/motcua";

function papers() {
  const pki = authorities(join(folder, "pki"));
  const sign = (name, from, to) => execFileSync(program, ["sign", join(folder, from), "--p12", pki.path(`${name}.p12`), "--pin-file", pki.path(`${name}.pin`), "--reason", "Phê duyệt", "--out", join(folder, to)]);
  writeFileSync(join(folder, "plain.pdf"), withStream(2));
  sign("leader", "plain.pdf", "ket-qua.pdf");
  sign("organisation", "ket-qua.pdf", "ket-qua-2.pdf");
  sign("outsider", "plain.pdf", "nguoi-la.pdf");
  writeFileSync(join(folder, "table.pdf"), withTable());
  sign("leader", "table.pdf", "bang.pdf");
  writeFileSync(join(folder, "da-sua.pdf"), update(readFileSync(join(folder, "bang.pdf")), { 3: "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>" }));
  const spoilt = readFileSync(join(folder, "bang.pdf"));
  spoilt[spoilt.indexOf("ket qua")] ^= 1;
  writeFileSync(join(folder, "hong.pdf"), spoilt);
  writeFileSync(join(folder, "chu.pdf"), "Không phải PDF\n");
  writeFileSync(join(folder, "lon.pdf"), Buffer.alloc(9 << 20, 0x20));
  mkdirSync(join(folder, "trust"), { recursive: true });
  copyFileSync(pki.path("root.pem"), join(folder, "trust", "root.pem"));
}

async function examine(page, name, lang = "vi") {
  await page.goto(base() + PAGE);
  await page.getByLabel(say("signature.page_file", [], lang)).setInputFiles(join(folder, name));
  await visitor.press(page, say("signature.page_check", [], lang));
  return visitor.says(page);
}

async function looked(page, name) {
  const shots = process.env.MOTCUA_SHOTS;
  if (shots && existsSync(shots)) await page.screenshot({ path: join(shots, `signature-${name}.png`), fullPage: true });
  await page.evaluate(visitor.axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
  same(found.violations.map((v) => v.id).join(), "", `${name}: nobody is shut out`);
  same(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, `${name}: nothing is cut off`);
}

export async function signature() {
  try {
    papers();
  } catch (error) {
    return skip("signatures of a file", `the papers cannot be made: ${error.message.split("\n")[0]}`);
  }
  const page = await visitor.stranger();
  await page.goto(base() + "/");
  await visitor.lead(page, () => page.locator("footer").getByRole("link", { name: say("signature.page_link") }).click());
  same(new URL(page.url()).pathname, PAGE, "the foot of every public page leads there");
  has(await visitor.says(page), say("signature.page_trusted_count", ["0"]), "it says that nobody is trusted yet");
  has(await examine(page, "ket-qua.pdf"), say("signature.trust_no_roots"), "an intact signature is undecided then");

  await stop();
  await serve(THURSDAY, "--trust", join(folder, "trust"));
  let text = await examine(page, "ket-qua-2.pdf");
  has(text, say("signature.verdict_good"), "two good signatures are valid");
  for (const part of ["Nguyễn Thị Hòa", "Chủ tịch · UBND phường Quang Vinh", "Ủy ban nhân dân phường Quang Vinh", "Phê duyệt", say("signature.change_signatures"), say("signature.root", ["Gốc thử nghiệm"]), "ket-qua-2.pdf"])
    has(text, part, `it says: ${part}`);
  await looked(page, "good");
  text = await examine(page, "da-sua.pdf");
  has(text, say("signature.change_other"), "a file changed after signing is named");
  has(text, say("signature.flaw_none"), "though what was signed is intact");
  has(text, say("signature.page_bad"), "and called not valid");
  await looked(page, "changed");
  has(await examine(page, "hong.pdf"), say("signature.flaw_digest"), "a changed byte is named");
  has(await examine(page, "nguoi-la.pdf"), say("signature.trust_untrusted"), "a stranger is not trusted");
  text = await examine(page, "plain.pdf");
  has(text, say("signature.verdict_none"), "a file without signatures is called so");
  text = await examine(page, "chu.pdf");
  has(text, say("signature.page_unreadable"), "what is no PDF is named");
  await looked(page, "unreadable");
  await page.goto(base() + PAGE);
  await page.locator("form.the").evaluate((form) => form.querySelector("input").removeAttribute("required"));
  await visitor.press(page, say("signature.page_check"));
  has(await visitor.says(page), say("signature.page_no_file"), "no file is named, too");
  const large = await page.request.post(base() + PAGE, { multipart: { tep: { name: "lon.pdf", mimeType: "application/pdf", buffer: readFileSync(join(folder, "lon.pdf")) } } }).catch((error) => ({ status: () => /reset|closed|EPIPE/i.test(error.message) ? 413 : 0 }));
  same(large.status(), 413, "a file above 8 MB is refused");

  await page.goto(`${base()}${PAGE}?lang=en`);
  text = await examine(page, "ket-qua.pdf", "en");
  has(text, say("signature.verdict_good", [], "en"), "the same in English");
  await page.setViewportSize({ width: 360, height: 740 });
  await looked(page, "narrow");
  await page.goto(`${base()}${PAGE}?lang=vi`);
  const stored = execFileSync("sqlite3", ["-readonly", join(folder, "browser.db"), ".dump"], { encoding: "latin1", maxBuffer: 1 << 28 });
  check(!stored.includes("ket-qua-2.pdf") && !stored.includes("BaseFont"), "nothing of the files is kept");
  await visitor.leave(page);
}
