// The words of the pages, from the files that the program has them from: a sentence may be improved
// without a test falling over it, and a test cannot look for a sentence that nobody wrote.
import { readdirSync, readFileSync } from "node:fs";

const words = new Map();

for (const name of readdirSync("locale").filter((n) => n.endsWith(".txt"))) {
  let key = "";
  for (const line of readFileSync(`locale/${name}`, "utf8").split("\n")) {
    const said = line.match(/^ {2}(vi|en): (.*)$/);
    if (said) words.set(`${key}/${said[1]}`, said[2]);
    else if (/^[a-z]/.test(line)) key = line.trim();
  }
}

export function say(key, holes = [], lang = "vi") {
  const text = words.get(`${key}/${lang}`);
  if (text === undefined) throw new Error(`locale has no ${key}`);
  return text.replace(/\{(\d)\}/g, (hole, n) => holes[n - 1] ?? hole);
}

// Every word whose key begins so, in one language.
export function sayAll(prefix, lang) {
  return [...words].filter(([key]) => key.startsWith(prefix) && key.endsWith("/" + lang)).map(([, text]) => text);
}
