// The server is killed (SIGKILL) at random moments while eight officers take in dossiers over HTTP, fifty
// times on one store. Then: every acknowledged dossier is there, no code twice, no gap in a day's
// numbers, and verify agrees. Prints TAP.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const binary = process.env.MOTCUA;
const dir = process.env.MOTCUA_TEST_DIR || mkdtempSync(join(tmpdir(), 'motcua-kill-'));
const file = join(dir, 'kill.db');
const db = `sqlite:${file}`;
const port = 20000 + (process.pid % 20000);
const base = `http://127.0.0.1:${port}`;
const ROUNDS = 50, OFFICERS = 8, PASSWORD = 'mot mat khau dai';
let no = 0;

function check(name, good, why = '') {
  no += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${no} - ${name}`);
  if (!good && why) console.log(`# ${why}`);
}
const run = (...args) => execFileSync(binary, [...args, '--db', db], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const sql = (text) => execFileSync('sqlite3', [file, text], { encoding: 'utf8' }).trim();
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const cookieOf = (response) => /mc_session=([^;]*)/.exec(response.headers.get('set-cookie') || '')?.[1];
const csrfOf = (html) => /name="csrf" value="([^"]*)"/.exec(html)?.[1];

async function form(path, fields, cookie) {
  const body = new URLSearchParams(fields);
  return fetch(base + path, { method: 'POST', body, redirect: 'manual', headers: { cookie: `mc_session=${cookie || ''}` } });
}

async function up() {
  for (let i = 0; i < 400; i += 1) {
    try { return await (await fetch(`${base}/dang-nhap`)).text(); } catch { await sleep(25); }
  }
  throw new Error('the server does not answer');
}

async function signIn() {
  const cookie = cookieOf(await form('/dang-nhap', { login: 'mot.cua', password: PASSWORD, csrf: '' }));
  const page = await (await fetch(`${base}/cb/tiep-nhan?procedure=2.000908`, { headers: { cookie: `mc_session=${cookie}` } })).text();
  return { cookie, csrf: csrfOf(page), unit: /name="unit" value="([^"]*)"/.exec(page)?.[1] || '' };
}

// One officer: intake after intake until the server is gone; what was acknowledged goes into the list.
async function officer(session, acknowledged) {
  for (let i = 0; ; i += 1) {
    try {
      const response = await form('/cb/tiep-nhan', {
        csrf: session.csrf, unit: session.unit, procedure: '2.000908', case: '1', p_case: '1', channel: '1', kind: '0',
        name: `Nguyễn Văn ${i}`, phone: '', sets: '1', count: '1', delivery: '0', same_seen: '1', p_here: ['0'], fee_paid: '1',
      }, session.cookie);
      const code = /[?&]ma=([^&]*)/.exec(response.headers.get('location') || '')?.[1];
      if (!code) throw new Error(`no code: ${response.status} ${(await response.text()).replace(/<[^>]*>/g, ' ').slice(0, 800)}`);
      acknowledged.push(decodeURIComponent(code));
    } catch (error) {
      if (String(error.message).startsWith('no code')) throw error;
      return;
    }
  }
}

async function round(acknowledged) {
  const server = spawn(binary, ['serve', '--db', db, '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const gone = new Promise((done) => server.on('exit', done));
  await up();
  const session = await signIn();
  const officers = Array.from({ length: OFFICERS }, () => officer(session, acknowledged));
  await sleep(20 + Math.random() * 250);
  server.kill('SIGKILL');
  await gone;
  await Promise.all(officers);
}

run('init');
writeFileSync(join(dir, 'password'), `${PASSWORD}\n`);
run('user', 'add', 'mot.cua', '--name', 'Nguyễn Thị Cửa', '--unit', '26041', '--role', 'mot-cua', '--password-file', join(dir, 'password'));
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
let verified = '';
try { verified = run('verify', '--json'); } catch (error) { verified = error.stdout; }
check('verify agrees', JSON.parse(verified).ok === true, verified);
console.log(`1..${no}`);
