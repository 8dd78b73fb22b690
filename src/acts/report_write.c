/* A report as JSON and as a workbook. */
#include "acts/report.h"
#include "calendar/zone.h"
#include "format/json_writer.h"
#include "format/xlsx.h"

/* ---- JSON ---- */

static void put(struct json_writer *w, struct str key, struct str text)
{
    json_write_key(w, key);
    json_write_text(w, text);
}

static void put_int(struct json_writer *w, struct str key, int64_t n)
{
    json_write_key(w, key);
    json_write_int(w, n);
}

static void write_source(struct json_writer *w, struct arena *a, const struct report_source *s)
{
    if (str_is_empty(s->code))
        return;
    put(w, STR("figure"), s->code);
    put(w, STR("unit"), s->unit_code);
    if (s->is_before) {
        put(w, STR("from"), date_iso(a, s->from));
        put(w, STR("to"), date_iso(a, s->to));
    }
    if (s->field)
        put(w, STR("field"), s->field_code);
}

static void write_cell(struct json_writer *w, struct arena *a, enum lang lang,
                       const struct report_cell *c)
{
    json_write_object(w);
    put(w, STR("text"), report_cell_text(a, lang, c));
    if (c->kind == REPORT_COUNT)
        put_int(w, STR("value"), c->n);
    if (c->kind == REPORT_UNKNOWN || c->kind == REPORT_NONE)
        put(w, STR("state"), c->kind == REPORT_UNKNOWN ? STR("unknown") : STR("none"));
    if (c->kind == REPORT_POINTS)
        put_int(w, STR("hundredths"), c->n);
    if (c->kind == REPORT_SHARE) {
        put_int(w, STR("part"), c->n);
        put_int(w, STR("whole"), c->whole);
    }
    write_source(w, a, &c->source);
    if (c->columns > 1)
        put_int(w, STR("columns"), c->columns);
    if (c->rows > 1)
        put_int(w, STR("rows"), c->rows);
    json_write_object_end(w);
}

static void write_cells(struct json_writer *w, struct arena *a, enum lang lang,
                        const struct report_cell *c, size_t count)
{
    json_write_array(w);
    for (size_t i = 0; i < count; i++)
        write_cell(w, a, lang, &c[i]);
    json_write_array_end(w);
}

static struct str paragraph_text(struct arena *a, enum lang lang, const struct report_paragraph *p)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < p->piece_count; i++)
        buf_put(&b, report_cell_text(a, lang, &p->piece[i]));
    return b.n ? buf_str(&b) : STR("");
}

static void write_paragraphs(struct json_writer *w, struct arena *a, enum lang lang,
                             const struct report *r)
{
    json_write_key(w, STR("paragraphs"));
    json_write_array(w);
    for (size_t i = 0; i < r->paragraph_count; i++) {
        const struct report_paragraph *p = &r->paragraph[i];
        struct report_cell *number = ARENA_ARRAY(a, struct report_cell, p->piece_count);
        size_t n = 0;
        for (size_t j = 0; j < p->piece_count; j++)
            if (p->piece[j].kind != REPORT_TEXT)
                number[n++] = p->piece[j];
        json_write_object(w);
        put(w, STR("text"), paragraph_text(a, lang, p));
        json_write_key(w, STR("heading"));
        json_write_bool(w, p->is_heading);
        if (p->is_heading && p->level)
            put_int(w, STR("level"), p->level);
        json_write_key(w, STR("numbers"));
        write_cells(w, a, lang, number, n);
        json_write_object_end(w);
    }
    json_write_array_end(w);
}

static void write_tables(struct json_writer *w, struct arena *a, enum lang lang,
                         const struct report *r)
{
    static const struct str KINDS[] = {[REPORT_HEADER] = STR_INIT("header"),
                                       [REPORT_NUMBERS] = STR_INIT("numbers"),
                                       [REPORT_BODY] = STR_INIT("body"),
                                       [REPORT_TOTAL] = STR_INIT("total")};

    json_write_key(w, STR("tables"));
    json_write_array(w);
    for (size_t i = 0; i < r->table_count; i++) {
        const struct report_table *t = &r->table[i];
        json_write_object(w);
        put(w, STR("caption"), t->caption);
        json_write_key(w, STR("rows"));
        json_write_array(w);
        for (size_t j = 0; j < t->row_count; j++) {
            json_write_object(w);
            put(w, STR("kind"), KINDS[t->row[j].kind]);
            json_write_key(w, STR("cells"));
            write_cells(w, a, lang, t->row[j].cell, t->row[j].cell_count);
            json_write_object_end(w);
        }
        json_write_array_end(w);
        json_write_object_end(w);
    }
    json_write_array_end(w);
}

/* The order of reading, where it is not "all text, then all tables": p and t with their indexes. */
static void write_order(struct json_writer *w, struct arena *a, const struct report *r)
{
    json_write_key(w, STR("order"));
    json_write_array(w);
    for (size_t i = 0; i < r->block_count; i++)
        json_write_text(w, str_format(a, "%c%zu", r->block[i].is_table ? 't' : 'p', r->block[i].at));
    json_write_array_end(w);
}

static void write_laws(struct json_writer *w, const struct report *r)
{
    put_int(w, STR("laws_checked"), (int64_t)r->laws_checked);
    json_write_key(w, STR("broken"));
    json_write_array(w);
    for (size_t i = 0; i < r->broken_count; i++) {
        json_write_object(w);
        put(w, STR("law"), r->broken[i].law);
        put(w, STR("where"), r->broken[i].where);
        put_int(w, STR("left"), r->broken[i].left);
        put_int(w, STR("right"), r->broken[i].right);
        json_write_object_end(w);
    }
    json_write_array_end(w);
}

struct str report_json(struct arena *a, enum lang lang, const struct report *r)
{
    struct buf b = buf_in(a);
    struct json_writer w;

    json_writer_init_buf(&w, &b);
    json_write_object(&w);
    put(&w, STR("report"), report_question_code(&r->question));
    put(&w, STR("unit"), r->unit_code);
    put(&w, STR("from"), date_iso(a, r->question.from));
    put(&w, STR("to"), date_iso(a, r->question.to));
    put(&w, STR("as_of"), zone_iso(a, r->zone, r->question.as_of));
    put(&w, STR("period"), r->question.period);
    put(&w, STR("cohort"), r->cohort_received ? STR("received") : STR("all"));
    put(&w, STR("ended"), report_ended_code(r->question.ended));
    put(&w, STR("definitions"), str_format(a, "sha256:%" PRIstr, STR_ARG(r->definitions)));
    if (r->edition)
        put_int(&w, STR("edition"), r->edition);
    put(&w, STR("agency"), r->agency);
    put(&w, STR("title"), r->title);
    put(&w, STR("period_name"), r->period);
    json_write_key(&w, STR("ok"));
    json_write_bool(&w, r->broken_count == 0);
    write_laws(&w, r);
    write_paragraphs(&w, a, lang, r);
    write_tables(&w, a, lang, r);
    if (r->question.id == REPORT_TEMPLATE)
        write_order(&w, a, r);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        BUG("memory takes every byte");
    return buf_str(&b);
}

/* ---- the workbook ---- */

static struct xlsx_cell book_cell(struct arena *a, const struct report_cell *c)
{
    struct xlsx_cell cell = xlsx_empty();

    if (c->kind == REPORT_TEXT)
        cell = xlsx_text(c->text);
    else if (c->kind == REPORT_COUNT)
        cell = xlsx_int(c->n);
    else if (c->kind == REPORT_SHARE && c->whole)
        cell = xlsx_percent((c->n * 20000 + c->whole) / (c->whole * 2)); /* half up, as in print */
    else if (c->kind == REPORT_POINTS)
        cell = xlsx_text(word_hundredths(a, LANG_VI, c->n));
    else if (c->kind == REPORT_UNKNOWN || c->kind == REPORT_NONE)
        cell = xlsx_text(word(LANG_VI, c->kind == REPORT_UNKNOWN ? WORD_INDICATOR_UNKNOWN : WORD_INDICATOR_NONE));
    return xlsx_span(cell, c->columns, c->rows);
}

static void book_table(struct xlsx *book, struct arena *a, const struct report *r,
                       const struct report_table *t, size_t no)
{
    static const enum xlsx_style STYLES[] = {[REPORT_HEADER] = XLSX_HEADER,
                                             [REPORT_NUMBERS] = XLSX_HEADER,
                                             [REPORT_BODY] = XLSX_PLAIN,
                                             [REPORT_TOTAL] = XLSX_TOTAL};
    enum { WIDTH_NO = 5, WIDTH_NAME = 38, WIDTH_NUMBER = 12 };
    struct xlsx_sheet *s = xlsx_sheet(book, str_format(a, "%zu", no));
    bool in_head = true;

    xlsx_width(s, 0, WIDTH_NO);
    xlsx_width(s, 1, WIDTH_NAME);
    for (unsigned c = 2; c < t->columns; c++)
        xlsx_width(s, c, WIDTH_NUMBER);
    xlsx_heading(s, XLSX_NOTE, r->agency, t->columns);
    xlsx_heading(s, XLSX_TITLE, r->title, t->columns);
    xlsx_heading(s, XLSX_SUBTITLE,
                 str_format(a, "%" PRIstr "%s%" PRIstr, STR_ARG(r->period), r->period.n ? ". " : "",
                            STR_ARG(r->range)),
                 t->columns);
    xlsx_heading(s, XLSX_SUBTITLE, t->caption, t->columns);
    for (size_t i = 0; i < t->row_count; i++) {
        const struct report_row *row = &t->row[i];
        struct xlsx_cell *cell = ARENA_ARRAY(a, struct xlsx_cell, row->cell_count);
        for (size_t c = 0; c < row->cell_count; c++)
            cell[c] = book_cell(a, &row->cell[c]);
        if (in_head && row->kind != REPORT_HEADER && row->kind != REPORT_NUMBERS) {
            xlsx_freeze(s);
            in_head = false;
        }
        xlsx_row(s, STYLES[row->kind], cell, row->cell_count);
    }
    xlsx_heading(s, XLSX_NOTE, r->as_of, t->columns);
    xlsx_heading(s, XLSX_NOTE, r->cohort, t->columns);
    if (r->ended.n)
        xlsx_heading(s, XLSX_NOTE, r->ended, t->columns);
}

static void book_text(struct xlsx *book, struct arena *a, enum lang lang, const struct report *r)
{
    enum { WIDTH = 110 };
    struct xlsx_sheet *s = xlsx_sheet(book, r->kind);

    xlsx_width(s, 0, WIDTH);
    xlsx_heading(s, XLSX_NOTE, r->agency, 1);
    xlsx_heading(s, XLSX_TITLE, r->title, 1);
    for (size_t i = 0; i < r->paragraph_count; i++) {
        struct xlsx_cell cell = xlsx_text(paragraph_text(a, lang, &r->paragraph[i]));
        xlsx_row(s, r->paragraph[i].is_heading ? XLSX_TOTAL : XLSX_PLAIN, &cell, 1);
    }
    for (size_t i = 0; i < r->broken_count; i++) {
        const struct report_broken *b = &r->broken[i];
        struct xlsx_cell cell =
            xlsx_text(str_format(a, "%" PRIstr " (%" PRIstr "): %lld ≠ %lld", STR_ARG(b->law),
                                 STR_ARG(b->where), (long long)b->left, (long long)b->right));
        xlsx_row(s, XLSX_TOTAL, &cell, 1);
    }
}

enum err report_xlsx(struct arena *a, enum lang lang, const struct report *r, struct str *ret)
{
    struct xlsx *book = xlsx_new(a, r->title, r->question.as_of);

    if (r->paragraph_count || r->broken_count)
        book_text(book, a, lang, r);
    for (size_t i = 0; i < r->table_count; i++)
        book_table(book, a, r, &r->table[i], i + 1);
    return xlsx_end(book, ret);
}

static enum err json_make(struct arena *a, enum lang lang, const struct report *r, struct str *ret)
{
    *ret = report_json(a, lang, r);
    return OK;
}

static const struct report_format FORMATS[] = {
    {STR_INIT("json"), STR_INIT("application/json"), json_make},
    {STR_INIT("xlsx"), STR_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), report_xlsx},
    {STR_INIT("pdf"), STR_INIT("application/pdf"), report_pdf},
    {STR_INIT("docx"), STR_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document"), report_docx},
};

const struct report_format *report_format_find(struct str name)
{
    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++)
        if (str_eq(FORMATS[i].name, name))
            return &FORMATS[i];
    return NULL;
}
