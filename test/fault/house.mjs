// A small house of its own for the suites here: a store with the base data, people, a server, officers over HTTP.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const binary = process.env.MOTCUA;
export const dir = process.env.MOTCUA_TEST_DIR || mkdtempSync(join(tmpdir(), 'motcua-fault-'));
export const file = join(dir, 'house.db');
const port = 20000 + (process.pid % 20000);
export const base = `http://127.0.0.1:${port}`;
const PASSWORD = 'mot mat khau dai';
let no = 0;

export function check(name, good, why = '') {
  no += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${no} - ${name}`);
  if (!good && why) console.log(`# ${why}`);
}
export const plan = () => console.log(`1..${no}`);
export const runOn = (store, ...args) =>
  execFileSync(binary, [...args, '--db', `sqlite:${store}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
export const run = (...args) => runOn(file, ...args);
export const sql = (text, store = file) => execFileSync('sqlite3', [store, text], { encoding: 'utf8' }).trim();
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// What verify says of a store, whether it agrees or not.
export function verified(store = file) {
  try { return JSON.parse(runOn(store, 'verify', '--json')); } catch (error) { return JSON.parse(error.stdout); }
}

export function found() {
  run('init');
  writeFileSync(join(dir, 'password'), `${PASSWORD}\n`);
}
export const hire = (login, unit, role) =>
  run('user', 'add', login, '--name', `Nguyễn Thị ${login}`, '--unit', unit, '--role', role, '--password-file', join(dir, 'password'));

const cookieOf = (response) => /mc_session=([^;]*)/.exec(response.headers.get('set-cookie') || '')?.[1];
const csrfOf = (html) => /name="csrf" value="([^"]*)"/.exec(html)?.[1];

export async function form(path, fields, cookie) {
  const body = new URLSearchParams(fields);
  return fetch(base + path, { method: 'POST', body, redirect: 'manual', headers: { cookie: `mc_session=${cookie || ''}` } });
}

// The server, and a promise of its end; resolves when it answers.
export async function serve(...options) {
  const server = spawn(binary, ['serve', '--db', `sqlite:${file}`, '--listen', `127.0.0.1:${port}`, ...options], { stdio: 'ignore' });
  const gone = new Promise((done) => server.on('exit', done));
  for (let i = 0; i < 400; i += 1) {
    try {
      await (await fetch(`${base}/dang-nhap`)).text();
      return { server, gone };
    } catch { await sleep(25); }
  }
  throw new Error('the server does not answer');
}

// A person at work, with the token that the forms of `path` carry.
export async function signIn(login, path) {
  const cookie = cookieOf(await form('/dang-nhap', { login, password: PASSWORD, csrf: '' }));
  const page = await (await fetch(base + path, { headers: { cookie: `mc_session=${cookie}` } })).text();
  return { cookie, csrf: csrfOf(page), unit: /name="unit" value="([^"]*)"/.exec(page)?.[1] || '' };
}

// Takes in a dossier; its code. Throws what the page said when it was not acknowledged.
export async function takeIn(session, procedure, name, papers = 1) {
  const fields = new URLSearchParams({
    csrf: session.csrf, unit: session.unit, procedure, case: '1', p_case: '1', channel: '1', kind: '0',
    name, phone: '', sets: '1', count: '1', delivery: '0', same_seen: '1', fee_paid: '1',
  });
  for (let i = 0; i < papers; i += 1) fields.append('p_here', String(i));
  const response = await form('/cb/tiep-nhan', fields, session.cookie);
  const code = /[?&]ma=([^&]*)/.exec(response.headers.get('location') || '')?.[1];
  if (!code) throw new Error(`no code: ${response.status} ${(await response.text()).replace(/<[^>]*>/g, ' ').slice(0, 800)}`);
  return decodeURIComponent(code);
}
