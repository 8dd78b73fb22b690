/* The registers of the demonstration city: data/demo/books.yaml and data/demo/books/. */
#include "app/demo.h"

#include "acts/book.h"
#include "app/facts.h"
#include "format/yaml.h"
#include "sql_unit.h"

enum { ROW_MEMORY = 16 << 20 };

struct filling {
    struct session *s;
    struct json facts;
    struct demo_names *names;
    struct random random;
};

/* One file, whole or not at all: what it refuses is a defect of the demonstration. */
static enum err file_load(struct filling *f, struct str book)
{
    struct ctx *ctx = &f->s->ctx;
    struct act_book_import act = {.book = book};

    if (!facts_find(str_format(f->s->arena, "demo/books/%" PRIstr ".csv", STR_ARG(book)), &act.bytes))
        return ERR_NOT_FOUND;
    enum err err = act_book_import(&act, ctx);
    if (!err && act.refused_count) {
        complain("demo/books/%" PRIstr ".csv, line %zu: %" PRIstr, STR_ARG(book), act.refused[0].line, STR_ARG(act.refused[0].why));
        return ERR_INVALID;
    }
    return err;
}

/* ---- people in post: many, and alike ---- */

struct hiring {
    struct filling *f;
    struct json group;
    int64_t count;
};

static enum err hire_one(struct hiring *h, struct ctx *ctx, const struct schema *s)
{
    static const char *const MEMBERS[] = {"unit", "kind", "sector", "position", "from", "to", "standard"};
    struct schema_value *v = ARENA_ARRAY(ctx->arena, struct schema_value, s->count);
    struct act_book_enter act = {.book = s->code, .value = v, .by_code = true, .reason = STR("")};
    bool woman;

    for (size_t i = 0; i < s->count; i++)
        v[i].text = str_eq(s->field[i].code, STR("name")) ? demo_name(h->f->names, &h->f->random, ctx->arena, &woman) : STR("");
    for (size_t m = 0; m < sizeof MEMBERS / sizeof MEMBERS[0]; m++) {
        int at = schema_find(s->field, s->count, str_of(MEMBERS[m]));
        if (at < 0)
            return ERR_INVALID;
        v[at].text = json_text(h->group, MEMBERS[m]);
    }
    return act_book_enter(&act, ctx);
}

/* A group in one transaction; the memory of one person is given back before the next. */
static enum err hire_group(struct db *tx, void *arg)
{
    struct hiring *h = arg;
    struct ctx ctx = h->f->s->ctx;
    struct book book;
    enum err err = book_by_code(&h->f->s->ctx, tx, STR("nhan-su"), &book);

    ctx.tx = tx;
    ctx.arena = arena_new(ROW_MEMORY);
    for (int64_t i = 0; !err && i < h->count; i++) {
        err = hire_one(h, &ctx, &book.schema);
        arena_reset(ctx.arena);
    }
    arena_free(ctx.arena);
    return err;
}

static enum err people_hire(struct filling *f)
{
    enum { PEOPLE_MAX = 100 * 1000 };
    struct json groups = json_get(f->facts, "people");
    enum err err = demo_names_read(f->s->arena, &f->names);

    for (size_t i = 0; !err && i < json_length(groups); i++) {
        struct hiring h = {.f = f, .group = json_at(groups, i)};
        err = yaml_int(h.group, "count", 1, PEOPLE_MAX, &h.count);
        if (!err)
            err = ctx_transact(&f->s->ctx, hire_group, &h);
    }
    return err;
}

/* ---- what is complete ---- */

static enum err unit_find(struct filling *f, struct str code, int64_t *ret)
{
    struct q_unit_by_code_any unit;
    enum err err = q_unit_by_code_any(f->s->db, f->s->arena, code, &unit);

    if (!err)
        *ret = unit.id;
    return err;
}

static enum err declare(struct filling *f)
{
    struct json c = json_get(f->facts, "complete"), books = json_get(c, "books");
    struct book book;
    struct act_book_declare act = {.note = json_text(c, "note")};
    enum err err = date_parse(json_text(c, "from"), &act.from);

    if (!err)
        err = date_parse(json_text(c, "to"), &act.to);
    if (!err)
        err = unit_find(f, json_text(c, "unit"), &act.unit);
    for (size_t i = 0; !err && i < json_length(books); i++) {
        act.book = json_as_text(json_at(books, i));
        err = book_by_code(&f->s->ctx, f->s->db, act.book, &book);
        if (!err)
            err = act_book_declare(&act, &f->s->ctx);
    }
    return err;
}

enum err demo_books(struct session *s, uint64_t seed)
{
    struct filling f = {.s = s};
    struct str text;
    struct fault fault;

    if (!facts_find(STR("demo/books.yaml"), &text))
        return ERR_NOT_FOUND;
    enum err err = yaml_parse(s->arena, text, &f.facts, &fault);
    if (!err)
        err = instant_parse(json_text(f.facts, "recorded"), &s->ctx.now);
    if (err)
        return err;
    err = actor_load(&s->ctx, STR("he-thong"), &s->ctx.actor);
    random_open_seeded(&f.random, seed ^ 0xb00c);
    struct json books = json_get(f.facts, "books");
    for (size_t i = 0; !err && i < json_length(books); i++)
        err = file_load(&f, json_as_text(json_at(books, i)));
    if (!err)
        err = people_hire(&f);
    return err ? err : declare(&f);
}
