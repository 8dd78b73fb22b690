// Processes as drawings: shown, drawn, listed, tried out; and by whom not.
import { base, CLERK, CONTROLLER, COPIES, MARITAL, sql, STRANGER } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { follow, leave, notice, press, problems, says, stranger, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const BIRTH = "BH-LT2";

// The mark of bpmn.io must be seen whole, and nothing may lie over it.
async function marked(page, where) {
  const mark = page.locator(".bjs-powered-by");
  await mark.scrollIntoViewIfNeeded();
  const free = await mark.evaluate((a) => {
    const box = a.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const frame = a.closest(".djs-container, .bjs-container").getBoundingClientRect();
    return box.width >= 50 && a.contains(top) && box.bottom <= frame.bottom && box.right <= frame.right;
  });
  check(free, `${where}: the mark of bpmn.io is whole and free`);
}

async function drawn(page, path) {
  await page.goto(base() + path);
  await page.locator("[data-so-do=xong]").waitFor();
}

// ---- shown ----

async function viewer() {
  const page = await visitor(CONTROLLER);
  await drawn(page, `/qt/quy-trinh/${BIRTH}`);
  same(await page.locator(".so-do-khung .djs-shape[data-element-id]:not(.djs-label)").count(), 8, "the sheet: every element of the process is drawn");
  await marked(page, "the sheet");
  const scale = () => page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector(".viewport")).transform).a ||
    document.querySelector(".viewport").transform.baseVal.consolidate().matrix.a);
  const before = await scale();
  await page.getByRole("button", { name: say("process_page.zoom_in") }).focus();
  await page.keyboard.press("Enter");
  check((await scale()) > before, "a button that keys reach makes it larger");
  await page.locator(".so-do-khung").focus();
  await page.keyboard.press("0");
  const fitted = await scale();
  await page.keyboard.press("-");
  check((await scale()) < fitted, "and a key makes it smaller");
  await leave(page);

  const plain = await visitor(CONTROLLER, { javaScriptEnabled: false });
  await plain.goto(`${base()}/qt/quy-trinh/${BIRTH}`);
  check(!(await plain.locator(".so-do").isVisible()), "without scripts there is no empty frame");
  has(await says(plain), "Cấp thẻ bảo hiểm y tế", "and the table says it all");
  await leave(plain);
}

async function taken(clerk, procedure, name) {
  await clerk.goto(`${base()}/cb/tiep-nhan?thu-tuc=${procedure}`);
  await clerk.locator("[name=name]").fill(name);
  for (const paper of await clerk.locator("input[name=p_here]").all()) await paper.check();
  await Promise.all([clerk.waitForURL(/\/xong\?ma=/), clerk.locator("[name=name]").press("Control+Enter")]);
  return new URL(clerk.url()).searchParams.get("ma");
}

async function dossier() {
  const clerk = await visitor(CLERK);
  const code = await taken(clerk, BIRTH, "Nguyễn Bé Hai");
  await drawn(clerk, `/cb/ho-so/${code}`);
  same(await clerk.locator(".so-do-khung .djs-shape.buoc-dang").count(), 1, "a dossier: one step is marked as the one at work");
  has(await clerk.locator(".so-do-nhan.dang").innerText(), say("dossier_page.step_takes", ["0 phút", "8 giờ"]), "and says so in words");
  await clerk.goto(`${base()}/cb/ho-so/${code}/chuyen`);
  await press(clerk, say("dossier_page.act_hand_over"));
  await drawn(clerk, `/cb/ho-so/${code}`);
  same(await clerk.locator(".so-do-khung .djs-shape.buoc-dang").count(), 2, "passed on: two agencies at work");
  has(await clerk.locator(".so-do-nhan.xong").innerText(), say("dossier_page.step_took", ["0 phút", "8 giờ"]), "and what was done says how long it took");
  await marked(clerk, "a dossier");
  await leave(clerk);
  const other = await visitor(STRANGER);
  same((await other.goto(`${base()}/cb/ho-so/${code}/quy-trinh.bpmn`)).status(), 403, "the drawing of a dossier is refused to who may not read it");
  await leave(other);
  const nobody = await stranger();
  await nobody.goto(`${base()}/cb/ho-so/${code}/quy-trinh.bpmn`);
  has(nobody.url(), "/dang-nhap", "and asks a stranger to sign in");
  await leave(nobody);
}

// ---- drawn on ----

const panel = (page, name) => page.locator("#v-" + name);

async function middle(page, id, part = 0.5) {
  const box = await page.locator(`.ban-ve-khung [data-element-id="${id}"] .djs-hit`).first().boundingBox();
  return [box.x + box.width * part, box.y + box.height * part];
}

// A new piece of work, let go at a place of the drawing.
async function put(page, x, y) {
  const before = await page.locator("[data-ve-ma]").textContent();
  await page.locator(".djs-palette [data-action='create.task']").click();
  await page.mouse.move(x - 5, y - 5);
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.click(x, y);
  await page.waitForFunction((id) => ![id, ""].includes(document.querySelector("[data-ve-ma]").textContent), before);
}

async function saved(page) {
  await press(page, say("process_page.save"));
  await page.locator("[data-ve=xong]").waitFor();
}

async function modeler() {
  const page = await visitor(CONTROLLER);
  await page.goto(`${base()}/qt/quy-trinh/${MARITAL}`);
  await follow(page, say("process_page.draw"));
  await page.locator("[data-ve=xong]").waitFor();
  await marked(page, "the page to draw on");
  has(await page.locator(".djs-palette").innerHTML(), say("bpmn.create_task"), "the tools have Vietnamese names");
  check(!(await page.locator(".djs-palette [data-action*=data]").count()), "and only what can be executed is offered");

  await put(page, ...(await middle(page, "f2")));
  await panel(page, "name").fill("Xác minh tại tổ dân phố");
  await panel(page, "place").selectOption("leader");
  await panel(page, "role").selectOption("lanh-dao");
  await panel(page, "minutes").fill("0,125");
  await panel(page, "unit").selectOption("480");
  await panel(page, "produces").fill("Biên bản xác minh");
  await panel(page, "produces").press("Tab");
  const box = await page.locator(".ban-ve-khung").boundingBox();
  await put(page, box.x + box.width / 2, box.y + box.height - 120);
  const lost = await page.locator("[data-ve-ma]").innerText();
  await saved(page);
  same(await notice(page), say("process_page.said_saved"), "it is saved as a draft");
  const xml = sql(`SELECT s.xml FROM process s JOIN procedure p ON p.id = s.procedure_id WHERE p.code = '${MARITAL}'`);
  for (const part of ['name="Xác minh tại tổ dân phố"', 'mc:place="leader"', 'mc:role="lanh-dao"', 'mc:minutes="60"', 'mc:produces="Biên bản xác minh"'])
    has(xml, part, "the file has " + part);
  await page.getByRole("button", { name: lost }).first().click();
  same(await page.locator("[data-ve-ma]").innerText(), lost, "a finding leads to its element");
  await page.locator(".djs-context-pad [data-action=delete]").click();
  await saved(page);
  same(await page.locator("[data-ve-tim]").count(), 0, "without it nothing is wrong");

  await page.goto(`${base()}/qt/quy-trinh/${MARITAL}`);
  await page.locator("[name=valid_from]").fill("01/03/2018");
  await press(page, say("process_page.publish"));
  same(await notice(page), say("process_page.said_published"), "and it is published");
  await leave(page);
  const clerk = await visitor(CLERK);
  const code = await taken(clerk, MARITAL, "Trần Thị Xác Minh");
  await drawn(clerk, `/cb/ho-so/${code}`);
  has(await clerk.locator("ol.buoc").innerText(), "Xác minh tại tổ dân phố", "a dossier that is taken in runs on it");
  await leave(clerk);
}

// What cannot be read is refused, and nothing that was drawn is lost.
async function refused() {
  const page = await visitor(CONTROLLER);
  await page.goto(`${base()}/qt/quy-trinh/${BIRTH}/ve`);
  await page.locator("[data-ve=xong]").waitFor();
  await put(page, ...(await middle(page, "f1")));
  await panel(page, "name").fill("Bước không được mất");
  await panel(page, "name").press("Tab");
  await page.locator("summary").filter({ hasText: say("process_page.about") }).click();
  await page.locator("[name=name]").fill("");
  await saved(page);
  has(await problems(page), say("problem.required"), "a process needs a name");
  const words = (await page.locator(".ban-ve-khung tspan").allTextContents()).join(" ").replace(/\s+/g, " ");
  has(words, "Bước không được mất", "and what was drawn is still there");
  await page.locator("[name=name]").fill("Liên thông");
  await page.evaluate(() => (document.querySelector("[data-ve]").dataset.lonNhat = "10")); // as if a field held no more
  await saved(page);
  same(await notice(page), say("process_page.said_saved"), "one that is too large for a field comes as a file");
  await leave(page);
}

// ---- as a table ----

const names = (page) => page.locator("[name=step_name]").evaluateAll((all) => all.map((one) => one.value));

async function table(javaScriptEnabled, procedure) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  const page = await visitor(CONTROLLER, { javaScriptEnabled });
  await page.goto(`${base()}/qt/quy-trinh/${procedure}/bang`);
  const before = await names(page);
  check(before.length > 1 && before.every(Boolean), `${how}: a procedure without a drawing has its list of steps in the table`, before);
  await press(page, say("process_page.add_step"));
  same((await names(page)).length, before.length + 1, `${how}: a row more`);
  await page.locator("[name=step_name]").last().fill("Gọi điện cho người dân");
  await page.locator("[name=step_hours]").last().fill("0:30");
  await page.locator("[name=step_produces]").last().fill("Giấy hẹn");
  await press(page, `${say("process_page.up")} ${before.length + 1}`);
  await press(page, `${say("process_page.remove")} 1`);
  const wanted = [...before.slice(1, -1), "Gọi điện cho người dân", before.at(-1)];
  same((await names(page)).join(), wanted.join(), `${how}: moved up, and the first taken away`);
  await page.locator("[name=step_hours]").first().fill("tám");
  await press(page, say("process_page.save"));
  has(await problems(page), say("process_page.hours_wrong", ["tám"]), `${how}: what is no number of hours is said`);
  same((await names(page)).join(), wanted.join(), `${how}: and nothing is lost`);
  await page.locator("[name=step_hours]").first().fill("1,5");
  await page.locator("[name=step_name]").first().press("Enter");
  await page.waitForURL(/quy-trinh\/[^/]+\?bao=|quy-trinh\/[^/]+$/);
  const text = await says(page);
  has(text, say("process_page.draft"), `${how}: it is a draft`);
  has(text, say("dossier_page.minutes", ["30"]), `${how}: with the half hour`);
  has(text, say("dossier_page.hours", ["1", "30"]), `${how}: and the hour and a half`);
  await page.goto(`${base()}/qt/quy-trinh/${procedure}/bang`);
  same((await names(page)).join(), wanted.join(), `${how}: the drawing opens as the table that it was`);
  same(await page.locator("[name=step_produces]").nth(wanted.length - 2).inputValue(), "Giấy hẹn", `${how}: with what a step makes`);
  await page.goto(`${base()}/qt/quy-trinh/${BIRTH}/bang`);
  has(await says(page), say("process_page.has_branches"), `${how}: one with branches says that it needs the drawing`);
  same(await page.locator("[name=step_name]").count(), 0, `${how}: and has no table`);
  await leave(page);
}

// ---- tried out ----

// Received, then refused or examined; an examination that takes too long goes to the head.
function branched() {
  const nodes = [["startEvent", "s", 0, 0], ["userTask", "nhan", 1, 0], ["exclusiveGateway", "re", 2, 0], ["userTask", "xet", 3, 0],
    ["userTask", "tra", 3, 1], ["userTask", "tre", 4, 1], ["endEvent", "e", 5, 0]];
  const flows = [["f1", "s", "nhan"], ["f2", "nhan", "re"], ["du", "re", "xet", "Đủ giấy tờ", 'choice == "du"'],
    ["thieu", "re", "tra", "Thiếu giấy tờ", 'choice == "thieu"'], ["f5", "xet", "e"], ["f6", "tra", "e"], ["f7", "hen", "tre"], ["f8", "tre", "e"]];
  const size = (tag) => (tag === "userTask" ? [120, 80] : tag === "exclusiveGateway" ? [50, 50] : [36, 36]);
  const body = nodes.map(([tag, id]) => `<${tag} id="${id}"${tag === "userTask" ? ` name="Bước ${id}" mc:minutes="60"` : ""}/>`).join("");
  const arrows = flows.map(([id, from, to, name, condition]) => `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"` +
    (name ? ` name="${name}"><conditionExpression xsi:type="tFormalExpression">${condition.replace(/"/g, "&quot;")}</conditionExpression></sequenceFlow>` : "/>")).join("");
  const shapes = nodes.map(([tag, id, x, y]) => `<bpmndi:BPMNShape id="d_${id}" bpmnElement="${id}"><dc:Bounds x="${100 + x * 180}" y="${100 + y * 130}" width="${size(tag)[0]}" height="${size(tag)[1]}"/></bpmndi:BPMNShape>`).join("");
  const centre = (id) => {
    const [tag, , x, y] = nodes.find((node) => node[1] === id) || ["", "", 3.5, 0.6];
    return `<di:waypoint x="${100 + x * 180 + (size(tag)[0] >> 1)}" y="${100 + y * 130 + (size(tag)[1] >> 1)}"/>`;
  };
  const edges = flows.map(([id, from, to]) => `<bpmndi:BPMNEdge id="d_${id}" bpmnElement="${id}">${centre(from)}${centre(to)}</bpmndi:BPMNEdge>`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:mc="https://motcua.vn/bpmn/1" id="d" targetNamespace="t"><process id="P" isExecutable="true">${body}<boundaryEvent id="hen" name="Quá hẹn" attachedToRef="xet"><timerEventDefinition><timeDuration>PT8H</timeDuration></timerEventDefinition></boundaryEvent>${arrows}</process><bpmndi:BPMNDiagram id="g"><bpmndi:BPMNPlane id="pl" bpmnElement="P">${shapes}<bpmndi:BPMNShape id="d_hen" bpmnElement="hen"><dc:Bounds x="722" y="162" width="36" height="36"/></bpmndi:BPMNShape>${edges}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>`;
}

async function uploaded(page, xml) {
  await page.goto(`${base()}/qt/quy-trinh/${COPIES}`);
  await page.locator("summary").filter({ hasText: say("process_page.edit_file") }).click();
  await page.locator("#f-file").setInputFiles({ name: "q.bpmn", mimeType: "application/xml", buffer: Buffer.from(xml) });
  await press(page, say("process_page.save"));
}

async function tryOut() {
  const page = await visitor(CONTROLLER);
  await uploaded(page, "<definitions>không phải");
  has(await problems(page), say("process.not_bpmn").split("{")[0].trim(), "a file that is none is refused");
  await uploaded(page, branched());
  same(await notice(page), say("process_page.said_saved"), "a file of another tool is uploaded");
  const entries = () => Number(sql("SELECT count(*) FROM journal"));
  const before = entries();
  await follow(page, say("process_page.try_out"));
  await follow(page, "Đủ giấy tờ");
  has(await page.locator("ol.dong").innerText(), "Đủ giấy tờ", "the way says what was chosen");
  await page.locator("[data-so-do=xong]").waitFor();
  same(await page.locator(".so-do-khung .djs-connection.buoc-xong").count(), 3, "the drawing shows the flows that were taken");
  same(await page.locator(".so-do-khung .djs-shape.buoc-dang").getAttribute("data-element-id"), "xet", "and where it waits");
  await follow(page, say("process_page.try_event", ["Quá hẹn"]));
  has(await page.locator(".cho-viec").innerText(), "Bước tre", "an event at the edge leads another way");
  await follow(page, say("process_page.try_back"));
  has(await page.locator(".cho-viec").innerText(), "Bước xet", "one step back");
  await follow(page, say("process_page.try_done"));
  has(await says(page), say("process_page.try_ended"), "to the end");
  const hours = (n) => say("dossier_page.hours_whole", [String(n)]);
  has(await says(page), say("process_page.try_sum", [hours(2), hours(3)]).slice(0, 30), "with the sum of the budgets");
  await follow(page, say("process_page.try_again"));
  same(await page.locator("ol.dong li").count(), 0, "from the start again");
  same(entries(), before, "and nothing was written");
  for (const way of ["9", "1=khong-co", "1!hen", "1=du 2!re", "x", "1 1", "=du", "1=du " + "2 ".repeat(300), "99999999999999999999", "x".repeat(6500)]) {
    const answer = await page.goto(`${base()}/qt/quy-trinh/${COPIES}/thu?duong=${encodeURIComponent(way)}`);
    same(answer.status(), 422, `a way that cannot be gone is refused: ${way.slice(0, 20)}`);
    same(await page.locator(".cho-viec").count(), 1, "and it begins anew");
  }
  await page.goto(`${base()}/qt/quy-trinh/${COPIES}/thu?duong=1`);
  has(await says(page), say("process_page.try_stuck"), "without a choice it says that it is stuck");
  await leave(page);
}

// What stands at a flow, an event, and a lane; COPIES has the draft with branches.
async function properties() {
  const page = await visitor(CONTROLLER);
  await page.goto(`${base()}/qt/quy-trinh/${COPIES}/ve`);
  await page.locator("[data-ve=xong]").waitFor();
  const choose = async (id, part) => {
    await page.mouse.click(...(await middle(page, id, part)));
    same(await page.locator("[data-ve-ma]").innerText(), id, `${id} is chosen`);
  };
  const shown = async () => (await page.locator("[data-ve-nhom] .o:visible :is(input, select, textarea):not(#v-unit)").evaluateAll((all) => all.map((one) => one.id.slice(2)))).join();
  await choose("du");
  same(await shown(), "name,condition,default", "a flow of a branch has a condition, and may be the default");
  same(await panel(page, "condition").inputValue(), 'choice == "du"', "with what the file says");
  await panel(page, "default").check();
  await panel(page, "condition").fill("");
  await panel(page, "condition").press("Tab");
  await choose("f5");
  same(await shown(), "name", "a flow that is alone has not");
  await choose("hen");
  same(await shown(), "name,duration,date", "a timer has its time");
  await panel(page, "duration").fill("PT4H");
  await panel(page, "duration").press("Tab");
  await choose("xet", 0.2); // an arrow ends in the middle of it
  await panel(page, "form").fill("Mẫu 02");
  await panel(page, "form").press("Tab");
  await page.locator(".djs-context-pad [data-action=replace]").click();
  await page.locator(".djs-popup [data-id=replace-with-receive-task]").click();
  await panel(page, "message").fill("Kết quả thuế");
  await panel(page, "message").press("Tab");
  await saved(page);
  const xml = sql(`SELECT s.xml FROM process s JOIN procedure p ON p.id = s.procedure_id WHERE p.code = '${COPIES}'`);
  for (const part of ['default="du"', ">PT4H<", 'mc:form="Mẫu 02"', 'name="Kết quả thuế"', "<receiveTask", 'choice == "thieu"'])
    has(xml, part, "the file has " + part);
  check(!xml.includes('choice == "du"'), "and the condition that was taken away is gone");
  same(await page.locator("[data-ve-tim]").count(), 0, "nothing is wrong with it");
  await leave(page);
}

// Two people change the same draft: the second is told before what the first saved is lost.
async function meanwhile() {
  const [first, second] = [await visitor(CONTROLLER), await visitor(CONTROLLER)];
  for (const page of [first, second]) await page.goto(`${base()}/qt/quy-trinh/2.000908/bang`);
  await first.locator("[name=step_name]").first().fill("Người thứ nhất");
  await press(first, say("process_page.save"));
  await second.locator("[name=step_name]").first().fill("Người thứ hai");
  await press(second, say("process_page.save"));
  has(await problems(second), say("process.changed_meanwhile", [""]).slice(0, 25).trim(), "the second is told that it was saved meanwhile");
  same((await names(second))[0], "Người thứ hai", "with what was typed");
  await press(second, say("process_page.save"));
  has(await says(second), "Người thứ hai", "and may replace it, knowing");
  await leave(first);
  await leave(second);
}

// ---- by whom not ----

async function forbidden() {
  const clerk = await visitor(CLERK);
  for (const part of ["ve", "bang"])
    same((await clerk.goto(`${base()}/qt/quy-trinh/${BIRTH}/${part}`)).status(), 403, `${part}: refused to who may not change the catalogue`);
  same((await clerk.goto(`${base()}/qt/quy-trinh/${BIRTH}/thu`)).status(), 200, "thu: for all who may read it");
  const csrf = await clerk.locator("[name=csrf]").first().getAttribute("value");
  for (const part of ["", "/bang"]) {
    const answer = await clerk.request.post(`${base()}/qt/quy-trinh/${BIRTH}${part}`, {
      form: { csrf, name: "x", xml: branched(), step_name: "x", viec: "luu" }, maxRedirects: 0 });
    same(answer.status(), 403, `posting to it is refused too: ${part || "the sheet"}`);
  }
  await leave(clerk);
  const nobody = await stranger();
  for (const part of ["", "/ve", "/bang", "/thu", "/tai-ve"]) {
    await nobody.goto(`${base()}/qt/quy-trinh/${BIRTH}${part}`);
    has(nobody.url(), "/dang-nhap", `a stranger is asked to sign in: ${part}`);
  }
  await leave(nobody);
}

export async function drawing() {
  await viewer();
  await dossier();
  await modeler();
  await refused();
  await table(true, "2.000884");
  await table(false, "2.000908");
  await tryOut();
  await properties();
  await meanwhile();
  await forbidden();
}
