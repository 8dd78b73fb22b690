/* Definitions of figures, read from data. */
#include "acts/indicator.h"

#include "format/yaml.h"

static enum err bad(struct arena *a, struct fault *fault, struct str code, const char *what, struct str which)
{
    return fault_at(a, fault, 0, ERR_INVALID, "%" PRIstr ": %s '%" PRIstr "'", STR_ARG(code), what, STR_ARG(which));
}

static void both(struct json o, const char *key, const char *key_en, struct str ret[LANG__COUNT])
{
    struct str en = json_text(o, key_en);

    ret[LANG_VI] = json_text(o, key);
    ret[LANG_EN] = en.n ? en : ret[LANG_VI];
}

static const struct str *texts(struct arena *a, struct json list, size_t *ret_count)
{
    struct str *s = ARENA_ARRAY(a, struct str, json_length(list) + 1);

    *ret_count = json_length(list);
    for (size_t i = 0; i < *ret_count; i++)
        s[i] = json_as_text(json_at(list, i));
    return s;
}

static bool test_read(struct arena *a, struct json o, struct indicator_test *t)
{
    *t = (struct indicator_test){.via = json_text(o, "via"), .field = json_text(o, "field")};
    if (!t->field.n)
        return false;
    if (json_has(o, "is") || json_has(o, "not")) {
        t->kind = json_has(o, "is") ? INDICATOR_IS : INDICATOR_IS_NOT;
        t->value = texts(a, json_get(o, json_has(o, "is") ? "is" : "not"), &t->value_count);
        return t->value_count > 0;
    }
    if (json_has(o, "filled")) {
        t->kind = str_eq(json_text(o, "filled"), STR("true")) ? INDICATOR_FILLED : INDICATOR_BLANK;
        return true;
    }
    if (json_has(o, "by")) {
        t->kind = INDICATOR_BY;
        return str_eq(json_text(o, "by"), STR("then"));
    }
    if (json_has(o, "year")) {
        t->kind = INDICATOR_YEAR;
        return yaml_int(o, "year", 0, 100, &t->n) == OK;
    }
    t->kind = json_has(o, "least") ? INDICATOR_LEAST : INDICATOR_MOST;
    return yaml_int(o, t->kind == INDICATOR_LEAST ? "least" : "most", INT64_MIN, INT64_MAX, &t->n) == OK;
}

static enum err tests_read(struct arena *a, struct json list, struct indicator *i, struct fault *fault)
{
    size_t n = json_length(list);
    struct indicator_test *t = ARENA_ARRAY(a, struct indicator_test, n + 1);

    if (n > INDICATOR_TESTS_MAX)
        return bad(a, fault, i->code, "too many conditions in", STR("where"));
    for (size_t k = 0; k < n; k++)
        if (!test_read(a, json_at(list, k), &t[k]))
            return bad(a, fault, i->code, "a condition needs `field` and one of is, not, filled, least, most, by, year:", t[k].field);
    i->test = t;
    i->test_count = n;
    return OK;
}

/* Each way needs its own members, and no others are of use to it. */
static enum err shape_check(struct arena *a, const struct indicator *i, struct fault *fault)
{
    bool counts = i->way == INDICATOR_COUNT || i->way == INDICATOR_SUM || i->way == INDICATOR_DISTINCT;
    bool pair = i->way == INDICATOR_SHARE || i->way == INDICATOR_DIFFERENCE;

    if (counts && (!i->book.n || i->of_count))
        return bad(a, fault, i->code, "needs `book`, and no `of`, to", indicator_way_code(i->way));
    if ((i->way == INDICATOR_SUM || i->way == INDICATOR_DISTINCT) && !i->field.n)
        return bad(a, fault, i->code, "needs `field` to", indicator_way_code(i->way));
    if ((pair && i->of_count != 2) || (i->way == INDICATOR_TOTAL && !i->of_count) || i->of_count > INDICATOR_OF_MAX)
        return bad(a, fault, i->code, "`of` names two figures (for a total any number) to", indicator_way_code(i->way));
    if (i->way == INDICATOR_SCORE && (i->of_count != 1 || i->points < 1 || i->full < 1))
        return bad(a, fault, i->code, "`of` names one share, `points` and `full` are numbers, to", indicator_way_code(i->way));
    if (i->way == INDICATOR_FIGURE && !i->field.n)
        return bad(a, fault, i->code, "`field` says which", indicator_way_code(i->way));
    return OK;
}

enum err indicator_read(struct arena *a, struct json content, struct indicator *ret, struct fault *ret_fault)
{
    struct indicator i = {.code = json_text(content, "indicator"), .basis = json_text(content, "basis"), .note = json_text(content, "note"),
                          .book = json_text(content, "book"), .field = json_text(content, "field"),
                          .cohort = str_eq(json_text(content, "cohort"), STR("true")), .declared = str_eq(json_text(content, "declared"), STR("true"))};
    struct str way = json_text(content, "way"), time = json_text(content, "time");

    if (yaml_int(content, "points", 1, INT16_MAX, &i.points) || yaml_int(content, "full", 1, INT16_MAX, &i.full))
        i.points = i.full = 0;
    both(content, "name", "name_en", i.name);
    both(content, "measure", "measure_en", i.measure);
    if (!i.code.n || !i.name[LANG_VI].n)
        return bad(a, ret_fault, i.code, "a figure needs `indicator` and `name`", i.code);
    if (!indicator_way_find(way, &i.way))
        return bad(a, ret_fault, i.code, "there is no way", way);
    if (!indicator_time_find(time.n ? time : STR("in"), &i.time))
        return bad(a, ret_fault, i.code, "there is no time", time);
    i.of = texts(a, json_get(content, "of"), &i.of_count);
    enum err err = tests_read(a, json_get(content, "where"), &i, ret_fault);
    if (!err)
        err = shape_check(a, &i, ret_fault);
    if (!err)
        *ret = i;
    return err;
}
