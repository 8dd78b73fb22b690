/* A list of entries from a file, line by line. */
#include "acts/book.h"

#include "acts/admin.h"
#include "base/text.h"
#include "format/csv.h"
#include "format/xlsx_read.h"

enum { NOT_THERE = -1, ROW_MEMORY = 16 << 20 };

struct importing {
    struct act_book_import *act;
    struct ctx *ctx;
    struct book book;
    int at[SCHEMA_FIELDS_MAX]; /* the column of each field */
    struct arena *row_memory;
};

/* A code of a field is that field and no other, whatever the labels say. */
static bool is_called(struct arena *a, const struct schema *s, const struct schema_field *f, struct str column)
{
    struct str folded = text_fold(a, column);

    if (schema_find(s->field, s->count, column) >= 0)
        return str_eq(f->code, column);
    return str_eq(text_fold(a, f->label[LANG_VI]), folded) || str_eq(text_fold(a, f->label[LANG_EN]), folded);
}

static enum err header(void *arg, struct csv_row names)
{
    struct importing *m = arg;
    const struct schema *s = &m->book.schema;

    for (size_t f = 0; f < s->count; f++) {
        m->at[f] = NOT_THERE;
        for (size_t c = 0; c < names.count; c++)
            if (is_called(m->ctx->arena, s, &s->field[f], names.field[c]))
                m->at[f] = (int)c;
        if (s->field[f].required && s->field[f].when < 0 && m->at[f] == NOT_THERE && s->field[f].type != SCHEMA_GROUP)
            problem_add(m->ctx, "file", WORD_BOOK_PROBLEM_COLUMN, s->field[f].label[m->ctx->lang]);
    }
    return m->ctx->problems.count ? ERR_INVALID : OK;
}

static void refuse(struct importing *m, size_t line, struct str why)
{
    m->act->refused[m->act->refused_count++] = (struct book_refusal){line, why};
}

static struct str label_of(const struct schema *s, struct arena *a, enum lang lang, const char *field)
{
    for (size_t i = 0; i < s->count; i++)
        if (str_eq(str_of(field), str_format(a, "f-%" PRIstr, STR_ARG(s->field[i].code))))
            return s->field[i].label[lang];
    return STR("");
}

/* "Ngày: Phải là ngày có thật; Số người: …" */
static struct str why_of(const struct importing *m, const struct ctx *ctx)
{
    struct arena *a = ctx->arena;
    struct buf b = buf_in(a);

    for (const struct problem *p = ctx->problems.first; p; p = p->next) {
        struct str label = label_of(&m->book.schema, a, ctx->lang, p->field);
        buf_put(&b, b.n ? STR("; ") : STR(""));
        if (label.n)
            buf_format(&b, "%" PRIstr ": ", STR_ARG(label));
        buf_put(&b, word_format(a, ctx->lang, p->word, &p->arg, 1));
    }
    return b.n ? buf_str(&b) : STR("");
}

static bool is_refusal(enum err err)
{
    return err == ERR_INVALID || err == ERR_FORBIDDEN || err == ERR_NOT_FOUND;
}

/* One line is entered in memory of its own, which is given back: a list is long. */
static enum err enter(struct importing *m, struct ctx *ctx, struct csv_row fields, struct str *ret_why)
{
    const struct schema *s = &m->book.schema;
    struct schema_value *v = ARENA_ARRAY(ctx->arena, struct schema_value, s->count + 1);
    struct act_book_enter act = {.book = m->act->book, .value = v, .by_code = true, .dry = m->act->dry, .reason = STR("")};

    for (size_t f = 0; f < s->count; f++)
        v[f] = (struct schema_value){.text = m->at[f] == NOT_THERE ? STR("") : fields.field[m->at[f]]};
    enum err err = act_book_enter(&act, ctx);
    if (err == ERR_INVALID)
        *ret_why = str_copy(m->ctx->arena, why_of(m, ctx));
    else if (is_refusal(err))
        *ret_why = word(ctx->lang, WORD_BOOK_PROBLEM_UNIT);
    return err;
}

static enum err row(void *arg, struct csv_row fields)
{
    struct importing *m = arg;
    struct ctx ctx = *m->ctx;
    struct str why;

    if (m->act->entered + m->act->refused_count >= BOOK_IMPORT_MAX) {
        problem_add(m->ctx, "file", WORD_BOOK_PROBLEM_ROWS, word_int(m->ctx->arena, m->ctx->lang, BOOK_IMPORT_MAX));
        return ERR_INVALID;
    }
    ctx.arena = m->row_memory;
    ctx.problems = (struct problems){.first = NULL};
    enum err err = enter(m, &ctx, fields, &why);
    if (is_refusal(err))
        refuse(m, fields.line, why);
    else if (!err)
        m->act->entered++;
    arena_reset(m->row_memory);
    return is_refusal(err) ? OK : err;
}

static void unreadable(void *arg, size_t line, struct str why)
{
    struct importing *m = arg;

    (void)why; /* a phrase in English, for who runs commands */
    if (m->act->refused_count < BOOK_IMPORT_MAX)
        refuse(m, line, word(m->ctx->lang, WORD_BOOK_PROBLEM_LINE));
}

static enum err read_in_transaction(struct db *tx, void *arg)
{
    struct importing *m = arg;
    const struct csv_reader reader = {.arg = m, .header = header, .row = row, .refused = unreadable};
    struct fault fault = {.why = STR("")};
    struct db *outer = m->ctx->tx;

    m->act->entered = m->act->refused_count = 0;
    m->ctx->tx = tx;
    struct str table = m->act->bytes;
    enum err err = xlsx_is(table) ? xlsx_read(m->ctx->arena, m->act->bytes, &table, &fault) : OK;
    if (err == ERR_LIMIT)
        err = ERR_INVALID;
    if (!err)
        err = csv_read_text(m->ctx->arena, table, &reader, &fault);
    m->ctx->tx = outer;
    if (err == ERR_INVALID && !m->ctx->problems.count)
        problem_add(m->ctx, "file", WORD_BOOK_PROBLEM_FILE, fault.why);
    return err;
}

enum err act_book_import(struct act_book_import *act, struct ctx *ctx)
{
    struct importing m = {.act = act, .ctx = ctx};
    enum err err = right_check_any(ctx, RIGHT_BOOK_EDIT);

    if (!err)
        err = book_by_code(ctx, ctx_db(ctx), act->book, &m.book);
    if (err)
        return err;
    act->refused = ARENA_ARRAY(ctx->arena, struct book_refusal, BOOK_IMPORT_MAX + 1);
    m.row_memory = arena_new(ROW_MEMORY);
    err = ctx_transact(ctx, read_in_transaction, &m);
    arena_free(m.row_memory);
    return err;
}
