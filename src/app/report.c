/* motcua report - a report as a file. */
#include "acts/cache.h"
#include "acts/report.h"
#include "app/command.h"
#include "calendar/zone.h"
#include "sql_unit.h"
#include "web/report_html.h"

struct report_asked {
    struct str id, unit, from, to, as_of, period, ended, territory, format, out;
    bool has_as_of;
    struct report_question question;
};

/* As a page of its own too; that is made by web/. */
static bool is_html(struct str format)
{
    return str_eq(format, STR("html"));
}

static enum exit_status ask(struct session *s, struct report_asked *k)
{
    struct q_unit_by_code unit;
    struct q_unit_by_id whole;
    const struct zone *zone;
    struct report_question *q = &k->question;

    if (date_parse(k->from, &q->from) || date_parse(k->to, &q->to)) {
        complain("--from and --to must be dates like 2018-01-31");
        return EXIT_USAGE;
    }
    enum err err = q_unit_by_code(s->db, s->arena, k->unit, k->to, &unit);
    if (err == ERR_NOT_FOUND) {
        complain("no unit '%" PRIstr "' on %" PRIstr, STR_ARG(k->unit), STR_ARG(k->to));
        return EXIT_USAGE;
    }
    if (!err)
        err = q_unit_by_id(s->db, s->arena, unit.id, &whole);
    if (!err)
        err = zone_open(whole.zone, &zone);
    if (err)
        return complain_err("cannot read the unit", err, s->db);
    q->is_mapped = k->territory.n && !str_eq(k->territory, STR("then"));
    q->territory = ctx_today(&s->ctx);
    if (q->is_mapped && !str_eq(k->territory, STR("now")) && date_parse(k->territory, &q->territory)) {
        complain("--territory must be then, now or a date like 2025-07-01");
        return EXIT_USAGE;
    }
    q->unit = unit.id;
    q->code = k->id;
    q->period = k->period;
    if (k->has_as_of && !time_typed(k->as_of, zone, &q->as_of)) {
        complain("--as-of must be a date or a time like 2018-03-01T10:00");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static enum err bytes_of(struct session *s, struct str format, const struct report *r, struct str *ret)
{
    if (!is_html(format))
        return report_format_find(format)->make(s->arena, LANG_VI, r, ret);
    *ret = report_html_file(s->arena, LANG_VI, r);
    return OK;
}

static enum exit_status make(struct session *s, const struct report_asked *k)
{
    struct report r;
    struct str bytes;
    struct ctx *ctx = &s->ctx;
    enum err err = act_report(&k->question, ctx, &r);

    if (err == ERR_INVALID && ctx->problems.first) {
        const struct problem *p = ctx->problems.first;
        complain("%" PRIstr, STR_ARG(word_format(s->arena, LANG_EN, p->word, &p->arg, 1)));
        return EXIT_USAGE;
    }
    if (err == ERR_NOT_FOUND) {
        complain("there is no report '%" PRIstr "'", STR_ARG(k->id));
        return EXIT_USAGE;
    }
    if (!err)
        err = bytes_of(s, k->format, &r, &bytes);
    if (err)
        return complain_err("cannot make the report", err, s->db);
    enum exit_status status = write_file(s->arena, k->out, bytes);
    for (size_t i = 0; i < r.broken_count; i++)
        complain("%" PRIstr " (%" PRIstr "): %lld and %lld", STR_ARG(r.broken[i].law),
                 STR_ARG(r.broken[i].where), (long long)r.broken[i].left,
                 (long long)r.broken[i].right);
    return status == EXIT_DONE && r.broken_count ? EXIT_NO : status;
}

enum exit_status command_report(struct args *args)
{
    struct report_asked k = {.ended = STR("by-date")};
    struct session s;

    if (args->count > 0 && strcmp(args->word[0], "check") == 0) {
        args->used[0] = true;
        return command_report_check(args);
    }
    struct str address = store_address(args);
    bool complete = args_option(args, "--unit", &k.unit);

    complete = args_option(args, "--from", &k.from) && complete;
    complete = args_option(args, "--to", &k.to) && complete;
    complete = args_option(args, "--format", &k.format) && complete;
    complete = args_option(args, "--out", &k.out) && complete;
    k.has_as_of = args_option(args, "--as-of", &k.as_of);
    args_option(args, "--period", &k.period);
    args_option(args, "--ended", &k.ended);
    args_option(args, "--territory", &k.territory);
    complete = args_word(args, &k.id) && complete;
    if (!args_done(args))
        return EXIT_USAGE;
    if (!complete || (!is_html(k.format) && !report_format_find(k.format)) || !report_find(k.id, &k.question.id) ||
        !report_ended_find(k.ended, &k.question.ended)) {
        complain("report needs cchc, mot-cua, II.06a or the code of a template, --unit, --from, --to, --format html, pdf, docx, xlsx or "
                 "json, and --out; "
                 "--ended can be by-date or on-time");
        return EXIT_USAGE;
    }
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);
    if (status)
        return status;
    status = ask(&s, &k);
    if (status == EXIT_DONE)
        status = make(&s, &k);
    session_close(&s);
    return status;
}
