// Signatures from end to end: signers on two SoftHSM2 tokens and in PKCS#12 files, an authority and a
// time-stamp authority made for the occasion; judged by our own command, by pdfsig (poppler) and by mutool
// (MuPDF), which share no code with it. Prints TAP.
import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { check, end, group, has, same, skip } from '../browser/tap.mjs';
import { city } from './pki.mjs';
import { update, withStream, withTable } from './paper.mjs';

const folder = process.env.MOTCUA_TEST_DIR;
const program = process.env.MOTCUA;
const pki = city(`${folder}/pki`);
// Fontconfig keeps what it has read until the program ends.
writeFileSync(`${folder}/lsan.supp`, 'leak:libfontconfig\n');
const environment = { ...pki.environment, LSAN_OPTIONS: `suppressions=${folder}/lsan.supp:print_suppressions=0`, MOTCUA_PKCS11_MODULE: pki.module(), TZ: 'UTC' };
const root = pki.path('root.pem');

function run(tool, words) {
  const r = spawnSync(tool, words, { env: environment, encoding: 'utf8', cwd: folder, maxBuffer: 1 << 26 });
  const sick = /ERROR: (Address|Leak)Sanitizer|runtime error:/.exec(r.stderr || '');
  if (sick) console.log(`# ${r.stderr.slice(0, 2000).replace(/\n/g, '\n# ')}`);
  return { status: sick ? 99 : r.status, out: r.stdout, err: r.stderr };
}

// While our own server answers it, the program must run beside us.
function runBeside(words) {
  return new Promise((done) => execFile(program, words, { env: environment, cwd: folder }, (error, out, err) => done({ status: error ? error.code : 0, out, err })));
}

function verify(file, ...more) {
  const r = run(program, ['sign', 'verify', file, '--json', ...more]);
  return { status: r.status, err: r.err, ...(r.out ? JSON.parse(r.out) : { signatures: [] }) };
}

function put(name, bytes) {
  writeFileSync(`${folder}/${name}`, bytes);
  return `${folder}/${name}`;
}

function signWith(name, file, out, ...more) {
  return run(program, ['sign', file, '--p12', pki.path(`${name}.p12`), '--pin-file', pki.path(`${name}.pin`), '--out', out, ...more]);
}

function signOn(token, file, out, ...more) {
  return run(program, ['sign', file, '--token', `pkcs11:token=${token};object=${token}`, '--pin-file', pki.path(`${token}-token.pin`), '--chain', pki.path('sub.pem'), '--out', out, ...more]);
}

// What the two others say: how many signatures hold.
function others(file) {
  const poppler = run('pdfsig', ['-nocert', file]).out;
  const mupdf = run('mutool', ['sign', '-v', file]).out;
  return {
    poppler: (poppler.match(/Signature is Valid\./g) || []).length,
    total: (poppler.match(/ {2}- Total document signed/g) || []).length,
    mupdf: (mupdf.match(/The document is unchanged since signing|The signature is valid but there have been edits/g) || []).length,
  };
}

async function twoTokens() {
  for (const token of ['leader', 'organisation']) pki.token(token, token === 'leader' ? '4321' : '87654321');
  for (const [kind, bytes] of [['table', withTable()], ['stream', withStream(3)]]) {
    const plain = put(`${kind}.pdf`, bytes);
    const one = `${folder}/${kind}-1.pdf`;
    const two = `${folder}/${kind}-2.pdf`;
    same(signOn('leader', plain, one, '--reason', 'Phê duyệt kết quả').status, 0, `${kind}: the leader's token signs`);
    same(signOn('organisation', one, two).status, 0, `${kind}: the organisation's token signs after it`);
    const [a, b, c] = [plain, one, two].map((f) => readFileSync(f));
    check(b.subarray(0, a.length).equals(a), `${kind}: the signed file begins with the bytes of the file`);
    check(c.subarray(0, b.length).equals(b), `${kind}: the file signed twice begins with the one signed once`);
    const first = verify(one, '--trust', root);
    same(first.status, 0, `${kind}: one signature is valid`);
    same(first.signatures[0].signer, 'Nguyễn Thị Hòa', `${kind}: the signer is named`);
    same(first.signatures[0].reason, 'Phê duyệt kết quả', `${kind}: the reason is what was typed`);
    same(first.signatures[0].level, 'B', `${kind}: the level is B`);
    same(first.signatures[0].title, 'Chủ tịch', `${kind}: the signer's title is told`);
    const both = verify(two, '--trust', root);
    same(both.status, 0, `${kind}: two signatures are valid`);
    same(both.signatures.map((s) => [s.signer, s.changed_after, s.covers_whole_file].join()).join(' / '),
      'Nguyễn Thị Hòa,signatures,false / Ủy ban nhân dân phường Quang Vinh,none,true', `${kind}: who, and what came after`);
    same(JSON.stringify(others(two)), JSON.stringify({ poppler: 2, total: 1, mupdf: 2 }), `${kind}: poppler and MuPDF call both valid`);
    same(verify(two).signatures.map((s) => s.trust).join(), 'no_roots,no_roots', `${kind}: without a root nothing is trusted`);
  }
  const der = run('openssl', ['asn1parse', '-inform', 'DER', '-in', put('message.der', cmsOf(`${folder}/table-1.pdf`))]).out;
  check(!der.includes('signingTime'), 'there is no signing-time attribute, as PAdES wants it');
  has(der, 'id-smime-aa-signingCertificateV2', 'there is the signing-certificate-v2 attribute');
}

// The message of the first signature, as it stands between the ranges.
function holes(file) {
  const text = readFileSync(file).toString('latin1');
  const [, a, b, n] = /\/ByteRange\s*\[0 (\d+) (\d+) (\d+)\]/.exec(text).map(Number);
  return { text, a, b, end: b + n };
}

function cmsOf(file) {
  const { text, a, b } = holes(file);
  const bytes = Buffer.from(text.slice(a + 1, b - 1), 'hex');
  return bytes.subarray(0, 4 + bytes.readUInt16BE(2));
}

// One byte is changed in each region, and everybody must say so.
async function flips() {
  const file = `${folder}/table-1.pdf`;
  const bytes = readFileSync(file);
  const { text, a, b, end: last } = holes(file);
  const message = cmsOf(file);
  const places = {
    'the header': 6,
    'the text on the page': text.indexOf('ket qua'),
    'the catalogue': text.indexOf('/Catalog') + 1,
    'the name of the field': text.indexOf('Signature1') + 3,
    'the reason': text.indexOf('/Reason') + 14,
    'the byte range': text.indexOf('/ByteRange') + 13,
    'the digest in the message': a + 1 + 2 * message.indexOf(Buffer.from('300f06092a864886f70d010904', 'hex').subarray(2)) + 34,
    'the signature in the message': a + 1 + 2 * (message.length - 40),
    'the signer\'s certificate': a + 1 + 2 * (message.indexOf(Buffer.from('Hòa')) + 1),
    'the table behind': text.indexOf('xref', b) + 30,
    'the last line': last - 3,
  };
  for (const [where, at] of Object.entries(places)) {
    const copy = Buffer.from(bytes);
    const is_digit = at > a && at < b;
    copy[at] = is_digit ? (copy[at] === 0x30 ? 0x31 : 0x30) : copy[at] ^ 1;
    const broken = put('flip.pdf', copy);
    const ours = verify(broken, '--trust', root);
    check(ours.status === 1 || ours.status === 2, `${where}: ours says so`, JSON.stringify(ours));
    check(!ours.signatures.some((s) => s.intact && s.covers_whole_file), `${where}: ours calls no signature whole`);
    // The others repair the structure and then find no signature, which is an answer, too.
    const they = others(broken);
    // Poppler does not look at signing-certificate-v2, so another certificate with the same key passes there.
    check((they.poppler === 0 || where === 'the signer\'s certificate') && they.mupdf === 0, `${where}: pdfsig and mutool say so`, JSON.stringify(they));
  }
  let wrong = 0;
  let tried = 0;
  for (let at = 0; at < bytes.length; at += at > a && at < b ? 997 : 53, tried += 1) {
    if (at > a + 2 * message.length && at < b) continue;
    const copy = Buffer.from(bytes);
    copy[at] = at > a && at < b ? (copy[at] === 0x30 ? 0x31 : 0x30) : copy[at] ^ 4;
    if (verify(put('flip.pdf', copy), '--trust', root).status === 0) wrong += 1;
  }
  same(wrong, 0, `no byte of the file can be changed unseen (${tried} tried)`);
}

// Files changed after signing, in the ways that forgers use.
async function shadows() {
  const one = readFileSync(`${folder}/table-1.pdf`);
  const judge = (name, bytes) => verify(put(`shadow-${name}.pdf`, bytes), '--trust', root);
  const changed = (name, bytes, what) => {
    const r = judge(name, bytes);
    same(`${r.status} ${r.signatures[0]?.intact} ${r.signatures[0]?.changed_after} ${r.signatures[0]?.covers_whole_file}`, '1 true other false', what);
  };
  const text = one.toString('latin1');
  const rewritten = 'BT /F1 18 Tf 72 720 Td (Bai bo quyet dinh) Tj ET';
  const stream = `<< /Length ${rewritten.length} >>\nstream\n${rewritten}\nendstream`;
  const catalogue = (more) => /1 0 obj\n(<<.*?>>)\nendobj\n(?!.*\n1 0 obj)/s.exec(text.slice(text.lastIndexOf('\n1 0 obj')))[1].replace(/>>$/, `${more} >>`);
  changed('content', update(one, { 4: stream }), 'replaced content is named');
  const page = /\n5 0 obj\n(.*?)\nendobj/s.exec(text.slice(text.lastIndexOf('\n5 0 obj')))[1];
  check(page.includes('/Annots'), 'the page holds the signature');
  changed('page', update(one, { 5: page.replace(/>>$/, '/Rotate 180 >>') }), 'a turned page is named');
  changed('other-page', update(one, { 5: page.replace('/Contents 4 0 R', '/Contents 91 0 R'), 91: stream }), 'a page with other content is named');
  changed('pages', update(one, { 2: '<< /Type /Pages /Kids [] /Count 0 /MediaBox [0 0 595 842] >>' }), 'a page taken away is named');
  changed('action', update(one, { 1: catalogue('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>') }), 'an action on opening is named');
  changed('font', update(one, { 3: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' }), 'another font, hence other letters, is named');
  changed('appended', Buffer.concat([one, Buffer.from(`\nstartxref\n${/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)[1]}\n%%EOF\n`)]), 'bytes after the end are named');
  changed('info', update(one, { 4: stream, 90: '<< /Title (x) >>' }, '/Root 1 0 R /Info 90 0 R'), 'a change beside harmless ones is named');
  const metadata = judge('metadata', update(one, { 90: '<< /ModDate (D:20300101) >>' }, '/Root 1 0 R /Info 90 0 R'));
  same(`${metadata.status} ${metadata.signatures[0].changed_after}`, '1 validation', 'metadata alone is no change, but the file is not covered whole');

  // A field that is added may be an empty signature field, but none that does something.
  const [, form, fields] = /\n(\d+) 0 obj\n<< \/Fields \[(\d+ 0 R)\]/.exec(text);
  const added = (name, more) => judge(name, update(one, { 90: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (More) /Rect [0 0 0 0] ${more} >>`, [form]: `<< /Fields [${fields} 90 0 R] /SigFlags 3 >>` })).signatures[0].changed_after;
  same(added('field', ''), 'validation', 'an empty signature field that is added is no change');
  same(added('field-act', '/AA << /E << /S /JavaScript /JS (1) >> >>'), 'other', 'one with an action is');
  same(added('field-text', '/FT /Tx'), 'other', 'a field that says twice what it is cannot be read, and counts as a change');
  same(judge('fields', update(one, { [form]: '<< /Fields [] /SigFlags 3 >>' })).signatures.length, 0, 'a signature whose field was taken away is not there any more');

  // Prepared before signing: the page refers to an object that does not exist yet.
  const trap = Buffer.from(withTable().toString('latin1').replace('/Contents 4 0 R /Resources', '/Contents 40 0 R/Resources'), 'latin1');
  check(trap.includes('/Contents 40 0 R'), 'the trap is laid');
  signWith('leader', put('trap.pdf', trap), `${folder}/trap-1.pdf`);
  changed('trap', update(readFileSync(`${folder}/trap-1.pdf`), { 40: stream }), 'an object that the signed page was waiting for is named');

  // The last signature may cover the file and yet hide that the first one does not hold any more.
  signWith('organisation', put('later.pdf', update(one, { 4: stream })), `${folder}/later-1.pdf`);
  const later = verify(`${folder}/later-1.pdf`, '--trust', root);
  same(`${later.status} ${later.signatures.map((s) => s.changed_after).join()}`, '1 other,none', 'content changed between two signatures is named');

  // The range of the first signature made to look like the whole file.
  const wide = Buffer.from(text.replace(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/, (m, x, y, z) => `/ByteRange [0 ${x} ${y} ${Number(z) - 9}]`.padEnd(m.length)), 'latin1');
  const odd = judge('range', wide);
  check(odd.status !== 0 && !odd.signatures.some((s) => s.covers_whole_file), 'a range that ends before the end covers no whole file');
}

async function people() {
  const plain = put('people.pdf', withTable());
  const said = (name, ...more) => {
    const out = `${folder}/people-${name}.pdf`;
    const made = signWith(name, plain, out);
    if (made.status) return `not signed: ${made.err}`;
    const r = verify(out, '--trust', root, ...more);
    return `${r.status} ${r.signatures[0].intact} ${r.signatures[0].trust}`;
  };
  same(said('leader'), '0 true trusted', 'a civil servant is trusted');
  same(said('curve'), '0 true trusted', 'so is one with a key on an elliptic curve');
  same(said('expired'), '1 true expired', 'an expired certificate is named');
  same(said('future'), '1 true not_yet_valid', 'one that is not valid yet is named');
  same(said('server'), '1 true wrong_usage', 'one that is meant for a server is named');
  same(said('outsider'), '1 true untrusted', 'one of another authority is named');
  signWith('pretender', plain, `${folder}/people-pretender.pdf`, '--chain', pki.path('leader.pem'));
  same(verify(`${folder}/people-pretender.pdf`, '--trust', root).signatures[0].trust, 'untrusted', 'a certificate that a signer issued is worth nothing');
  same(verify(`${folder}/people-leader.pdf`, '--trust', pki.path('fake.pem')).signatures[0].trust, 'untrusted', 'nor is an authority with the right name and another key');
  const message = cmsOf(`${folder}/people-leader.pdf`);
  const [own, other] = ['leader', 'twin'].map((n) => pki.run('openssl', 'x509', '-in', `${n}.pem`, '-outform', 'DER'));
  const swapped = readFileSync(`${folder}/people-leader.pdf`);
  swapped.write(other.toString('hex'), holes(`${folder}/people-leader.pdf`).a + 1 + 2 * message.indexOf(own), 'latin1');
  check(message.includes(own) && own.length === other.length, 'a twin of the certificate, by another authority, with the same key, number and names');
  const twin = verify(put('twin.pdf', swapped), '--trust', pki.path('fake.pem'));
  same(`${twin.status} ${twin.signatures[0].flaw}`, '1 certificate', 'cannot take its place');
  same(said('expired', '--at', '2018-06-01'), '0 true trusted', 'the expired one was valid in its time, if that is the time of asking');
  same(verify(`${folder}/people-outsider.pdf`, '--trust', pki.path('stranger.pem')).status, 0, 'with its own root the outsider is trusted');
  same(said('revoked'), '0 true trusted', 'nobody can know of a revocation that nobody tells');
  pki.revoke('sub', 'revoked');
  const list = pki.list('sub');
  const bad = verify(`${folder}/people-revoked.pdf`, '--trust', root, '--revocation', list);
  same(`${bad.status} ${bad.signatures[0].trust} ${bad.signatures[0].revoked}`, '1 revoked true', 'a list of the revoked names it');
  const good = verify(`${folder}/people-leader.pdf`, '--trust', root, '--revocation', list);
  same(`${good.status} ${good.signatures[0].trust} ${good.signatures[0].revoked}`, '0 trusted false', 'and clears the others');
  const stale = verify(`${folder}/people-leader.pdf`, '--trust', root, '--revocation', list, '--at', '2035-01-01');
  same(`${stale.signatures[0].revocation}`, 'unknown', 'a list that has grown old clears nobody');
  const ocsp = verify(`${folder}/people-revoked.pdf`, '--trust', root, '--revocation', pki.answer('sub', 'revoked', 'revoked.ocsp'));
  same(`${ocsp.status} ${ocsp.signatures[0].trust}`, '1 revoked', 'an answer of OCSP names it');
  const cleared = verify(`${folder}/people-leader.pdf`, '--trust', root, '--revocation', pki.answer('sub', 'leader', 'leader.ocsp'));
  same(`${cleared.status} ${cleared.signatures[0].revocation}`, '0 good', 'an answer of OCSP clears the others');
  same(verify(`${folder}/people-leader.pdf`, '--trust', root, '--revocation', pki.path('revoked.ocsp')).signatures[0].revocation, 'unknown', 'an answer about somebody else says nothing');
  same(verify(`${folder}/people-leader.pdf`, '--trust', root, '--revocation', pki.answer('sub', 'leader', 'own.ocsp', 'organisation')).signatures[0].revocation, 'unknown', 'an answer by somebody who may not answer says nothing');
  same(verify(`${folder}/people-leader.pdf`, '--trust', root, '--revocation', pki.list('fake')).signatures[0].revocation, 'unknown', 'a list by another authority of the same name says nothing');
}

// Validation data in the file, and a time-stamp on all of it.
async function lasting(url) {
  const lists = [pki.list('sub'), pki.list('root')];
  const evidence = [...lists, pki.path('sub.pem'), pki.path('leader.ocsp')].flatMap((f) => ['--evidence', f]);
  const extend = (from, to, ...more) => runBeside(['sign', 'extend', `${folder}/${from}`, '--out', `${folder}/${to}`, ...more]);
  const said = (name) => { const r = verify(`${folder}/${name}`, '--trust', root); return [r.status, ...r.signatures.map((s) => [s.kind, s.level, s.trust, s.revocation, s.changed_after, s.covers_whole_file].join(' '))].join(' / '); };

  same((await extend('stamped.pdf', 'lt.pdf', ...evidence)).status, 0, 'validation data is added to a signed file');
  same(said('lt.pdf'), '1 / signature LT trusted good validation false', 'level LT; but the signature does not cover what was added');
  same((await extend('lt.pdf', 'lta.pdf', '--tsa', url)).status, 0, 'a time-stamp on the document is added');
  same(said('lta.pdf'), '0 / signature LTA trusted good validation false / time_stamp none trusted good none true', 'level LTA, and the file is covered whole');
  same(others(`${folder}/lta.pdf`).poppler, 1, 'poppler still calls the signature valid');
  check(readFileSync(`${folder}/lta.pdf`).subarray(0, readFileSync(`${folder}/stamped.pdf`).length).equals(readFileSync(`${folder}/stamped.pdf`)), 'nothing of the signed file is touched');
  await extend('lta.pdf', 'lta-2.pdf', ...evidence, '--tsa', url);
  same(verify(`${folder}/lta-2.pdf`, '--trust', root).status, 0, 'it can be prolonged');
  await extend('unstamped.pdf', 'proved.pdf', '--tsa', url);
  const proved = verify(`${folder}/proved.pdf`, '--trust', root, '--at', '2041-01-01');
  same(`${proved.signatures[0].time_kind} ${proved.signatures[0].trust} ${proved.signatures[0].level}`, 'stamped trusted T', 'a time-stamp on the document proves the time of the signature below it');
  pki.revoke('sub', 'leader');
  const later = verify(`${folder}/lta.pdf`, '--trust', root, '--revocation', pki.list('sub'));
  same(`${later.status} ${later.signatures[0].revocation} ${later.signatures[0].revoked}`, '0 revoked_later false', 'a revocation after the proved time does no harm');
  same(verify(`${folder}/unstamped.pdf`, '--trust', root, '--revocation', pki.list('sub')).signatures[0].trust, 'revoked', 'without proof of the time it does');
  const broken = readFileSync(`${folder}/lta.pdf`);
  broken[readFileSync(`${folder}/stamped.pdf`).length + 60] ^= 1;
  const r = verify(put('lta-broken.pdf', broken), '--trust', root);
  check(r.status !== 0, 'a byte changed in the validation data is seen', JSON.stringify(r.signatures.map((s) => s.flaw)));
  check((await extend('lt.pdf', 'x.pdf', '--evidence', `${folder}/stamps.pdf`)).status === 2, 'evidence that is none is refused');
}

// A time-stamp authority on a port of its own.
async function stamps() {
  let signer = 'tsa';
  let spoil = (reply) => reply;
  const server = createServer((question, answer) => {
    const parts = [];
    question.on('data', (part) => parts.push(part));
    question.on('end', () => {
      answer.setHeader('Content-Type', 'application/timestamp-reply');
      answer.end(spoil(readFileSync(pki.stamp(Buffer.concat(parts), signer))));
    });
  });
  await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
  const url = `http://127.0.0.1:${server.address().port}/tsa`;
  const plain = put('stamps.pdf', withStream());
  const sign = (name, out, ...more) => runBeside(['sign', plain, '--p12', pki.path(`${name}.p12`), '--pin-file', pki.path(`${name}.pin`), '--tsa', url, '--out', `${folder}/${out}`, ...more]);

  same((await sign('leader', 'stamped.pdf')).status, 0, 'a signature gets a time-stamp over HTTP');
  const good = verify(`${folder}/stamped.pdf`, '--trust', root);
  same(`${good.status} ${good.signatures[0].time_kind} ${good.signatures[0].level} ${good.signatures[0].time_authority}`, '0 stamped T Dấu thời gian thử nghiệm', 'the time-stamp is verified: level T');
  check(Math.abs(Date.parse(good.signatures[0].time) - Date.now()) < 120000, 'the time is now', good.signatures[0].time);
  same(JSON.stringify(others(`${folder}/stamped.pdf`)), JSON.stringify({ poppler: 1, total: 1, mupdf: 1 }), 'poppler and MuPDF accept it as well');
  const after = verify(`${folder}/stamped.pdf`, '--trust', root, '--at', '2041-01-01');
  same(`${after.status} ${after.signatures[0].trust}`, '0 trusted', 'long after the certificate has expired the time-stamp still proves the time');
  signWith('leader', plain, `${folder}/unstamped.pdf`);
  same(verify(`${folder}/unstamped.pdf`, '--trust', root, '--at', '2041-01-01').signatures[0].trust, 'expired', 'without one the same certificate has expired');
  await sign('expired', 'late.pdf');
  same(verify(`${folder}/late.pdf`, '--trust', root).signatures[0].trust, 'expired', 'a time-stamp made after the end of the certificate helps nobody');

  // The stamp of another signature, put in place of the right one.
  const token = Buffer.from('060b2a864886f70d010910020e', 'hex');
  const first = cmsOf(`${folder}/stamped.pdf`);
  let second = Buffer.alloc(0);
  for (let i = 0; i < 8 && second.length !== first.length; i += 1) {
    await sign('leader', 'stamped-2.pdf', '--reason', `${i}`);
    second = cmsOf(`${folder}/stamped-2.pdf`);
  }
  const { a } = holes(`${folder}/stamped.pdf`);
  const moved = readFileSync(`${folder}/stamped.pdf`);
  moved.write(second.subarray(second.indexOf(token)).toString('hex'), a + 1 + 2 * first.indexOf(token), 'latin1');
  const borrowed = verify(put('borrowed.pdf', moved), '--trust', root);
  same(`${borrowed.signatures[0].intact} ${borrowed.signatures[0].time_kind} ${borrowed.signatures[0].time_stamp_bad}`, 'true claimed true', 'the time-stamp of another signature proves nothing');

  const untold = verify(`${folder}/stamped.pdf`, '--trust', pki.path('stranger.pem'));
  same(`${untold.signatures[0].time_kind} ${untold.signatures[0].time_stamp_bad}`, 'claimed true', 'a time-stamp is not believed without its root');
  signer = 'strangetsa';
  same((await sign('leader', 'strange.pdf')).status, 0, 'a strange authority stamps as well');
  const strange = verify(`${folder}/strange.pdf`, '--trust', root);
  same(`${strange.status} ${strange.signatures[0].trust} ${strange.signatures[0].time_kind} ${strange.signatures[0].time_stamp_bad}`, '0 trusted claimed true', 'its stamp does not count; the signature does');
  signer = 'tsa';
  spoil = (reply) => { const copy = Buffer.from(reply); copy[copy.length - 20] ^= 1; return copy; };
  const spoilt = await sign('leader', 'spoilt.pdf');
  check(spoilt.status === 3 && !existsSync(`${folder}/spoilt.pdf`), 'a spoilt reply gives no file', spoilt.err);
  const kept = readFileSync(pki.stamp(readFileSync(pki.path('request.tsq'))));
  spoil = () => kept;
  check((await sign('leader', 'replayed.pdf')).status === 3, 'an old reply to another request is refused');
  spoil = () => Buffer.from('<html>no</html>');
  check((await sign('leader', 'page.pdf')).status === 3, 'a web page is no reply');
  spoil = (reply) => reply;
  await lasting(url);
  server.close();
  check((await sign('leader', 'gone.pdf')).status === 3, 'an authority that does not answer is named');
}

async function refusals() {
  const plain = put('refusals.pdf', withTable());
  const refused = (what, words, status, text) => {
    const r = run(program, ['sign', ...words]);
    check(r.status === status && r.err.includes(text), what, `status ${r.status}: ${r.err}`);
  };
  const key = ['--p12', pki.path('leader.p12'), '--pin-file', pki.path('leader.pin')];
  refused('a wrong PIN is named', [plain, '--token', 'pkcs11:token=leader;object=leader', '--pin-file', pki.path('leader.pin'), '--out', 'x.pdf'], 2, 'PIN');
  refused('a token that is not there is named', [plain, '--token', 'pkcs11:token=nobody;object=nobody', '--pin-file', pki.path('leader-token.pin'), '--out', 'x.pdf'], 2, 'no such key');
  refused('a wrong password is named', [plain, '--p12', pki.path('leader.p12'), '--pin-file', pki.path('curve.pin'), '--out', 'x.pdf'], 2, 'password');
  refused('what is no PDF is refused', [pki.path('root.pem'), ...key, '--out', 'x.pdf'], 2, 'does not begin');
  refused('half a PDF is refused', [put('half.pdf', withTable().subarray(0, 400)), ...key, '--out', 'x.pdf'], 2, 'end with startxref');
  refused('two files for one name are refused', [plain, plain, ...key, '--out', 'x.pdf'], 2, 'sign needs');
  refused('without a key nothing happens', [plain, '--out', 'x.pdf'], 2, 'sign needs');
  refused('a mark without a place is refused', [plain, ...key, '--mark', plain, '--out', 'x.pdf'], 2, '--at');
  refused('a page that is not there is named', [plain, ...key, '--mark', plain, '--at', '1,1', '--page', '9', '--out', 'x.pdf'], 2, 'no such page');
  check(!existsSync(`${folder}/x.pdf`), 'no refusal leaves a file');
  same(verify(plain, '--trust', root).status, 1, 'a file without signatures is not valid');
  same(verify(put('empty.pdf', Buffer.alloc(0))).status, 2, 'an empty file is bad input');
  same(run(program, ['sign', 'verify', plain, '--trust', plain]).status, 2, 'a root that is none is bad usage');
}

async function marks() {
  const plain = put('marks.pdf', withTable(2));
  const mark = put('mark.pdf', Buffer.from(withTable().toString('latin1').replace('0 0 595 842', '0 0 240 760'), 'latin1'));
  same(signWith('leader', plain, `${folder}/marked.pdf`, '--mark', mark, '--at', '300,60,120,80', '--page', '2').status, 0, 'a visible mark is signed with the file');
  same(verify(`${folder}/marked.pdf`, '--trust', root).status, 0, 'it is valid');
  same(others(`${folder}/marked.pdf`).poppler, 1, 'poppler agrees');
  const render = (file) => run('pdftoppm', ['-r', '40', '-f', '2', '-l', '2', '-gray', file]).out;
  check(render(`${folder}/marked.pdf`) !== render(plain), 'it is seen on page 2');
  same(signWith('organisation', `${folder}/marked.pdf`, `${folder}/marked-2.pdf`, '--mark', mark, '--at', '60,60,120,80').status, 0, 'a second mark on another page');
  const both = verify(`${folder}/marked-2.pdf`, '--trust', root);
  same(`${both.status} ${both.signatures[0].changed_after}`, '0 signatures', 'leaves the first as it was');
  signWith('organisation', `${folder}/marked-2.pdf`, `${folder}/marked-3.pdf`, '--mark', mark, '--at', '60,160,120,80', '--page', '2');
  const three = verify(`${folder}/marked-3.pdf`, '--trust', root);
  same(`${three.status} ${three.signatures.length}`, '0 3', 'a third one beside the first as well');

  same(signWith('leader', plain, `${folder}/block-1.pdf`, '--block', 'person', '--at', '330,80').status, 0, 'the block of a person is drawn');
  same(signWith('organisation', `${folder}/block-1.pdf`, `${folder}/block-2.pdf`, '--block', 'organisation', '--at', '60,80').status, 0, 'and that of an organisation');
  same(verify(`${folder}/block-2.pdf`, '--trust', root).status, 0, 'both are valid');
  const text = run('pdftotext', ['-l', '1', '-layout', `${folder}/block-2.pdf`, '-']).out;
  for (const words of ['Người ký: Nguyễn Thị Hòa', 'Chủ tịch, UBND phường Quang Vinh', 'Ủy ban nhân dân phường Quang', '+07:00']) has(text, words, `the page shows: ${words}`);
}

async function otherFiles() {
  const file = put('data.xml', 'Một tệp bất kỳ\n');
  const out = `${folder}/data.xml.p7s`;
  same(signWith('leader', file, out, '--cms').status, 0, 'any file is signed with a detached message');
  const r = run(program, ['sign', 'verify', out, '--content', file, '--trust', root, '--json']);
  same(r.status, 0, 'it is valid');
  same(JSON.parse(r.out).signatures[0].level, 'B', 'of level B');
  const openssl = run('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', out, '-content', file, '-CAfile', root, '-purpose', 'any', '-out', '/dev/null']);
  same(openssl.status, 0, 'OpenSSL agrees, its CAdES check too');
  same(run(program, ['sign', 'verify', out, '--content', put('other.xml', 'Một tệp bất kỳ.\n'), '--trust', root]).status, 1, 'another file is not what was signed');
  const many = ['a', 'b', 'c', 'd', 'e'].map((n) => put(`bulk-${n}.pdf`, withTable()));
  const bulk = run(program, ['sign', ...many, '--token', 'pkcs11:token=leader;object=leader', '--pin-file', pki.path('leader-token.pin'), '--chain', pki.path('sub.pem'), '--out-dir', `${folder}/pki`]);
  check(bulk.status === 0 && many.every((_, i) => verify(`${folder}/pki/bulk-${'abcde'[i]}.pdf`, '--trust', root).status === 0), 'one login signs five files', bulk.err);
}

// Files of others: what pdfsig, OpenSSL and qpdf said of them is kept beside them.
async function foreign() {
  const data = new URL('../../../shared/data/documents/', import.meta.url).pathname;
  if (!existsSync(`${data}ground-truth.json`)) return skip('signed PDFs of others', 'the files are not here');
  const truth = JSON.parse(readFileSync(`${data}ground-truth.json`));
  const wrong = [];
  let signed = 0;
  for (const [name, t] of Object.entries(truth)) {
    if (!existsSync(`${data}${name}`)) continue;
    const ours = verify(`${data}${name}`, '--trust', root);
    if (![0, 1, 2].includes(ours.status)) wrong.push(`${name}: status ${ours.status}`);
    if (ours.status === 0) wrong.push(`${name}: valid`);
    for (const s of ours.signatures) {
      const scan = t.signatures_bytescan.filter((x) => x.openssl_integrity === 'OK');
      signed += 1;
      if (s.intact && s.kind === 'signature' && scan.length === 0) wrong.push(`${name}: ${s.field} intact`);
      if (s.covers_whole_file && !t.signatures_bytescan.some((x) => x.covers_whole_file)) wrong.push(`${name}: ${s.field} covers the file`);
    }
    const whole = t.signatures_bytescan.filter((x) => x.openssl_integrity === 'OK' && x.covers_whole_file).length;
    const found = ours.signatures.filter((s) => s.intact && s.covers_whole_file).length;
    const strict = name.includes('pdf-sig-with-econtent'); // a message with a content of its own
    if (whole !== found && !strict) wrong.push(`${name}: ${found} of ${whole} whole and intact`);
  }
  same(wrong.join('; '), '', `${signed} signatures of others are judged as they should be`);
}

await group('two tokens', twoTokens);
await group('a changed byte', flips);
await group('changes after signing', shadows);
await group('certificates', people);
await group('time-stamps', stamps);
await group('refusals', refusals);
await group('visible marks', marks);
await group('other files, many files', otherFiles);
await group('files of others', foreign);
end();
