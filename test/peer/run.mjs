// Two installations of the program: a ward hands the insurance's step to the insurance's own house, gets its
// code back, and at the end its answer; the line breaks and mends, messages come twice, strangers are refused.
import { createHmac } from 'node:crypto';
import { check, ended, House, SECRET, soon } from './house.mjs';

const BIRTH = 'BH-LT2';

async function takenIn(house) {
  const cookie = await house.signIn('mot.cua');
  const page = await house.get(`/cb/tiep-nhan?thu-tuc=${BIRTH}`, cookie);
  const value = (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] || '';
  const fields = new URLSearchParams({ csrf: value('csrf'), unit: value('unit'), procedure: BIRTH, case: '1', p_case: '1', channel: '1', kind: '0',
    name: 'Nguyễn Bé Na', phone: '', sets: '1', count: '1', delivery: '0', same_seen: '1', fee_paid: '1' });
  const papers = [...page.matchAll(/name="p_here"/g)].length;
  for (let i = 0; i < papers; i += 1) fields.append('p_here', String(i));
  const answer = await house.post('/cb/tiep-nhan', fields, cookie);
  const code = /[?&]ma=([^&]*)/.exec(answer.headers.get('location') || '')?.[1];
  if (!code) throw new Error(`no code: ${answer.status} ${(await answer.text()).replace(/<[^>]*>/g, ' ').slice(0, 600)}`);
  return decodeURIComponent(code);
}

const port = 20000 + (process.pid % 19000);
const ward = new House('ward', port), insurance = new House('insurance', port + 1);
for (const house of [ward, insurance]) {
  house.hire('mot.cua', '26041', 'mot-cua');
  house.hire('cong.an', 'cong-an', 'chuyen-vien');
  house.hire('bao.hiem', 'bhxh', 'chuyen-vien');
  house.hire('lanh.dao', '26041', 'lanh-dao');
  house.hire('quan.tri', 'goc', 'quan-tri');
}

try {
  await ward.open();
  await insurance.open();
  let answer = await ward.connect({ code: 'bhxh-ngoai', own_code: 'phuong', unit: '', counter: '', address: 'ftp://x', secret: 'ngan' });
  check('a connection for nothing is refused', answer.status === 422, answer.status);
  answer = await ward.connect({ code: 'bhxh-ngoai', own_code: 'phuong', unit: ward.unit('bhxh'), counter: '', address: insurance.base });
  check('the ward knows the insurance', answer.status === 303, answer.text.replace(/<[^>]*>/g, ' ').slice(-900));
  answer = await insurance.connect({ code: 'phuong', own_code: 'bhxh-ngoai', unit: '', counter: insurance.sql("SELECT unit_id FROM person WHERE login = 'mot.cua'"), address: ward.base });
  check('the insurance knows the ward', answer.status === 303);
  check('no journal holds the secret', !ward.sql('SELECT group_concat(payload) FROM journal').includes(SECRET));
  answer = await ward.does('mot.cua', '/qt/ket-noi', {});
  check('a clerk connects nothing', answer.status === 403, answer.status);

  await insurance.close(); // the line is broken
  const code = await takenIn(ward);
  answer = await ward.passes('mot.cua', code);
  check('the ward passes the birth on, whoever is there', answer.status === 303, answer.status);
  await soon('the message was tried', () => ward.sql("SELECT min(tries, 1) FROM outbox_try"), '1');
  check('and waits', ward.sql('SELECT count(*) FROM outbox WHERE sent_at IS NULL') === '1');
  await insurance.open();
  await soon('it arrives when the line is mended', () => ward.sql('SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL'), '1');
  const theirs = insurance.sql('SELECT code FROM dossier');
  check('the insurance has it as a dossier of its own', /^[0-9A-Z.]+-\d{6}-\d{4}$/.test(theirs), theirs);
  check('the ward knows it by that code', ward.sql('SELECT code FROM child') === theirs);

  const body = ward.sql('SELECT body FROM outbox');
  const seal = (text, secret = SECRET) => createHmac('sha256', secret).update(text).digest('hex');
  const send = (fields) => insurance.post('/api/1/trao-doi', fields);
  let said = await (await send({ peer: 'phuong', body, seal: seal(body) })).json();
  check('the same message again: the same receipt', said.receipt === theirs, JSON.stringify(said));
  check('and no second dossier', insurance.sql('SELECT count(*) FROM dossier') === '1');
  check('a wrong seal is refused', (await send({ peer: 'phuong', body, seal: seal(body, 'khac') })).status === 403);
  check('an unknown sender is refused', (await send({ peer: 'la', body, seal: seal(body) })).status === 403);
  for (const [what, text] of [['what is no JSON', '{'], ['no key', '{"kind":"case"}'], ['another kind', '{"kind":"x","key":"1"}'],
    ['an unknown procedure', '{"kind":"case","key":"z","procedure":"khong-co","applicant":{"name":"A"}}'],
    ['an answer to what was never sent', `{"kind":"answer","key":"${theirs}/1","outcome":1}`]])
    check(`${what} is refused`, (await send({ peer: 'phuong', body: text, seal: seal(text) })).status === 422);

  for (const login of ['mot.cua', 'cong.an', 'bao.hiem']) {
    answer = await insurance.passes(login, theirs);
    check(`over there ${login} does its part`, answer.status === 303, answer.text.replace(/<[^>]*>/g, ' ').slice(-600));
  }
  answer = await insurance.does('lanh.dao', `/cb/ho-so/${theirs}/ket-qua`, { result_no: '12/BHYT' });
  check('and gives the result', answer.status === 303, answer.text.replace(/<[^>]*>/g, ' ').slice(-600));
  await soon('the answer ends the step at the ward', () => ward.sql("SELECT count(*) FROM task t JOIN unit u ON u.id = t.unit_id WHERE u.code = 'bhxh' AND t.done_at IS NOT NULL"), '1');
  check('with the number of the result', ward.sql("SELECT note FROM task WHERE done_at IS NOT NULL AND note LIKE '%12/BHYT%'") !== '');
  check('the police still has its own', ward.sql("SELECT count(*) FROM task t JOIN unit u ON u.id = t.unit_id WHERE u.code = 'cong-an' AND t.done_at IS NULL") === '1');

  const third = await takenIn(ward);
  await ward.passes('mot.cua', third);
  await soon('another arrives', () => insurance.sql('SELECT count(*) FROM dossier'), '2');
  const refused = insurance.sql(`SELECT code FROM dossier WHERE code <> '${theirs}'`);
  answer = await insurance.does('lanh.dao', `/cb/ho-so/${refused}/tu-choi`, { note: 'Thiếu mã định danh' });
  check('it is refused over there', answer.status === 303, answer.text.replace(/<[^>]*>/g, ' ').slice(-600));
  await soon('the ward is told why', () => ward.sql(`SELECT count(*) FROM journal WHERE act = 'dossier.event' AND payload LIKE '%Thiếu mã định danh%'`), '1');
  check('and decides for itself', ward.sql(`SELECT count(*) FROM dossier d JOIN task t ON t.dossier_id = d.id JOIN unit u ON u.id = t.unit_id
    WHERE d.code = '${third}' AND u.code = 'bhxh' AND t.done_at IS NULL`) === '1');

  const second = await takenIn(ward);
  await ward.passes('mot.cua', second);
  answer = await ward.passes('bao.hiem', second);
  check('a person may do it by hand before the answer', answer.status === 303, answer.status);
  await soon('the second arrives', () => insurance.sql('SELECT count(*) FROM dossier'), '3');
  const other = insurance.sql(`SELECT code FROM dossier WHERE code NOT IN ('${theirs}', '${refused}')`);
  answer = await insurance.does('lanh.dao', `/cb/ho-so/${other}/tu-choi`, { note: 'Không đúng đối tượng' });
  check('over there it is refused', answer.status === 303, answer.text.replace(/<[^>]*>/g, ' ').slice(-600));
  await soon('the answer is taken note of', () => insurance.sql('SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL'), '3');
  check('and changes nothing', ward.sql(`SELECT count(*) FROM dossier d JOIN task t ON t.dossier_id = d.id WHERE d.code = '${second}' AND t.done_at IS NULL`) === '1');
} catch (error) {
  check('broke off', false, error.stack);
}
await ended(ward, insurance);
