#include "acts/book_ref.h"

#include "sql_document.h"
#include "sql_file.h"
#include "sql_person.h"
#include "sql_unit.h"

enum err book_unit_code(struct ctx *ctx, struct db *db, int64_t unit, struct str *ret)
{
    struct q_unit_by_id u;
    enum err err = q_unit_by_id(db, ctx->arena, unit, &u);

    if (!err)
        *ret = u.code;
    return err;
}

static enum err unit_find(struct ctx *ctx, struct db *db, int64_t id, bool by_code, struct str text, int64_t *ret)
{
    struct q_unit_by_code_any any;
    struct q_unit_by_name named;
    struct q_unit_by_id u;
    enum err err;

    if (!by_code) {
        err = q_unit_by_id(db, ctx->arena, id, &u);
        *ret = id;
        return err;
    }
    err = q_unit_by_code_any(db, ctx->arena, text, &any);
    *ret = err ? 0 : any.id;
    if (err != ERR_NOT_FOUND)
        return err;
    err = q_unit_by_name(db, ctx->arena, text, &named);
    *ret = err ? 0 : named.id;
    return err;
}

static enum err person_find(struct ctx *ctx, struct db *db, int64_t id, bool by_code, struct str text, int64_t *ret)
{
    struct q_person_by_login named;
    struct q_person_by_id p;
    enum err err = by_code ? q_person_by_login(db, ctx->arena, text, &named) : q_person_by_id(db, ctx->arena, id, &p);

    *ret = err ? 0 : by_code ? named.id : id;
    return err;
}

static enum err entry_find(struct ctx *ctx, struct db *db, const struct schema_field *f, int64_t id, bool by_code, struct str text, int64_t *ret)
{
    struct q_book_entry_of_title titled;
    struct q_book_entry_in in;
    enum err err = by_code ? q_book_entry_of_title(db, ctx->arena, f->book, text, &titled) : q_book_entry_in(db, ctx->arena, f->book, id, &in);

    *ret = err ? 0 : by_code ? titled.id : id;
    return err;
}

static enum err document_find(struct ctx *ctx, struct db *db, int64_t id, int64_t *ret)
{
    struct q_document_by_id d;

    *ret = id;
    return q_document_by_id(db, ctx->arena, id, &d);
}

enum err book_ref_find(struct ctx *ctx, struct db *db, const struct schema_field *f, bool by_code, struct str *text)
{
    struct str s = str_trim(*text);
    int64_t id = 0, found = 0;
    enum err err;

    if (!s.n || f->type < SCHEMA_UNIT || f->type > SCHEMA_RECORD)
        return OK;
    if (str_parse_int(s, 1, INT64_MAX, &id) && (!by_code || f->type == SCHEMA_DOCUMENT))
        return ERR_NOT_FOUND;
    if (f->type == SCHEMA_UNIT)
        err = unit_find(ctx, db, id, by_code, s, &found);
    else if (f->type == SCHEMA_PERSON)
        err = person_find(ctx, db, id, by_code, s, &found);
    else if (f->type == SCHEMA_DOCUMENT)
        err = document_find(ctx, db, id, &found);
    else
        err = entry_find(ctx, db, f, id, by_code, s, &found);
    if (!err)
        *text = str_format(ctx->arena, "%lld", (long long)found);
    return err;
}

/* ---- as people read it ---- */

static struct str named(struct ctx *ctx, const struct schema_field *f, int64_t id)
{
    struct db *db = ctx_db(ctx);
    struct q_unit_by_id u;
    struct q_person_by_id p;
    struct q_document_by_id d;
    struct q_book_entry_in e;

    if (f->type == SCHEMA_UNIT)
        return q_unit_by_id(db, ctx->arena, id, &u) ? STR("") : u.name;
    if (f->type == SCHEMA_PERSON)
        return q_person_by_id(db, ctx->arena, id, &p) ? STR("") : p.name;
    if (f->type == SCHEMA_DOCUMENT)
        return q_document_by_id(db, ctx->arena, id, &d) ? STR("") : d.code;
    return q_book_entry_in(db, ctx->arena, f->book, id, &e) ? STR("") : e.title;
}

struct str book_say(struct ctx *ctx, const struct schema_field *f, struct str value)
{
    int64_t id;

    if (f->type < SCHEMA_UNIT || f->type > SCHEMA_RECORD)
        return schema_text(ctx->arena, ctx->lang, f, value);
    return value.n && str_parse_int(value, 1, INT64_MAX, &id) == OK ? named(ctx, f, id) : STR("");
}
