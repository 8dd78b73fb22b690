// A document axis in a few lines: mailboxes by OrganId, as acts/exchange.h says what is asked. It reads of a message only whom
// it is for; it keeps what was not confirmed, and says no to strangers and to broken seals.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

const OPEN = (element) => `<(?:\\w+:)?${element}(?:\\s[^>]*)?>`;
const text = (xml, element) => [...xml.matchAll(new RegExp(`${OPEN(element)}([^<]*)<`, 'g'))].map((m) => m[1]);
const part = (xml, element) => (xml.match(new RegExp(`${OPEN(element)}[^]*?</(?:\\w+:)?${element}>`, 'g')) || []).join('');

export class Axis {
  // systems: {"bien-hoa": {secret, organs: ["000.00.31.H19"]}}
  constructor(systems) {
    this.systems = systems;
    this.waiting = new Map(Object.keys(systems).map((name) => [name, []]));
    this.messages = new Map();
    this.refused = [];
    this.asked = 0;
    this.lame = false; // forgets what was confirmed
    this.server = createServer((request, response) => this.answer(request, response));
  }

  async open(port) {
    await new Promise((done) => this.server.listen(port, '127.0.0.1', done));
    this.address = `http://127.0.0.1:${this.server.address().port}`;
  }

  close() {
    return new Promise((done) => { this.server.close(done); this.server.closeAllConnections(); });
  }

  async answer(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': request.headers['content-type'] } }).formData();
    const value = async (name) => { const it = form.get(name); return it === null ? null : typeof it === 'string' ? Buffer.from(it) : Buffer.from(await it.arrayBuffer()); };
    const system = String(await value('peer')), what = request.url.slice(1);
    const said = await value({ gui: 'message', cho: 'at', lay: 'id', xong: 'id' }[what] || 'none');
    const known = this.systems[system];
    const seal = known && said && createHmac('sha256', known.secret).update(said).digest('hex');
    this.asked += 1;
    if (!seal || seal !== String(await value('seal'))) {
      response.writeHead(403).end('{}');
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await this[what](system, said, value)));
  }

  // A document goes to those it names, a status to whose document it is about.
  gui(system, bytes) {
    const xml = bytes.toString('utf8'), status = text(xml, 'StatusCode').length > 0;
    const organs = status ? text(part(xml, 'ResponseFor'), 'OrganId') : text(part(xml, 'To'), 'OrganId');
    const to = Object.keys(this.systems).filter((name) => name !== system && this.systems[name].organs.some((organ) => organs.includes(organ)));
    if (!to.length) return { refused: 'Không có cơ quan nhận trên trục' };
    const id = `m${this.messages.size + 1}`;
    this.messages.set(id, bytes);
    for (const name of to) this.waiting.get(name).push(id);
    return { receipt: id };
  }

  cho(system) {
    return { messages: this.waiting.get(system) };
  }

  lay(system, id) {
    return { message: this.messages.get(String(id)).toString('base64') };
  }

  async xong(system, id, value) {
    const why = await value('refused');
    if (why) this.refused.push(String(why));
    if (!this.lame) this.waiting.set(system, this.waiting.get(system).filter((one) => one !== String(id)));
    return { receipt: String(id) };
  }
}
