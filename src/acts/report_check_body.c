/* Laws of the text: numbers of sections and tables, what is printed, cells, paragraphs. */
#include "acts/report_check_file.h"

#include "acts/report_law.h"
#include "base/text.h"

enum { PARAGRAPHS_MAX = 5000, DEPTH_MAX = 6, TABLES_MAX = 500 };

struct walking {
    struct checking *c;
    struct str paragraph[PARAGRAPHS_MAX], paragraph_where[PARAGRAPHS_MAX];
    size_t paragraph_count;
    struct str table[TABLES_MAX];
    size_t table_count;
    size_t heading_no;          /* place in the contents */
    bool has_plain, has_dotted; /* large numbers without dots, and with them */
    struct str plain_where, plain;
};

/* ---- what is printed: "[figure=15.210]", "[document.number=563/KH-UBND]", "[document.date=12/01/2018]" ---- */

static void note_thousands(struct walking *w, struct str where, struct str printed, int64_t n)
{
    bool dotted = str_find(printed, STR(".")) != STR_NONE;

    if (n < 1000 && n > -1000)
        return;
    w->has_dotted |= dotted;
    if (!dotted && !w->has_plain) {
        w->has_plain = true;
        w->plain_where = where;
        w->plain = printed;
    }
}

static void printed_figure(struct walking *w, struct str where, struct check_figure *f, struct str printed)
{
    struct checking *c = w->c;
    struct str want = check_text(c, f), as_written = check_raw(c, f->json, "value");
    int64_t n;

    f->printed++;
    c->out->checked++;
    if (f->has_value && check_number(c->a, printed, &n)) {
        note_thousands(w, where, printed, n);
        if (n != f->n)
            check_find(c, RULE_PRINTED, where, want, printed);
        return;
    }
    /* Other marks of the same state are theirs to choose: a blank where the file says that it is blank. */
    if (!str_eq(printed, want) && !(as_written.n && str_eq(printed, as_written)) && !(printed.n == 0 && !f->has_value && !check_raw(c, f->json, "state").n))
        check_find(c, RULE_PRINTED, where, want, printed.n ? printed : STR("–"));
}

static void printed_document(struct walking *w, struct str where, struct check_document *d, struct str what, struct str printed)
{
    struct checking *c = w->c;
    struct str want = str_eq(what, STR("date")) ? (d->has_date ? date_vietnamese(c->a, d->date) : STR("")) : d->number;

    d->printed++;
    check_same(c, RULE_DOCUMENT_PRINTED, where, want, printed);
}

static void token(struct walking *w, struct str where, struct str inside)
{
    size_t equals = str_find(inside, STR("="));
    struct str id = str_sub(inside, 0, equals), printed = equals == STR_NONE ? STR("") : str_sub(inside, equals + 1, inside.n);
    struct check_figure *f = check_figure_of(w->c, id);
    struct check_document *d;

    if (f) {
        printed_figure(w, where, f, printed);
        return;
    }
    static const struct str WHAT[] = {STR_INIT("number"), STR_INIT("date")};
    for (size_t i = 0; i < sizeof WHAT / sizeof WHAT[0]; i++) {
        struct str suffix = str_format(w->c->a, ".%" PRIstr, STR_ARG(WHAT[i]));
        if (!str_has_suffix(id, suffix))
            continue;
        d = check_document_of(w->c, str_sub(id, 0, id.n - suffix.n));
        if (d) {
            printed_document(w, where, d, WHAT[i], printed);
            return;
        }
    }
    check_find(w->c, RULE_UNKNOWN, where, STR("–"), id);
}

/* The text as people read it, and every token in it looked at. Numbers that are bound to nothing are no figures. */
static struct str reading(struct walking *w, struct str where, struct str text)
{
    struct buf b = buf_in(w->c->a);

    while (text.n) {
        size_t open = str_find(text, STR("[")), close = open == STR_NONE ? STR_NONE : str_find(str_sub(text, open, text.n), STR("]"));
        if (close == STR_NONE)
            break;
        struct str inside = str_sub(text, open + 1, close - 1);
        size_t equals = str_find(inside, STR("="));
        buf_put(&b, str_sub(text, 0, open));
        token(w, where, inside);
        buf_put(&b, equals == STR_NONE ? STR("") : str_sub(inside, equals + 1, inside.n));
        text = str_sub(text, open + close + 1, text.n);
    }
    buf_put(&b, text);
    return b.n ? buf_str(&b) : STR("");
}

static void spell(struct walking *w, struct str where, struct str said)
{
    struct json list = json_get(w->c->spelling, "words");

    for (size_t i = 0; i < json_length(list); i++) {
        struct str wrong = json_text(json_at(list, i), "wrong");
        w->c->out->checked++;
        if (wrong.n && str_find(said, wrong) != STR_NONE)
            check_find(w->c, RULE_SPELLING, where, json_text(json_at(list, i), "right"), wrong);
    }
}

static void paragraph(struct walking *w, struct str where, struct str text)
{
    struct str said = reading(w, where, text), folded = text_fold(w->c->a, said);

    spell(w, where, said);
    if (w->paragraph_count == PARAGRAPHS_MAX || said.n < 20)
        return;
    for (size_t i = 0; i < w->paragraph_count; i++)
        if (str_eq(w->paragraph[i], folded))
            check_find(w->c, RULE_TWICE, where, w->paragraph_where[i], said);
    w->paragraph[w->paragraph_count] = folded;
    w->paragraph_where[w->paragraph_count++] = where;
}

/* ---- tables ---- */

/* What a cell is bound to; NULL: text. */
static const struct check_figure *bound(struct checking *c, struct str cell)
{
    size_t equals = str_find(cell, STR("="));

    if (!str_has_prefix(cell, STR("[")) || !str_has_suffix(cell, STR("]")))
        return NULL;
    return check_figure_of(c, str_sub(cell, 1, (equals == STR_NONE ? cell.n - 1 : equals) - 1));
}

/* A head that names a quarter names this one or the one before. */
static void check_column(struct walking *w, struct str where, struct str head)
{
    struct checking *c = w->c;
    struct report_period p, before;
    struct json r = json_get(json_get(c->doc, "report"), "period");

    if ((str_find(head, STR("Quý")) == STR_NONE && str_find(head, STR("Q.")) == STR_NONE && str_find(head, STR("quý")) == STR_NONE) ||
        !period_parse(json_text(r, "label"), &p))
        return;
    before = period_beside(&p, -1);
    c->out->checked++;
    struct str now = period_name(c->a, LANG_VI, &p), then = period_name(c->a, LANG_VI, &before);
    if (str_find(head, now) == STR_NONE && str_find(head, then) == STR_NONE)
        check_find(c, RULE_PERIOD_COLUMN, where, str_format(c->a, "%" PRIstr ", %" PRIstr, STR_ARG(then), STR_ARG(now)), head);
}

static struct json cells_of(struct json row)
{
    return json_kind(row) == JSON_KIND_OBJECT ? json_get(row, "cells") : row;
}

static bool is_total(struct json row)
{
    return json_kind(row) == JSON_KIND_OBJECT;
}

/* Columns of figures: a text, or nothing, among numbers. */
static void check_cells(struct walking *w, struct str where, struct json t, size_t column)
{
    struct checking *c = w->c;
    struct json rows = json_get(t, "rows");
    struct str head = json_as_text(json_at(json_get(t, "columns"), column));
    size_t numbers = 0, empty = 0;

    for (size_t r = 0; r < json_length(rows); r++) {
        struct str cell = json_as_text(json_at(cells_of(json_at(rows, r)), column));
        numbers += bound(c, cell) != NULL;
        empty += cell.n == 0;
    }
    c->out->checked++;
    if (empty == json_length(rows) && empty)
        check_find(c, RULE_EMPTY_COLUMN, str_format(c->a, "%" PRIstr ", %" PRIstr, STR_ARG(where), STR_ARG(head)), word(c->lang, WORD_REPORT_CHECK_WANT_VALUE), STR("–"));
    for (size_t r = 0; numbers && r < json_length(rows); r++) {
        struct str cell = json_as_text(json_at(cells_of(json_at(rows, r)), column));
        struct str at = str_format(c->a, "%" PRIstr ", %" PRIstr ", %zu", STR_ARG(where), STR_ARG(head), r + 1);
        if (!cell.n)
            check_find(c, RULE_EMPTY_CELL, at, word(c->lang, WORD_REPORT_CHECK_WANT_VALUE), STR("–"));
        else if (!bound(c, cell) && !str_eq(cell, STR("–")) && !str_eq(cell, STR("/")))
            check_find(c, RULE_TEXT_IN_NUMBER, at, word(c->lang, WORD_REPORT_CHECK_WANT_VALUE), cell);
    }
}

static void check_total(struct walking *w, struct str where, struct json t, size_t total, size_t column)
{
    struct checking *c = w->c;
    struct json rows = json_get(t, "rows");
    const struct check_figure *whole = bound(c, json_as_text(json_at(cells_of(json_at(rows, total)), column)));
    int64_t sum = 0;
    size_t n = 0;

    if (!whole || !whole->has_value || whole->is_ratio)
        return;
    for (size_t r = 0; r < total; r++) {
        const struct check_figure *f = bound(c, json_as_text(json_at(cells_of(json_at(rows, r)), column)));
        if (f && !f->has_value)
            return;
        sum += f ? f->n : 0;
        n += f != NULL;
    }
    c->out->checked++;
    if (n && sum != whole->n)
        check_find(c, RULE_TABLE_TOTAL, where, word_int(c->a, LANG_VI, sum), word_int(c->a, LANG_VI, whole->n));
}

/* Rows are numbered 1, 2, 3 or I, II, III; 2.1 stands under 2. */
static void check_rows(struct walking *w, struct str where, struct json t)
{
    static const char *const ROMAN[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};
    struct checking *c = w->c;
    struct json rows = json_get(t, "rows");
    int64_t next = 1, n, sub = 1;

    for (size_t r = 0; r < json_length(rows); r++) {
        struct str no = json_as_text(json_at(cells_of(json_at(rows, r)), 0));
        struct str want = str_format(c->a, "%lld", (long long)next), under = str_format(c->a, "%lld.%lld", (long long)(next - 1), (long long)sub);
        bool roman = next <= 10 && str_eq(no, str_of(ROMAN[next - 1]));
        if (is_total(json_at(rows, r)) || !no.n)
            continue;
        c->out->checked++;
        if (str_find(no, STR(".")) != STR_NONE) {
            if (!str_eq(no, under))
                check_find(c, RULE_ROW_NUMBER, where, under, no);
            sub++;
            continue;
        }
        if (!roman && !str_eq(no, want))
            check_find(c, RULE_ROW_NUMBER, where, want, no);
        if (roman || str_parse_int(no, 1, 100000, &n) == OK) {
            next++;
            sub = 1;
        }
    }
    int64_t count = 0;
    if (str_parse_int(check_raw(c, t, "row_count"), 0, 100000, &count) == OK && (size_t)count != json_length(rows))
        check_find(c, RULE_ROW_NUMBER, where, word_int(c->a, LANG_VI, count), word_int(c->a, LANG_VI, (int64_t)json_length(rows)));
}

static void check_table_number(struct walking *w, struct json t, struct str section)
{
    struct checking *c = w->c;
    struct str no = check_raw(c, t, "no"), caption = json_text(t, "caption");
    size_t dot = str_find(no, STR("."));
    size_t before = 0;

    c->out->checked++;
    if (!no.n) {
        check_find(c, RULE_TABLE_NUMBER, section, word(c->lang, WORD_REPORT_CHECK_WANT_NUMBER), caption.n ? caption : STR("–"));
        return;
    }
    for (size_t i = 0; i < w->table_count; i++) {
        before += dot != STR_NONE && str_has_prefix(w->table[i], str_sub(no, 0, dot + 1));
        if (str_eq(w->table[i], no))
            check_find(c, RULE_TABLE_NUMBER, section, word(c->lang, WORD_REPORT_CHECK_WANT_UNIQUE), no);
    }
    struct str want = dot == STR_NONE ? str_format(c->a, "%zu", w->table_count + 1) : str_format(c->a, "%" PRIstr "%zu", STR_ARG(str_sub(no, 0, dot + 1)), before + 1);
    if (!str_eq(want, no))
        check_find(c, RULE_TABLE_NUMBER, section, want, no);
    if (w->table_count < TABLES_MAX)
        w->table[w->table_count++] = no;
}

static void contents(struct walking *w, struct str where, struct str said)
{
    struct json list = json_get(w->c->doc, "contents");

    if (!json_length(list))
        return;
    check_same(w->c, RULE_CONTENTS, where, json_as_text(json_at(list, w->heading_no)), said);
    w->heading_no++;
}

static void table(struct walking *w, struct json t, struct str section)
{
    struct checking *c = w->c;
    struct str no = check_raw(c, t, "no"), caption = json_text(t, "caption");
    struct str where = word_format(c->a, c->lang, WORD_REPORT_CHECK_PLACE_TABLE, no.n ? &no : &caption, 1);
    struct json columns = json_get(t, "columns"), rows = json_get(t, "rows");

    check_table_number(w, t, section);
    contents(w, where, str_format(c->a, "%" PRIstr " %" PRIstr, STR_ARG(no), STR_ARG(caption)));
    for (size_t i = 0; i < json_length(columns); i++)
        check_column(w, where, json_as_text(json_at(columns, i)));
    for (size_t r = 0; r < json_length(rows); r++) {
        struct json cells = cells_of(json_at(rows, r));
        for (size_t i = 0; i < json_length(cells); i++)
            spell(w, where, reading(w, str_format(c->a, "%" PRIstr ", %zu, %" PRIstr, STR_ARG(where), r + 1, STR_ARG(json_as_text(json_at(columns, i)))), json_as_text(json_at(cells, i))));
        for (size_t i = 0; is_total(json_at(rows, r)) && i < json_length(cells); i++)
            check_total(w, where, t, r, i);
    }
    for (size_t i = 0; i < json_length(columns); i++)
        check_cells(w, where, t, i);
    check_rows(w, where, t);
}

/* ---- sections ---- */

static struct str wanted_no(struct checking *c, unsigned depth, size_t i, struct str printed)
{
    static const char *const ROMAN[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
    size_t dot = printed.n;

    if (depth == 0 && i < sizeof ROMAN / sizeof ROMAN[0])
        return str_of(ROMAN[i]);
    while (dot > 0 && printed.p[dot - 1] != '.')
        dot--;
    if (dot)
        return str_format(c->a, "%" PRIstr "%zu", STR_ARG(str_sub(printed, 0, dot)), i + 1);
    if (printed.n == 1 && printed.p[0] >= 'a' && printed.p[0] <= 'z')
        return str_format(c->a, "%c", (int)('a' + i % 26));
    return str_format(c->a, "%zu", i + 1);
}

static bool is_empty(struct json s)
{
    return !json_length(json_get(s, "text")) && !json_length(json_get(s, "tables")) && !json_length(json_get(s, "sections"));
}

static void sections(struct walking *w, struct json list, unsigned depth, struct str above)
{
    struct checking *c = w->c;

    for (size_t i = 0; i < json_length(list); i++) {
        struct json s = json_at(list, i), text = json_get(s, "text"), tables = json_get(s, "tables");
        struct str no = check_raw(c, s, "no"), heading = json_text(s, "heading");
        struct str where = above.n ? str_format(c->a, "%" PRIstr " › %" PRIstr, STR_ARG(above), STR_ARG(no)) : no;
        check_same(c, RULE_SECTION_NUMBER, heading, wanted_no(c, depth, i, no), no);
        contents(w, where, str_format(c->a, "%" PRIstr " %" PRIstr, STR_ARG(no), STR_ARG(heading)));
        spell(w, where, heading);
        if (is_empty(s))
            check_find(c, RULE_SECTION_EMPTY, where, word(c->lang, WORD_REPORT_CHECK_WANT_TEXT), heading);
        for (size_t k = 0; k < json_length(text); k++)
            paragraph(w, where, json_as_text(json_at(text, k)));
        for (size_t k = 0; k < json_length(tables); k++)
            table(w, json_at(tables, k), where);
        if (depth + 1 < DEPTH_MAX)
            sections(w, json_get(s, "sections"), depth + 1, where);
    }
}

void check_body(struct checking *c)
{
    struct walking *w = ARENA_NEW(c->a, struct walking);

    w->c = c;
    w->plain = w->plain_where = STR("");
    sections(w, json_get(c->doc, "sections"), 0, STR(""));
    if (w->has_plain && w->has_dotted)
        check_find(c, RULE_THOUSANDS, w->plain_where, STR("15.210"), w->plain);
    if (json_length(json_get(c->doc, "contents")) > w->heading_no)
        check_find(c, RULE_CONTENTS, STR("–"), json_as_text(json_at(json_get(c->doc, "contents"), w->heading_no)), STR("–"));
}
