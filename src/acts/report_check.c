/* The laws of a structured report: the table of them, reading the file, head and documents. */
#include "acts/report_check_file.h"

#include "acts/report_law.h"
#include "format/yaml.h"

static const struct {
    struct str code;
    enum word word;
} RULES[] = {
    [RULE_PERIOD_TITLE] = {STR_INIT("period-title"), WORD_REPORT_CHECK_PERIOD_TITLE},
    [RULE_PERIOD_NEXT] = {STR_INIT("period-next"), WORD_REPORT_CHECK_PERIOD_NEXT},
    [RULE_PERIOD_DAYS] = {STR_INIT("period-days"), WORD_REPORT_CHECK_PERIOD_DAYS},
    [RULE_PERIOD_COLUMN] = {STR_INIT("period-column"), WORD_REPORT_CHECK_PERIOD_COLUMN},
    [RULE_SECTION_NUMBER] = {STR_INIT("section-number"), WORD_REPORT_CHECK_SECTION_NUMBER},
    [RULE_SECTION_EMPTY] = {STR_INIT("section-empty"), WORD_REPORT_CHECK_SECTION_EMPTY},
    [RULE_TABLE_NUMBER] = {STR_INIT("table-number"), WORD_REPORT_CHECK_TABLE_NUMBER},
    [RULE_ROW_NUMBER] = {STR_INIT("row-number"), WORD_REPORT_CHECK_ROW_NUMBER},
    [RULE_CONTENTS] = {STR_INIT("contents"), WORD_REPORT_CHECK_CONTENTS},
    [RULE_DOCUMENT_TWICE] = {STR_INIT("document-twice"), WORD_REPORT_CHECK_DOCUMENT_TWICE},
    [RULE_DOCUMENT_NORMATIVE] = {STR_INIT("document-normative"), WORD_REPORT_CHECK_DOCUMENT_NORMATIVE},
    [RULE_DOCUMENT_PRINTED] = {STR_INIT("document-printed"), WORD_REPORT_CHECK_DOCUMENT_PRINTED},
    [RULE_DOCUMENT_PARENT] = {STR_INIT("document-parent"), WORD_REPORT_CHECK_DOCUMENT_PARENT},
    [RULE_DOCUMENT_SERIES] = {STR_INIT("document-series"), WORD_REPORT_CHECK_DOCUMENT_SERIES},
    [RULE_PRINTED] = {STR_INIT("printed"), WORD_REPORT_CHECK_PRINTED},
    [RULE_NOT_PRINTED] = {STR_INIT("not-printed"), WORD_REPORT_CHECK_NOT_PRINTED},
    [RULE_UNKNOWN] = {STR_INIT("unknown"), WORD_REPORT_CHECK_UNKNOWN},
    [RULE_SUM] = {STR_INIT("sum"), WORD_REPORT_CHECK_SUM},
    [RULE_TABLE_TOTAL] = {STR_INIT("table-total"), WORD_REPORT_CHECK_TABLE_TOTAL},
    [RULE_ROLE] = {STR_INIT("role"), WORD_REPORT_CHECK_ROLE},
    [RULE_RATIO] = {STR_INIT("ratio"), WORD_REPORT_CHECK_RATIO},
    [RULE_RATIO_COUNTS] = {STR_INIT("ratio-counts"), WORD_REPORT_CHECK_RATIO_COUNTS},
    [RULE_RATIO_NONE] = {STR_INIT("ratio-none"), WORD_REPORT_CHECK_RATIO_NONE},
    [RULE_DECIMALS] = {STR_INIT("decimals"), WORD_REPORT_CHECK_DECIMALS},
    [RULE_POPULATION] = {STR_INIT("population"), WORD_REPORT_CHECK_POPULATION},
    [RULE_THOUSANDS] = {STR_INIT("thousands"), WORD_REPORT_CHECK_THOUSANDS},
    [RULE_CHANGE] = {STR_INIT("change"), WORD_REPORT_CHECK_CHANGE},
    [RULE_NOT_ALL] = {STR_INIT("not-all"), WORD_REPORT_CHECK_NOT_ALL},
    [RULE_UNUSED] = {STR_INIT("unused"), WORD_REPORT_CHECK_UNUSED},
    [RULE_COLUMNS_MISSING] = {STR_INIT("columns-missing"), WORD_REPORT_CHECK_COLUMNS_MISSING},
    [RULE_EMPTY_CELL] = {STR_INIT("empty-cell"), WORD_REPORT_CHECK_EMPTY_CELL},
    [RULE_EMPTY_COLUMN] = {STR_INIT("empty-column"), WORD_REPORT_CHECK_EMPTY_COLUMN},
    [RULE_TEXT_IN_NUMBER] = {STR_INIT("text-in-number"), WORD_REPORT_CHECK_TEXT_IN_NUMBER},
    [RULE_BROKEN_DOWN] = {STR_INIT("broken-down"), WORD_REPORT_CHECK_BROKEN_DOWN},
    [RULE_LIST] = {STR_INIT("list"), WORD_REPORT_CHECK_LIST},
    [RULE_NO_VALUE] = {STR_INIT("no-value"), WORD_REPORT_CHECK_NO_VALUE},
    [RULE_UNIT] = {STR_INIT("unit"), WORD_REPORT_CHECK_UNIT},
    [RULE_TARGET] = {STR_INIT("target"), WORD_REPORT_CHECK_TARGET},
    [RULE_ANNEX] = {STR_INIT("annex"), WORD_REPORT_CHECK_ANNEX},
    [RULE_TWICE] = {STR_INIT("twice"), WORD_REPORT_CHECK_TWICE},
    [RULE_SPELLING] = {STR_INIT("spelling"), WORD_REPORT_CHECK_SPELLING},
    [RULE_CONTINUITY] = {STR_INIT("continuity"), WORD_REPORT_CHECK_CONTINUITY},
    [RULE_UNITS] = {STR_INIT("units"), WORD_REPORT_CHECK_UNITS},
};
_Static_assert(sizeof RULES / sizeof RULES[0] == REPORT_RULE__COUNT, "every law has its words");

struct str report_rule_code(enum report_rule r)
{
    return RULES[r].code;
}

enum word report_rule_word(enum report_rule r)
{
    return RULES[r].word;
}

/* ---- findings ---- */

void check_find(struct checking *c, enum report_rule rule, struct str where, struct str expected, struct str found)
{
    if (c->out->count < REPORT_FINDINGS_MAX)
        c->out->finding[c->out->count++] = (struct report_finding){rule, where, expected, found};
}

void check_same(struct checking *c, enum report_rule rule, struct str where, struct str expected, struct str found)
{
    c->out->checked++;
    if (!str_eq(expected, found))
        check_find(c, rule, where, expected, found);
}

/* ---- the head ---- */

/* "Quý I năm 2018" and "Quý I/2018" are one. */
static bool names(const struct checking *c, struct str text, const struct report_period *p)
{
    struct str full = period_name(c->a, LANG_VI, p), year = str_format(c->a, "%d", p->year);
    size_t at = str_find(full, STR(" năm"));
    struct str kind = at == STR_NONE ? full : str_sub(full, 0, at);
    size_t where = str_find(text, kind);
    struct str after = where == STR_NONE ? STR("") : str_sub(text, where + kind.n, text.n);

    if (where == STR_NONE || (after.n && after.p[0] != ' ' && after.p[0] != '/' && after.p[0] != '.' && after.p[0] != ',' && after.p[0] != ':'))
        return false;
    return str_find(after, year) != STR_NONE;
}

static bool period_of_file(const struct checking *c, struct report_period *ret)
{
    return period_parse(json_text(json_get(json_get(c->doc, "report"), "period"), "label"), ret);
}

static void check_period(struct checking *c, const struct report_period *p)
{
    struct json r = json_get(c->doc, "report"), range = json_get(r, "period");
    struct report_period next = period_beside(p, 1);
    struct str want_from = date_iso(c->a, p->from), want_to = date_iso(c->a, p->to);
    struct str from = json_text(range, "from"), to = json_text(range, "to");

    c->out->checked += 2;
    if (!names(c, json_text(r, "title"), p))
        check_find(c, RULE_PERIOD_TITLE, word(c->lang, WORD_REPORT_CHECK_PLACE_TITLE), period_name(c->a, c->lang, p), json_text(r, "title"));
    if (json_text(r, "next").n && !names(c, json_text(r, "next"), &next))
        check_find(c, RULE_PERIOD_NEXT, word(c->lang, WORD_REPORT_CHECK_PLACE_NEXT), period_name(c->a, c->lang, &next), json_text(r, "next"));
    if ((!str_eq(from, want_from) || !str_eq(to, want_to)) && !json_text(range, "explained").n)
        check_find(c, RULE_PERIOD_DAYS, word(c->lang, WORD_REPORT_CHECK_PLACE_PERIOD), str_format(c->a, "%" PRIstr "–%" PRIstr, STR_ARG(want_from), STR_ARG(want_to)),
                   str_format(c->a, "%" PRIstr "–%" PRIstr, STR_ARG(from), STR_ARG(to)));
    /* What is explained is explained in figures: the range that the sentence says is the one that was counted. */
    struct str explained = json_text(range, "explained");
    struct date f, t;
    if (explained.n && date_parse(from, &f) == OK && date_parse(to, &t) == OK &&
        (str_find(explained, date_vietnamese(c->a, f)) == STR_NONE || str_find(explained, date_vietnamese(c->a, t)) == STR_NONE))
        check_find(c, RULE_PERIOD_DAYS, word(c->lang, WORD_REPORT_CHECK_PLACE_PERIOD), explained, str_format(c->a, "%" PRIstr "–%" PRIstr, STR_ARG(from), STR_ARG(to)));
}

/* Counted before it is dated, and dated after what it counts; the as-of is the day after the last counted, or later. */
static void check_dates(struct checking *c)
{
    struct json r = json_get(c->doc, "report"), range = json_get(r, "period");
    struct str date = json_text(r, "date"), as_of = json_text(r, "as_of"), to = json_text(range, "to"), from = json_text(range, "from");
    struct date d;

    c->out->checked += 3;
    if (date_parse(date, &d) || date_parse(as_of, &d) || date_parse(to, &d) || date_parse(from, &d) || str_cmp(from, to) > 0 || str_cmp(as_of, to) <= 0 ||
        str_cmp(date, as_of) < 0)
        check_find(c, RULE_PERIOD_DAYS, word(c->lang, WORD_REPORT_CHECK_PLACE_DATE), to, str_format(c->a, "%" PRIstr ", %" PRIstr, STR_ARG(as_of), STR_ARG(date)));
}

static void check_annexes(struct checking *c)
{
    struct json said = json_get(json_get(c->doc, "annexes"), "announced"), there = json_get(json_get(c->doc, "annexes"), "attached");

    for (size_t i = 0; i < json_length(said); i++) {
        bool found = false;
        for (size_t k = 0; k < json_length(there); k++)
            found |= str_eq(json_as_text(json_at(said, i)), json_as_text(json_at(there, k)));
        c->out->checked++;
        if (!found)
            check_find(c, RULE_ANNEX, word(c->lang, WORD_REPORT_CHECK_PLACE_ANNEX), json_as_text(json_at(said, i)), STR("–"));
    }
    for (size_t k = 0; k < json_length(there); k++) {
        bool found = false;
        for (size_t i = 0; i < json_length(said); i++)
            found |= str_eq(json_as_text(json_at(said, i)), json_as_text(json_at(there, k)));
        if (!found)
            check_find(c, RULE_ANNEX, word(c->lang, WORD_REPORT_CHECK_PLACE_ANNEX), STR("–"), json_as_text(json_at(there, k)));
    }
}

static void check_target(struct checking *c, struct json t)
{
    struct str name = json_text(t, "name"), id = json_text(t, "figure");
    const struct check_figure *f = check_figure_of(c, id);

    c->out->checked += 3;
    if (!json_text(t, "denominator").n)
        check_find(c, RULE_TARGET, name, word(c->lang, WORD_REPORT_CHECK_WANT_POPULATION), STR("–"));
    if (str_eq(json_text(t, "kind"), STR("growth")) && !check_raw(c, t, "baseline").n)
        check_find(c, RULE_TARGET, name, word(c->lang, WORD_REPORT_CHECK_WANT_BASELINE), STR("–"));
    if (!f || !f->has_value)
        check_find(c, RULE_NO_VALUE, name, word(c->lang, WORD_REPORT_CHECK_WANT_FIGURE), id.n ? id : STR("–"));
}

void check_head(struct checking *c)
{
    struct json targets = json_get(c->doc, "targets");
    struct report_period p;

    if (period_of_file(c, &p))
        check_period(c, &p);
    else
        check_find(c, RULE_PERIOD_TITLE, word(c->lang, WORD_REPORT_CHECK_PLACE_PERIOD), STR("2018-Q1"), json_text(json_get(json_get(c->doc, "report"), "period"), "label"));
    check_dates(c);
    check_annexes(c);
    for (size_t i = 0; i < json_length(targets); i++)
        check_target(c, json_at(targets, i));
}

/* ---- documents ---- */

/* The number before the symbol: 563 of "563/KH-UBND". */
static bool leading(struct str number, int64_t *ret)
{
    size_t slash = str_find(number, STR("/"));

    return slash != STR_NONE && str_parse_int(str_sub(number, 0, slash), 0, INT64_MAX, ret) == OK;
}

static void check_pair(struct checking *c, const struct check_document *x, const struct check_document *y)
{
    struct str series = json_text(x->json, "series");
    int64_t m, n;

    c->out->checked++;
    if (str_eq(x->number, y->number) && x->has_date && y->has_date && date_civil(x->date).year == date_civil(y->date).year &&
        str_eq(json_text(x->json, "issuer"), json_text(y->json, "issuer")))
        check_find(c, RULE_DOCUMENT_TWICE, x->number, x->subject, y->subject);
    if (!series.n || !str_eq(series, json_text(y->json, "series")) || !leading(x->number, &m) || !leading(y->number, &n) || !x->has_date || !y->has_date ||
        date_civil(x->date).year != date_civil(y->date).year)
        return;
    if ((m < n && date_cmp(x->date, y->date) > 0) || (m > n && date_cmp(x->date, y->date) < 0))
        check_find(c, RULE_DOCUMENT_SERIES, x->number, date_vietnamese(c->a, x->date),
                   str_format(c->a, "%" PRIstr " (%" PRIstr ")", STR_ARG(y->number), STR_ARG(date_vietnamese(c->a, y->date))));
}

static void check_document(struct checking *c, const struct check_document *d)
{
    const struct check_document *parent = check_document_of(c, json_text(d->json, "parent"));
    struct str parent_id = json_text(d->json, "parent");

    c->out->checked += 3;
    if (!d->has_date)
        check_find(c, RULE_DOCUMENT_PRINTED, d->number, STR("2018-02-28"), json_text(d->json, "date"));
    if (str_eq(check_raw(c, d->json, "normative"), STR("true")) && !json_text(d->json, "ground").n)
        check_find(c, RULE_DOCUMENT_NORMATIVE, d->number, word(c->lang, WORD_REPORT_CHECK_WANT_GROUND), STR("–"));
    if (parent_id.n && !parent)
        check_find(c, RULE_UNKNOWN, d->number, parent_id, STR("–"));
    if (parent && parent->has_date && d->has_date && date_cmp(d->date, parent->date) < 0)
        check_find(c, RULE_DOCUMENT_PARENT, d->number,
                   str_format(c->a, "%" PRIstr ", %" PRIstr, STR_ARG(parent->number), STR_ARG(date_vietnamese(c->a, parent->date))), date_vietnamese(c->a, d->date));
}

void check_documents(struct checking *c)
{
    for (size_t i = 0; i < c->document_count; i++) {
        check_document(c, &c->document[i]);
        for (size_t k = i + 1; k < c->document_count; k++)
            check_pair(c, &c->document[i], &c->document[k]);
        if (!c->document[i].printed)
            check_find(c, RULE_NOT_PRINTED, c->document[i].number, c->document[i].number, STR("–"));
    }
}

/* ---- the file ---- */

struct str check_raw(const struct checking *c, struct json o, const char *key)
{
    struct json j = json_get(o, key);

    if (json_kind(j) == JSON_KIND_INT)
        return str_format(c->a, "%lld", (long long)json_as_int(j));
    return json_kind(j) == JSON_KIND_BOOL ? (json_as_bool(j) ? STR("true") : STR("false")) : json_as_text(j);
}

struct check_figure *check_figure_of(struct checking *c, struct str id)
{
    for (size_t i = 0; id.n && i < c->figure_count; i++)
        if (str_eq(c->figure[i].id, id))
            return &c->figure[i];
    return NULL;
}

struct check_document *check_document_of(struct checking *c, struct str id)
{
    for (size_t i = 0; id.n && i < c->document_count; i++)
        if (str_eq(c->document[i].id, id))
            return &c->document[i];
    return NULL;
}

bool check_number(struct arena *a, struct str text, int64_t *ret)
{
    struct str s = str_trim(text), rest = s, piece;
    struct buf digits = buf_in(a);
    size_t pieces = 0;

    if (!s.n)
        return false;
    while (str_split(&rest, '.', &piece)) {
        if (pieces++ && piece.n != 3)
            return false;
        buf_put(&digits, piece);
    }
    return digits.n > 0 && str_parse_int(buf_str(&digits), INT64_MIN, INT64_MAX, ret) == OK;
}

static enum err ids_are_good(struct checking *c, struct fault *fault)
{
    for (size_t i = 0; i < c->figure_count; i++)
        if (!c->figure[i].id.n || check_figure_of(c, c->figure[i].id) != &c->figure[i])
            return fault_at(c->a, fault, 0, ERR_INVALID, "figures: an id is missing or twice: '%" PRIstr "'", STR_ARG(c->figure[i].id));
    for (size_t i = 0; i < c->document_count; i++)
        if (!c->document[i].id.n || check_document_of(c, c->document[i].id) != &c->document[i])
            return fault_at(c->a, fault, 0, ERR_INVALID, "documents: an id is missing or twice: '%" PRIstr "'", STR_ARG(c->document[i].id));
    return OK;
}

static enum err file_read(struct checking *c, struct str text, struct fault *fault)
{
    struct str s = str_trim(text);
    enum err err = s.n && s.p[0] == '{' ? json_parse(c->a, text, &c->doc, fault) : yaml_parse(c->a, text, &c->doc, fault);

    if (err)
        return err;
    struct json figures = json_get(c->doc, "figures"), documents = json_get(c->doc, "documents");
    if (json_kind(json_get(c->doc, "report")) != JSON_KIND_OBJECT || !json_length(json_get(c->doc, "sections")))
        return fault_at(c->a, fault, 0, ERR_INVALID, "a structured report has `report` and `sections`");
    c->figure_count = json_length(figures);
    c->document_count = json_length(documents);
    c->figure = ARENA_ARRAY(c->a, struct check_figure, c->figure_count + 1);
    c->document = ARENA_ARRAY(c->a, struct check_document, c->document_count + 1);
    for (size_t i = 0; i < c->figure_count; i++) {
        struct json j = json_at(figures, i);
        struct check_figure *f = &c->figure[i];
        *f = (struct check_figure){.id = json_text(j, "id"), .name = json_text(j, "name"), .role = json_text(j, "role"), .json = j, .is_ratio = json_has(j, "ratio")};
        f->has_value = json_has(j, "value") && str_parse_int(check_raw(c, j, "value"), INT64_MIN, INT64_MAX, &f->n) == OK;
    }
    for (size_t i = 0; i < c->document_count; i++) {
        struct json j = json_at(documents, i);
        struct check_document *d = &c->document[i];
        *d = (struct check_document){.id = json_text(j, "id"), .number = json_text(j, "number"), .subject = json_text(j, "subject"), .json = j};
        d->has_date = date_parse(json_text(j, "date"), &d->date) == OK;
    }
    return ids_are_good(c, fault);
}

enum err report_check(struct arena *a, enum lang lang, struct str text, struct str spelling, struct report_check *ret, struct fault *ret_fault)
{
    struct checking c = {.a = a, .lang = lang, .out = ret};
    enum err err = yaml_parse(a, spelling, &c.spelling, ret_fault);

    *ret = (struct report_check){.finding = ARENA_ARRAY(a, struct report_finding, REPORT_FINDINGS_MAX)};
    if (!err)
        err = file_read(&c, text, ret_fault);
    if (err)
        return err;
    check_head(&c);
    check_body(&c);
    check_documents(&c);
    check_figures(&c);
    return OK;
}
