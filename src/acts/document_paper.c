/* The text of a draft as the PDF that is read and signed: NĐ 30/2020/NĐ-CP, phụ lục I. */
#include "acts/document_load.h"
#include "base/text.h"
#include "paper/pdf.h"

enum { BLOCKS_MAX = 4000, CELLS_MAX = 12 };

struct writing {
    struct arena *a;
    const struct document_hand *h;
    struct paper_block *block;
    size_t count;
};

static struct paper_block *block(struct writing *w, enum paper_block_kind kind)
{
    struct paper_block *b = &w->block[w->count++];

    *b = (struct paper_block){.kind = kind, .one = STR(""), .two = STR(""), .three = STR(""), .four = STR("")};
    return b;
}

static struct str say(struct writing *w, enum word what, struct str one, struct str two)
{
    struct str value[] = {one, two};

    return word_format(w->a, LANG_VI, what, value, 2);
}

static bool is_letter(const struct document_hand *h)
{
    return h->d.type_symbol.n == 0;
}

static void head(struct writing *w, const struct q_document_issuer_of *issuer)
{
    const struct q_document_by_id *d = &w->h->d;
    struct paper_block *b = block(w, PAPER_HEAD);
    struct str blank = STR(PAPER_BLANK_NUMBER);

    b->one = issuer->above;
    b->two = issuer->name;
    b->three = say(w, WORD_DOCUMENT_PAPER_NUMBER, blank, d->notation);
    if (is_letter(w->h))
        b->three = str_format(w->a, "%" PRIstr "\n%" PRIstr, STR_ARG(b->three), STR_ARG(say(w, WORD_DOCUMENT_PAPER_ABOUT, d->subject, STR(""))));
    struct str value[] = {issuer->place, STR(PAPER_BLANK_DAY), STR(PAPER_BLANK_DAY), STR(PAPER_BLANK_YEAR)};
    b->four = word_format(w->a, LANG_VI, WORD_DOCUMENT_PAPER_DATE, value, 4);
}

static struct paper_span *one_span(struct writing *w, struct str text, bool bold)
{
    struct paper_span *s = ARENA_NEW(w->a, struct paper_span);

    *s = (struct paper_span){text, bold, false};
    return s;
}

static void paragraph(struct writing *w, enum paper_block_kind kind, struct str text, bool bold, enum paper_align align)
{
    struct paper_block *b = block(w, kind);

    b->span = one_span(w, text, bold);
    b->span_count = 1;
    b->align = align;
}

static void title(struct writing *w)
{
    const struct q_document_by_id *d = &w->h->d;

    if (!is_letter(w->h)) {
        struct paper_block *b = block(w, PAPER_TITLE);
        struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, 2);
        span[0] = (struct paper_span){text_upper(w->a, d->type_name), true, false};
        span[1] = (struct paper_span){d->subject, true, false};
        b->span = span;
        b->span_count = 2;
    }
    if (d->addressee.n)
        paragraph(w, PAPER_PARAGRAPH, say(w, WORD_DOCUMENT_PAPER_TO, d->addressee, STR("")), false, PAPER_CENTRE);
}

/* ---- the text ---- */

static struct paper_row row_of(struct writing *w, struct str line, bool is_head, unsigned *columns)
{
    struct paper_cell *cell = ARENA_ARRAY(w->a, struct paper_cell, CELLS_MAX);
    struct str rest = str_sub(line, 1, line.n), text;
    size_t n = 0;

    if (str_has_suffix(rest, STR("|")))
        rest.n--;
    while (n < CELLS_MAX && str_split(&rest, '|', &text))
        cell[n++] = (struct paper_cell){.text = str_trim(text), .bold = is_head, .align = is_head ? PAPER_CENTRE : PAPER_LEFT};
    if (n > *columns)
        *columns = (unsigned)n;
    return (struct paper_row){cell, n};
}

/* Rows that are shorter than the longest get empty cells, as a table of the law has none that is missing. */
static void table(struct writing *w, struct str *rest)
{
    struct paper_row *row = ARENA_ARRAY(w->a, struct paper_row, BLOCKS_MAX);
    struct paper_table *t = ARENA_NEW(w->a, struct paper_table);
    unsigned columns = 1;
    size_t count = 0;
    struct str line, before = *rest;

    while (count < BLOCKS_MAX && str_split(rest, '\n', &line)) {
        if (!str_has_prefix(str_trim(line), STR("|"))) {
            *rest = before;
            break;
        }
        row[count] = row_of(w, str_trim(line), count == 0, &columns);
        count++;
        before = *rest;
    }
    for (size_t i = 0; i < count; i++) {
        struct paper_cell *cell = (struct paper_cell *)row[i].cell;
        while (row[i].cell_count < columns)
            cell[row[i].cell_count++] = (struct paper_cell){.text = STR("")};
    }
    *t = (struct paper_table){.caption = STR(""), .row = row, .row_count = count, .head_count = count > 1, .columns = columns};
    block(w, PAPER_TABLE)->table = t;
}

/* "- ", "+ ", "* ": a mark, and how deep. */
static bool item(struct writing *w, struct str text)
{
    static const char *const MARKS[] = {"-", "+", "*"};

    for (unsigned i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++)
        if (text.n > 2 && text.p[0] == MARKS[i][0] && text.p[1] == ' ') {
            paragraph(w, PAPER_ITEM, str_trim(str_sub(text, 2, text.n)), false, PAPER_JUSTIFIED);
            w->block[w->count - 1].one = str_of(MARKS[i]);
            w->block[w->count - 1].level = i;
            return true;
        }
    return false;
}

static void heading(struct writing *w, struct str text, unsigned level)
{
    paragraph(w, PAPER_HEADING, str_trim(text), true, PAPER_LEFT);
    w->block[w->count - 1].level = level;
}

static void body(struct writing *w)
{
    struct str rest = w->h->d.body, before = rest, line;

    while (w->count < BLOCKS_MAX - 4 && str_split(&rest, '\n', &line)) {
        struct str text = str_trim(line);
        if (str_has_prefix(text, STR("|"))) {
            rest = before;
            table(w, &rest);
        } else if (str_has_prefix(text, STR("## "))) {
            heading(w, str_sub(text, 3, text.n), 0);
        } else if (str_has_prefix(text, STR("### "))) {
            heading(w, str_sub(text, 4, text.n), 1);
        } else if (text.n && !item(w, text)) {
            paragraph(w, PAPER_PARAGRAPH, text, false, PAPER_JUSTIFIED);
        }
        before = rest;
    }
}

static struct str recipients(struct writing *w)
{
    struct buf b = buf_in(w->a);

    for (size_t i = 0; i < w->h->recipient_count; i++)
        buf_format(&b, "- %" PRIstr ";\n", STR_ARG(w->h->recipient[i].name));
    buf_put(&b, say(w, WORD_DOCUMENT_PAPER_KEPT, w->h->d.drafting_unit_name_null ? STR("") : w->h->d.drafting_unit_name, STR("")));
    return buf_str(&b);
}

static void signature(struct writing *w)
{
    const struct q_document_by_id *d = &w->h->d;
    struct paper_block *b = block(w, PAPER_SIGNATURE);

    b->one = recipients(w);
    b->two = d->authority;
    b->three = text_upper(w->a, d->signer_title);
    b->four = d->signer;
}

/* ---- places ---- */

static void place_put(struct arena *a, struct json p, const char *key, const struct paper_place *at)
{
    struct json o = json_new_object(a);

    if (!at->page)
        return;
    json_put_int(o, "page", at->page);
    json_put_real(o, "x", at->x);
    json_put_real(o, "y", at->y);
    json_put_real(o, "width", at->width);
    json_put_real(o, "height", at->height);
    json_put_real(o, "baseline", at->baseline);
    json_put_real(o, "size", at->size);
    json_put_json(p, key, o);
}

static struct str places_text(struct arena *a, const struct paper_places *at)
{
    struct json p = json_new_object(a);

    place_put(a, p, "number", &at->number);
    place_put(a, p, "day", &at->day);
    place_put(a, p, "month", &at->month);
    place_put(a, p, "year", &at->year);
    place_put(a, p, "signature", &at->signature);
    return json_canonical(a, p);
}

enum err document_paper(struct ctx *ctx, struct db *db, const struct document_hand *h, struct str *ret_pdf, struct str *ret_places, int64_t *ret_pages)
{
    struct arena *a = ctx->arena;
    struct writing w = {.a = a, .h = h, .block = ARENA_ARRAY(a, struct paper_block, BLOCKS_MAX)};
    struct q_document_issuer_of issuer;
    struct paper_places at;
    const struct zone *zone;
    enum err err = q_document_issuer_of(db, a, h->d.unit_id, &issuer);

    if (zone_open(STR("Asia/Ho_Chi_Minh"), &zone))
        BUG("no zone Asia/Ho_Chi_Minh");

    if (err)
        return err;
    head(&w, &issuer);
    title(&w);
    body(&w);
    signature(&w);
    struct paper_document d = {.title = h->d.subject, .author = issuer.unit_name, .on = ctx_today(ctx), .made_at = zone_iso(a, zone, ctx->now),
                               .size = PAPER_A4, .block = w.block, .block_count = w.count};
    err = paper_pdf_placed(a, &d, ret_pdf, &at);
    if (err)
        return err;
    *ret_places = places_text(a, &at);
    *ret_pages = at.signature.page;
    return OK;
}
