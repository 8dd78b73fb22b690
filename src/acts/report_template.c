/* Templates of reports: read, and checked before they are kept. */
#include "acts/report_template.h"

#include "acts/definition.h"
#include "format/yaml.h"
#include "sql_definition.h"

struct reading {
    struct arena *a;
    struct fault *fault;
    struct str where; /* the heading that is read */
};

static enum err bad(const struct reading *r, const char *what, struct str which)
{
    return fault_at(r->a, r->fault, 0, ERR_INVALID, "%" PRIstr ": %s '%" PRIstr "'", STR_ARG(r->where), what, STR_ARG(which));
}

static unsigned span_of(struct json cell, const char *key)
{
    int64_t n;

    return yaml_int(cell, key, 1, REPORT_TEMPLATE_COLUMNS, &n) ? 1 : (unsigned)n;
}

/* Columns of the first row of heads, spans counted. */
static size_t width_of(struct json row)
{
    size_t n = 0;

    for (size_t i = 0; i < json_length(row); i++)
        n += span_of(json_at(row, i), "columns");
    return n;
}

static enum err table_check(const struct reading *r, struct json t)
{
    struct json head = json_get(t, "head"), rows = json_get(t, "rows");
    size_t width = width_of(json_at(head, 0));

    if (!json_text(t, "caption").n || !json_length(head) || json_length(head) > REPORT_TEMPLATE_HEADS)
        return bad(r, "a table needs a caption and up to 4 rows of heads", json_text(t, "caption"));
    if (!width || width > REPORT_TEMPLATE_COLUMNS)
        return bad(r, "a table with no columns, or too many", json_text(t, "caption"));
    if (json_has(t, "each"))
        return json_length(json_get(t, "cells")) == width ? OK : bad(r, "`cells` are not as many as the columns of", json_text(t, "caption"));
    for (size_t i = 0; i < json_length(rows); i++) {
        struct json row = json_at(rows, i), cells = json_kind(row) == JSON_KIND_OBJECT ? json_get(row, "cells") : row;
        if (json_length(cells) != width)
            return bad(r, "a row has not as many cells as the columns of", json_text(t, "caption"));
    }
    return json_length(rows) ? OK : bad(r, "a table without rows", json_text(t, "caption"));
}

static enum err block_check(const struct reading *r, struct json b)
{
    if (json_has(b, "text"))
        return json_text(b, "text").n ? OK : bad(r, "an empty", STR("text"));
    if (json_has(b, "table"))
        return table_check(r, json_get(b, "table"));
    if (json_has(b, "list"))
        return json_text(json_get(b, "list"), "of").n && json_text(json_get(b, "list"), "item").n ? OK : bad(r, "`of` and `item` are missing in a", STR("list"));
    if (json_has(b, "narrative"))
        return json_text(json_get(b, "narrative"), "id").n ? OK : bad(r, "`id` is missing in a", STR("narrative"));
    if (json_has(b, "include"))
        return str_eq(json_text(b, "include"), STR("mot-cua")) ? OK : bad(r, "nothing to include is called", json_text(b, "include"));
    return bad(r, "a block is one of text, table, list, narrative, include; not so in", r->where);
}

static enum err sections_check(struct reading *r, struct json list, int depth)
{
    enum err err = OK;

    if (depth == REPORT_TEMPLATE_DEPTH && json_length(list))
        return bad(r, "sections deeper than 4 in", r->where);
    for (size_t i = 0; !err && i < json_length(list); i++) {
        struct json s = json_at(list, i), blocks = json_get(s, "blocks");
        r->where = json_text(s, "heading");
        if (!r->where.n)
            return bad(r, "a section without", STR("heading"));
        for (size_t k = 0; !err && k < json_length(blocks); k++)
            err = block_check(r, json_at(blocks, k));
        if (!err)
            err = sections_check(r, json_get(s, "sections"), depth + 1);
    }
    return err;
}

static enum err laws_check(const struct reading *r, struct json laws)
{
    for (size_t i = 0; i < json_length(laws); i++)
        if (!json_text(json_at(laws, i), "left").n || !json_length(json_get(json_at(laws, i), "right")))
            return bad(r, "a law needs `left` and `right`", json_text(json_at(laws, i), "left"));
    return OK;
}

static enum err explain_check(const struct reading *r, struct json explain)
{
    int64_t n;

    if (yaml_int(explain, "change", 1, INT16_MAX, &n) || yaml_int(explain, "least", 1, INT16_MAX, &n))
        return bad(r, "`explain` needs `change`, per cent, and `least`, not", json_text(explain, "change"));
    return OK;
}

static void both(struct json o, const char *key, const char *key_en, struct str ret[LANG__COUNT])
{
    struct str en = json_text(o, key_en);

    ret[LANG_VI] = json_text(o, key);
    ret[LANG_EN] = en.n ? en : ret[LANG_VI];
}

enum err report_template_read(struct arena *a, struct json content, struct report_template *ret, struct fault *ret_fault)
{
    struct report_template t = {.code = json_text(content, "report"), .kind = json_text(content, "kind"), .title = json_text(content, "title"),
                                .basis = json_text(content, "basis"), .content = content};
    struct reading r = {a, ret_fault, t.code};

    both(content, "name", "name_en", t.name);
    both(content, "about", "about_en", t.about);
    if (!t.code.n || !t.name[LANG_VI].n || !t.kind.n || !t.title.n || !json_length(json_get(content, "sections")))
        return bad(&r, "a report needs `report`, `name`, `kind`, `title` and `sections`", t.code);
    enum err err = sections_check(&r, json_get(content, "sections"), 0);
    if (!err)
        err = laws_check(&r, json_get(content, "laws"));
    if (!err && json_has(content, "explain"))
        err = explain_check(&r, json_get(content, "explain"));
    if (!err)
        *ret = t;
    return err;
}

enum err report_templates(struct ctx *ctx, struct report_template **ret, size_t *ret_count)
{
    struct q_definition_all *row;
    size_t count;
    enum err err = q_definition_all(ctx_db(ctx), ctx->arena, definition_kind_code(DEFINITION_REPORT), &row, &count);

    if (err)
        return err;
    struct report_template *t = ARENA_ARRAY(ctx->arena, struct report_template, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct json j;
        struct fault fault = {.why = STR("")};
        if (json_parse(ctx->arena, row[i].content, &j, &fault) || report_template_read(ctx->arena, j, &t[i], &fault))
            return ERR_STORE;
    }
    *ret = t;
    *ret_count = count;
    return OK;
}
