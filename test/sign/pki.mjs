// A certification authority of the kind that stands behind civil servants, made anew for each run: a root,
// an authority below it, signers good and bad, a time-stamp authority, lists of the revoked; and two
// SoftHSM2 tokens. Everything lies in one folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const EXTENSIONS = {
  ca: 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash',
  signer: 'basicConstraints=CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=emailProtection,clientAuth',
  server: 'basicConstraints=CA:false\nkeyUsage=critical,keyEncipherment\nextendedKeyUsage=serverAuth',
  stamp: 'basicConstraints=CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping',
  ocsp: 'basicConstraints=CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning',
};

export class Pki {
  // `extensions`: more kinds of certificates, or others under these names.
  constructor(folder, extensions = {}) {
    this.folder = folder;
    this.extensions = { ...EXTENSIONS, ...extensions };
    mkdirSync(folder, { recursive: true });
    this.environment = { ...process.env, SOFTHSM2_CONF: `${folder}/softhsm2.conf`, LC_ALL: 'C.UTF-8' };
  }

  run(program, ...words) {
    return execFileSync(program, words, { cwd: this.folder, env: this.environment, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
  }

  // One authority: its list of certificates, its counter, its configuration.
  authority(name) {
    const f = this.folder;
    writeFileSync(`${f}/${name}.index`, '');
    writeFileSync(`${f}/${name}.index.attr`, 'unique_subject = no\n');
    writeFileSync(`${f}/${name}.serial`, '1000\n');
    writeFileSync(`${f}/${name}.crlnumber`, '01\n');
    writeFileSync(`${f}/${name}.cnf`, `[ca]\ndefault_ca=d\n[d]\ndatabase=${f}/${name}.index\nserial=${f}/${name}.serial\n` +
      `crlnumber=${f}/${name}.crlnumber\nnew_certs_dir=${f}\ndefault_md=sha256\npolicy=p\nunique_subject=no\ndefault_crl_days=30\n` +
      `certificate=${f}/${name}.pem\nprivate_key=${f}/${name}.key\n[p]\ncommonName=supplied\norganizationName=optional\n` +
      'organizationalUnitName=optional\ntitle=optional\ncountryName=optional\n' +
      Object.entries(this.extensions).map(([k, v]) => `[ext_${k}]\n${v}\n`).join(''));
  }

  key(name, kind = 'rsa:2048') {
    const words = kind === 'ec' ? ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['genpkey', '-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${kind.slice(4)}`];
    this.run('openssl', ...words, '-out', `${name}.key`);
  }

  root(name, subject) {
    this.authority(name);
    this.key(name);
    this.run('openssl', 'req', '-new', '-utf8', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
    this.run('openssl', 'ca', '-config', `${name}.cnf`, '-batch', '-notext', '-selfsign', '-extensions', 'ext_ca', '-utf8', '-in', `${name}.csr`, '-out', `${name}.pem`,
      '-startdate', '20150101000000Z', '-enddate', '20450101000000Z', '-keyfile', `${name}.key`);
  }

  // A certificate of `authority`; `from` and `to` as OpenSSL writes dates.
  issue(authority, name, subject, extensions, from = '20160101000000Z', to = '20400101000000Z', kind = 'rsa:2048') {
    if (!existsSync(`${this.folder}/${name}.key`)) this.key(name, kind);
    this.run('openssl', 'req', '-new', '-utf8', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
    this.run('openssl', 'ca', '-config', `${authority}.cnf`, '-batch', '-notext', '-extensions', `ext_${extensions}`, '-utf8', '-in', `${name}.csr`, '-out', `${name}.pem`,
      '-startdate', from, '-enddate', to);
  }

  pkcs12(name, password) {
    writeFileSync(`${this.folder}/${name}.pin`, `${password}\n`);
    this.run('openssl', 'pkcs12', '-export', '-inkey', `${name}.key`, '-in', `${name}.pem`, '-certfile', 'sub.pem', '-out', `${name}.p12`, '-passout', `pass:${password}`);
  }

  // A token with the key and certificate of `name`.
  token(name, pin) {
    const module = this.module();
    writeFileSync(`${this.folder}/${name}-token.pin`, `${pin}\n`);
    this.run('softhsm2-util', '--init-token', '--free', '--label', name, '--pin', pin, '--so-pin', '12345678');
    this.run('softhsm2-util', '--import', `${name}.key`, '--token', name, '--label', name, '--id', '01', '--pin', pin);
    this.run('openssl', 'x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`);
    this.run('pkcs11-tool', '--module', module, '--token-label', name, '--login', '--pin', pin, '--write-object', `${name}.der`, '--type', 'cert', '--label', name, '--id', '01');
    return `pkcs11:token=${name};object=${name}`;
  }

  module() {
    return ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'].find(existsSync);
  }

  revoke(authority, name) {
    this.run('openssl', 'ca', '-config', `${authority}.cnf`, '-revoke', `${name}.pem`);
  }

  list(authority) {
    this.run('openssl', 'ca', '-config', `${authority}.cnf`, '-gencrl', '-out', `${authority}.crl`);
    return `${this.folder}/${authority}.crl`;
  }

  answer(authority, name, out, responder = 'responder') {
    this.run('openssl', 'ocsp', '-index', `${authority}.index`, '-CA', `${authority}.pem`, '-rsigner', `${responder}.pem`, '-rkey', `${responder}.key`,
      '-issuer', `${authority}.pem`, '-cert', `${name}.pem`, '-respout', out, '-ndays', '7', '-noverify');
    return `${this.folder}/${out}`;
  }

  // A reply to a time-stamp request, as an authority gives it.
  stamp(request, signer = 'tsa') {
    writeFileSync(`${this.folder}/tsa.cnf`, '[tsa]\ndefault_tsa=t\n[t]\nserial=tsa.serial\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha384,sha512\n' +
      'accuracy=secs:1\ness_cert_id_chain=no\ness_cert_id_alg=sha256\nsigner_digest=sha256\ntsa_name=no\nordering=yes\n');
    writeFileSync(`${this.folder}/request.tsq`, request);
    this.run('openssl', 'ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'request.tsq', '-signer', `${signer}.pem`, '-inkey', `${signer}.key`, '-chain', 'sub.pem', '-out', 'reply.tsr');
    return `${this.folder}/reply.tsr`;
  }

  path(name) {
    return `${this.folder}/${name}`;
  }
}

// Everybody the suite needs.
export function city(folder) {
  const pki = new Pki(folder);
  mkdirSync(`${folder}/tokens`, { recursive: true });
  writeFileSync(`${folder}/softhsm2.conf`, `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n`);
  writeFileSync(`${folder}/tsa.serial`, '01\n');
  pki.root('root', '/C=VN/O=Thành phố Thử nghiệm/CN=Gốc thử nghiệm');
  pki.root('stranger', '/C=VN/O=Nơi khác/CN=Gốc lạ');
  pki.authority('sub');
  pki.issue('root', 'sub', '/C=VN/O=Thành phố Thử nghiệm/CN=Cấp chứng thư thử nghiệm', 'ca', '20150101000000Z', '20440101000000Z');
  pki.issue('sub', 'leader', '/C=VN/O=UBND phường Quang Vinh/title=Chủ tịch/CN=Nguyễn Thị Hòa', 'signer');
  pki.issue('sub', 'organisation', '/C=VN/O=UBND phường Quang Vinh/CN=Ủy ban nhân dân phường Quang Vinh', 'signer');
  pki.issue('sub', 'curve', '/C=VN/CN=Đường cong', 'signer', '20160101000000Z', '20400101000000Z', 'ec');
  pki.issue('sub', 'expired', '/C=VN/CN=Hết hạn', 'signer', '20180101000000Z', '20190101000000Z');
  pki.issue('sub', 'future', '/C=VN/CN=Chưa hiệu lực', 'signer', '20380101000000Z', '20400101000000Z');
  pki.issue('sub', 'server', '/C=VN/CN=may-chu', 'server');
  pki.issue('sub', 'revoked', '/C=VN/CN=Bị thu hồi', 'signer');
  pki.issue('sub', 'tsa', '/C=VN/CN=Dấu thời gian thử nghiệm', 'stamp');
  pki.issue('stranger', 'strangetsa', '/C=VN/CN=Dấu thời gian lạ', 'stamp');
  pki.issue('sub', 'responder', '/C=VN/CN=OCSP thử nghiệm', 'ocsp');
  pki.issue('stranger', 'outsider', '/C=VN/CN=Người lạ', 'signer');
  // A signer who plays authority, and an authority under a name that is not its own.
  pki.authority('leader');
  pki.issue('leader', 'pretender', '/C=VN/CN=Kẻ mạo danh', 'signer');
  pki.root('fake', '/C=VN/O=Thành phố Thử nghiệm/CN=Cấp chứng thư thử nghiệm');
  pki.authority('fake'); // counts from the beginning again, so that the twin gets the leader's number
  pki.run('cp', 'leader.key', 'twin.key');
  pki.issue('fake', 'twin', '/C=VN/O=UBND phường Quang Vinh/title=Chủ tịch/CN=Nguyễn Thị Hòa', 'signer');
  for (const name of ['leader', 'pretender', 'organisation', 'curve', 'expired', 'future', 'server', 'revoked', 'outsider']) pki.pkcs12(name, `p-${name}`);
  return pki;
}
