// One installation of the program, driven as a browser without a face would: a store, a server, forms; and TAP.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const binary = process.env.MOTCUA;
export const dir = process.env.MOTCUA_TEST_DIR || mkdtempSync(join(tmpdir(), 'motcua-peer-'));
export const PASSWORD = 'mot mat khau dai', SECRET = 'mot bi mat dai dung chung';
const CLOCK = '2018-03-05T08:00';
let no = 0;

export function check(name, good, why = '') {
  no += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${no} - ${name}`);
  if (!good && why !== '') console.log(`# ${String(why).slice(0, 600)}`);
  return good;
}
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export class House {
  constructor(name, port) {
    this.file = join(dir, `${name}.db`);
    this.port = port;
    this.base = `http://127.0.0.1:${port}`;
    this.run('init');
  }

  run(...args) {
    return execFileSync(binary, [...args, '--db', `sqlite:${this.file}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  hire(login, unit, role) {
    writeFileSync(join(dir, 'password'), `${PASSWORD}\n`);
    this.run('user', 'add', login, '--name', `Nguyễn Thị ${login}`, '--unit', unit, '--role', role, '--password-file', join(dir, 'password'));
  }

  sql(text) {
    return execFileSync('sqlite3', ['-readonly', this.file, text], { encoding: 'utf8' }).trim();
  }

  async open(...more) {
    this.server = spawn(binary, ['serve', '--db', `sqlite:${this.file}`, '--listen', `127.0.0.1:${this.port}`, '--clock', CLOCK, ...more], { stdio: 'ignore' });
    this.gone = new Promise((done) => this.server.on('exit', done));
    for (let i = 0; i < 400; i += 1) {
      try { return void (await (await fetch(`${this.base}/dang-nhap`)).text()); } catch { await sleep(25); }
    }
    throw new Error('the server does not answer');
  }

  async close() {
    this.server.kill('SIGTERM');
    return this.gone;
  }

  post(path, fields, cookie = '') {
    return fetch(this.base + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers: { cookie: `mc_session=${cookie}` } });
  }

  async get(path, cookie) {
    return (await fetch(this.base + path, { headers: { cookie: `mc_session=${cookie}` } })).text();
  }

  async signIn(login) {
    const answer = await this.post('/dang-nhap', { login, password: PASSWORD, csrf: '' });
    return /mc_session=([^;]*)/.exec(answer.headers.get('set-cookie') || '')?.[1];
  }

  // Fills in the form that stands at `path` and sends it; the address that it leads to.
  async does(login, path, fields, to = path) {
    const cookie = await this.signIn(login);
    const page = await this.get(path, cookie);
    const hidden = Object.fromEntries([...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
    const csrf = /name="csrf" value="([^"]*)"/.exec(page)?.[1] || '';
    const answer = await this.post(to, { ...hidden, csrf, ...fields }, cookie);
    return { status: answer.status, to: decodeURIComponent(answer.headers.get('location') || ''), text: answer.status === 303 ? '' : await answer.text() };
  }

  connect(fields) {
    return this.does('quan.tri', '/qt/ket-noi', { name: 'Bên kia', secret: SECRET, active: '1', ...fields });
  }

  passes(login, code) {
    return this.does(login, `/cb/ho-so/${code}/chuyen`, {});
  }

  unit(code) {
    return this.sql(`SELECT id FROM unit WHERE code = '${code}' ORDER BY id LIMIT 1`);
  }
}

// What should become so, soon: the jobs of a house run every few seconds.
export async function soon(name, ask, wanted, seconds = 20) {
  let got;
  for (let i = 0; i < seconds * 8; i += 1) {
    got = await ask();
    if (got === wanted) break;
    await sleep(125);
  }
  return check(name, got === wanted, `got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
}

// Closes what is open, replays every journal, prints the plan.
export async function ended(...houses) {
  for (const house of houses)
    if (house.server && house.server.exitCode === null) check('a house ends in peace', (await house.close()) === 0);
  for (const house of houses) {
    let agrees = '';
    try { agrees = house.run('verify', '--json'); } catch (error) { agrees = error.stdout; }
    check('the journal explains every table', JSON.parse(agrees).findings.length === 0, agrees);
  }
  console.log(`1..${no}`);
}
