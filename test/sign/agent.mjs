// The signing agent with a real SoftHSM2 token: who may ask, what is signed, what is never signed. Prints TAP.
import { X509Certificate, verify as check_signature } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { check, end, group, has, same } from '../browser/tap.mjs';
import { Agent, attributes, foreign, sha256 } from './agent_client.mjs';
import { Pki } from './pki.mjs';

const folder = process.env.MOTCUA_TEST_DIR;
const program = process.env.MOTCUA;
const SITE = 'https://motcua.test';

function authority() {
  const pki = new Pki(`${folder}/agent`);
  mkdirSync(`${folder}/agent/tokens`, { recursive: true });
  writeFileSync(pki.path('softhsm2.conf'), `directories.tokendir = ${folder}/agent/tokens\nobjectstore.backend = file\nlog.level = ERROR\n`);
  pki.root('root', '/C=VN/CN=Gốc thử nghiệm');
  pki.issue('root', 'leader', '/C=VN/O=UBND phường Quang Vinh/title=Chủ tịch/CN=Nguyễn Thị Hòa', 'signer');
  pki.issue('root', 'organisation', '/C=VN/CN=Ủy ban nhân dân phường Quang Vinh', 'signer', '20160101000000Z', '20400101000000Z', 'ec');
  pki.run('openssl', 'pkcs12', '-export', '-inkey', 'organisation.key', '-in', 'organisation.pem', '-out', 'organisation.p12', '-passout', 'pass:123456');
  writeFileSync(pki.path('organisation.pin'), '123456\n');
  pki.token('leader', '4321');
  // The authority's own certificate lies on the token beside, as makers put it there.
  pki.run('openssl', 'x509', '-in', 'root.pem', '-outform', 'DER', '-out', 'root.der');
  pki.run('pkcs11-tool', '--module', pki.module(), '--token-label', 'leader', '--login', '--pin', '4321', '--write-object', 'root.der', '--type', 'cert', '--label', 'root', '--id', '09');
  return pki;
}

const pki = authority();
writeFileSync(`${folder}/lsan.supp`, 'leak:libfontconfig\n');
const environment = { ...pki.environment, LSAN_OPTIONS: `suppressions=${folder}/lsan.supp:print_suppressions=0` };
const leader = readFileSync(pki.path('leader.der'));
const certificate = leader.toString('base64');
const TOKEN = ['--module', pki.module(), '--pin-file', pki.path('leader-token.pin')];

function start(...words) {
  return new Agent(program, environment, ['--origin', SITE, ...words]).ready();
}

async function peace(agent) {
  same(await agent.end(), 0, 'it ends in peace when asked');
  check(!/runtime error:|ERROR: \w+Sanitizer/.test(agent.err), 'and without a word', agent.err);
}

const content = (n) => Buffer.from(`văn bản ${n}`);
const items = (n) => Array.from({ length: n }, (_, i) => ({ title: `0${i + 1}/BC-UBND Báo cáo`, to_sign: attributes(content(i), leader).toString('base64') }));
const sign = (agent, list, more) => agent.ask('POST', '/sign', { body: { certificate, items: list, ...more } });

const key = new X509Certificate(leader).publicKey;
const holds = (list, signatures) => list.every((item, i) => check_signature('sha256', Buffer.from(item.to_sign, 'base64'), key, Buffer.from(signatures[i], 'base64')));

// ---- who may ask ----

async function strangers() {
  const agent = await start(...TOKEN, '--yes');
  const refused = async (what, error, status, ...asked) => {
    const answer = await agent.ask(...asked);
    same(`${answer.status} ${answer.json.error}`, `${status} ${error}`, what);
    check(answer.json.text.length > 10, `${what}: in words too`);
    return answer;
  };
  const other = await refused('a page of another site', 'origin', 403, 'GET', '/certificates', { origin: 'https://xau.test' });
  same(other.headers['access-control-allow-origin'], undefined, 'it cannot even read the answer');
  for (const origin of ['https://motcua.test.xau.test', 'https://motcua.test:444', 'http://motcua.test', 'null', 'https://MOTCUA.test', null])
    await refused(`origin ${origin}`, 'origin', 403, 'GET', '/certificates', { origin });
  await refused('the preflight of another site', 'origin', 403, 'OPTIONS', '/sign', { origin: 'https://xau.test' });
  for (const host of ['xau.test', `xau.test:${agent.port}`, '127.0.0.1', '127.0.0.1:1', `127.0.0.1.xau.test:${agent.port}`])
    await refused(`host ${host}`, 'host', 403, 'GET', '/certificates', { headers: { Host: host } });
  same((await agent.ask('GET', '/certificates', { headers: { Host: `localhost:${agent.port}` } })).json.error, 'token', 'localhost is this machine');
  await refused('nobody is paired', 'token', 401, 'GET', '/certificates');
  await refused('nor may they sign', 'token', 401, 'POST', '/sign', { body: { certificate, items: items(1) } });
  const flight = await agent.ask('OPTIONS', '/sign', { headers: { 'Access-Control-Request-Private-Network': 'true', 'Access-Control-Request-Method': 'POST' } });
  same([flight.status, flight.headers['access-control-allow-origin'], flight.headers['access-control-allow-private-network'], flight.headers.vary].join(' '),
    `204 ${SITE} true Origin`, 'the preflight of the site is answered, for a private network too');
  has(flight.headers['access-control-allow-headers'], 'Authorization', 'with the header that carries the token');
  same((await agent.ask('OPTIONS', '/sign')).headers['access-control-allow-private-network'], undefined, 'and says no more than it is asked');
  await refused('another path', 'path', 404, 'GET', '/');
  await refused('another method', 'method', 405, 'GET', '/sign');
  await refused('a form instead of JSON', 'format', 400, 'POST', '/pair', { body: `{"code":"${agent.code()}"}`, headers: { 'Content-Type': 'text/plain' } });
  await refused('no JSON', 'format', 400, 'POST', '/pair', { body: '{' });
  await refused('a million of brackets', 'code', 403, 'POST', '/pair', { body: `{"code":[${Array(300000).fill('{}').join()}]}` });
  await refused('a list', 'format', 400, 'POST', '/pair', { body: '[]' });
  await peace(agent);
}

async function pairing() {
  const agent = await start(...TOKEN, '--yes', '--origin', 'https://khac.test');
  const code = agent.code();
  const wrong = String((Number(code) + 1) % 1000000).padStart(6, '0');
  same((await agent.ask('POST', '/pair', { body: { code: wrong } })).json.error, 'code', 'a wrong code pairs nobody');
  same((await agent.ask('POST', '/pair', { body: { code: Number(code) } })).json.error, 'code', 'nor does a number');
  same((await agent.pair()).status, 200, 'the right code does');
  check(/^[0-9a-f]{64}$/.test(agent.token), 'the token is long');
  same((await agent.ask('GET', '/certificates')).status, 200, 'the token opens');
  same((await agent.ask('GET', '/certificates', { origin: 'https://khac.test' })).json.error, 'token', 'for the site that paired, and no other');
  same((await agent.ask('GET', '/certificates', { headers: { Authorization: `Bearer ${'0'.repeat(64)}` } })).json.error, 'token', 'another token does not');
  same((await agent.ask('GET', '/certificates', { headers: { Authorization: agent.token } })).json.error, 'token', 'nor the bare one');
  await agent.shows(/[^]*: \d{6}\n[^]*: \d{6}\n/);
  check(agent.code() !== code, 'there is a new code on the terminal');
  same((await agent.ask('POST', '/pair', { body: { code } })).json.error, 'code', 'the old one serves once');
  for (let i = 0; i < 2; i++) await agent.ask('POST', '/pair', { body: { code: '' } });
  same((await agent.ask('POST', '/pair', { body: { code: agent.code() } })).json.error, 'locked', 'after five wrong ones the right one is refused as well');
  same((await agent.ask('GET', '/certificates')).status, 200, 'who is paired stays so');
  await peace(agent);
}

// ---- what is signed ----

async function signing() {
  const agent = await start(...TOKEN, '--yes');
  await agent.pair();
  const list = (await agent.ask('GET', '/certificates')).json.certificates;
  same(list.map((c) => `${c.name}, ${c.title}, ${c.organisation}, ${c.not_after}`).join('; '), 'Nguyễn Thị Hòa, Chủ tịch, UBND phường Quang Vinh, 2040-01-01T00:00:00.000Z', "the signer's certificate is listed, the authority's is not");
  same(list[0].certificate, certificate, 'in DER, base64');
  const five = items(5);
  const answer = await sign(agent, five);
  check(answer.status === 200 && holds(five, answer.json.signatures), 'five signatures in one order, each over its own', answer.said.slice(0, 200));
  check(await agent.says('5. 05/BC-UBND Báo cáo'), 'the terminal shows each title', agent.out);
  const timed = [{ title: '', to_sign: attributes(content(9), leader, { time: '261124033600Z' }).toString('base64') }];
  const with_time = await sign(agent, timed);
  check(with_time.status === 200 && holds(timed, with_time.json.signatures), 'with a time of signing, too');
  const sly = 'A\u001b[2J\u0007B\nC\u202eD\u2066E\u0000F\u009bG';
  same((await sign(agent, [{ ...five[0], title: sly.replace('\u0000', '') }])).status, 200, 'a title with escape sequences');
  check(await agent.says('1. A[2JB CDEFG\n'), 'is shown without them', agent.out);
  await sign(agent, [{ ...five[0], title: 'ă'.repeat(400) }]);
  check(await agent.says(`1. ${'ă'.repeat(150)}…\n`), 'a long one is cut', agent.out);
  same((await sign(agent, five, { certificate: leader.subarray(1).toString('base64') })).json.error, 'certificate', 'another certificate');
  same((await sign(agent, [])).json.error, 'count', 'none is too few');
  same((await sign(agent, Array(501).fill(five[0]))).json.error, 'count', '501 are too many');
  same((await sign(agent, Array(500).fill(five[0]))).json.signatures.length, 500, '500 are not');
  same((await agent.ask('POST', '/sign', { body: ' '.repeat((1 << 20) + 1) })).json.error, 'too_large', 'a body above 1 MB');
  await peace(agent);
}

// A key that signs anything can be made to sign a log-in, a certificate, or a hash under another name.
async function kinds() {
  const agent = await start(...TOKEN, '--yes');
  await agent.pair();
  const good = attributes(content(1), leader);
  const organisation = Buffer.from(new X509Certificate(readFileSync(pki.path('organisation.pem'))).raw);
  const bad = {
    'nothing': Buffer.alloc(0),
    'a bare hash': sha256('x'),
    'a DigestInfo': Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), sha256('x')]),
    'a text': Buffer.from('Đăng nhập: 2026-11-24'),
    'a certificate to be signed': leader.subarray(4, 700),
    'a SEQUENCE': attributes(content(1), leader, { tag: 0x30 }),
    'the implicit tag': attributes(content(1), leader, { tag: 0xa0 }),
    'another content type': attributes(content(1), leader, { type: foreign.SIGNED_DATA }),
    'no content type': attributes(content(1), leader, { drop: 0 }),
    'no digest': attributes(content(1), leader, { drop: 1 }),
    'no certificate': attributes(content(1), leader, { drop: 2 }),
    'a digest of another length': attributes(content(1), leader, { digest: Buffer.alloc(20) }),
    'the certificate of another': attributes(content(1), leader, { named: organisation }),
    'a time that is none': attributes(content(1), leader, { time: '26112403360xZ' }),
    'a thirteenth month': attributes(content(1), leader, { time: '261324033600Z' }),
    'one attribute more': attributes(content(1), leader, { more: [foreign.attribute('x')] }),
    'one byte more': Buffer.concat([good, Buffer.from([0])]),
    'one byte less': good.subarray(0, good.length - 1),
    'good ones behind a text': Buffer.concat([Buffer.from('x'), good]),
    'the order reversed': Buffer.concat([good.subarray(0, 2), good.subarray(2 + 26), good.subarray(2, 2 + 26)]),
  };
  for (const [what, bytes] of Object.entries(bad))
    same((await sign(agent, [...items(1), { title: 'x', to_sign: bytes.toString('base64') }])).json.error, 'kind', `${what} is not signed`);
  for (const to_sign of ['***', 7, null, undefined])
    same((await sign(agent, [{ title: 'x', to_sign }])).json.error, 'kind', `nor ${JSON.stringify(to_sign)}`);
  check(!/Đã ký/.test(agent.out), 'nothing was signed of any order that held one');
  await peace(agent);
}

// ---- the person ----

async function person() {
  const agent = new Agent(program, environment, ['--origin', SITE, '--module', pki.module(), '--token', 'pkcs11:token=leader']);
  agent.type('4321\n');
  await agent.ready();
  await agent.pair();
  const asked = async (said) => {
    const answer = sign(agent, items(2));
    await agent.shows(new RegExp(`(Gõ "có"[^]*){${(agent.asked = (agent.asked || 0) + 1)}}`));
    agent.type(said);
    return answer;
  };
  same((await asked('không\n')).json.error, 'cancelled', 'no is no');
  same((await asked('\n')).json.error, 'cancelled', 'an empty line is no');
  same((await asked('cóc\n')).json.error, 'cancelled', 'what only begins like yes is no');
  check(await agent.says('Không ký.'), 'the terminal says so', agent.out);
  for (const yes of ['co\n', 'CÓ\n', 'c\n']) {
    const answer = await asked(yes);
    check(answer.status === 200 && holds(items(2), answer.json.signatures), `"${yes.trim()}" is yes`, answer.said.slice(0, 200));
  }
  check(!agent.out.includes('4321'), 'the PIN is not shown');
  const last = sign(agent, items(1));
  await agent.shows(/(Gõ "có"[^]*){7}/);
  agent.child.stdin.end();
  same((await last).json.error, 'cancelled', 'when the terminal is gone nothing is signed');
  await peace(agent);
}

// On a real terminal: what is typed as PIN is not shown, and what was typed before the question is no answer.
async function terminal() {
  const words = ['sign', 'agent', '--origin', SITE, '--module', pki.module(), '--token', 'pkcs11:token=leader', '--listen', '127.0.0.1:0'];
  const shell = (more) => new Agent('script', { ...environment, SHELL: '/bin/sh' }, [], ['-qec', `trap : INT; ${[program, ...words].join(' ')}; ${more}`, '/dev/null']);
  const agent = shell('echo status=$?');
  await agent.shows(/PIN của thiết bị ký: /);
  agent.type('4321\r');
  await agent.ready();
  check(!agent.out.includes('4321'), 'the PIN is not echoed');
  await agent.pair();
  agent.type('có\r');
  await agent.shows(/có\r\n/);
  const answer = sign(agent, items(1));
  await agent.shows(/Gõ "có"[^\n]*: $/);
  agent.type('không\r');
  same((await answer).json.error, 'cancelled', 'a yes from before the question does not count');
  agent.type('\u0003');
  await agent.gone;
  check(await agent.says('status=0'), 'Ctrl+C ends it in peace', agent.out);
  const asked = shell('stty -a');
  await asked.shows(/PIN của thiết bị ký: /);
  asked.type('\u0003');
  await asked.gone;
  check(/[^-]echo /.test(asked.out), 'a PIN that is not typed leaves the terminal as it was', asked.out);
}

async function soft() {
  const agent = await start('--p12', pki.path('organisation.p12'), '--pin-file', pki.path('organisation.pin'), '--yes', '--lang', 'en', '--listen', '[::1]:0');
  check(await agent.says('Pairing code'), 'it speaks English when asked', agent.out);
  const six = { headers: { Host: `[::1]:${agent.port}` } };
  const paired = await agent.ask('POST', '/pair', { body: { code: agent.code() }, ...six });
  agent.token = paired.json.token;
  const [own] = (await agent.ask('GET', '/certificates', six)).json.certificates;
  const der = Buffer.from(own.certificate, 'base64');
  const to_sign = attributes(content(1), der);
  const answer = await agent.ask('POST', '/sign', { body: { certificate: own.certificate, items: [{ title: 'x', to_sign: to_sign.toString('base64') }] }, ...six });
  check(check_signature('sha256', to_sign, new X509Certificate(der).publicKey, Buffer.from(answer.json.signatures[0], 'base64')), 'a key of elliptic curves in a file signs on IPv6');
  await peace(agent);
}

// ---- what it refuses at the start ----

function starts() {
  const refused = (what, words, status, pattern) => {
    const r = spawnSync(program, ['sign', 'agent', ...words], { env: environment, encoding: 'utf8', input: '', timeout: 20000 });
    check(r.status === status && pattern.test(r.stderr), what, `${r.status} ${r.stdout}${r.stderr}`);
  };
  const site = ['--origin', SITE];
  for (const listen of ['0.0.0.0:9123', '[::]:9123', '192.0.2.1:9123', 'localhost:9123', '127.0.0.1', '127.0.0.1:70000', '128.0.0.1:1', '127.0.0.1.1:1'])
    refused(`it does not listen on ${listen}`, [...site, ...TOKEN, '--listen', listen], 2, /this machine alone/);
  refused('a site must be named', TOKEN, 2, /usage/);
  for (const origin of ['*', 'https://', 'motcua.test', 'https://motcua.test/', 'https://*.motcua.test', 'HTTPS://motcua.test', 'https://a@motcua.test', 'file:///'])
    refused(`"${origin}" is no site`, ['--origin', origin, ...TOKEN], 2, /usage/);
  refused('a library that is none', [...site, '--module', '/dev/null'], 3, /library cannot be used/);
  refused('a token that is not there', [...site, '--module', pki.module(), '--token', 'pkcs11:token=khong'], 2, /no certificate/);
  refused('a token that is no address', [...site, '--module', pki.module(), '--token', 'leader'], 2, /no PKCS#11 address/);
  refused('nobody types a PIN', [...site, '--module', pki.module()], 2, /no PIN/);
  writeFileSync(pki.path('wrong.pin'), '9999\n');
  refused('a wrong PIN', [...site, '--module', pki.module(), '--pin-file', pki.path('wrong.pin')], 2, /PIN is wrong/);
  refused('a wrong password', [...site, '--p12', pki.path('organisation.p12'), '--pin-file', pki.path('wrong.pin')], 2, /password is wrong/);
  pki.token('organisation', '8765');
  refused('two tokens and none is named', [...site, ...TOKEN], 2, /several tokens[^]*token=leader/);
}


await group('who may ask', strangers);
await group('pairing', pairing);
await group('signing', signing);
await group('what is never signed', kinds);
await group('the person at the machine', person);
await group('a terminal', terminal);
await group('a key in a file', soft);
await group('what it refuses at the start', starts);
end();
