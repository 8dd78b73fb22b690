/* Laws between figures: sums, ratios, roles, changes. */
#include "acts/report_check_file.h"

static struct str number(const struct checking *c, int64_t n)
{
    return word_int(c->a, LANG_VI, n);
}

/* Per cent without the blank that keeps number and sign together, as people type it. */
static struct str percent(const struct checking *c, int64_t part, int64_t whole)
{
    int64_t h = (part * 20000 + whole) / (2 * whole);

    return str_format(c->a, "%lld,%02lld %%", (long long)(h / 100), (long long)(h % 100));
}

static bool is_state(const struct checking *c, const struct check_figure *f, const char *state)
{
    return str_eq(check_raw(c, f->json, "state"), str_of(state));
}

/* Part and whole of a ratio; false: they have no numbers. */
static bool ratio_of(struct checking *c, const struct check_figure *f, int64_t *ret_part, int64_t *ret_whole)
{
    struct json r = json_get(f->json, "ratio");
    const struct check_figure *part = check_figure_of(c, json_text(r, "part")), *whole = check_figure_of(c, json_text(r, "whole"));

    if (!part || !whole || !part->has_value || !whole->has_value)
        return false;
    *ret_part = part->n;
    *ret_whole = whole->n;
    return true;
}

struct str check_text(const struct checking *c, const struct check_figure *f)
{
    struct str state = check_raw(c, f->json, "state");
    int64_t part, whole;

    if (str_eq(state, STR("unknown")))
        return word(LANG_VI, WORD_INDICATOR_UNKNOWN);
    if (str_eq(state, STR("none")))
        return word(LANG_VI, WORD_INDICATOR_NONE);
    if (f->is_ratio && ratio_of((struct checking *)c, f, &part, &whole) && whole > 0)
        return percent(c, part, whole);
    return f->has_value ? number(c, f->n) : check_raw(c, f->json, "value");
}

/* ---- sums ---- */

static void check_parts(struct checking *c, const struct check_figure *f)
{
    struct json parts = json_get(f->json, "parts");
    int64_t sum = 0;
    bool known = f->has_value;

    for (size_t i = 0; i < json_length(parts); i++) {
        struct str id = json_as_text(json_at(parts, i));
        const struct check_figure *p = check_figure_of(c, id);
        if (!p) {
            check_find(c, RULE_UNKNOWN, f->name, id, STR("–"));
            return;
        }
        if (f->role.n && p->role.n && !str_eq(f->role, p->role))
            check_find(c, RULE_ROLE, f->name, f->role, str_format(c->a, "%" PRIstr ": %" PRIstr, STR_ARG(p->name), STR_ARG(p->role)));
        known &= p->has_value;
        sum += p->n;
    }
    c->out->checked++;
    if (known && json_length(parts) && sum != f->n)
        check_find(c, RULE_SUM, f->name, number(c, sum), number(c, f->n));
    if (str_eq(check_raw(c, f->json, "composite"), STR("true")) && !json_length(parts))
        check_find(c, RULE_BROKEN_DOWN, f->name, word(c->lang, WORD_REPORT_CHECK_WANT_PARTS), check_text(c, f));
}

/* The same whole, parted in other ways. */
static void check_again(struct checking *c, const struct check_figure *f)
{
    struct json ways = json_get(f->json, "also");

    for (size_t w = 0; w < json_length(ways); w++) {
        struct json parts = json_at(ways, w);
        int64_t sum = 0;
        bool known = f->has_value;
        for (size_t i = 0; i < json_length(parts); i++) {
            const struct check_figure *p = check_figure_of(c, json_as_text(json_at(parts, i)));
            known &= p && p->has_value;
            sum += p ? p->n : 0;
        }
        c->out->checked++;
        if (known && sum != f->n)
            check_find(c, json_has(f->json, "units") ? RULE_UNITS : RULE_SUM, f->name, number(c, sum), number(c, f->n));
    }
}

/* ---- ratios ---- */

/* "64 %" of 9.809 in 15.210: what is printed, in hundredths; decimals it has. */
static bool printed_ratio(struct str text, int64_t *ret_hundredths, int *ret_decimals)
{
    size_t comma = str_find(text, STR(",")), sign = str_find(text, STR("%"));
    struct str whole, decimals;
    int64_t w, d = 0;

    text = str_trim(str_sub(text, 0, sign));
    whole = comma == STR_NONE ? text : str_sub(text, 0, comma);
    decimals = comma == STR_NONE ? STR("") : str_sub(text, comma + 1, text.n);
    if (str_parse_int(whole, 0, 1000000, &w) || decimals.n > 2 || (decimals.n && str_parse_int(decimals, 0, 99, &d)))
        return false;
    *ret_decimals = (int)decimals.n;
    *ret_hundredths = w * 100 + (decimals.n == 1 ? d * 10 : d);
    return true;
}

static void check_ratio(struct checking *c, const struct check_figure *f)
{
    struct json r = json_get(f->json, "ratio");
    struct str printed = check_raw(c, f->json, "value");
    int64_t part, whole, h, want;
    int decimals;

    c->out->checked += 3;
    if (!json_text(r, "population").n)
        check_find(c, RULE_POPULATION, f->name, word(c->lang, WORD_REPORT_CHECK_WANT_POPULATION), STR("–"));
    if (!ratio_of(c, f, &part, &whole)) {
        if (!is_state(c, f, "unknown"))
            check_find(c, RULE_RATIO_COUNTS, f->name, word(c->lang, WORD_REPORT_CHECK_WANT_COUNTS), printed.n ? printed : STR("–"));
        return;
    }
    if (whole == 0) {
        if (!is_state(c, f, "none"))
            check_find(c, RULE_RATIO_NONE, f->name, word(LANG_VI, WORD_INDICATOR_NONE), printed.n ? printed : STR("–"));
        return;
    }
    if (!printed_ratio(printed, &h, &decimals)) {
        check_find(c, RULE_NO_VALUE, f->name, percent(c, part, whole), printed.n ? printed : STR("–"));
        return;
    }
    want = (part * 20000 + whole) / (2 * whole);
    if (decimals < 2)
        check_find(c, RULE_DECIMALS, f->name, percent(c, part, whole), printed);
    if (decimals == 2 ? want != h : (want + (decimals ? 5 : 50)) / (decimals ? 10 : 100) != h / (decimals ? 10 : 100))
        check_find(c, RULE_RATIO, f->name, percent(c, part, whole), printed);
}

/* ---- one figure ---- */

/* A change of a twentieth and more is explained. */
static void check_change(struct checking *c, const struct check_figure *f)
{
    enum { THRESHOLD_PERCENT = 5 };
    const struct check_figure *before = check_figure_of(c, json_text(f->json, "previous"));
    int64_t delta;

    if (!before || !before->has_value || !f->has_value)
        return;
    c->out->checked++;
    delta = f->n > before->n ? f->n - before->n : before->n - f->n;
    if (delta * 100 >= before->n * THRESHOLD_PERCENT && delta && !json_text(f->json, "explanation").n)
        check_find(c, RULE_CHANGE, f->name, word(c->lang, WORD_REPORT_CHECK_WANT_EXPLANATION),
                   str_format(c->a, "%" PRIstr " → %" PRIstr, STR_ARG(number(c, before->n)), STR_ARG(number(c, f->n))));
}

/* Of all that there are: fewer are explained. */
static void check_all(struct checking *c, const struct check_figure *f)
{
    const struct check_figure *all = check_figure_of(c, json_text(f->json, "all_of"));

    if (!all || !all->has_value || !f->has_value)
        return;
    c->out->checked++;
    if (f->n > all->n)
        check_find(c, RULE_NOT_ALL, f->name, number(c, all->n), number(c, f->n));
    else if (f->n < all->n && !json_text(f->json, "explanation").n)
        check_find(c, str_eq(f->role, STR("used")) ? RULE_UNUSED : RULE_NOT_ALL, f->name, number(c, all->n), number(c, f->n));
}

static void check_list(struct checking *c, const struct check_figure *f)
{
    struct json list = json_get(f->json, "list");
    int64_t n = (int64_t)json_length(list);
    struct str said = check_raw(c, f->json, "list");

    if (!json_has(f->json, "list") || !f->has_value)
        return;
    c->out->checked++;
    if (said.n && str_parse_int(said, 0, INT64_MAX, &n))
        return;
    if (n != f->n)
        check_find(c, RULE_LIST, f->name, number(c, n), number(c, f->n));
}

/* What the form of the law counts beside it (II.06a). */
static void check_beside(struct checking *c, const struct check_figure *f)
{
    struct json needs = json_get(f->json, "needs");

    for (size_t i = 0; i < json_length(needs); i++) {
        const struct check_figure *x = check_figure_of(c, json_as_text(json_at(needs, i)));
        c->out->checked++;
        if (!x || (!x->has_value && !check_raw(c, x->json, "state").n))
            check_find(c, RULE_COLUMNS_MISSING, f->name, json_as_text(json_at(needs, i)), STR("–"));
    }
}

static void check_same_as(struct checking *c, const struct check_figure *f)
{
    const struct check_figure *open = check_figure_of(c, json_text(f->json, "carried_from"));

    if (!open || !open->has_value || !f->has_value)
        return;
    c->out->checked++;
    if (open->n != f->n)
        check_find(c, RULE_CONTINUITY, f->name, number(c, open->n), number(c, f->n));
}

static void check_one(struct checking *c, const struct check_figure *f)
{
    struct str state = check_raw(c, f->json, "state"), value = check_raw(c, f->json, "value");

    c->out->checked += 2;
    if (!f->is_ratio && !f->has_value && !state.n)
        check_find(c, value.n ? RULE_TEXT_IN_NUMBER : RULE_NO_VALUE, f->name, word(c->lang, WORD_REPORT_CHECK_WANT_VALUE), value.n ? value : STR("–"));
    if (!f->is_ratio && !json_text(f->json, "unit").n)
        check_find(c, RULE_UNIT, f->name, word(c->lang, WORD_REPORT_CHECK_WANT_UNIT), STR("–"));
    if (f->is_ratio)
        check_ratio(c, f);
    check_parts(c, f);
    check_again(c, f);
    check_change(c, f);
    check_all(c, f);
    check_list(c, f);
    check_beside(c, f);
    check_same_as(c, f);
    if (!f->printed)
        check_find(c, RULE_NOT_PRINTED, f->name, check_text(c, f), STR("–"));
}

void check_figures(struct checking *c)
{
    for (size_t i = 0; i < c->figure_count; i++)
        check_one(c, &c->figure[i]);
}
