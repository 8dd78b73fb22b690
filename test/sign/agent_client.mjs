// A signing agent started for a test, and somebody who talks to it as a page would, or as a page should not.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { request } from 'node:http';

const READY = /http:\/\/([0-9.]+|\[::1\]):(\d+)/;

export class Agent {
  // `words`: what stands after "sign agent"; --listen is a port of its own choosing unless given. `whole`: all words.
  constructor(program, environment, words, whole = ['sign', 'agent', ...(words.includes('--listen') ? [] : ['--listen', '127.0.0.1:0']), ...words]) {
    this.child = spawn(program, whole, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    this.out = '';
    this.err = '';
    this.waiting = [];
    this.child.stdout.setEncoding('utf8');
    this.child.stderr.setEncoding('utf8');
    this.child.stdout.on('data', (bytes) => this.heard((this.out += bytes)));
    this.child.stderr.on('data', (bytes) => (this.err += bytes));
    this.gone = new Promise((done) => this.child.on('exit', (status) => { this.status = status; done(status); this.heard(); }));
  }

  heard() {
    this.waiting = this.waiting.filter((waiter) => !waiter());
  }

  // Until the terminal shows it; fails when the agent ends before, or nothing comes for twenty seconds.
  shows(pattern) {
    return new Promise((done, fail) => {
      setTimeout(() => fail(new Error(`the terminal never showed ${pattern}: ${this.out}${this.err}`)), 20000).unref();
      const look = () => {
        const found = pattern.exec(this.out);
        if (found) done(found);
        else if (this.status !== undefined) fail(new Error(`the agent ended (${this.status}): ${this.out}${this.err}`));
        return found || this.status !== undefined;
      };
      if (!look()) this.waiting.push(look);
    });
  }

  // The same text, as an answer for a test: what is printed and what is answered come by two ways.
  says(text) {
    return this.shows(new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).then(() => true, () => false);
  }

  async ready() {
    const found = await this.shows(READY);
    this.address = found[1].replace(/[[\]]/g, '');
    this.port = Number(found[2]);
    await this.shows(/: \d{6}\r?\n/);
    return this;
  }

  // The newest code on the terminal.
  code() {
    return [...this.out.matchAll(/: (\d{6})\r?\n/g)].pop()[1];
  }

  type(text) {
    this.child.stdin.write(text);
  }

  async end() {
    this.child.kill('SIGTERM');
    return this.gone;
  }

  // One request; `headers` replace what a browser would send (null: not sent).
  ask(method, path, { body, headers = {}, origin = 'https://motcua.test' } = {}) {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const all = { Host: `127.0.0.1:${this.port}`, Origin: origin, ...(text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }), ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}), ...headers };
    for (const name of Object.keys(all)) if (all[name] === null) delete all[name];
    return new Promise((done, fail) => {
      const r = request({ host: this.address, port: this.port, method, path, headers: all, setHost: false, agent: false }, (answer) => {
        let said = '';
        answer.on('data', (bytes) => (said += bytes));
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, said, json: said.startsWith('{') ? JSON.parse(said) : {} }));
      });
      r.on('error', fail);
      r.end(text);
    });
  }

  async pair() {
    const answer = await this.ask('POST', '/pair', { body: { code: this.code() } });
    this.token = answer.json.token;
    return answer;
  }
}

// ---- what is signed: the SET OF signed attributes, written here once more and by nobody else's rules ----

function der(tag, ...pieces) {
  const content = Buffer.concat(pieces);
  const n = content.length;
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const oid = (hex) => der(0x06, Buffer.from(hex, 'hex'));
const CONTENT_TYPE = '2a864886f70d010903', MESSAGE_DIGEST = '2a864886f70d010904', SIGNING_TIME = '2a864886f70d010905', CERTIFICATE_V2 = '2a864886f70d010910022f';
const DATA = '2a864886f70d010701', SIGNED_DATA = '2a864886f70d010702';
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

// The attributes about `content` by `certificate` (DER); the third argument spoils them.
export function attributes(content, certificate, { type = DATA, digest = sha256(content), named = certificate, time = null, more = [], drop = -1, tag = 0x31 } = {}) {
  const all = [
    der(0x30, oid(CONTENT_TYPE), der(0x31, oid(type))),
    der(0x30, oid(MESSAGE_DIGEST), der(0x31, der(0x04, digest))),
    der(0x30, oid(CERTIFICATE_V2), der(0x31, der(0x30, der(0x30, der(0x30, der(0x04, sha256(named))))))),
    ...(time ? [der(0x30, oid(SIGNING_TIME), der(0x31, der(0x17, Buffer.from(time))))] : []),
    ...more,
  ].filter((_, i) => i !== drop);
  return der(tag, ...all.sort(Buffer.compare));
}

export const foreign = { SIGNED_DATA, attribute: (value) => der(0x30, oid(SIGNING_TIME), der(0x31, der(0x04, Buffer.from(value)))) };
