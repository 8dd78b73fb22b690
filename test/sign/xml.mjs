// Signatures inside XML, ours before other eyes: xmlsec1 agrees with what we sign, we agree with what it signs; what was moved,
// added, wrapped, weakened or pointed elsewhere is not valid.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pki } from './pki.mjs';
import { check, end, group, same, skip } from '../browser/tap.mjs';

const program = process.env.MOTCUA || 'build-test/src/app/motcua';
const folder = process.env.MOTCUA_TEST_DIR || mkdtempSync(join(tmpdir(), 'motcua-xml-'));
const pki = new Pki(join(folder, 'pki'));
const path = (name) => join(folder, name);
const put = (name, text) => { writeFileSync(path(name), text); return path(name); };
const EDXML = '<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016" xmlns:x="urn:x">\n <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">' +
  '<edXML:edXMLHeader><edXML:Subject>Báo cáo quý I &amp; phụ lục</edXML:Subject></edXML:edXMLHeader></edXML:edXMLEnvelope><x:tien>15000</x:tien></edXML>\n';

pki.root('root', '/C=VN/O=Thử nghiệm/CN=Gốc');
const people = { leader: 'rsa:2048', curve: 'ec' };
for (const [name, kind] of Object.entries(people)) {
  pki.issue('root', name, `/C=VN/O=UBND thành phố/CN=${name === 'leader' ? 'Nguyễn Thị Hòa' : 'Ủy ban nhân dân'}`, 'signer', '20160101000000Z', '20400101000000Z', kind);
  pki.run('openssl', 'pkcs12', '-export', '-inkey', `${name}.key`, '-in', `${name}.pem`, '-out', `${name}.p12`, '-passout', 'pass:123456');
}
writeFileSync(path('pin'), '123456');
const root = join(folder, 'pki', 'root.pem');

const sign = (name, file, out, ...more) => spawnSync(program, ['sign', file, '--xml', '--p12', join(folder, 'pki', `${name}.p12`), '--pin-file', path('pin'), '--out', out, ...more], { encoding: 'utf8' });
function verify(file, ...more) {
  const r = spawnSync(program, ['sign', 'verify', file, '--trust', root, '--json', ...more], { encoding: 'utf8' });
  return { status: r.status, ...(r.stdout ? JSON.parse(r.stdout) : { signatures: [], why: r.stderr }) };
}
const flaws = (file) => verify(file).signatures.map((s) => s.flaw).join(' ');
const xmlsec = spawnSync('xmlsec1', ['--version']).status === 0;

await group('signed', async () => {
  const plain = put('plain.xml', EDXML);
  same(`${verify(plain).status} ${verify(plain).signatures.length}`, '1 0', 'a document without a signature is no error, and not valid');
  for (const name of Object.keys(people)) {
    const out = path(`${name}.xml`);
    const done = sign(name, plain, out, '--into', 'edXMLHeader');
    same(done.status, 0, `${name} signs: ${done.stderr}`);
    const r = verify(out), s = r.signatures[0];
    same(`${r.status} ${s.intact} ${s.trusted} ${s.covers_whole_file} ${s.level} ${s.format} ${s.digest}`, '0 true true true B XAdES SHA256', 'and it is valid');
    check(/edXMLHeader><Signature|<\/edXML:Subject><Signature/.test(readFileSync(out, 'utf8')), 'where it belongs');
    if (xmlsec) same(spawnSync('xmlsec1', ['--verify', '--enabled-reference-uris', 'empty,same-doc', '--id-attr:Id', 'http://uri.etsi.org/01903/v1.3.2#:SignedProperties', '--trusted-pem', root, out], { encoding: 'utf8' }).status, 0, 'xmlsec1 agrees');
    else skip('xmlsec1 agrees', 'no xmlsec1');
  }
  same(sign('leader', path('leader.xml'), path('two.xml')).status, 0, 'a second signature goes in');
  same(flaws(path('two.xml')), 'digest ', 'it covers the first, which no longer covers the whole');
  same(sign('leader', plain, path('x.xml'), '--into', 'none').status, 2, 'an element that is not there is said');
  same(sign('leader', put('bad.xml', '<a>'), path('x.xml')).status, 2, 'what is not XML is not signed');
});

await group('changed', async () => {
  const good = readFileSync(path('leader.xml'), 'utf8');
  const tried = (name, text) => flaws(put(name, text));
  same(tried('1.xml', good.replace('15000', '150000')), 'digest', 'another number');
  same(tried('2.xml', good.replace('quý I', 'quý II')), 'digest', 'another word');
  same(tried('3.xml', good.replace('<x:tien>', '<x:tien a="1">')), 'digest', 'an attribute that is added');
  same(tried('4.xml', good.replace('</edXML>', '<x:them/></edXML>')), 'digest', 'an element that is added');
  same(tried('5.xml', good.replace(/<xades:SigningTime>\d{4}/, '<xades:SigningTime>2001')), 'digest', 'the time of its own properties');
  same(tried('6.xml', good.replace(/<SignatureValue>(.)/, (_, c) => `<SignatureValue>${c === 'A' ? 'B' : 'A'}`)), 'signature', 'the value');
  same(tried('7.xml', good.replace(/<Reference[^>]* URI="#[^]*?<\/Reference>/, '')), 'signature', 'a reference that is taken away');
  const wrapped = `<gia xmlns:y="urn:y">${good.replace(/^<\?xml[^>]*>\n/, '')}</gia>`;
  same(tried('8.xml', wrapped), 'digest', 'the whole wrapped into another');
  const signature = /<Signature [^]*<\/Signature>/.exec(good)[0];
  same(tried('9.xml', EDXML.replace('15000', '1').replace('</edXML>', `<x:cu>${good.replace(/^<\?xml[^>]*>\n/, '')}</x:cu></edXML>`)), 'digest', 'the signed one hidden in another');
  same(tried('10.xml', EDXML.replace('</edXML:edXMLHeader>', `${signature.replace('URI=""', 'URI="#a"')}</edXML:edXMLHeader>`)), 'byte_range', 'a part instead of the whole');
  same(tried('11.xml', good.replace('URI=""', 'URI="http://127.0.0.1/x"')), 'byte_range', 'another file');
  same(tried('12.xml', good.replace('URI=""', '')), 'byte_range', 'no address');
  same(tried('13.xml', good.replace('2000/09/xmldsig#enveloped-signature', 'TR/1999/REC-xslt-19991116')), 'byte_range', 'a transform that computes');
  same(tried('14.xml', good.replace('xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256')), 'algorithm', 'a key that all know');
  same(tried('15.xml', good.replace('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#rsa-sha1')), 'algorithm', 'SHA-1');
  same(tried('16.xml', good.replace(/<X509Data>[^]*<\/X509Data>/, '<KeyValue/>')), 'certificate', 'no certificate');
  const other = /<X509Certificate>[^]*<\/X509Certificate>/.exec(readFileSync(path('curve.xml'), 'utf8'))[0];
  same(tried('17.xml', good.replace(/<X509Certificate>[^]*<\/X509Certificate>/, other)), 'signature', 'the certificate of another');
  same(tried('18.xml', good.replace(/<DigestValue>[^<]*<\/DigestValue><\/xades:CertDigest>/, '<DigestValue>AAAA</DigestValue></xades:CertDigest>')), 'digest', 'another certificate in its properties');
  same(verify(put('19.xml', good.replace(/^<\?xml[^>]*>/, '$&<!DOCTYPE a [<!ENTITY b "c">]>'))).status, 2, 'a DOCTYPE is refused');
  same(verify(put('20.xml', '<a>'.repeat(300) + '</a>'.repeat(300))).status, 2, 'so is what is too deep');
  same(verify(put('21.xml', `<a>${signature.repeat(20)}</a>`)).status, 2, 'and too many signatures');
  const untrusted = spawnSync(program, ['sign', 'verify', path('leader.xml'), '--json'], { encoding: 'utf8' });
  same(`${untrusted.status} ${JSON.parse(untrusted.stdout).signatures[0].trust}`, '1 no_roots', 'without roots it is nobody\'s');
});

await group('of others', async () => {
  if (!xmlsec) return skip('what xmlsec1 signs', 'no xmlsec1');
  for (const [c14n, digest, method] of [['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', '2001/04/xmlenc#sha256', 'rsa-sha256'], ['http://www.w3.org/2001/10/xml-exc-c14n#', '2001/04/xmlenc#sha512', 'rsa-sha512']]) {
    const template = put('template.xml', EDXML.replace('</edXML>', `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="${c14n}"/>` +
      `<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#${method}"/><Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></Transforms>` +
      `<DigestMethod Algorithm="http://www.w3.org/${digest}"/><DigestValue/></Reference></SignedInfo><SignatureValue/><KeyInfo><X509Data/></KeyInfo></Signature></edXML>`));
    const out = path('theirs.xml');
    execFileSync('xmlsec1', ['--sign', '--privkey-pem', `${join(folder, 'pki', 'leader.key')},${join(folder, 'pki', 'leader.pem')}`, '--output', out, template]);
    const r = verify(out);
    same(`${r.status} ${r.signatures[0]?.format} ${r.signatures[0]?.signer}`, '0 XMLDSig Nguyễn Thị Hòa', `${method} by xmlsec1 is valid`);
  }
});
end();
