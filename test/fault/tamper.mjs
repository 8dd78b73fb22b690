// Every column of the journal and of every projected table is changed behind the program's back, one row
// at a time: verify must fail and name the table and the row. The tables are those of the store, so a new
// one is in without a word here. Prints TAP.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, dir, file, form, found, hire, plan, serve, signIn, sql, takeIn, verified } from './house.mjs';

const WARD = '26041', MARRIAGE = '1.004873', BIRTH = 'BH-LT2';
const MACHINERY = ['migration', 'session', 'credential', 'throttle', 'document_signing', 'document_words', 'exchange_try']; // no journal line says what they hold
const copy = join(dir, 'tampered.db');

const inAMonth = () => new Date(Date.now() + 30 * 86400000).toISOString().slice(0, 10).split('-').reverse().join('/');

// Dossiers with a pause, an apology and a drawn process, so that few tables stay empty.
async function live() {
  const { server, gone } = await serve();
  const clerk = await signIn('mot.cua', `/cb/tiep-nhan?procedure=${MARRIAGE}`);
  const paused = await takeIn(clerk, MARRIAGE, 'Nguyễn Văn An', 5);
  const sorry = await takeIn(clerk, MARRIAGE, 'Nguyễn Văn Bình', 5);
  await takeIn(clerk, BIRTH, 'Nguyễn Thị Chi', 4);
  await takeIn(clerk, BIRTH, 'Nguyễn Thị Dung', 4);
  const officer = await signIn('chuyen.vien', `/cb/ho-so/${paused}/chuyen`);
  const head = await signIn('lanh.dao', `/cb/ho-so/${sorry}/xin-loi`);
  const done = [];
  const post = async (who, code, act, fields) => {
    const answer = await form(`/cb/ho-so/${code}/${act}`, { csrf: who.csrf, ...fields }, who.cookie);
    done.push(answer.status === 303 ? 303 : `${act}: ${(await answer.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 900)}`);
  };
  await post(clerk, paused, 'chuyen', {});
  await post(officer, paused, 'bo-sung', { d_paper: '1', d_what: 'Thiếu chữ ký', note: '' });
  await post(head, sorry, 'xin-loi', { due: inAMonth(), cause: 'quy-dinh', note: 'Chờ xác minh' });
  server.kill('SIGTERM');
  await gone;
  return done;
}

const columnsOf = (table) => sql(`SELECT name || ' ' || type FROM pragma_table_info('${table}')`).split('\n').map((line) => {
  const [column, type] = line.split(' ');
  return { column, absent: /INT/.test(type) ? '1' : `'2018-01-01T00:00:00.000Z'` };
});

// One value of one row, made another of its own kind.
const flip = (table, { column, absent }, row) => `UPDATE ${table} SET ${column} = CASE typeof(${column})
  WHEN 'integer' THEN ${column} + 1000003
  WHEN 'blob' THEN CAST(CASE hex(substr(${column}, 1, 1)) WHEN '00' THEN x'ff' ELSE x'00' END || substr(${column}, 2) AS BLOB)
  WHEN 'null' THEN ${absent}
  ELSE CASE substr(${column}, 1, 1) WHEN 'x' THEN 'y' ELSE 'x' END || substr(${column}, 2) END
  WHERE rowid = (SELECT rowid FROM ${table} ORDER BY rowid LIMIT 1 OFFSET ${row});`;

function tampered(changes) {
  copyFileSync(file, copy);
  sql(`PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; ${changes.join(' ')}`, copy);
  return verified(copy);
}

found();
for (const [login, role] of [['mot.cua', 'mot-cua'], ['chuyen.vien', 'chuyen-vien'], ['lanh.dao', 'lanh-dao']]) hire(login, WARD, role);
const done = await live();
check('dossiers were paused and put off', done.every((status) => status === 303), done.join(' '));
sql('PRAGMA wal_checkpoint(TRUNCATE)');
check('verify agrees before', verified().ok === true);

const tables = sql(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'dossier_search%' AND name NOT LIKE 'document_search%'`)
  .split('\n').filter((name) => !MACHINERY.includes(name) && name !== 'journal');
const rows = new Map(tables.map((name) => [name, Number(sql(`SELECT count(*) FROM ${name}`))]));
const filled = tables.filter((name) => rows.get(name) > 0);
console.log(`# ${filled.length} tables with rows; none in: ${tables.filter((name) => !rows.get(name)).join(', ')}`);
check('dossiers, tasks, pauses, apologies, flows and facts are there',
  ['dossier', 'task', 'suspension', 'extension', 'flow', 'dossier_fact'].every((name) => filled.includes(name)));

// The tables are compared one by one, so one column of each can be changed at a time.
const columns = new Map(filled.map((name) => [name, columnsOf(name)]));
const widest = Math.max(...[...columns.values()].map((list) => list.length));
const missed = [];
let changes = 0;
for (let i = 0; i < widest; i += 1) {
  const changed = filled.filter((name) => columns.get(name).length > i);
  const report = tampered(changed.map((name) => flip(name, columns.get(name)[i], Math.floor(rows.get(name) / 2))));
  changes += changed.length;
  for (const name of changed)
    if (report.ok || !report.findings.some((f) => new RegExp(`^${name} \\S`).test(f.where))) missed.push(`${name}.${columns.get(name)[i].column}`);
}
console.log(`# ${changes} columns of projected tables changed`);
check('every change of a projected row is found, and the row named', missed.length === 0, missed.join(' '));

const lines = Number(sql('SELECT count(*) FROM journal')), lost = [];
for (const column of columnsOf('journal')) {
  const report = tampered([flip('journal', column, lines - 3)]);
  if (report.ok || !report.findings.some((f) => /^journal \d+ /.test(f.where))) lost.push(column.column);
}
check('every change of a journal row is found, and the row named', lost.length === 0, lost.join(' '));
const cut = tampered(['DELETE FROM journal WHERE pos = (SELECT max(pos) - 3 FROM journal);']);
check('a line that was taken out is missed', !cut.ok && cut.findings.some((f) => /^journal \d+ /.test(f.where)));
plan();
