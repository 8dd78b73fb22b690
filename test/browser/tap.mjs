// What the browser suite says: one line of TAP for each thing that was looked at.
let count = 0;
let failed = 0;

export function check(good, what, why = "") {
  count++;
  if (!good) failed++;
  console.log(`${good ? "ok" : "not ok"} ${count} - ${what}`);
  if (!good && why !== "") console.log("# " + String(why).replace(/\n/g, "\n# "));
  return good;
}

// The first difference is worth more than "they differ".
export function same(got, wanted, what) {
  return check(got === wanted, what, `got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
}

export function has(text, wanted, what) {
  return check(text.includes(wanted), what, `no ${JSON.stringify(wanted)} in ${JSON.stringify(text.slice(0, 600))}`);
}

export function skip(what, why) {
  count++;
  console.log(`ok ${count} - ${what} # SKIP ${why}`);
}

// A group that breaks off has failed once; the others still run.
export async function group(name, run) {
  const begun = Date.now();
  console.log(`# ${name}`);
  try {
    await run();
  } catch (error) {
    check(false, `${name}: broke off`, (error.stack || String(error)).split("\n").slice(0, 12).join("\n"));
  }
  console.log(`# ${name}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

export function end() {
  console.log(`1..${count}`);
  process.exitCode = failed ? 1 : 0;
}
