/* A report from its template: sentences, lists and tables whose numbers are indicators. */
#include "acts/report_build.h"

#include "acts/book.h"
#include "acts/definition.h"
#include "acts/indicator.h"
#include "acts/report_law.h"
#include "acts/report_template.h"
#include "format/yaml.h"
#include "sql_unit.h"

enum { LIST_ROWS_MAX = 200, LEVELS = REPORT_TEMPLATE_DEPTH };

struct filling {
    struct report_builder *b;
    struct report_template t;
    struct indicators *all;
    struct indicator_question now, before;
    struct str now_name, before_name, next_name;
    int64_t no[LEVELS];       /* of the section that is being written, by depth */
    bool numbers_tables;      /* tables take the number of the section of the second depth */
    int64_t table_no;
    struct str heading;       /* of the section that is being written, without its number */
    struct str compared[REPORT_CHANGES_MAX]; /* figures that stand beside those of the period before */
    size_t compared_count;
    enum err err;
};

/* ---- values ---- */

static struct report_source source_of(const struct filling *f, struct str code, bool is_before)
{
    return (struct report_source){.code = code, .unit = f->now.unit, .unit_code = f->b->r.unit_code, .is_indicator = true, .is_before = is_before,
                                  .from = is_before ? f->before.from : f->now.from, .to = is_before ? f->before.to : f->now.to};
}

static struct report_cell cell_of(struct filling *f, struct str code, bool is_before)
{
    struct indicator_value v = {.n = 0};
    struct ctx *ctx = f->b->ctx;
    enum err err = indicator_value(f->all, is_before ? &f->before : &f->now, code, &v);
    struct report_cell c = {.kind = v.is_points ? REPORT_POINTS : v.is_share ? REPORT_SHARE : REPORT_COUNT, .n = v.n, .whole = v.whole, .source = source_of(f, code, is_before)};

    if (err == ERR_NOT_FOUND || err == ERR_LIMIT) {
        problem_add(ctx, "report", WORD_REPORT_PROBLEM_FIGURE, code);
        err = ERR_INVALID;
    }
    f->err = f->err ? f->err : err;
    if (v.state == INDICATOR_UNKNOWN)
        c.kind = REPORT_UNKNOWN;
    if (v.state == INDICATOR_NONE)
        c.kind = REPORT_NONE;
    return c;
}

/* What the question answers by itself; false: the hole names a figure. */
static bool is_said(const struct filling *f, struct str hole, struct str *ret)
{
    struct arena *a = f->b->ctx->arena;
    const struct report_question *q = &f->b->r.question;
    const struct {
        struct str name, value;
    } said[] = {
        {STR("agency"), f->b->r.unit_name}, {STR("period"), f->now_name},  {STR("now"), f->now_name},
        {STR("prev"), f->before_name},      {STR("next_period"), f->next_name}, {STR("year"), str_format(a, "%d", date_civil(q->to).year)},
        {STR("from"), date_vietnamese(a, q->from)}, {STR("to"), date_vietnamese(a, q->to)},
    };

    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (str_eq(said[i].name, hole)) {
            *ret = said[i].value;
            return true;
        }
    return false;
}

static void compare(struct filling *f, struct str code)
{
    for (size_t i = 0; i < f->compared_count; i++)
        if (str_eq(f->compared[i], code))
            return;
    if (f->compared_count < REPORT_CHANGES_MAX)
        f->compared[f->compared_count++] = code;
}

static struct report_cell hole_of(struct filling *f, struct str hole)
{
    struct str said, code = hole;
    bool is_before = str_has_suffix(hole, STR("@prev"));

    if (is_said(f, hole, &said))
        return report_text(said);
    if (is_before) {
        code = str_sub(hole, 0, hole.n - STR("@prev").n);
        compare(f, code);
    }
    return cell_of(f, code, is_before);
}

/* Text and numbers in the order of reading. */
static size_t pieces_of(struct filling *f, struct str text, struct report_cell *piece)
{
    size_t n = 0;

    while (text.n && n + 2 < REPORT_PIECES_MAX) {
        size_t open = str_find(text, STR("{")), close = open == STR_NONE ? STR_NONE : str_find(str_sub(text, open, text.n), STR("}"));
        if (close == STR_NONE) {
            piece[n++] = report_text(text);
            return n;
        }
        if (open)
            piece[n++] = report_text(str_sub(text, 0, open));
        piece[n++] = hole_of(f, str_sub(text, open + 1, close - 1));
        text = str_sub(text, open + close + 1, text.n);
    }
    return n;
}

/* A cell is one number, or text in which what the question says is filled in. */
static struct report_cell table_cell(struct filling *f, struct str text)
{
    struct report_cell piece[REPORT_PIECES_MAX];
    struct buf b = buf_in(f->b->ctx->arena);
    size_t n = pieces_of(f, text, piece);

    if (n == 0)
        return (struct report_cell){.kind = REPORT_EMPTY};
    if (n == 1)
        return piece[0];
    for (size_t i = 0; i < n; i++)
        buf_put(&b, report_cell_text(f->b->ctx->arena, f->b->ctx->lang, &piece[i]));
    return report_text(buf_str(&b));
}

/* ---- blocks ---- */

static void text(struct filling *f, struct str said)
{
    struct report_cell piece[REPORT_PIECES_MAX];
    size_t n = pieces_of(f, said, piece);

    report_pieces(f->b, false, piece, n);
}

struct saying {
    struct ctx *ctx;
};
static struct str say(void *arg, const struct schema_field *field, struct str value)
{
    struct saying *s = arg;

    return book_say(s->ctx, field, value);
}

static struct str filled(struct filling *f, const struct book *book, const struct indicator_row *row, struct str what)
{
    struct saying s = {f->b->ctx};

    return schema_fill(&book->schema, f->b->ctx->arena, f->b->ctx->lang, what, row->value, say, &s);
}

static void rows_of(struct filling *f, struct str code, const struct book **ret_book, struct indicator_row **ret, size_t *ret_count)
{
    enum err err = indicator_rows(f->all, &f->now, code, ret_book, ret, ret_count);

    *ret_count = err ? 0 : *ret_count < LIST_ROWS_MAX ? *ret_count : LIST_ROWS_MAX;
    if (err == ERR_NOT_FOUND || err == ERR_INVALID) {
        problem_add(f->b->ctx, "report", WORD_REPORT_PROBLEM_FIGURE, code);
        err = ERR_INVALID;
    }
    f->err = f->err ? f->err : err;
}

static void list(struct filling *f, struct json l)
{
    const struct book *book;
    struct indicator_row *row;
    size_t count = 0;

    rows_of(f, json_text(l, "of"), &book, &row, &count);
    for (size_t i = 0; i < count; i++) {
        struct report_cell item = report_text(filled(f, book, &row[i], json_text(l, "item")));
        report_pieces(f->b, true, &item, 1);
    }
}

static unsigned span(struct json cell, const char *key)
{
    int64_t n;

    return yaml_int(cell, key, 1, REPORT_TEMPLATE_COLUMNS, &n) ? 1 : (unsigned)n;
}

static void heads(struct filling *f, struct report_table *t, struct json head)
{
    for (size_t r = 0; r < json_length(head); r++) {
        struct json row = json_at(head, r);
        struct report_cell cell[REPORT_TEMPLATE_COLUMNS];
        size_t n = json_length(row) < REPORT_TEMPLATE_COLUMNS ? json_length(row) : REPORT_TEMPLATE_COLUMNS;
        for (size_t c = 0; c < n; c++) {
            struct json one = json_at(row, c);
            bool plain = json_kind(one) == JSON_KIND_TEXT;
            cell[c] = table_cell(f, plain ? json_as_text(one) : json_text(one, "text"));
            cell[c] = report_span(cell[c], plain ? 1 : span(one, "columns"), plain ? 1 : span(one, "rows"));
        }
        report_row(f->b, t, REPORT_HEADER, cell, n);
    }
}

/* A total is the sum of the rows above it, where all of them are counts. */
static void total_check(struct filling *f, const struct report_table *t, const struct report_cell *total)
{
    for (unsigned c = 0; c < t->columns; c++) {
        int64_t sum = 0;
        bool counts = total[c].kind == REPORT_COUNT;
        for (size_t r = 0; r < t->row_count; r++) {
            if (t->row[r].kind != REPORT_BODY || t->row[r].cell_count != t->columns)
                continue;
            counts &= t->row[r].cell[c].kind == REPORT_COUNT || t->row[r].cell[c].kind == REPORT_TEXT;
            sum += t->row[r].cell[c].kind == REPORT_COUNT ? t->row[r].cell[c].n : 0;
        }
        if (counts)
            report_law(f->b, report_say(f->b, WORD_REPORT_LAW_SUM), t->caption, total[c].n, sum);
    }
}

static void figure_rows(struct filling *f, struct report_table *t, struct json rows)
{
    for (size_t r = 0; r < json_length(rows); r++) {
        struct json row = json_at(rows, r);
        bool is_total = json_kind(row) == JSON_KIND_OBJECT;
        struct json cells = is_total ? json_get(row, "cells") : row;
        struct report_cell cell[REPORT_TEMPLATE_COLUMNS];
        for (size_t c = 0; c < json_length(cells) && c < REPORT_TEMPLATE_COLUMNS; c++)
            cell[c] = table_cell(f, json_as_text(json_at(cells, c)));
        if (is_total)
            total_check(f, t, cell);
        report_row(f->b, t, is_total ? REPORT_TOTAL : REPORT_BODY, cell, t->columns);
    }
}

static struct str field_value(const struct book *book, const struct indicator_row *row, struct str code)
{
    int i = schema_find(book->schema.field, book->schema.count, code);

    return i < 0 ? STR("") : row->value[i].text;
}

/* "{*field}": the figure that the entry names; "{%field}": hundredths of a per cent. False: a cell of words. */
static bool entry_special(struct filling *f, struct str what, const struct book *book, const struct indicator_row *row, struct report_cell *ret)
{
    struct ctx *ctx = f->b->ctx;
    int64_t n;

    if (what.n < STR("{*x}").n || what.p[0] != '{' || what.p[what.n - 1] != '}' || (what.p[1] != '*' && what.p[1] != '%'))
        return false;
    struct str value = field_value(book, row, str_sub(what, STR("{*").n, what.n - STR("{*}").n));
    *ret = (struct report_cell){.kind = REPORT_EMPTY};
    if (what.p[1] == '%' && schema_number(value, &n))
        *ret = report_text(str_format(ctx->arena, "%" PRIstr "\u00a0%%", STR_ARG(word_hundredths(ctx->arena, ctx->lang, n))));
    if (what.p[1] == '*' && value.n)
        *ret = indicator_find(f->all, value) ? cell_of(f, value, false) : (struct report_cell){.kind = REPORT_UNKNOWN};
    return true;
}

static void entry_rows(struct filling *f, struct report_table *t, struct json cells, const struct book *book, const struct indicator_row *row, size_t count)
{
    struct ctx *ctx = f->b->ctx;

    for (size_t r = 0; r < count; r++) {
        struct report_cell cell[REPORT_TEMPLATE_COLUMNS];
        for (size_t c = 0; c < json_length(cells) && c < REPORT_TEMPLATE_COLUMNS; c++) {
            struct str what = json_as_text(json_at(cells, c));
            if (entry_special(f, what, book, &row[r], &cell[c]))
                continue;
            struct str said = str_eq(what, STR("{#}")) ? word_int(ctx->arena, ctx->lang, (int64_t)r + 1) : filled(f, book, &row[r], what);
            cell[c] = said.n ? report_text(said) : (struct report_cell){.kind = REPORT_EMPTY};
        }
        report_row(f->b, t, REPORT_BODY, cell, t->columns);
    }
}

/* No entries: one row that says whether there are none or nobody knows. */
static void no_rows(struct filling *f, struct report_table *t, struct str code)
{
    struct report_cell c = cell_of(f, code, false);

    c = c.kind == REPORT_UNKNOWN ? c : report_text(report_say(f->b, WORD_REPORT_NO_ROWS));
    c.source = (struct report_source){.code = STR("")};
    c = report_span(c, t->columns, 1);
    report_row(f->b, t, REPORT_BODY, &c, 1);
}

static struct str table_number(struct filling *f)
{
    struct arena *a = f->b->ctx->arena;

    f->table_no++;
    return f->numbers_tables ? str_format(a, "%lld.%lld", (long long)f->no[1], (long long)f->table_no) : str_format(a, "%lld", (long long)f->table_no);
}

static void table(struct filling *f, struct json j)
{
    struct json head = json_get(j, "head"), rows = json_get(j, "rows"), first = json_at(head, 0);
    const struct book *book = NULL;
    struct indicator_row *row = NULL;
    size_t count = 0;
    unsigned width = 0;
    struct str each = json_text(j, "each");

    for (size_t i = 0; i < json_length(first); i++)
        width += json_kind(json_at(first, i)) == JSON_KIND_TEXT ? 1 : span(json_at(first, i), "columns");
    if (each.n)
        rows_of(f, each, &book, &row, &count);
    struct report_table *t = report_table_numbered(f->b, table_number(f), json_text(j, "caption"), width, json_length(head) + json_length(rows) + count + 1);
    heads(f, t, head);
    if (each.n && count)
        entry_rows(f, t, json_get(j, "cells"), book, row, count);
    else if (each.n)
        no_rows(f, t, each);
    else
        figure_rows(f, t, rows);
}

/* What people wrote, a paragraph a line, or what the template says until they do. */
static void narrative(struct filling *f, struct json n)
{
    struct report_builder *b = f->b;
    struct str id = json_text(n, "id"), own = json_as_text(json_get_named(b->r.question.words, id)), rest, line;

    if (b->r.narrative_count == REPORT_NARRATIVES_MAX)
        BUG("a report of more than %d narratives", REPORT_NARRATIVES_MAX);
    rest = own.n ? own : json_text(n, "text");
    b->narrative[b->r.narrative_count++] = (struct report_narrative){id, f->heading, rest, json_text(n, "text")};
    while (str_split(&rest, '\n', &line))
        if (str_trim(line).n)
            text(f, str_trim(line));
}

static enum err block(struct filling *f, struct json b, unsigned depth)
{
    if (json_has(b, "text"))
        text(f, json_text(b, "text"));
    else if (json_has(b, "narrative"))
        narrative(f, json_get(b, "narrative"));
    else if (json_has(b, "list"))
        list(f, json_get(b, "list"));
    else if (json_has(b, "table"))
        table(f, json_get(b, "table"));
    else
        return report_mot_cua_sentences(f->b, depth + 1);
    return f->err;
}

/* ---- sections, which number themselves: I. / 1. / 1.1. / a) ---- */

static struct str section_no(const struct filling *f, unsigned depth)
{
    static const char *const ROMAN[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};
    struct arena *a = f->b->ctx->arena;
    int64_t n = f->no[depth];

    if (depth == 0 && n < (int64_t)(sizeof ROMAN / sizeof ROMAN[0]))
        return str_format(a, "%s.", ROMAN[n]);
    if (depth == 2)
        return str_format(a, "%lld.%lld.", (long long)f->no[1], (long long)n);
    return depth == 3 ? str_format(a, "%c)", (int)('a' + (n - 1) % 26)) : str_format(a, "%lld.", (long long)n);
}

static enum err sections(struct filling *f, struct json list_, unsigned depth)
{
    struct ctx *ctx = f->b->ctx;
    enum err err = OK;

    f->no[depth] = 0;
    for (size_t i = 0; !err && i < json_length(list_); i++) {
        struct json s = json_at(list_, i), blocks = json_get(s, "blocks");
        struct report_cell heading = table_cell(f, json_text(s, "heading"));
        f->no[depth]++;
        if (depth == 0)
            f->numbers_tables = str_eq(json_text(s, "tables"), STR("true"));
        if (depth == 1 && f->numbers_tables)
            f->table_no = 0;
        struct str no = section_no(f, depth), said = report_cell_text(ctx->arena, ctx->lang, &heading);
        f->heading = said;
        report_heading_at(f->b, depth, str_format(ctx->arena, "%" PRIstr " %" PRIstr, STR_ARG(no), STR_ARG(said)));
        for (size_t k = 0; !err && k < json_length(blocks); k++)
            err = block(f, json_at(blocks, k), depth);
        if (!err && depth + 1 < LEVELS)
            err = sections(f, json_get(s, "sections"), depth + 1);
    }
    return err;
}

/* ---- laws between figures ---- */

static void law(struct filling *f, struct json l)
{
    struct json right = json_get(l, "right");
    struct report_cell left = cell_of(f, json_text(l, "left"), false);
    const struct indicator *i = indicator_find(f->all, json_text(l, "left"));
    int64_t sum = 0;

    for (size_t k = 0; k < json_length(right); k++) {
        struct report_cell c = cell_of(f, json_as_text(json_at(right, k)), false);
        if (c.kind != REPORT_COUNT)
            return;
        sum += c.n;
    }
    if (left.kind == REPORT_COUNT && i)
        report_law(f->b, report_say(f->b, WORD_REPORT_LAW_SUM), i->name[f->b->ctx->lang], left.n, sum);
}

/* ---- what moved ---- */

/* By `percent` of what it was, and by no less than `least`; a share by as many points. */
static bool is_moved(const struct report_cell *before, const struct report_cell *now, int64_t percent, int64_t least)
{
    enum { WHOLE = 100 };
    int64_t d = now->n - before->n;

    if (before->kind == REPORT_COUNT && now->kind == REPORT_COUNT)
        return (d < 0 ? -d : d) >= least && (d < 0 ? -d : d) * WHOLE >= percent * (before->n < 0 ? -before->n : before->n);
    if (before->kind != REPORT_SHARE || now->kind != REPORT_SHARE || !before->whole || !now->whole)
        return false;
    d = now->n * before->whole - before->n * now->whole;
    return (d < 0 ? -d : d) * WHOLE >= percent * now->whole * before->whole;
}

static void changes(struct filling *f)
{
    struct report_builder *b = f->b;
    struct json explain = json_get(f->t.content, "explain");
    int64_t percent, least;

    if (yaml_int(explain, "change", 1, INT16_MAX, &percent) || yaml_int(explain, "least", 1, INT16_MAX, &least))
        return;
    for (size_t i = 0; i < f->compared_count; i++) {
        struct str code = f->compared[i];
        const struct indicator *one = indicator_find(f->all, code);
        struct report_cell before = cell_of(f, code, true), now = cell_of(f, code, false);
        if (!one || !is_moved(&before, &now, percent, least))
            continue;
        struct str reason = json_as_text(json_get_named(b->r.question.reasons, code));
        b->change[b->r.change_count++] = (struct report_change){code, one->name[b->ctx->lang], before, now, reason};
        b->r.unexplained += reason.n == 0;
    }
}

/* ---- periods ---- */

/* The one of the title, and those beside it. Without one, what is compared is as long and ends the day before. */
static void periods_fill(struct filling *f)
{
    struct ctx *ctx = f->b->ctx;
    const struct report_question *q = &f->b->r.question;
    struct report_period p, beside;
    struct str range[2];

    f->now = f->before = (struct indicator_question){q->unit, q->from, q->to, q->as_of};
    if (q->period.n ? period_parse(q->period, &p) : period_of(q->from, q->to, &p)) {
        f->now_name = period_name(ctx->arena, ctx->lang, &p);
        beside = period_beside(&p, -1);
        f->before_name = period_name(ctx->arena, ctx->lang, &beside);
        f->before.from = beside.from;
        f->before.to = beside.to;
        beside = period_beside(&p, 1);
        f->next_name = period_name(ctx->arena, ctx->lang, &beside);
        return;
    }
    f->before.to = date_add_days(q->from, -1);
    f->before.from = date_add_days(f->before.to, q->from.day - q->to.day);
    range[0] = date_vietnamese(ctx->arena, f->before.from);
    range[1] = date_vietnamese(ctx->arena, f->before.to);
    f->now_name = f->b->r.range;
    f->before_name = word_format(ctx->arena, ctx->lang, WORD_REPORT_RANGE, range, 2);
    f->next_name = report_say(f->b, WORD_REPORT_NEXT_PERIOD);
}

static enum err begin(struct filling *f)
{
    struct report_builder *b = f->b;
    struct json content;
    struct fault fault = {.why = STR("")};
    enum err err = definition_read(b->ctx, DEFINITION_REPORT, b->r.question.code, b->r.question.edition, &content, &b->r.edition);

    if (!err)
        err = report_template_read(b->ctx->arena, content, &f->t, &fault) ? ERR_STORE : OK;
    if (!err)
        err = indicators_open(b->ctx, &f->all);
    if (err)
        return err;
    b->r.question.edition = b->r.edition;
    b->r.kind = f->t.kind;
    b->r.title = f->t.title;
    b->r.definitions = indicators_hash(f->all);
    periods_fill(f);
    return OK;
}

enum err report_template(struct report_builder *b)
{
    struct filling f = {.b = b};
    enum err err = begin(&f);

    if (err)
        return err;
    if (json_text(f.t.content, "opening").n)
        text(&f, json_text(f.t.content, "opening"));
    err = sections(&f, json_get(f.t.content, "sections"), 0);
    struct json laws = json_get(f.t.content, "laws");
    for (size_t i = 0; !err && i < json_length(laws); i++)
        law(&f, json_at(laws, i));
    if (!err && !f.err)
        changes(&f);
    if (!err && !f.err && str_eq(json_text(f.t.content, "annex"), STR("mot-cua")))
        err = report_mot_cua_annex(b);
    return err ? err : f.err;
}
