// Revocation that is fetched where the certificates say: a list over HTTP and a responder (openssl ocsp); the good, the revoked,
// the silent, the too large, the slow, another's answer, an address that is inside.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, end, group, same } from '../browser/tap.mjs';
import { withTable } from './paper.mjs';
import { Pki } from './pki.mjs';

const program = process.env.MOTCUA || 'build-test/src/app/motcua';
const folder = process.env.MOTCUA_TEST_DIR || mkdtempSync(join(tmpdir(), 'motcua-fetch-'));
const path = (name) => join(folder, name);

// One server for all: what it gives for a path is set by each test; what it is asked is counted.
const gives = new Map();
const asked = [];
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  asked.push(`${request.method} ${request.url}`);
  const answer = gives.get(request.url);
  if (!answer) return response.writeHead(404).end();
  const bytes = await answer(Buffer.concat(parts));
  if (bytes) response.writeHead(200).end(bytes);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const here = `http://127.0.0.1:${server.address().port}`;

const BASE = 'basicConstraints=CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation';
const pki = new Pki(join(folder, 'pki'), {
  listed: `${BASE}\ncrlDistributionPoints=URI:${here}/ds.crl`, asked: `${BASE}\nauthorityInfoAccess=OCSP;URI:${here}/ocsp`,
  both: `${BASE}\ncrlDistributionPoints=URI:${here}/ds.crl,URI:ldap://127.0.0.1/x,URI:file:///etc/passwd\nauthorityInfoAccess=OCSP;URI:${here}/ocsp`,
});
pki.root('root', '/C=VN/CN=Gốc');
pki.root('other', '/C=VN/CN=Gốc khác');
pki.issue('root', 'responder', '/C=VN/CN=OCSP', 'ocsp');
pki.issue('other', 'stranger', '/C=VN/CN=OCSP lạ', 'ocsp');
writeFileSync(path('plain.pdf'), withTable());
writeFileSync(path('pin'), '123456');
const root = join(folder, 'pki', 'root.pem');

function signed(name, kind) {
  pki.issue('root', name, `/C=VN/CN=${name}`, kind);
  pki.run('openssl', 'pkcs12', '-export', '-inkey', `${name}.key`, '-in', `${name}.pem`, '-out', `${name}.p12`, '-passout', 'pass:123456');
  const r = spawnSync(program, ['sign', path('plain.pdf'), '--p12', join(folder, 'pki', `${name}.p12`), '--pin-file', path('pin'), '--out', path(`${name}.pdf`)], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr);
  return path(`${name}.pdf`);
}
// Our server answers in this process: it must run on while the program asks.
function run(...words) {
  return new Promise((done) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', err = '';
    child.stdout.on('data', (b) => { out += b; });
    child.stderr.on('data', (b) => { err += b; });
    child.on('exit', (status) => done({ status, out, err }));
  });
}
async function verify(file, ...more) {
  const r = await run('sign', 'verify', file, '--trust', root, '--json', ...more);
  return { ...r, said: r.out ? JSON.parse(r.out).signatures.map((s) => `${s.revocation} ${s.trust} ${s.level}`).join() : r.err };
}
const list = () => { const f = pki.list('root'); pki.run('openssl', 'crl', '-in', f, '-outform', 'DER', '-out', 'root.der.crl'); return readFileSync(join(folder, 'pki', 'root.der.crl')); };
const answers = (name, by = 'responder') => () => readFileSync(pki.answer('root', name, `${name}-${by}.ocsp`, by));

try {
  await group('good and revoked', async () => {
    const good = signed('an', 'listed'), asks = signed('binh', 'asked'), both = signed('chi', 'both');
    gives.set('/ds.crl', list);
    gives.set('/ocsp', answers('binh'));
    same((await verify(good)).said, 'unknown trusted B', 'unasked, nothing is known');
    same(asked.length, 0, 'and nobody was asked');
    same((await verify(good, '--fetch-inside')).said, 'good trusted B', 'the list is fetched');
    same((await verify(asks, '--fetch-inside')).said, 'good trusted B', 'the responder is asked');
    check(asked.includes('POST /ocsp') && asked.includes('GET /ds.crl'), 'as the certificates say', asked.join());
    gives.set('/ocsp', answers('chi'));
    asked.length = 0;
    same((await verify(both, '--fetch-inside')).said, 'good trusted B', 'one that says both');
    same(asked.join(), 'POST /ocsp,GET /ds.crl', 'is asked both ways, by HTTP only');
    pki.revoke('root', 'an');
    pki.revoke('root', 'binh');
    gives.set('/ocsp', answers('binh'));
    same((await verify(good, '--fetch-inside')).said, 'revoked revoked B', 'revoked, says the list');
    const r = await verify(asks, '--fetch-inside');
    same(`${r.status} ${r.said}`, '1 revoked revoked B', 'revoked, says the responder');
  });

  await group('kept in the file', async () => {
    const file = signed('dung', 'both'), out = path('dung-lt.pdf');
    gives.set('/ds.crl', list);
    gives.set('/ocsp', answers('dung'));
    same((await run('sign', 'extend', file, '--fetch-inside', '--out', out)).status, 0, 'what is fetched is kept in the file');
    gives.clear();
    same((await verify(out)).said, 'good trusted B', 'and proves it without a net');
  });

  await group('no answer to trust', async () => {
    const file = signed('em', 'both');
    const tried = async (crl, ocsp) => { gives.clear(); if (crl) gives.set('/ds.crl', crl); if (ocsp) gives.set('/ocsp', ocsp); return verify(file, '--fetch-inside'); };
    let r = await tried(null, null);
    same(`${r.status} ${r.said}`, '0 unknown trusted B', 'nobody answers: unknown');
    check(/ds\.crl/.test(r.err) && /ocsp/.test(r.err), 'and that is said', r.err);
    r = await tried(() => Buffer.from('không phải'), () => Buffer.from('x'));
    same(r.said, 'unknown trusted B', 'an answer that is none');
    r = await tried(null, answers('em', 'stranger'));
    same(r.said, 'unknown trusted B', 'an answer that a stranger signed');
    r = await tried(null, answers('an'));
    same(r.said, 'unknown trusted B', 'an answer about another');
    r = await tried(() => Buffer.alloc(5 << 20), null);
    check(r.said === 'unknown trusted B' && /ds\.crl/.test(r.err), 'an answer that is too large is left', r.err);
    const begun = Date.now();
    r = await tried(() => new Promise((done) => { setTimeout(done, 40000).unref(); }), null);
    check(r.said === 'unknown trusted B' && Date.now() - begun < 30000, 'one that does not come is not waited for', `${Date.now() - begun} ms`);
    asked.length = 0;
    gives.set('/ds.crl', list);
    r = await verify(file, '--fetch');
    same(`${r.said} ${asked.length}`, 'unknown trusted B 0', 'an address inside is not even asked');
    check(/open net/.test(r.err), 'and that is said', r.err);
  });
} finally {
  server.close();
  server.closeAllConnections();
}
end();
