// The city in a real browser: what people do, what they must not be able to do, and how it looks.
// Drives the program that MOTCUA names with the chromium of the system. Prints TAP; says so and skips
// where there is no browser. MOTCUA_BROWSER names the groups to run, for who works on one (looks wants
// what journey and keys leave behind); MOTCUA_SHOTS names a folder for pictures of every page.
import { agent } from "./agent.mjs";
import { agencies } from "./agencies.mjs";
import { certificates } from "./certificates.mjs";
import * as city from "./city.mjs";
import { documents } from "./documents.mjs";
import { door } from "./door.mjs";
import { drawing } from "./drawing.mjs";
import { land } from "./land.mjs";
import { journey } from "./journey.mjs";
import { exchange } from "./exchange.mjs";
import { keys, unscripted } from "./keys.mjs";
import { empty, looks } from "./look.mjs";
import { reports } from "./reports.mjs";
import { signature } from "./signature.mjs";
import { end, group, skip } from "./tap.mjs";
import * as visitor from "./visitor.mjs";
import { wrong } from "./wrong.mjs";

const only = (process.env.MOTCUA_BROWSER || "").split(" ").filter(Boolean);
const GROUPS = { empty, journey, wrong, door, keys, unscripted, reports, looks, agencies, land, documents, exchange, certificates, drawing, signature, agent };

async function everything() {
  let code = "";
  city.run("demo", "--scale", "0");
  await city.serve(city.THURSDAY);
  for (const [name, run] of Object.entries(GROUPS))
    if (!only.length || only.includes(name)) await group(name, async () => (code = (await run(code)) || code));
}

const why = await visitor.open();
if (why) {
  skip("the city in a browser", why);
} else {
  try {
    await group("the browser suite", everything);
    await city.stop();
  } finally {
    await visitor.close();
    city.leave();
  }
}
end();
