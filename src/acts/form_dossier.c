/* What a dossier fills forms with. Papers are Vietnamese whatever the language of who asks. */
#include "acts/form.h"

#include "acts/desk.h"
#include "acts/dossier_view.h"
#include "base/text.h"
#include "paper/pdf.h"

enum { MS_A_MINUTE = 60000, MINUTES_AN_HOUR = 60, NUMBER_MAX = 99 };

struct str form_day_text(struct arena *a, struct date d)
{
    struct civil c = date_civil(d);
    struct str part[] = {
        str_format(a, "%02d", c.day),
        str_format(a, c.month <= 2 ? "%02d" : "%d", c.month),
        str_format(a, "%d", c.year),
    };

    return date_cmp(d, DATE_NEVER) == 0 ? STR("") : word_format(a, LANG_VI, WORD_COMMON_DATE_LONG, part, 3);
}

struct str form_moment_text(struct arena *a, struct local t)
{
    int minute = t.ms_of_day / MS_A_MINUTE;
    struct str part[] = {
        str_format(a, "%d", minute / MINUTES_AN_HOUR),
        str_format(a, "%02d", minute % MINUTES_AN_HOUR),
        form_day_text(a, t.date),
    };

    return date_cmp(t.date, DATE_NEVER) == 0 ? STR("") : word_format(a, LANG_VI, WORD_RECEIPT_MOMENT, part, 3);
}

static struct local local_of(const struct dossier_view *d, struct str instant, bool is_null)
{
    struct instant t;

    if (is_null || instant_parse(instant, &t) || t.ms == INSTANT_NEVER.ms)
        return (struct local){DATE_NEVER, 0};
    return zone_local(d->office.zone, t);
}

static struct str number(struct arena *a, int64_t n)
{
    return str_format(a, "%lld", (long long)n);
}

/* ---- lists ---- */

static void put_row(struct arena *a, struct form_list *list, const struct form_field *field, size_t count)
{
    struct form_field *copy = ARENA_ARRAY(a, struct form_field, count);

    for (size_t i = 0; i < count; i++)
        copy[i] = field[i];
    list->row[list->row_count++] = (struct form_row){copy, count};
}

static struct form_list *list_new(struct arena *a, struct form_data *f, const char *name, size_t most)
{
    struct form_list *list = &f->list[f->list_count++];

    *list = (struct form_list){str_of(name), ARENA_ARRAY(a, struct form_row, most + 1), 0};
    return list;
}

static void papers(struct arena *a, struct form_data *f, const struct dossier_view *d)
{
    struct form_list *list = list_new(a, f, "papers", d->paper_count);

    for (size_t i = 0; i < d->paper_count; i++) {
        const struct q_dossier_papers *p = &d->paper[i];
        if (p->state != PAPER_PRESENT && p->state != PAPER_DEFECTIVE)
            continue;
        put_row(a, list, (struct form_field[]){{STR("no"), number(a, (int64_t)list->row_count + 1)}, {STR("name"), p->name},
                                               {STR("kind"), word(LANG_VI, paper_kind_word((enum paper_kind)p->kind))}, {STR("quantity"), number(a, p->quantity)}}, 4);
    }
}

/* "2. Tờ khai thiếu chữ ký": the list on paper counts by itself. */
static struct str without_number(struct str line)
{
    size_t dot = str_find(line, STR(". "));
    int64_t no;

    return dot != STR_NONE && str_parse_int(str_sub(line, 0, dot), 1, NUMBER_MAX, &no) == OK ? str_sub(line, dot + 2, line.n) : line;
}

static void lines(struct arena *a, struct form_data *f, struct str text)
{
    struct form_list *list = list_new(a, f, "lines", text.n);
    struct str rest = text, piece;

    while (str_split(&rest, '\n', &piece))
        if (str_trim(piece).n)
            put_row(a, list, (struct form_field[]){{STR("no"), number(a, (int64_t)list->row_count + 1)}, {STR("line"), without_number(str_trim(piece))}}, 2);
}

/* The hand-overs, each judged by who received it: of the step before (Mẫu 05). */
static void moves(struct arena *a, struct form_data *f, const struct dossier_view *d)
{
    struct form_list *list = list_new(a, f, "moves", d->task_count);

    for (size_t i = 0; i < d->task_count; i++) {
        const struct q_task_list *t = &d->task[i];
        bool is_judged = i > 0 && !d->task[i - 1].done_at_null;
        put_row(a, list, (struct form_field[]){
                             {STR("giver"), t->from_unit_name_null ? d->d.applicant : t->from_unit_name},
                             {STR("giver_person"), t->from_person_name_null ? STR("") : t->from_person_name},
                             {STR("taker"), t->unit_name},
                             {STR("taker_person"), t->person_name_null ? STR("") : t->person_name},
                             {STR("at"), form_moment_text(a, local_of(d, t->since_at, false))},
                             {STR("step"), t->step_name},
                             {STR("timing"), is_judged ? word(LANG_VI, step_timing_word((enum step_timing)d->task[i - 1].timing)) : STR("")},
                             {STR("note"), i ? d->task[i - 1].note : STR("")}}, 8);
    }
}

/* ---- fields ---- */

static void who(struct form_data *f, const struct dossier_view *d)
{
    form_put(f, "code", d->d.code);
    form_put(f, "secret", d->d.secret);
    form_put(f, "applicant", d->d.applicant);
    form_put(f, "submitter", d->d.submitter);
    form_put(f, "birth", d->d.birth);
    form_put(f, "id_no", d->d.id_no);
    form_put(f, "address", d->d.address);
    form_put(f, "phone", d->d.phone);
    form_put(f, "email", d->d.email);
    form_put(f, "procedure", d->names.procedure_name);
    form_put(f, "procedure_code", d->names.procedure_code);
    form_put(f, "field", d->names.field_name);
    form_put(f, "summary", d->d.summary);
    form_put(f, "officer", d->names.received_by_name_null ? STR("") : d->names.received_by_name);
}

static struct str limit_text(struct arena *a, const struct dossier_view *d)
{
    static const enum word LABELS[] = {
        [LIMIT_WORKING_DAYS] = WORD_COMMON_DAYS_WORK,
        [LIMIT_CALENDAR_DAYS] = WORD_COMMON_DAYS,
        [LIMIT_WORKING_HOURS] = WORD_PAGE_LIMIT_HOURS,
        [LIMIT_SAME_DAY] = WORD_PAGE_LIMIT_SAME_DAY,
        [LIMIT_MONTHS] = WORD_PAGE_LIMIT_MONTHS,
    };
    _Static_assert(sizeof LABELS / sizeof LABELS[0] == LIMIT__COUNT, "every unit has a word");
    struct str n = number(a, d->d.limit_length);

    return d->d.due_given ? STR("") : word_format(a, LANG_VI, LABELS[d->d.limit_unit], &n, 1);
}

static struct str fee(struct arena *a, const struct dossier_view *d)
{
    struct str sum = d->d.fee ? word_money(a, LANG_VI, d->d.fee) : STR("");

    return d->d.fee ? word_format(a, LANG_VI, d->d.fee_paid ? WORD_DOSSIER_PAGE_FEE_PAID : WORD_DOSSIER_PAGE_FEE_DUE, &sum, 1) : word(LANG_VI, WORD_DOSSIER_PAGE_FEE_NONE);
}

static void received(struct arena *a, struct form_data *f, const struct dossier_view *d)
{
    form_put(f, "sets", number(a, d->d.sets));
    form_put(f, "limit", limit_text(a, d));
    form_put(f, "received", form_moment_text(a, d->received));
    form_put(f, "received_day", form_day_text(a, d->received.date));
    form_put(f, "due", form_moment_text(a, d->promised));
    form_put(f, "due_day", form_day_text(a, d->promised.date));
    form_put(f, "delivery", word(LANG_VI, dossier_delivery_word((enum dossier_delivery)d->d.delivery)));
    form_put(f, "delivery_address", d->d.delivery_address);
    form_put(f, "fee", fee(a, d));
    form_put(f, "volume", number(a, date_civil(d->received.date).year));
    form_put(f, "number", str_format(a, "%02lld", (long long)d->d.register_no)); /* NĐ 30/2020, Phụ lục I: below ten with a zero */
    form_put(f, "finished_day", form_day_text(a, d->finished.date));
    form_put(f, "result_no", d->d.result_no);
}

static const struct dossier_line *line_of(const struct dossier_view *d, struct str act)
{
    const struct dossier_line *found = NULL;

    for (size_t i = 0; i < d->line_count; i++)
        if (str_eq(d->line[i].row.act, act))
            found = &d->line[i];
    return found;
}

/* What happened on its way, each with its day, its reason and who did it. */
static void happened(struct arena *a, struct form_data *f, const struct dossier_view *d)
{
    static const struct {
        struct str act;
        const char *day, *note, *person;
    } ENDS[] = {
        {STR_INIT("dossier.ask_supplement"), "asked_day", "asked_note", "asked_by"},
        {STR_INIT("dossier.refuse"), "refused_day", "refused_note", "refused_by"},
        {STR_INIT("dossier.withdraw"), "stopped_day", "stopped_note", "stopped_by"},
    };

    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        const struct dossier_line *l = line_of(d, ENDS[i].act);
        form_put(f, ENDS[i].day, l ? form_day_text(a, l->at.date) : STR(""));
        form_put(f, ENDS[i].note, l ? json_text(l->payload, "note") : STR(""));
        form_put(f, ENDS[i].person, l && !l->row.actor_name_null ? l->row.actor_name : STR(""));
        if (i == 0)
            lines(a, f, l ? json_text(l->payload, "detail") : STR(""));
    }
    form_put(f, "extended_day", d->has_extension ? form_day_text(a, local_of(d, d->extension.at, false).date) : STR(""));
    form_put(f, "old_due", d->has_extension ? form_moment_text(a, local_of(d, d->extension.old_due_at, false)) : STR(""));
    form_put(f, "new_due", d->has_extension ? form_moment_text(a, local_of(d, d->extension.new_due_at, false)) : STR(""));
    form_put(f, "late_reason", d->has_extension ? d->extension.reason : STR(""));
}

enum err act_dossier_form(struct ctx *ctx, struct str code, struct form_data *ret)
{
    struct arena *a = ctx->arena;
    struct dossier_view *d = ARENA_NEW(a, struct dossier_view);
    struct form_data *f = ARENA_NEW(a, struct form_data);
    struct q_batch_of batch;
    enum err err = act_dossier_view(ctx, code, d);

    if (!err)
        err = form_put_office(ctx, &d->office.unit, f);
    if (!err)
        err = act_batch(ctx, &d->d, &batch);
    if (err)
        return err;
    form_put(f, "blank_number", STR(PAPER_BLANK_NUMBER));
    form_put(f, "blank_day", STR(PAPER_BLANK_DAY));
    form_put(f, "blank_year", STR(PAPER_BLANK_YEAR));
    form_put(f, "batch", batch.n > 1 ? number(a, batch.n) : STR(""));
    form_put(f, "batch_first", batch.n > 1 ? batch.first_code : STR(""));
    form_put(f, "batch_last", batch.n > 1 ? batch.last_code : STR(""));
    who(f, d);
    received(a, f, d);
    happened(a, f, d);
    papers(a, f, d);
    moves(a, f, d);
    f->qr = f->qr_side = STR("");
    f->on = d->received.date;
    f->made_at = zone_iso(a, d->office.zone, zone_instant(d->office.zone, d->received));
    *ret = *f;
    return OK;
}
