#include "web/receipt_paper.h"

#include "base/text.h"

enum { BLOCKS = 24, COLUMNS = 4 };

struct writing {
    struct arena *a;
    struct paper_block *block;
    size_t count;
};

static struct paper_block *block(struct writing *w, enum paper_block_kind kind)
{
    struct paper_block *b = &w->block[w->count++];

    *b = (struct paper_block){.kind = kind, .one = STR(""), .two = STR(""), .three = STR(""), .four = STR("")};
    return b;
}

static struct str say(const struct writing *w, enum word id, struct str one)
{
    return word_format(w->a, LANG_VI, id, &one, 1);
}

static struct str joined(const struct writing *w, enum word label, struct str value)
{
    return str_format(w->a, "%" PRIstr " %" PRIstr, STR_ARG(word(LANG_VI, label)), STR_ARG(value));
}

static void line(struct writing *w, struct str label, struct str strong, struct str rest)
{
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, 3);
    struct paper_block *b = block(w, PAPER_PARAGRAPH);

    span[0] = (struct paper_span){.text = label};
    span[1] = (struct paper_span){.text = strong, .bold = true};
    span[2] = (struct paper_span){.text = rest};
    b->span = span;
    b->span_count = 3;
}

/* Who, about what, and the code to follow it with. */
static void who(struct writing *w, const struct view_receipt *v)
{
    const struct view_paper_who *x = v->who;
    struct paper_block *b = block(w, PAPER_CODE);
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, 4);
    struct str box = v->qr_box, part, side = STR("");

    span[0].text = x->submitter.n ? str_format(w->a, "%" PRIstr " %" PRIstr " (%" PRIstr " %" PRIstr ")", STR_ARG(word(LANG_VI, WORD_RECEIPT_FROM)), STR_ARG(x->applicant),
                                               STR_ARG(word(LANG_VI, WORD_RECEIPT_BY)), STR_ARG(x->submitter))
                                  : joined(w, WORD_RECEIPT_FROM, x->applicant);
    span[1].text = joined(w, WORD_RECEIPT_ADDRESS, x->address);
    span[2].text = joined(w, WORD_RECEIPT_PHONE, x->phone);
    span[3].text = x->summary.n ? str_format(w->a, "%" PRIstr " %" PRIstr ". %" PRIstr, STR_ARG(word(LANG_VI, WORD_RECEIPT_ABOUT)), STR_ARG(x->procedure), STR_ARG(x->summary))
                                : joined(w, WORD_RECEIPT_ABOUT, x->procedure);
    b->span = span;
    b->span_count = 4;
    while (str_split(&box, ' ', &part)) /* "0 0 33 33": the last is the side */
        side = part;
    b->one = v->qr;
    b->two = side;
    b->three = str_format(w->a, "%" PRIstr "\n%" PRIstr " %" PRIstr, STR_ARG(word(LANG_VI, WORD_RECEIPT_QR_TEXT)),
                          STR_ARG(word(LANG_VI, WORD_RECEIPT_SECRET)), STR_ARG(v->secret));
}

static void papers(struct writing *w, const struct view_receipt *v)
{
    static const enum word HEADS[COLUMNS] = {WORD_RECEIPT_COL_NO, WORD_RECEIPT_COL_PAPER, WORD_RECEIPT_COL_KIND, WORD_RECEIPT_COL_QUANTITY};
    struct paper_table *t = ARENA_NEW(w->a, struct paper_table);
    struct paper_row *row = ARENA_ARRAY(w->a, struct paper_row, v->receipt_paper_count + 1);
    struct paper_cell *head = ARENA_ARRAY(w->a, struct paper_cell, COLUMNS);

    for (int c = 0; c < COLUMNS; c++)
        head[c] = (struct paper_cell){.text = word(LANG_VI, HEADS[c]), .bold = true, .align = PAPER_CENTRE};
    row[0] = (struct paper_row){head, COLUMNS};
    for (size_t i = 0; i < v->receipt_paper_count; i++) {
        const struct view_receipt_paper *p = &v->receipt_paper[i];
        struct paper_cell *cell = ARENA_ARRAY(w->a, struct paper_cell, COLUMNS);
        cell[0] = (struct paper_cell){.text = str_format(w->a, "%lld", (long long)p->no), .align = PAPER_CENTRE};
        cell[1] = (struct paper_cell){.text = p->name};
        cell[2] = (struct paper_cell){.text = p->kind, .align = PAPER_CENTRE};
        cell[3] = (struct paper_cell){.text = str_format(w->a, "%lld", (long long)p->quantity), .align = PAPER_CENTRE};
        row[i + 1] = (struct paper_row){cell, COLUMNS};
    }
    *t = (struct paper_table){.caption = word(LANG_VI, WORD_RECEIPT_ITEM_PAPERS), .row = row, .row_count = v->receipt_paper_count + 1, .head_count = 1, .columns = COLUMNS};
    if (v->receipt_paper_count)
        block(w, PAPER_TABLE)->table = t;
}

static void items(struct writing *w, const struct view_receipt *v)
{
    struct str n = str_format(w->a, "%lld", (long long)v->sets), batch[] = {str_format(w->a, "%lld", (long long)v->batch), v->first_code, v->last_code};

    line(w, say(w, WORD_RECEIPT_ITEM_SETS, n), STR(""),
         v->is_batch ? str_format(w->a, ". %" PRIstr, STR_ARG(word_format(w->a, LANG_VI, WORD_RECEIPT_ITEM_BATCH, batch, 3))) : STR(""));
    if (v->limit.n)
        line(w, say(w, WORD_RECEIPT_ITEM_LIMIT, v->limit), STR(""), STR(""));
    line(w, say(w, WORD_RECEIPT_ITEM_RECEIVED, v->received), STR(""), STR(""));
    line(w, str_format(w->a, "%" PRIstr " ", STR_ARG(word(LANG_VI, WORD_RECEIPT_ITEM_DUE))), v->due, str_format(w->a, " (%" PRIstr ")", STR_ARG(v->due_day)));
    line(w, joined(w, WORD_RECEIPT_ITEM_DELIVERY, v->delivery), STR(""), v->delivery_address.n ? str_format(w->a, ", %" PRIstr, STR_ARG(v->delivery_address)) : STR(""));
    line(w, joined(w, WORD_RECEIPT_ITEM_FEE, v->fee), STR(""), STR(""));
    line(w, str_format(w->a, "%" PRIstr " %" PRIstr ". ", STR_ARG(word(LANG_VI, WORD_RECEIPT_REGISTER)), STR_ARG(v->volume)), STR(""),
         say(w, WORD_RECEIPT_REGISTER_NO, str_format(w->a, "%lld", (long long)v->register_no)));
}

static void signatures(struct writing *w, const struct view_receipt *v)
{
    struct paper_block *b = block(w, PAPER_SIGNATURE);
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, 2);

    span[0] = (struct paper_span){.text = word(LANG_VI, WORD_RECEIPT_SIGN_HINT)};
    span[1] = (struct paper_span){.text = text_upper(w->a, word(LANG_VI, WORD_RECEIPT_SIGN_APPLICANT))};
    b->two = text_upper(w->a, word(LANG_VI, WORD_RECEIPT_SIGN_OFFICER));
    b->four = v->officer;
    b->span = span;
    b->span_count = 2;
}

struct paper_document receipt_document(struct arena *a, const struct view_receipt *v, struct date on, struct str made_at)
{
    struct writing w = {.a = a, .block = ARENA_ARRAY(a, struct paper_block, BLOCKS)};
    struct paper_block *head = block(&w, PAPER_HEAD), *title = block(&w, PAPER_TITLE);
    struct paper_span *span = ARENA_ARRAY(a, struct paper_span, 2);

    head->one = text_upper(a, v->head->agency);
    head->two = text_upper(a, v->head->counter);
    head->three = joined(&w, WORD_RECEIPT_NUMBER, v->head->number);
    head->four = v->head->date;
    span[0] = (struct paper_span){.text = text_upper(a, word(LANG_VI, WORD_RECEIPT_TITLE_01)), .bold = true};
    span[1] = (struct paper_span){.text = joined(&w, WORD_RECEIPT_CODE, v->who->code)};
    title->span = span;
    title->span_count = 2;
    who(&w, v);
    papers(&w, v);
    items(&w, v);
    signatures(&w, v);
    line(&w, word(LANG_VI, WORD_RECEIPT_NOTE_RETURN), STR(""), STR(""));
    return (struct paper_document){.title = span[1].text, .author = v->head->counter, .on = on, .made_at = made_at, .size = PAPER_A5,
                                   .block = w.block, .block_count = w.count};
}
