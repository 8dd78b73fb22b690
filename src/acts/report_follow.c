/* What a report says about the one before it: why numbers moved, and which frozen numbers are others now. */
#include "acts/report_build.h"


#include <stdlib.h>

enum { CHANGE_COLUMNS = 5, ADJUSTMENT_COLUMNS = 8, TITLES_SAID = 3, NUMBERS_FIRST = 256 };

/* ---- the numbers of a report ---- */

static bool has_number(const struct report_cell *c)
{
    return c->source.code.n && (report_cell_is_number(c) || c->kind == REPORT_UNKNOWN || c->kind == REPORT_NONE);
}

bool report_number_is(const struct report_cell *x, const struct report_cell *y)
{
    const struct report_source *s = &x->source, *t = &y->source;

    return s->unit == t->unit && s->as_unit == t->as_unit && s->field == t->field && s->is_indicator == t->is_indicator && date_cmp(s->from, t->from) == 0 &&
           date_cmp(s->to, t->to) == 0 && (s->is_indicator || (x->kind == REPORT_SHARE) == (y->kind == REPORT_SHARE)) && str_eq(s->code, t->code);
}

struct numbers {
    struct arena *arena;
    const struct report *r;
    struct report_cell *cell;
    size_t count, room;
};

static void numbers_add(struct numbers *all, struct report_cell c)
{
    if (!has_number(&c))
        return;
    if (!c.source.is_indicator && !c.source.is_before) { /* a figure of the report's own period says none */
        c.source.from = all->r->question.from;
        c.source.to = all->r->question.to;
    }
    for (size_t i = 0; i < all->count; i++)
        if (report_number_is(&all->cell[i], &c))
            return;
    if (all->count == all->room) {
        size_t room = all->room ? 2 * all->room : NUMBERS_FIRST;
        struct report_cell *more = ARENA_ARRAY(all->arena, struct report_cell, room);
        for (size_t i = 0; i < all->count; i++)
            more[i] = all->cell[i];
        all->cell = more;
        all->room = room;
    }
    all->cell[all->count++] = c;
}

void report_numbers(struct arena *a, const struct report *r, struct report_cell **ret, size_t *ret_count)
{
    struct numbers all = {.arena = a, .r = r};

    for (size_t i = 0; i < r->paragraph_count; i++)
        for (size_t k = 0; k < r->paragraph[i].piece_count; k++)
            numbers_add(&all, r->paragraph[i].piece[k]);
    for (size_t i = 0; i < r->table_count; i++)
        for (size_t j = 0; j < r->table[i].row_count; j++)
            for (size_t k = 0; k < r->table[i].row[j].cell_count; k++)
                numbers_add(&all, r->table[i].row[j].cell[k]);
    *ret = all.cell;
    *ret_count = all.count;
}

/* ---- why numbers moved ---- */

static struct report_cell difference(struct report_builder *b, const struct report_cell *was, const struct report_cell *now)
{
    if (was->kind != REPORT_COUNT || now->kind != REPORT_COUNT)
        return (struct report_cell){.kind = REPORT_EMPTY};
    int64_t d = now->n - was->n;
    struct str n = word_int(b->ctx->arena, b->ctx->lang, d);
    return report_text(d > 0 ? str_format(b->ctx->arena, "+%" PRIstr, STR_ARG(n)) : n);
}

static struct report_table *behind(struct report_builder *b, enum word caption, unsigned columns, size_t rows)
{
    struct report_table *t = report_table_numbered(b, STR(""), report_say(b, caption), columns, rows);

    t->is_annex = true;
    return t;
}

static void head(struct report_builder *b, struct report_table *t, const enum word *words, size_t count)
{
    struct report_cell cell[REPORT_COLUMNS_MAX];

    for (size_t i = 0; i < count; i++)
        cell[i] = report_text(report_say(b, words[i]));
    report_row(b, t, REPORT_HEADER, cell, count);
}

void report_changes(struct report_builder *b)
{
    static const enum word HEAD[CHANGE_COLUMNS] = {WORD_REPORT_LIFE_FIGURE, WORD_REPORT_LIFE_BEFORE, WORD_REPORT_LIFE_NOW, WORD_REPORT_LIFE_DIFFERENCE,
                                                   WORD_REPORT_LIFE_REASON};

    if (!b->r.question.draft || !b->r.change_count)
        return;
    struct report_table *t = behind(b, WORD_REPORT_LIFE_CHANGES, CHANGE_COLUMNS, b->r.change_count + 1);
    head(b, t, HEAD, CHANGE_COLUMNS);
    for (size_t i = 0; i < b->r.change_count; i++) {
        const struct report_change *c = &b->change[i];
        struct report_cell cell[CHANGE_COLUMNS] = {report_text(c->name), c->before, c->now, difference(b, &c->before, &c->now),
                                                   report_text(c->reason.n ? c->reason : report_say(b, WORD_REPORT_LIFE_NO_REASON))};
        report_row(b, t, REPORT_BODY, cell, CHANGE_COLUMNS);
    }
}

/* ---- which frozen numbers are others now ---- */

struct adjusting {
    struct report_builder *b;
    struct report_question q; /* of the frozen report, as of now */
    struct instant then;
    struct indicators *indicators;
    struct q_report_numbers *was;
    size_t was_count;
    struct report_cell *now;
    size_t now_count;
    struct report_adjustment *out;
    size_t out_count;
};

static struct report_cell cell_of(const struct q_report_numbers *n, bool *ret_good)
{
    struct report_cell c = {.kind = (enum report_cell_kind)n->kind, .n = n->n, .whole = n->whole};

    c.source = (struct report_source){.code = n->code, .unit = n->unit_id, .field = n->field_id, .is_indicator = n->is_indicator == 1, .is_before = true};
    *ret_good = !date_parse(n->from_on, &c.source.from) && !date_parse(n->to_on, &c.source.to);
    return c;
}

static bool is_equal(const struct report_cell *x, const struct report_cell *y)
{
    return x->kind == y->kind && (x->kind == REPORT_UNKNOWN || x->kind == REPORT_NONE || (x->n == y->n && x->whole == y->whole));
}

/* ---- the records that came and went ---- */

struct taking {
    struct arena *arena;
    struct indicator_list *out;
};

static enum err dossier(void *arg, const struct q_figure_records *row, enum figure_class class)
{
    struct taking *t = arg;
    struct indicator_record one = {.kind = INDICATOR_DOSSIER, .id = row->dossier_id, .title = str_copy(t->arena, row->code), .unit = STR(""), .n = 1};

    (void)class;
    indicator_list_add(t->out, t->arena, &one);
    return OK;
}

enum err report_source_records(struct ctx *ctx, struct indicators *all, const struct report_source *s, struct instant as_of, bool cohort,
                               enum report_ended ended, struct indicator_list *out)
{
    struct figure_question q = {.unit = s->unit, .from = s->from, .to = s->to, .as_of = as_of, .cohort_received = cohort, .field = s->field};
    struct indicator_question asked = {s->unit, s->from, s->to, as_of};
    struct taking t = {ctx->arena, out};
    enum figure f;
    int column;

    if (s->is_indicator)
        return indicator_records(all, &asked, s->code, &out->record, &out->count);
    if (report_column_find(s->code, &column))
        return act_report_records(&q, column, ended, ctx, dossier, &t);
    return figure_find(s->code, &f) ? act_figure_records(&q, f, ctx, dossier, &t) : ERR_NOT_FOUND;
}

static enum err records_of(struct adjusting *k, const struct report_source *s, struct instant as_of, struct indicator_list *out)
{
    return report_source_records(k->b->ctx, k->indicators, s, as_of, k->b->r.cohort_received, k->q.ended, out);
}

static int by_record(const void *x, const void *y)
{
    const struct indicator_record *a = x, *b = y;

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* One record may be counted more than once, and by more than one: what matters is how much of the number it is. */
static size_t merge(struct indicator_record *r, size_t count)
{
    size_t n = 0;

    if (count)
        qsort(r, count, sizeof *r, by_record);
    for (size_t i = 0; i < count; i++) {
        if (n && by_record(&r[n - 1], &r[i]) == 0)
            r[n - 1].n += r[i].n;
        else
            r[n++] = r[i];
    }
    return n;
}

static enum err came_and_went(struct adjusting *k, const struct report_source *s, struct report_adjustment *ret)
{
    struct indicator_list then = {.count = 0}, now = {.count = 0};
    enum err err = records_of(k, s, k->then, &then);

    if (!err)
        err = records_of(k, s, k->q.as_of, &now);
    if (err)
        return err == ERR_NOT_FOUND ? OK : err; /* a number that is not defined any more */
    struct indicator_record *all = ARENA_ARRAY(k->b->ctx->arena, struct indicator_record, then.count + now.count + 1);
    for (size_t i = 0; i < now.count; i++)
        all[i] = now.record[i];
    for (size_t i = 0; i < then.count; i++) {
        all[now.count + i] = then.record[i];
        all[now.count + i].n = -then.record[i].n;
    }
    size_t n = merge(all, then.count + now.count);
    for (size_t i = 0; i < n; i++)
        if (all[i].n)
            all[ret->record_count++] = all[i];
    ret->record = all;
    return OK;
}

/* Entries can come and go and leave the number as it was. */
static bool may_hide(const struct adjusting *k, const struct report_source *s)
{
    const struct indicator *i = s->is_indicator ? indicator_find(k->indicators, s->code) : NULL;

    return i && i->way != INDICATOR_FIGURE && !i->of_count;
}

struct str report_source_name(const struct indicators *all, enum lang lang, const struct report_source *s)
{
    const struct indicator *i = s->is_indicator ? indicator_find(all, s->code) : NULL;
    enum figure f;
    int column;

    if (i)
        return i->name[lang];
    if (report_column_find(s->code, &column))
        return word(lang, report_column_word(column));
    return figure_find(s->code, &f) ? word(lang, figure_word(f)) : s->code;
}

static enum err adjust_one(struct adjusting *k, const struct q_report_numbers *n)
{
    bool good;
    struct report_adjustment a = {.was = cell_of(n, &good), .unit_name = n->unit_name};
    enum err err = OK;

    if (!good)
        return ERR_STORE;
    a.now = (struct report_cell){.kind = REPORT_EMPTY, .source = a.was.source};
    for (size_t i = 0; i < k->now_count; i++)
        if (report_number_is(&k->now[i], &a.was)) {
            a.now = k->now[i];
            a.now.columns = a.now.rows = 0;
            a.now.source.is_before = true;
            break;
        }
    if (a.now.kind == REPORT_EMPTY)
        return OK; /* out of this reader's reach, or of the words of that report */
    if (!is_equal(&a.was, &a.now) || may_hide(k, &a.was.source))
        err = came_and_went(k, &a.was.source, &a);
    if (err || (is_equal(&a.was, &a.now) && !a.record_count))
        return err;
    a.name = report_source_name(k->indicators, k->b->ctx->lang, &a.was.source);
    k->out[k->out_count++] = a;
    return OK;
}

/* ---- as a table ---- */

static struct str titles_of(struct report_builder *b, const struct report_adjustment *a, bool came)
{
    struct buf out = buf_in(b->ctx->arena);
    size_t n = 0;

    for (size_t i = 0; i < a->record_count; i++) {
        if ((a->record[i].n > 0) != came)
            continue;
        if (n < TITLES_SAID)
            buf_put(&out, str_format(b->ctx->arena, "%s%" PRIstr, n ? "; " : "", STR_ARG(a->record[i].title)));
        n++;
    }
    struct str value[] = {word_int(b->ctx->arena, b->ctx->lang, (int64_t)n), n ? buf_str(&out) : STR("")};
    if (n > TITLES_SAID)
        value[1] = str_format(b->ctx->arena, "%" PRIstr "; …", STR_ARG(value[1]));
    return n ? word_format(b->ctx->arena, b->ctx->lang, came ? WORD_REPORT_LIFE_CAME : WORD_REPORT_LIFE_WENT, value, 2) : STR("");
}

static struct report_cell why_of(struct report_builder *b, const struct report_adjustment *a)
{
    struct str came = titles_of(b, a, true), went = titles_of(b, a, false);

    if (!came.n && !went.n)
        return report_text(report_say(b, WORD_REPORT_LIFE_DERIVED));
    return report_text(came.n && went.n ? str_format(b->ctx->arena, "%" PRIstr " %" PRIstr, STR_ARG(came), STR_ARG(went)) : came.n ? came : went);
}

static struct str days_of(struct report_builder *b, const struct report_source *s)
{
    struct str day[] = {date_vietnamese(b->ctx->arena, s->from), date_vietnamese(b->ctx->arena, s->to)};

    return word_format(b->ctx->arena, b->ctx->lang, WORD_REPORT_RANGE, day, 2);
}

static void table(struct adjusting *k)
{
    static const enum word HEAD[ADJUSTMENT_COLUMNS] = {WORD_REPORT_HEAD_NO, WORD_REPORT_LIFE_FIGURE, WORD_REPORT_LIFE_UNIT, WORD_REPORT_LIFE_DAYS,
                                                       WORD_REPORT_LIFE_REPORTED, WORD_REPORT_LIFE_NOW_KNOWN, WORD_REPORT_LIFE_DIFFERENCE,
                                                       WORD_REPORT_LIFE_RECORDS};
    struct report_builder *b = k->b;

    if (!k->out_count)
        return;
    struct report_table *t = behind(b, WORD_REPORT_LIFE_ADJUSTMENTS, ADJUSTMENT_COLUMNS, k->out_count + 1);
    head(b, t, HEAD, ADJUSTMENT_COLUMNS);
    for (size_t i = 0; i < k->out_count; i++) {
        struct report_adjustment *a = &k->out[i];
        struct report_cell was = a->was;
        was.source = (struct report_source){.code = STR("")};
        struct report_cell cell[ADJUSTMENT_COLUMNS] = {report_text(word_int(b->ctx->arena, b->ctx->lang, (int64_t)i + 1)),
                                                       report_text(a->name),
                                                       report_text(a->unit_name),
                                                       report_text(days_of(b, &a->now.source)),
                                                       was,
                                                       a->now,
                                                       difference(b, &a->was, &a->now),
                                                       why_of(b, a)};
        report_row(b, t, REPORT_BODY, cell, ADJUSTMENT_COLUMNS);
    }
}

enum err report_draft_question(struct ctx *ctx, const struct q_report_draft_by_id *d, struct report_question *ret)
{
    struct report_question q = {.unit = d->unit_id, .period = d->period, .edition = d->edition, .draft = d->id};
    struct json content;

    if (json_parse(ctx->arena, d->content, &content, NULL) || date_parse(d->from_on, &q.from) || date_parse(d->to_on, &q.to) ||
        (!d->as_of_null && instant_parse(d->as_of, &q.as_of)) || !report_ended_find(d->ended, &q.ended))
        return ERR_STORE;
    if (report_find(d->report, &q.id) && q.id == REPORT_TEMPLATE)
        q.code = d->report;
    q.words = json_get(content, "words");
    q.reasons = json_get(content, "reasons");
    *ret = q;
    return OK;
}

enum err report_adjust(struct report_builder *b)
{
    struct ctx *ctx = b->ctx;
    struct arena *a = ctx->arena;
    struct adjusting k = {.b = b};
    struct q_report_draft_before before;
    struct q_report_draft_by_id frozen;
    struct report then;
    enum err err = q_report_draft_before(ctx_db(ctx), a, b->r.question.unit, report_question_code(&b->r.question), date_iso(a, b->r.question.from),
                                         instant_iso(a, b->r.question.as_of), &before);

    if (err)
        return err == ERR_NOT_FOUND ? OK : err;
    err = q_report_draft_by_id(ctx_db(ctx), a, before.id, &frozen);
    if (!err)
        err = report_draft_question(ctx, &frozen, &k.q);
    if (!err)
        err = q_report_numbers(ctx_db(ctx), a, frozen.id, &k.was, &k.was_count);
    if (!err)
        err = indicators_open(ctx, &k.indicators);
    k.then = k.q.as_of;
    k.q.as_of = b->r.question.as_of;
    k.q.is_bare = true;
    if (!err)
        err = act_report(&k.q, ctx, &then);
    if (err)
        return err;
    report_numbers(a, &then, &k.now, &k.now_count);
    k.out = ARENA_ARRAY(a, struct report_adjustment, k.was_count + 1);
    for (size_t i = 0; !err && i < k.was_count; i++)
        err = adjust_one(&k, &k.was[i]);
    if (err)
        return err;
    table(&k);
    b->r.adjustment = k.out;
    b->r.adjustment_count = k.out_count;
    b->r.adjusts = frozen.id;
    return OK;
}
