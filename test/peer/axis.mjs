// Two installations that know each other only through a document axis: what one releases the other fetches, once however often
// it is offered; statuses come back the same way; the axis is away and comes back; what cannot be taken in is given back.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pki } from '../sign/pki.mjs';
import { binary, check, dir, ended, House, SECRET, soon } from './house.mjs';
import { Axis } from './axis_simulator.mjs';

const CITY = '000.00.31.H19', DEPARTMENT = '000.00.12.H19', NAME = 'Sở Xây dựng tỉnh Đồng Nai';
const PATIENCE = 60; // seconds: an axis is asked now and then, and what failed waits
const port = 20000 + (process.pid % 19000);
const city = new House('city', port), department = new House('department', port + 1);
const axis = new Axis({ 'bien-hoa': { secret: SECRET, organs: [CITY] }, 'so-xd': { secret: SECRET, organs: [DEPARTMENT] } });

city.run('unit', 'add', 'ubnd', '--name', 'Ủy ban nhân dân thành phố', '--parent', 'goc', '--kind', 'agency');
department.run('unit', 'add', 'so-xd', '--name', NAME, '--parent', 'goc', '--kind', 'agency');
city.hire('soan.thao', 'ubnd', 'chuyen-vien');
city.hire('chu.tich', 'ubnd', 'lanh-dao');
city.hire('van.thu', 'ubnd', 'van-thu');
city.hire('quan.tri', 'goc', 'quan-tri');
department.hire('van.thu', 'so-xd', 'van-thu');
department.hire('quan.tri', 'goc', 'quan-tri');

// The department's machine signs what it sends.
const pki = new Pki(join(dir, 'pki'));
pki.root('root', '/C=VN/CN=Gốc');
pki.issue('root', 'machine', '/C=VN/CN=Sở Xây dựng', 'signer');
pki.run('openssl', 'pkcs12', '-export', '-inkey', 'machine.key', '-in', 'machine.pem', '-out', 'machine.p12', '-passout', 'pass:123456');
writeFileSync(join(dir, 'pin'), '123456');

function signer(bytes) {
  writeFileSync(join(dir, 'message.xml'), bytes);
  const r = spawnSync(binary, ['sign', 'verify', join(dir, 'message.xml'), '--trust', join(dir, 'pki', 'root.pem'), '--json'], { encoding: 'utf8' });
  return r.status === 0 ? JSON.parse(r.stdout).signatures[0].signer : `${r.status} ${r.stdout} ${r.stderr}`;
}

const plain = (text) => text.replace(/<[^>]*>/g, ' ').slice(-600);
const only = (house, sql) => house.sql(sql);

async function does(house, login, path, fields, what) {
  const answer = await house.does(login, path, fields, fields.to || path);
  check(what, answer.status === 303, `${answer.status} ${plain(answer.text)}`);
}

// The page has several forms: each act is posted to its own address, with the version that the page shows.
async function acts(house, login, id, act, fields, what) {
  const answer = await house.does(login, `/vb/${id}`, { buoc: 'luu', note: '', ...fields }, `/vb/${id}/${act}`);
  check(what, answer.status === 303, `${answer.status} ${plain(answer.text)}`);
}

async function released(subject, to) {
  await does(city, 'soan.thao', '/vb/du-thao', { unit: city.unit('ubnd'), type: 'bao-cao', subject, body: 'Báo cáo kết quả.', to_act: to, signer: only(city, "SELECT id FROM person WHERE login = 'chu.tich'"), urgency: '0', copies: '1' }, 'a draft');
  const id = only(city, 'SELECT max(id) FROM document');
  await acts(city, 'soan.thao', id, 'trinh', {}, 'is submitted');
  await acts(city, 'chu.tich', id, 'ky-tay', {}, 'signed');
  await acts(city, 'van.thu', id, 'cap-so', {}, 'numbered');
  await acts(city, 'van.thu', id, 'phat-hanh', {}, 'and released');
  return id;
}

try {
  await city.open();
  await department.open('--p12', join(dir, 'pki', 'machine.p12'), '--pin-file', join(dir, 'pin'));
  await axis.open(0);
  const line = { name: 'Trục liên thông', documents: 'any', line: 'axis', address: axis.address, unit: '', counter: '', code: 'truc' };
  check('the city is on the axis', (await city.connect({ ...line, own_code: 'bien-hoa' })).status === 303);
  check('the department too', (await department.connect({ ...line, own_code: 'so-xd' })).status === 303);
  for (const house of [city, department])
    await does(house, 'quan.tri', `/qt/don-vi/${house.unit('bien-hoa')}/van-ban`, { name: 'x', symbol: 'UBND', place: 'Biên Hòa', organ: '' }, 'nobody has the code of the city that was');
  await does(city, 'quan.tri', `/qt/don-vi/${city.unit('ubnd')}/van-ban`, { name: 'ỦY BAN NHÂN DÂN THÀNH PHỐ', body: 'ỦY BAN NHÂN DÂN', symbol: 'UBND', place: 'Biên Hòa', organ: CITY }, 'this is the city now');
  await does(department, 'quan.tri', `/qt/don-vi/${department.unit('so-xd')}/van-ban`, { name: 'SỞ XÂY DỰNG', symbol: 'SXD', place: 'Đồng Nai', organ: DEPARTMENT }, 'but the department');
  await does(city, 'quan.tri', '/vt/lien-thong/co-quan', { organ: DEPARTMENT, name: NAME, peer: only(city, 'SELECT id FROM peer'), active: '1' }, 'the city may write to it');

  await axis.close(); // the axis is away
  const id = await released('Kết quả cấp phép xây dựng', NAME);
  await soon('the document was tried', () => only(city, 'SELECT min(tries, 1) FROM exchange_try'), '1', PATIENCE);
  axis.server = (await import('node:http')).createServer((request, response) => axis.answer(request, response));
  axis.lame = true;
  await axis.open(Number(new URL(axis.address).port));
  await soon('it arrives when the axis is back', () => only(department, "SELECT count(*) FROM document WHERE subject = 'Kết quả cấp phép xây dựng'"), '1', PATIENCE);
  const asked = axis.asked;
  await soon('and is offered again', async () => (axis.asked >= asked + 3 ? 'again' : ''), 'again', PATIENCE);
  check('once however often it is offered', only(department, 'SELECT count(*) FROM document') === '1');
  axis.lame = false;
  await soon('its arrival is told', () => only(city, `SELECT status FROM document_recipient WHERE document_id = ${id}`), '01', PATIENCE);
  check('its message is signed by the department', signer(axis.messages.get('m2')) === 'Sở Xây dựng', signer(axis.messages.get('m2')));
  check('who sent it can be written to', only(department, `SELECT count(*) FROM exchange_partner WHERE organ = '${CITY}'`) === '1');
  const there = only(department, 'SELECT id FROM document');
  await acts(department, 'van.thu', there, 'tra-noi-gui', { note: 'Không đúng thẩm quyền' }, 'the registry there returns it');
  await soon('the city reads that', () => only(city, `SELECT status || ' ' || status_note FROM document_recipient WHERE document_id = ${id}`), '02 Không đúng thẩm quyền', PATIENCE);

  axis.messages.set('bad', Buffer.from('<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'));
  axis.waiting.get('bien-hoa').push('bad');
  await soon('what cannot be read is given back', async () => String(axis.refused.length), '1', PATIENCE);
  check('and is not offered again', axis.waiting.get('bien-hoa').length === 0);
  const before = only(city, 'SELECT count(*) FROM journal');
  axis.systems['so-xd'].secret = 'mot bi mat khac han';
  const refused = axis.asked;
  await soon('a seal that is not the axis knows', async () => (axis.asked >= refused + 2 ? 'asked' : ''), 'asked', PATIENCE);
  check('changes nothing', only(city, 'SELECT count(*) FROM journal') === before);
} catch (error) {
  check('broke off', false, error.stack);
}
await axis.close();
await ended(city, department);
