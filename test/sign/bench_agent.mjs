// Measures signing many documents through the agent, beside the token's own rate: node test/sign/bench_agent.mjs BUILD
// First the agent alone (orders of N), then everything: a server with N documents that wait for the mayor, prepared,
// signed by the agent and taken, as the page does it. BUILD is a release build; DOCUMENTS=N, 200 unless set.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { Agent, attributes } from './agent_client.mjs';
import { withStream } from './paper.mjs';
import { Pki } from './pki.mjs';

const N = Number(process.env.DOCUMENTS || 200), PORTION = 20, ORDERS = 10;
const build = resolve(process.argv[2]);
const program = join(build, 'src/app/motcua');
const folder = mkdtempSync(join(tmpdir(), 'motcua-bench.'));
const database = `sqlite:${folder}/bench.db`;
const children = [];

function line(what, count, milliseconds, bare) {
  const rate = count / milliseconds * 1000;
  console.log(JSON.stringify({ op: what, documents: count, rps: Number(rate.toFixed(1)), ...(bare ? { bare_rps: bare, ratio: Number((rate / bare).toFixed(2)) } : {}) }));
}

// Who is signed in, with the token of the forms.
class Session {
  constructor(base) {
    this.base = base;
    this.cookies = new Map();
  }

  async ask(path, form) {
    const body = form && new URLSearchParams(form);
    const answer = await fetch(this.base + path, { method: form ? 'POST' : 'GET', body, redirect: 'manual', headers: { Cookie: [...this.cookies].map((c) => c.join('=')).join('; ') } });
    for (const cookie of answer.headers.getSetCookie()) this.cookies.set(...cookie.split(';')[0].split('='));
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
  }

  async open(login) {
    await this.ask('/dang-nhap', { login, password: 'mot-cua-2018' });
    this.csrf = /name="csrf" value="([^"]+)"/.exec((await this.ask('/vb')).text)[1];
    return this;
  }

  post(path, fields) {
    return this.ask(path, [['csrf', this.csrf], ...fields]);
  }
}

async function serve() {
  execFileSync(program, ['demo', '--scale', '0', '--db', database], { stdio: 'ignore' });
  const child = spawn(program, ['serve', '--db', database, '--listen', '127.0.0.1:0', '--clock', '2018-03-01T07:30'], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  return new Promise((done) => child.stderr.on('data', (bytes) => {
    const found = /http:\/\/[0-9.]+:\d+/.exec(bytes);
    if (found) done(found[0]);
  }));
}

function option(html, label) {
  return new RegExp(`<option value="([^"]+)"[^>]*>[^<]*${label}`).exec(html)[1];
}

async function drafted(base) {
  const drafter = await new Session(base).open('chuyenvien.phong-noi-vu');
  const form = (await drafter.ask('/vb/du-thao')).text;
  const unit = option(form, 'ỦY BAN NHÂN DÂN THÀNH PHỐ BIÊN HÒA'), signer = option(form, '– Chủ tịch UBND thành phố');
  const ids = [];
  for (let i = 0; i < N; i++) {
    const made = await drafter.post('/vb/du-thao', [['unit', unit], ['type', 'bao-cao'], ['subject', `Báo cáo số ${i}`], ['body', 'Kính báo cáo.'], ['to_act', 'Sở Nội vụ'], ['signer', signer], ['copies', '1']]);
    const path = /\/vb\/\d+/.exec(made.location)[0];
    await drafter.post(`${path}/trinh`, []);
    ids.push(path.slice(4));
  }
  return ids;
}

async function inPortions(list, work) {
  const begun = performance.now();
  const out = [];
  for (let i = 0; i < list.length; i += PORTION) out.push(...await work(list.slice(i, i + PORTION)));
  return { out, took: performance.now() - begun };
}

try {
  const pki = new Pki(join(folder, 'pki'));
  mkdirSync(pki.path('tokens'), { recursive: true });
  writeFileSync(pki.path('softhsm2.conf'), `directories.tokendir = ${pki.path('tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  pki.root('root', '/C=VN/CN=Gốc thử nghiệm');
  const base = await serve();
  const name = execFileSync('sqlite3', ['-readonly', `${folder}/bench.db`, "SELECT name FROM person WHERE login = 'chutich'"], { encoding: 'utf8' }).trim();
  pki.issue('root', 'mayor', `/C=VN/CN=${name}`, 'signer');
  const uri = pki.token('mayor', '4321');
  writeFileSync(join(folder, 'small.pdf'), withStream(2));
  const said = execFileSync(join(build, 'test/sign/bench_sign'), [join(folder, 'small.pdf'), uri, '4321', pki.path('root.pem'), pki.module(), pki.path('root.pem')], { env: pki.environment, encoding: 'utf8' });
  const bare = JSON.parse(said.split('\n')[0]).bare_rps;

  const agent = new Agent(program, pki.environment, ['--origin', base, '--module', pki.module(), '--pin-file', pki.path('mayor-token.pin'), '--yes']);
  children.push(agent.child);
  await agent.ready();
  const ask = (method, path, body) => agent.ask(method, path, { body, origin: base });
  agent.token = (await ask('POST', '/pair', { code: agent.code() })).json.token;
  const certificate = readFileSync(pki.path('mayor.der'));
  const order = (list) => ask('POST', '/sign', { certificate: certificate.toString('base64'), items: list });
  const blobs = Array.from({ length: N }, (_, i) => ({ title: `Văn bản ${i}`, to_sign: attributes(Buffer.from(String(i)), certificate).toString('base64') }));
  await order(blobs);
  const begun = performance.now();
  for (let i = 0; i < ORDERS; i++) if ((await order(blobs)).status !== 200) throw new Error('not signed');
  line('agent', N * ORDERS, performance.now() - begun, bare);

  const ids = await drafted(base);
  const mayor = await new Session(base).open('chutich');
  const whole = performance.now();
  const prepared = await inPortions(ids, async (some) => JSON.parse((await mayor.post('/vb/ky/chuan-bi', [['certificate', certificate.toString('base64')], ...some.map((id) => ['id', id])])).text).items);
  line('prepare', prepared.out.length, prepared.took);
  const asked = performance.now();
  const { signatures } = (await order(prepared.out.map(({ title, to_sign }) => ({ title, to_sign })))).json;
  line('sign', signatures.length, performance.now() - asked, bare);
  const taken = await inPortions(prepared.out.map((item, i) => [item.id, signatures[i]]), async (some) =>
    JSON.parse((await mayor.post('/vb/ky/xong', some.flatMap(([id, signature]) => [['id', id], ['signature', signature]]))).text).signed);
  line('take', taken.out.length, taken.took);
  line('all of it', taken.out.length, performance.now() - whole, bare);
} finally {
  for (const child of children) child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
