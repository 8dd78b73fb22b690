/* motcua figures - figures of a period, or the records of one figure. */
#include "acts/cache.h"
#include "acts/figure.h"
#include "app/command.h"
#include "format/json_writer.h"
#include "sql_unit.h"

struct figures_asked {
    struct str unit, from, to, as_of, records, cohort;
    bool has_as_of, has_records;
    struct figure_question question;
    const struct zone *zone;
};

static enum exit_status ask(struct session *s, struct figures_asked *k)
{
    struct q_unit_by_code unit;
    struct q_unit_by_id whole;
    struct ctx *ctx = &s->ctx;

    if (date_parse(k->from, &k->question.from) || date_parse(k->to, &k->question.to)) {
        complain("--from and --to must be dates like 2018-01-31");
        return EXIT_USAGE;
    }
    enum err err = q_unit_by_code(ctx->db, s->arena, k->unit, k->to, &unit);
    if (err == ERR_NOT_FOUND) {
        complain("no unit '%" PRIstr "' on %" PRIstr, STR_ARG(k->unit), STR_ARG(k->to));
        return EXIT_USAGE;
    }
    if (!err)
        err = q_unit_by_id(ctx->db, s->arena, unit.id, &whole);
    if (!err)
        err = zone_open(whole.zone, &k->zone);
    if (err)
        return complain_err("cannot read the unit", err, s->db);
    k->question.unit = unit.id;
    k->question.as_of = ctx->now;
    k->question.cohort_received = str_eq(k->cohort, STR("received"));
    if (k->has_as_of && !time_typed(k->as_of, k->zone, &k->question.as_of)) {
        complain("--as-of must be a date or a time like 2018-03-01T10:00");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static void write_head(struct json_writer *w, struct session *s, const struct figures_asked *k)
{
    json_write_key(w, STR("unit"));
    json_write_text(w, k->unit);
    json_write_key(w, STR("from"));
    json_write_text(w, k->from);
    json_write_key(w, STR("to"));
    json_write_text(w, k->to);
    json_write_key(w, STR("as_of"));
    json_write_text(w, zone_iso(s->arena, k->zone, k->question.as_of));
    if (k->question.cohort_received) {
        json_write_key(w, STR("cohort"));
        json_write_text(w, STR("received"));
    }
    json_write_key(w, STR("definitions"));
    json_write_text(w, str_format(s->arena, "sha256:%" PRIstr, STR_ARG(figure_definitions_hash(s->arena))));
}

static enum exit_status write_figures(struct session *s, const struct figures_asked *k)
{
    struct figure_answer answer;
    struct json_writer w;
    enum err err = act_figures(&k->question, &s->ctx, &answer);

    if (err)
        return complain_err("cannot count", err, s->db);
    json_writer_init_file(&w, stdout);
    json_write_object(&w);
    write_head(&w, s, k);
    json_write_key(&w, STR("figures"));
    json_write_object(&w);
    for (int f = 0; f < FIGURE__COUNT; f++) {
        json_write_key(&w, figure_code((enum figure)f));
        json_write_int(&w, answer.total.value[f]);
    }
    json_write_object_end(&w);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    if (answer.broken != LAW_HOLDS) {
        complain("%" PRIstr ": %lld and %lld", STR_ARG(word(LANG_EN, figure_law_word(answer.broken))),
                 (long long)answer.left, (long long)answer.right);
        return EXIT_NO;
    }
    return EXIT_DONE;
}

struct listing {
    struct json_writer *w;
    int64_t n;
};

static enum err list_row(void *arg, const struct q_figure_records *row, enum figure_class class)
{
    struct listing *l = arg;

    (void)class;
    json_write_text(l->w, row->code);
    l->n++;
    return OK;
}

static enum exit_status write_records(struct session *s, const struct figures_asked *k)
{
    enum figure f;
    struct json_writer w;
    struct listing l = {&w, 0};

    if (!figure_find(k->records, &f)) {
        complain("no figure '%" PRIstr "'", STR_ARG(k->records));
        return EXIT_USAGE;
    }
    json_writer_init_file(&w, stdout);
    json_write_object(&w);
    json_write_key(&w, STR("figure"));
    json_write_text(&w, k->records);
    json_write_key(&w, STR("records"));
    json_write_array(&w);
    enum err err = act_figure_records(&k->question, f, &s->ctx, list_row, &l);
    if (err)
        return complain_err("cannot list", err, s->db);
    json_write_array_end(&w);
    json_write_key(&w, STR("value"));
    json_write_int(&w, l.n);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    return EXIT_DONE;
}

enum exit_status command_figures(struct args *args)
{
    struct figures_asked k = {.cohort = STR("")};
    struct session s;
    struct str address = store_address(args);

    args_flag(args, "--json"); /* it always is */
    bool complete = args_option(args, "--unit", &k.unit);
    complete = args_option(args, "--from", &k.from) && complete;
    complete = args_option(args, "--to", &k.to) && complete;
    k.has_as_of = args_option(args, "--as-of", &k.as_of);
    k.has_records = args_option(args, "--records", &k.records);
    args_option(args, "--cohort", &k.cohort);
    if (!args_done(args))
        return EXIT_USAGE;
    if (!complete || (k.cohort.n && !str_eq(k.cohort, STR("received")))) {
        complain("figures needs --unit, --from and --to; --cohort can only be 'received'");
        return EXIT_USAGE;
    }
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);
    if (status)
        return status;
    status = ask(&s, &k);
    if (status == EXIT_DONE)
        status = k.has_records ? write_records(&s, &k) : write_figures(&s, &k);
    session_close(&s);
    return status;
}
