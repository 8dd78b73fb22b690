// A periodic report from its draft to the file that stays, by the mayor and a deputy; and a task given from a figure.
import { taken } from "./agencies.mjs";
import { base, CLERK, MAYOR, sql } from "./city.mjs";
import { check, has, same } from "./tap.mjs";
import { follow, leave, notice, press, problems, says, visitor } from "./visitor.mjs";
import { say } from "./words.mjs";

const DEPUTY = "phochutich";

export async function reports() {
  const mayor = await visitor(MAYOR);
  await mayor.goto(`${base()}/bc/cchc`);
  await press(mayor, say("report_draft.begin"));
  same(await notice(mayor), say("report_draft.begun"), "a draft begins from the report's page");
  const draft = mayor.url();

  const words = mayor.locator("textarea[name=w-lam-duoc]");
  await words.fill("Đã có {khong.co} hồ sơ.");
  await press(mayor, say("report_draft.save"));
  has(await problems(mayor), "khong.co", "a figure that is not there is named");
  same(await words.inputValue(), "Đã có {khong.co} hồ sơ.", "what was typed comes back");
  await words.fill("Đã tiếp nhận {cohort.received} hồ sơ, làm tốt hơn kỳ trước.");
  for (const reason of await mayor.locator("[name^=y-]").all()) await reason.fill("Theo kế hoạch năm.");
  await press(mayor, say("report_draft.save"));
  same(await notice(mayor), say("report_draft.saved"), "the words are kept");
  check(/Đã tiếp nhận [\d.]+ hồ sơ, làm tốt hơn kỳ trước/.test(await says(mayor)), "the report says them, with the number");

  const deputy = await visitor(DEPUTY);
  await deputy.goto(draft);
  await deputy.locator("form[action$='/comment'] textarea").fill("Xem lại mục này.");
  await press(deputy, say("report_draft.comment"));
  await mayor.goto(draft);
  await press(mayor, say("report_draft.submit"));
  has(await problems(mayor), say("report_life.not_settled"), "not before the comment is settled");
  await press(mayor, say("report_draft.settle"));
  await press(mayor, say("report_draft.submit"));
  same(await notice(mayor), say("report_draft.submitted"), "it is submitted");
  check(!(await mayor.locator("form[action$='/initial']").count()), "who submits does not initial");
  await deputy.goto(draft);
  await press(deputy, say("report_draft.initial"));
  await press(deputy, say("report_draft.freeze"));
  has(await notice(deputy), "SHA-256", "it is frozen");
  const pdf = await deputy.request.get(draft + "/tep/pdf");
  same((await pdf.body()).subarray(0, 5).toString(), "%PDF-", "its PDF is there");
  same(sql(`SELECT count(*) FROM report_number WHERE draft_id = ${draft.split("/").pop()}`) > "100", true, "its numbers are kept");
  await deputy.goto(draft + "?canh=1");
  same(await deputy.locator(".canh-nhau .bao-cao").count(), 2, "it is read beside the period before");
  await mayor.goto(draft);
  await press(mayor, say("report_draft.make_document"));
  has(mayor.url(), "/vb/", "it goes on as a document");

  const clerk = await visitor(CLERK);
  await taken(clerk);
  await mayor.goto(`${base()}/ld/ho-so?so-lieu=dossier.received&tu=2018-01-01&den=2018-03-31`);
  await follow(mayor, say("directive.give"));
  await press(mayor, say("directive.give"));
  has(await problems(mayor), say("problem.required"), "a task needs its day");
  await mayor.locator("[name=due]").fill("31/12/2026");
  await press(mayor, say("directive.give"));
  const list = await mayor.locator("main table tbody tr").count();
  check(list > 0, `the task has its records: ${list}`);
  await follow(mayor, say("directive.task"));
  await follow(mayor, say("directive.records_of_task"));
  has(await says(mayor), say("directive.list"), "the task leads to them");
  await leave(mayor);
  await leave(deputy);
  await leave(clerk);
}
