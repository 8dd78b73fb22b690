// A land certificate with its tax branch, by accounts of five agencies: given back once, the tax office's own code,
// the account of each at the end; then what comes by itself, who is away, the sheet, the register of rules.
import { base, CONTROLLER, HEAD, MAYOR, run, SPECIALIST, sql } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { leave, notice, press, says, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const LAND = "BH-LT1";
const COUNTER = "motcua.bien-hoa-mot-cua";
const REGISTRY = "chuyenvien.vpdkdd-chi-nhanh";
const TAX = "chuyenvien.chi-cuc-thue";
const LAND_OFFICE = "chuyenvien.phong-tai-nguyen-moi-truong";
const TREASURY = "chuyenvien.kho-bac";
const CODE = "CCT-180301-0042";

async function taken(clerk) {
  await clerk.goto(`${base()}/cb/tiep-nhan?thu-tuc=${LAND}`);
  await clerk.locator("[name=name]").fill("Trần Văn Đất");
  for (const paper of await clerk.locator("input[name=p_here]").all()) await paper.check();
  await Promise.all([clerk.waitForURL(/\/xong\?ma=/), clerk.locator("[name=name]").press("Control+Enter")]);
  return new URL(clerk.url()).searchParams.get("ma");
}

// One act by its form.
async function does(page, code, path, act, fill = async () => {}) {
  await page.goto(`${base()}/cb/ho-so/${code}/${path}`);
  await fill(page);
  await press(page, say(`dossier_page.act_${act}`));
  return notice(page).catch(() => "");
}

async function passes(login, code) {
  const page = await visitor(login);
  same(await does(page, code, "chuyen", "hand_over"), say("dossier_page.said_hand_over"), `${login} passes it on`);
  return page;
}

async function settled() {
  const clerk = await visitor(COUNTER);
  const code = await taken(clerk);
  check(/^000\./.test(code), "the land dossier is taken in: " + code);
  same(await does(clerk, code, "chuyen", "hand_over"), say("dossier_page.said_hand_over"), "the counter passes it on");

  const receipt = await clerk.request.get(`${base()}/cb/ho-so/${code}/giay-tiep-nhan.pdf`);
  check(receipt.status() === 200 && (await receipt.body()).subarray(0, 5).toString() === "%PDF-", "the receipt is there as a file");
  const registry = await visitor(REGISTRY);
  same(await does(registry, code, "tra-lai", "give_back", (p) => p.locator("[name=note]").fill("Thiếu trích lục bản đồ")),
    say("dossier_page.said_give_back"), "the registry gives it back, with the reason");
  await clerk.goto(`${base()}/cb/ho-so/${code}`);
  has(await says(clerk), "Thiếu trích lục bản đồ", "the counter reads why");
  same(await does(clerk, code, "chuyen", "hand_over"), say("dossier_page.said_hand_over"), "and passes it on again");
  await leave(await passes(REGISTRY, code));

  const tax = await visitor(TAX);
  await tax.goto(`${base()}/cb/ho-so/${code}/chuyen`);
  await press(tax, say("dossier_page.act_hand_over"));
  has(await says(tax), say("refusal.child_missing"), "the tax office must give its own code first");
  same(await does(tax, code, "ma-phoi-hop", "child", (p) => p.locator("[name=code]").fill(CODE)),
    say("dossier_page.said_child"), "and does");
  await tax.goto(`${base()}/cb/tim?q=${CODE}`);
  has(await says(tax), code, "the dossier is found by it");
  same(await does(tax, code, "chuyen", "hand_over"), say("dossier_page.said_hand_over"), "the tax office passes it on");
  await tax.goto(`${base()}/cb/ho-so/${code}/tra-lai`);
  check(!(await says(tax)).includes(say("dossier_page.back_to")), "what is done there cannot be given back by it");
  await leave(await passes(LAND_OFFICE, code));
  await leave(await passes(TREASURY, code));
  await leave(await passes(LAND_OFFICE, code));
  same(await does(clerk, code, "tra-mot-phan", "part_out", (p) => p.locator("[name=what]").fill("Thông báo nộp thuế")),
    say("dossier_page.said_part_out"), "the citizen gets what is there already");
  has(await says(clerk), "Thông báo nộp thuế", "and the dossier says so");
  const mayor = await visitor(MAYOR);
  same(await does(mayor, code, "chuyen", "hand_over"), say("dossier_page.said_hand_over"), "the mayor signs");
  await registry.goto(`${base()}/cb/ho-so/${code}`);
  const text = await says(registry);
  for (const agency of ["Chi cục Thuế", "Kho bạc", "Văn phòng Đăng ký đất đai"]) has(text, agency, `the account of ${agency}`);
  await clerk.goto(`${base()}/cb/ho-so/${code}`);
  const treasury = await clerk.locator("tr", { hasText: "Kho bạc" }).filter({ hasNotText: "Xác nhận" }).first().innerText();
  has(treasury, "16 giờ", "with the budget of its step");
  same(Number(sql(`SELECT count(*) FROM dossier WHERE code = '${code}'`)), 1, "it is one dossier");
  for (const page of [clerk, registry, tax, mayor]) await leave(page);
  return code;
}

async function told() {
  const clerk = await visitor(COUNTER);
  const code = await taken(clerk);
  await does(clerk, code, "chuyen", "hand_over");
  const registry = await visitor(REGISTRY);
  same(await does(registry, code, "nhan", "take"), say("dossier_page.said_take"), "the registry takes it in hand");
  const when = sql(`SELECT t.fires_at FROM timer t JOIN dossier d ON d.id = t.dossier_id WHERE d.code = '${code}' AND t.kind = 'remind'`);
  has(run("job", "run", "work", "--clock", when), "work: 1", "a working day before the end of the step it is reminded");
  has(run("job", "run", "work", "--clock", when), "work: 0", "once");
  await registry.goto(`${base()}/cb/viec`);
  has(await says(registry), say("work.new_count", ["1"]), "the queue says so");
  await registry.goto(`${base()}/cb/nhac-viec`);
  has(await says(registry), code, "the notice names the dossier");
  await press(registry, say("work.mark_seen"));
  same(await notice(registry), say("work.said_seen"), "the notice is read");
  check(!(await registry.locator("button", { hasText: say("work.mark_seen") }).count()), "nothing is new");
  await registry.goto(`${base()}/cb/phieu-ban-giao`);
  await clerk.goto(`${base()}/cb/phieu-ban-giao`);
  has(await says(clerk), code, "the sheet of what the counter handed over");
  has(await says(clerk), say("work.taker"), "with the places to sign");
  await leave(registry);
  await leave(clerk);
}

async function away() {
  const head = await visitor(HEAD);
  await head.goto(`${base()}/cb/vang-mat`);
  const name = sql(`SELECT name FROM person WHERE login = '${SPECIALIST}'`);
  await head.locator("[name=person]").selectOption({ label: name });
  await head.locator("[name=cover]").selectOption({ label: name });
  await head.locator("[name=to]").fill("09/03/2018");
  await press(head, say("absence.save"));
  has(await says(head), say("absence.self"), "nobody covers for himself");
  same(await head.locator("[name=to]").inputValue(), "09/03/2018", "the form comes back filled");
  const other = sql(`SELECT name FROM person WHERE login = '${SPECIALIST.replace("chuyenvien", "chuyenvien2")}'`);
  await head.locator("[name=cover]").selectOption({ label: other });
  await press(head, say("absence.save"));
  has(await notice(head), say("absence.said_begun", ["0"]), "the absence is recorded");
  has(await says(head), other, "with the cover");
  await press(head, say("absence.end"));
  same(await notice(head), say("absence.said_ended"), "and ended");
  await leave(head);
}

async function ruled() {
  const controller = await visitor(CONTROLLER);
  await controller.goto(`${base()}/qt/quy-che`);
  const fill = async (name, value) => controller.locator(`[name=${name}]`).fill(value);
  await fill("number", "12/QCPH-UBND");
  await fill("title", "Quy chế phối hợp giải quyết thủ tục đất đai và thuế");
  await fill("signed_on", "05/01/2018");
  await fill("agencies", "chi-cuc-thue, khong-co");
  await fill("procedures", LAND);
  await fill("valid_from", "05/01/2018");
  await press(controller, say("cooperation.save"));
  has(await says(controller), say("cooperation.unknown", ["khong-co"]), "an unknown agency is named");
  await fill("agencies", "chi-cuc-thue, kho-bac");
  await press(controller, say("cooperation.save"));
  same(await notice(controller), say("cooperation.said"), "the rule is in the register");
  await controller.goto(`${base()}/qt/quy-trinh`);
  has(await controller.locator("tr", { hasText: LAND }).innerText(), "12/QCPH-UBND", "the process is under it");
  await controller.goto(`${base()}/qt/quy-trinh/${LAND}/chuyen`);
  has(await says(controller), say("process_page.move_none"), "no dossier is on an older revision");
  await leave(controller);
  const clerk = await visitor(COUNTER);
  const answer = await clerk.goto(`${base()}/qt/quy-trinh/${LAND}/chuyen`);
  same(answer.status(), 403, "a clerk moves nothing to another revision");
  await leave(clerk);
}

export async function land() {
  await settled();
  await told();
  await away();
  await ruled();
}
