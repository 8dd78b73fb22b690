/* The definition of a book: read from data, checked, journalled. */
#include "acts/book.h"

#include "acts/admin.h"
#include "format/yaml.h"

struct reading {
    struct arena *a;
    struct fault *fault;
    struct str where;
};

static enum err bad(const struct reading *r, const char *what, struct str which)
{
    return fault_at(r->a, r->fault, 0, ERR_INVALID, "%" PRIstr ": %s '%" PRIstr "'", STR_ARG(r->where), what, STR_ARG(which));
}

/* Vietnamese under `key`, English under `key`_en, which may be missing. */
static void both(struct arena *a, struct json o, const char *key, struct str ret[LANG__COUNT])
{
    struct str en = json_as_text(json_get_named(o, str_format(a, "%s_en", key)));

    ret[LANG_VI] = json_text(o, key);
    ret[LANG_EN] = en.n ? en : ret[LANG_VI];
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_' || s.p[i] == '-'))
            return false;
    return s.n > 0 && s.n <= ADMIN_CODE_MAX;
}

static bool flag(struct json o, const char *key)
{
    return str_eq(json_text(o, key), STR("true"));
}

static enum err choices(struct reading *r, struct json list, struct schema_field *f)
{
    size_t n = json_length(list);

    if (f->type != SCHEMA_CHOICE)
        return OK;
    if (!n || n > SCHEMA_CHOICES_MAX)
        return bad(r, "no choices, or too many, in", f->code);
    struct schema_choice *c = ARENA_ARRAY(r->a, struct schema_choice, n);
    for (size_t i = 0; i < n; i++) {
        c[i].code = json_text(json_at(list, i), "code");
        both(r->a, json_at(list, i), "label", c[i].label);
        if (!is_code(c[i].code) || !c[i].label[LANG_VI].n)
            return bad(r, "a choice without code or label in", f->code);
        for (size_t k = 0; k < i; k++)
            if (str_eq(c[k].code, c[i].code))
                return bad(r, "a choice twice", c[i].code);
    }
    f->choice = c;
    f->choice_count = n;
    return OK;
}

/* The index of a field named before this one; -1 where the member is absent. */
static enum err earlier(struct reading *r, struct json o, const char *key, const struct schema_field *field, size_t count, int *ret)
{
    struct str name = json_text(o, key);

    *ret = name.n ? schema_find(field, count, name) : -1;
    return name.n && *ret < 0 ? bad(r, "no field before it is called", name) : OK;
}

static enum err operands(struct reading *r, struct json list, const struct schema_field *field, size_t count, struct schema_field *f)
{
    f->of_count = json_length(list);
    if (f->of_count > SCHEMA_OPERANDS_MAX || f->of_count < 2 || (f->type == SCHEMA_SHARE && f->of_count != 2))
        return bad(r, "`of` names two fields or more (two, for a share) in", f->code);
    for (size_t i = 0; i < f->of_count; i++) {
        f->of[i] = schema_find(field, count, json_as_text(json_at(list, i)));
        if (f->of[i] < 0)
            return bad(r, "no field before it is called", json_as_text(json_at(list, i)));
        enum schema_type t = field[f->of[i]].type;
        if (t != SCHEMA_NUMBER && t != SCHEMA_MONEY && t != SCHEMA_COMPUTED)
            return bad(r, "no number", field[f->of[i]].code);
    }
    return OK;
}

static enum err condition(struct reading *r, struct json o, const struct schema_field *field, size_t count, struct schema_field *f)
{
    struct json is = json_get(o, "is");
    enum err err = earlier(r, o, "when", field, count, &f->when);

    if (err || f->when < 0)
        return err;
    struct str *value = ARENA_ARRAY(r->a, struct str, json_length(is) + 1);
    for (size_t i = 0; i < json_length(is); i++)
        value[i] = json_as_text(json_at(is, i));
    f->is = value;
    f->is_count = json_length(is);
    return f->is_count ? OK : bad(r, "`when` without `is` in", f->code);
}

static enum err bounds(struct reading *r, struct json o, struct schema_field *f)
{
    f->has_min = json_has(o, "min");
    f->has_max = json_has(o, "max");
    if ((f->has_min && yaml_int(o, "min", INT64_MIN, INT64_MAX, &f->min)) || (f->has_max && yaml_int(o, "max", INT64_MIN, INT64_MAX, &f->max)))
        return bad(r, "min or max is no number in", f->code);
    return OK;
}

static enum err fields(struct reading *r, struct json list, bool inside, const struct schema_field **ret, size_t *ret_count);

static enum err field(struct reading *r, struct json o, const struct schema_field *before, size_t count, bool inside, struct schema_field *f)
{
    *f = (struct schema_field){.code = json_text(o, "code"), .required = flag(o, "required"), .in_list = flag(o, "list"),
                               .not_ahead = flag(o, "not_ahead"), .book = json_text(o, "book"), .not_before = -1, .when = -1};
    both(r->a, o, "label", f->label);
    both(r->a, o, "hint", f->hint);
    if (!is_code(f->code) || !f->label[LANG_VI].n)
        return bad(r, "a field without code or label", f->code);
    if (schema_find(before, count, f->code) >= 0)
        return bad(r, "a field twice", f->code);
    if (!schema_type_find(json_text(o, "type"), &f->type))
        return bad(r, "there is no type", json_text(o, "type"));
    if (inside && (f->type == SCHEMA_GROUP || f->type == SCHEMA_COMPUTED || f->type == SCHEMA_SHARE || f->type == SCHEMA_FILE))
        return bad(r, "not in a group:", f->code);
    if (f->type == SCHEMA_COMPUTED && !schema_op_find(json_text(o, "op"), &f->op))
        return bad(r, "there is no operation", json_text(o, "op"));
    if (f->type == SCHEMA_RECORD && !f->book.n)
        return bad(r, "of which book is", f->code);
    enum err err = choices(r, json_get(o, "choices"), f);
    if (!err)
        err = bounds(r, o, f);
    if (!err)
        err = condition(r, o, before, count, f);
    if (!err)
        err = earlier(r, o, "not_before", before, count, &f->not_before);
    if (!err && (f->type == SCHEMA_COMPUTED || f->type == SCHEMA_SHARE))
        err = operands(r, json_get(o, "of"), before, count, f);
    if (!err && f->type == SCHEMA_GROUP)
        err = fields(r, json_get(o, "fields"), true, &f->field, &f->field_count);
    return err;
}

static enum err fields(struct reading *r, struct json list, bool inside, const struct schema_field **ret, size_t *ret_count)
{
    size_t n = json_length(list);
    struct schema_field *f = ARENA_ARRAY(r->a, struct schema_field, n + 1);

    if (!n || n > SCHEMA_FIELDS_MAX)
        return bad(r, "no fields, or more than", STR("60"));
    for (size_t i = 0; i < n; i++) {
        enum err err = field(r, json_at(list, i), f, i, inside, &f[i]);
        if (err)
            return err;
    }
    *ret = f;
    *ret_count = n;
    return OK;
}

/* Which field plays a part: of that type, and always filled. */
static enum err part(struct reading *r, const struct schema *s, struct json content, const char *key, enum schema_type type, bool needed, int *ret)
{
    struct str name = json_text(content, key);

    *ret = name.n ? schema_find(s->field, s->count, name) : -1;
    if (*ret < 0)
        return name.n || needed ? bad(r, key, name) : OK;
    const struct schema_field *f = &s->field[*ret];
    return f->type != type || (needed && (!f->required || f->when >= 0)) ? bad(r, "must be required and of the right type:", name) : OK;
}

static enum err key(struct reading *r, struct json list, struct schema *s)
{
    int *k = ARENA_ARRAY(r->a, int, json_length(list) + 1);

    for (size_t i = 0; i < json_length(list); i++) {
        k[i] = schema_find(s->field, s->count, json_as_text(json_at(list, i)));
        if (k[i] < 0 || s->field[k[i]].type == SCHEMA_GROUP)
            return bad(r, "no field for the key", json_as_text(json_at(list, i)));
    }
    s->key = k;
    s->key_count = json_length(list);
    return OK;
}

enum err book_schema_read(struct arena *a, struct json content, struct schema *ret, struct fault *ret_fault)
{
    struct schema s = {.code = json_text(content, "book"), .part = json_text(content, "part"), .basis = json_text(content, "basis"),
                       .title = json_text(content, "title"), .unit = -1, .day = -1, .until = -1};
    struct reading r = {a, ret_fault, s.code};

    both(a, content, "name", s.name);
    both(a, content, "about", s.about);
    if (!is_code(s.code) || !s.name[LANG_VI].n || !s.title.n)
        return bad(&r, "a book needs `book`, `name` and `title`", s.code);
    enum err err = fields(&r, json_get(content, "fields"), false, &s.field, &s.count);
    if (!err)
        err = part(&r, &s, content, "unit", SCHEMA_UNIT, true, &s.unit);
    if (!err)
        err = part(&r, &s, content, "day", SCHEMA_DATE, true, &s.day);
    if (!err)
        err = part(&r, &s, content, "until", SCHEMA_DATE, false, &s.until);
    if (!err)
        err = key(&r, json_get(content, "key"), &s);
    if (!err)
        *ret = s;
    return err;
}

/* ---- the act ---- */

struct defining {
    struct act_book_define *act;
    struct ctx *ctx;
    struct schema schema;
};

/* What entries hold under a code must go on meaning the same. */
static bool types_stay(const struct schema *old, const struct schema *now, struct str *ret_which)
{
    for (size_t i = 0; i < old->count; i++) {
        int at = schema_find(now->field, now->count, old->field[i].code);
        *ret_which = old->field[i].code;
        if (at >= 0 && now->field[at].type != old->field[i].type)
            return false;
    }
    return true;
}

static enum err define_in_transaction(struct db *tx, void *arg)
{
    struct defining *d = arg;
    struct ctx *ctx = d->ctx;
    struct json p = json_new_object(ctx->arena);
    struct book old = {.id = 0};
    struct str which;
    struct q_book_by_code row;
    int64_t sort_no = 0;
    enum err err = admin_right_any(ctx, tx, RIGHT_BOOK_DEFINE);

    if (err)
        return err;
    err = q_book_by_code(tx, ctx->arena, d->schema.code, &row);
    if (!err && str_eq(row.content, json_canonical(ctx->arena, d->act->content))) {
        d->act->id = row.id;
        return OK;
    }
    if (!err)
        err = book_by_code(ctx, tx, d->schema.code, &old);
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (old.id && !types_stay(&old.schema, &d->schema, &which)) {
        problem_add(ctx, "content", WORD_BOOK_PROBLEM_TYPE, which);
        return ERR_INVALID;
    }
    if (yaml_int(d->act->content, "sort_no", 0, 1000000, &sort_no))
        sort_no = 1000;
    json_put_text(p, "code", d->schema.code);
    json_put_text(p, "name", d->schema.name[LANG_VI]);
    json_put_text(p, "part", d->schema.part);
    json_put_int(p, "edition", old.edition + 1);
    json_put_int(p, "sort_no", sort_no);
    json_put_json(p, "content", d->act->content);
    struct admin_entry e = {"book.define", "book", old.id, {0}, p};
    d->act->id = old.id;
    return admin_journal(ctx, tx, &e, old.id ? NULL : &d->act->id);
}

enum err act_book_define(struct act_book_define *act, struct ctx *ctx)
{
    struct defining d = {.act = act, .ctx = ctx};
    enum err err = json_canonical(ctx->arena, act->content).n > BOOK_CONTENT_MAX ? ERR_LIMIT
                                                                                : book_schema_read(ctx->arena, act->content, &d.schema, &act->fault);

    if (err) {
        problem_add(ctx, "content", WORD_BOOK_PROBLEM_CONTENT, act->fault.why.n ? act->fault.why : STR(""));
        return ERR_INVALID;
    }
    return admin_transact(ctx, define_in_transaction, &d);
}

/* ---- loading ---- */

static enum err of_content(struct ctx *ctx, struct str content, struct schema *ret)
{
    struct json j;
    struct fault fault = {.why = STR("")};
    enum err err = json_parse(ctx->arena, content, &j, &fault);

    return err || book_schema_read(ctx->arena, j, ret, &fault) ? ERR_STORE : OK;
}

enum err book_by_code(struct ctx *ctx, struct db *db, struct str code, struct book *ret)
{
    struct q_book_by_code row;
    enum err err = q_book_by_code(db, ctx->arena, code, &row);

    if (!err)
        err = of_content(ctx, row.content, &ret->schema);
    if (err)
        return err;
    ret->id = row.id;
    ret->edition = row.edition;
    return OK;
}

enum err book_by_id(struct ctx *ctx, struct db *db, int64_t id, struct book *ret)
{
    struct q_book_by_id row;
    enum err err = q_book_by_id(db, ctx->arena, id, &row);

    return err ? err : book_by_code(ctx, db, row.code, ret);
}

enum err book_edition(struct ctx *ctx, struct db *db, int64_t id, int64_t edition, struct schema *ret)
{
    struct q_book_edition_by_no row;
    enum err err = q_book_edition_by_no(db, ctx->arena, id, edition, &row);

    return err ? err : of_content(ctx, row.content, ret);
}

enum err act_books(struct ctx *ctx, struct book_line **ret, size_t *ret_count)
{
    struct q_book_list *row;
    struct q_book_counts *n;
    size_t count, counts;
    struct db *db = ctx_db(ctx);
    enum err err = right_check_any(ctx, RIGHT_BOOK_READ);

    if (!err)
        err = q_book_list(db, ctx->arena, &row, &count);
    if (!err)
        err = q_book_counts(db, ctx->arena, ctx->actor.id, right_code(RIGHT_BOOK_READ), ctx_today_iso(ctx), &n, &counts);
    struct book_line *line = err ? NULL : ARENA_ARRAY(ctx->arena, struct book_line, count + 1);
    for (size_t i = 0; !err && i < count; i++) {
        line[i].book = (struct book){.id = row[i].id, .edition = row[i].edition};
        err = of_content(ctx, row[i].content, &line[i].book.schema);
        for (size_t k = 0; k < counts; k++)
            if (n[k].book_id == row[i].id)
                line[i].count = n[k].n;
    }
    if (err)
        return err;
    *ret = line;
    *ret_count = count;
    return OK;
}
