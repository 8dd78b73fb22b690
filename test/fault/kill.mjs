// The server is killed (SIGKILL) at random moments while eight officers take in dossiers over HTTP, fifty
// times on one store. Then: every acknowledged dossier is there, no code twice, no gap in a day's
// numbers, and verify agrees. Prints TAP.
import { check, found, hire, plan, serve, signIn, sleep, sql, takeIn, verified } from './house.mjs';

const ROUNDS = 50, OFFICERS = 8, PROCEDURE = '2.000908';

// One officer: intake after intake until the server is gone; what was acknowledged goes into the list.
async function officer(session, acknowledged) {
  for (let i = 0; ; i += 1) {
    try {
      acknowledged.push(await takeIn(session, PROCEDURE, `Nguyễn Văn ${i}`));
    } catch (error) {
      if (String(error.message).startsWith('no code')) throw error;
      return;
    }
  }
}

async function round(acknowledged) {
  const { server, gone } = await serve();
  const session = await signIn('mot.cua', `/cb/tiep-nhan?procedure=${PROCEDURE}`);
  const officers = Array.from({ length: OFFICERS }, () => officer(session, acknowledged));
  await sleep(20 + Math.random() * 250);
  server.kill('SIGKILL');
  await gone;
  await Promise.all(officers);
}

found();
hire('mot.cua', '26041', 'mot-cua');
const acknowledged = [];
for (let i = 0; i < ROUNDS; i += 1) await round(acknowledged);

const stored = sql('SELECT code FROM dossier').split('\n').filter(Boolean);
const set = new Set(stored);
console.log(`# ${acknowledged.length} acknowledged, ${stored.length} stored`);
check('dossiers were acknowledged in most rounds', acknowledged.length > ROUNDS, `${acknowledged.length}`);
check('every acknowledged dossier is stored', acknowledged.every((code) => set.has(code)), acknowledged.find((code) => !set.has(code)));
check('no acknowledged code was given twice', new Set(acknowledged).size === acknowledged.length);
check('no stored code stands twice', set.size === stored.length);
const byDay = new Map();
for (const code of stored) {
  const [, day, serial] = /^(.*-\d{6})-(\d+)$/.exec(code);
  byDay.set(day, [...(byDay.get(day) || []), Number(serial)]);
}
check('no gap in the numbers of a day', [...byDay.values()].every((list) => Math.max(...list) === list.length && Math.min(...list) === 1));
const register = sql('SELECT register_no FROM dossier ORDER BY register_no').split('\n').map(Number);
check('no gap in the register', register.every((n, i) => n === i + 1));
const report = verified();
check('verify agrees', report.ok === true, JSON.stringify(report));
plan();
