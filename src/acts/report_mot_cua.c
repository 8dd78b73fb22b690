/* The one-stop part of the reform report: sentences for each part of the city, then a row for each
 * counter. All of it is about the dossiers received in the period. */
#include "acts/report_build.h"

#include "sql_unit.h"

/* What stands right below the unit that reports: the city's counter, the wards together, … */
struct part {
    const struct q_unit_tree *unit;
    struct figures figures;
};

struct counted {
    struct figure_answer answer; /* by the units of then: the parts of the city */
    struct figure_answer lines;  /* by the report's territory */
    struct q_unit_tree *tree;
    size_t tree_count;
    struct part *part;
    size_t part_count;
};

static const struct q_unit_tree *unit_of(const struct counted *k, int64_t id)
{
    for (size_t i = 0; i < k->tree_count; i++)
        if (k->tree[i].id == id)
            return &k->tree[i];
    return NULL;
}

/* The unit right below `top` that holds `id`; `top` itself for its own dossiers. */
static const struct q_unit_tree *part_unit(const struct counted *k, int64_t top, int64_t id)
{
    const struct q_unit_tree *u = unit_of(k, id);

    while (u && u->id != top && !u->parent_id_null && u->parent_id != top)
        u = unit_of(k, u->parent_id);
    return u;
}

static struct part *part_of(struct counted *k, const struct q_unit_tree *unit)
{
    for (size_t i = 0; i < k->part_count; i++)
        if (k->part[i].unit == unit)
            return &k->part[i];
    k->part[k->part_count] = (struct part){.unit = unit};
    return &k->part[k->part_count++];
}

static enum err count(struct report_builder *b, struct counted *k)
{
    struct arena *a = b->ctx->arena;
    struct figure_question then = b->figures;

    then.territory = NULL;
    enum err err = act_figures(&then, b->ctx, &k->answer);
    if (!err && b->figures.territory)
        err = act_figures(&b->figures, b->ctx, &k->lines);
    else
        k->lines = k->answer;
    if (!err)
        err = q_unit_tree(ctx_db(b->ctx), a, &k->tree, &k->tree_count);
    if (err)
        return err;
    k->part = ARENA_ARRAY(a, struct part, k->answer.unit_count + 1);
    for (size_t i = 0; i < k->answer.unit_count; i++) {
        const struct figure_line *line = &k->answer.unit[i];
        const struct q_unit_tree *unit = part_unit(k, b->figures.unit, line->id);
        if (!unit)
            return ERR_STORE;
        struct part *p = part_of(k, unit);
        for (int f = 0; f < FIGURE__COUNT; f++)
            p->figures.value[f] += line->figures.value[f];
    }
    return OK;
}

/* ---- sentences ---- */

static void sentences(struct report_builder *b, const struct figures *fs, int64_t unit,
                      struct str code)
{
    static const struct {
        enum word word;
        enum figure figure[4]; /* each as a number; the second hole is the share of the first */
        bool only_if_some;
    } SENTENCES[] = {
        {WORD_REPORT_SAYS_RECEIVED, {FIGURE_DOSSIER_RECEIVED, FIGURE__COUNT}, false},
        {WORD_REPORT_SAYS_IN_TIME, {FIGURE_DOSSIER_RESOLVED_IN_TIME, FIGURE__COUNT}, false},
        {WORD_REPORT_SAYS_IN_TERM, {FIGURE_DOSSIER_OPEN_IN_TERM, FIGURE__COUNT}, false},
        {WORD_REPORT_SAYS_LATE,
         {FIGURE_DOSSIER_LATE, FIGURE_DOSSIER_RESOLVED_LATE, FIGURE_DOSSIER_OPEN_LATE,
          FIGURE__COUNT},
         false},
        {WORD_REPORT_SAYS_WITHDRAWN, {FIGURE_DOSSIER_WITHDRAWN, FIGURE__COUNT}, true},
    };
    int64_t received = fs->value[FIGURE_DOSSIER_RECEIVED];

    for (size_t i = 0; i < sizeof SENTENCES / sizeof SENTENCES[0]; i++) {
        const enum figure *f = SENTENCES[i].figure;
        struct report_cell value[4];
        size_t n = 0;
        if (SENTENCES[i].only_if_some && !fs->value[f[0]])
            continue;
        for (size_t j = 0; f[j] != FIGURE__COUNT; j++) {
            value[n++] = report_count(fs->value[f[j]], report_of(f[j], unit, code));
            if (j == 0)
                value[n++] = report_share(fs->value[f[0]], received);
        }
        report_sentence(b, SENTENCES[i].word, value, n);
    }
}

static void parts(struct report_builder *b, const struct counted *k, unsigned level)
{
    struct arena *a = b->ctx->arena;

    for (size_t i = 0; i < k->part_count; i++) {
        const struct q_unit_tree *u = k->part[i].unit;
        struct str value[] = {
            word_int(a, b->ctx->lang, (int64_t)i + 1),
            str_eq(u->kind, STR("group")) ? report_say_1(b, WORD_REPORT_COUNTERS_OF, u->name)
                                          : u->name,
        };
        report_heading_at(b, level, word_format(a, b->ctx->lang, WORD_REPORT_PART, value, 2));
        sentences(b, &k->part[i].figures, u->id, u->code);
    }
    if (k->part_count == 1)
        return;
    report_heading_at(b, level, report_say(b, k->part_count ? WORD_REPORT_TOGETHER : WORD_REPORT_NO_FIGURES));
    if (k->part_count)
        sentences(b, &k->answer.total, b->figures.unit, b->r.unit_code);
}

/* ---- the table ---- */

static const struct column {
    enum word head;
    enum figure figure;
    bool is_share; /* of what was received */
} COLUMNS[] = {
    {WORD_REPORT_HEAD_RECEIVED, FIGURE_DOSSIER_RECEIVED, false},
    {WORD_REPORT_HEAD_NUMBER, FIGURE_DOSSIER_RESOLVED_IN_TIME, false},
    {WORD_REPORT_HEAD_SHARE, FIGURE_DOSSIER_RESOLVED_IN_TIME, true},
    {WORD_REPORT_HEAD_NUMBER, FIGURE_DOSSIER_OPEN_IN_TERM, false},
    {WORD_REPORT_HEAD_SHARE, FIGURE_DOSSIER_OPEN_IN_TERM, true},
    {WORD_REPORT_HEAD_NUMBER, FIGURE_DOSSIER_LATE, false},
    {WORD_REPORT_HEAD_SHARE, FIGURE_DOSSIER_LATE, true},
    {WORD_REPORT_HEAD_LATE_RESOLVED, FIGURE_DOSSIER_RESOLVED_LATE, false},
    {WORD_REPORT_HEAD_LATE_OPEN, FIGURE_DOSSIER_OPEN_LATE, false},
    {WORD_REPORT_HEAD_WITHDRAWN, FIGURE_DOSSIER_WITHDRAWN, false},
};
enum {
    FIGURE_COLUMNS = sizeof COLUMNS / sizeof COLUMNS[0],
    ALL_COLUMNS = FIGURE_COLUMNS + 2,
    HEAD_ROWS = 3,
    TOTAL_ROWS = 1
};

static void head(struct report_builder *b, struct report_table *t)
{
    const struct report_cell above[] = {
        report_span(report_text(report_say(b, WORD_REPORT_HEAD_NO)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_HEAD_UNIT)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_HEAD_RECEIVED)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_HEAD_IN_TIME)), 2, 1),
        report_span(report_text(report_say(b, WORD_REPORT_HEAD_IN_TERM)), 2, 1),
        report_span(report_text(report_say(b, WORD_REPORT_HEAD_LATE)), 4, 1),
        report_span(report_text(report_say(b, WORD_REPORT_HEAD_WITHDRAWN)), 1, 2),
    };
    struct report_cell below[FIGURE_COLUMNS];
    size_t n = 0;

    report_row(b, t, REPORT_HEADER, above, sizeof above / sizeof above[0]);
    for (size_t i = 1; i + 1 < FIGURE_COLUMNS;
         i++) /* the first and the last stand over both rows */
        below[n++] = report_text(report_say(b, COLUMNS[i].head));
    report_row(b, t, REPORT_HEADER, below, n);
}

static void row(struct report_builder *b, struct report_table *t, enum report_row_kind kind,
                struct report_cell first, struct report_cell second, const struct figures *fs,
                int64_t unit, struct str code)
{
    bool is_line = b->figures.territory && kind == REPORT_BODY;
    struct report_cell cell[ALL_COLUMNS] = {first, second};

    for (size_t i = 0; i < FIGURE_COLUMNS; i++) {
        const struct column *c = &COLUMNS[i];
        cell[i + 2] = c->is_share
                          ? report_share(fs->value[c->figure], fs->value[FIGURE_DOSSIER_RECEIVED])
                          : report_count(fs->value[c->figure], report_of(c->figure, is_line ? b->figures.unit : unit, code));
        cell[i + 2].source.as_unit = is_line ? unit : 0;
    }
    report_row(b, t, kind, cell, ALL_COLUMNS);
}

static void table(struct report_builder *b, const struct counted *k, bool is_annex)
{
    const struct figure_answer *answer = &k->lines;
    size_t rows = answer->unit_count + HEAD_ROWS + TOTAL_ROWS;
    struct report_table *t = is_annex ? report_table_numbered(b, STR(""), report_say(b, WORD_REPORT_TABLE_UNITS), ALL_COLUMNS, rows)
                                      : report_table(b, report_say(b, WORD_REPORT_TABLE_UNITS), ALL_COLUMNS, rows);
    t->is_annex = is_annex;

    head(b, t);
    for (size_t i = 0; i < answer->unit_count; i++)
        row(b, t, REPORT_BODY, report_text(word_int(b->ctx->arena, b->ctx->lang, (int64_t)i + 1)),
            report_text(answer->unit[i].name), &answer->unit[i].figures, answer->unit[i].id,
            answer->unit[i].code);
    row(b, t, REPORT_TOTAL, (struct report_cell){.kind = REPORT_EMPTY},
        report_text(report_say(b, WORD_REPORT_TOTAL)), &answer->total, b->figures.unit,
        b->r.unit_code);
}

/* ---- laws ---- */

static void laws_of(struct report_builder *b, struct str where, const struct figures *fs)
{
    int64_t left = 0, right = 0;
    enum figure_law law = figures_check(fs, &left, &right);
    const int64_t *v = fs->value;

    report_law(b, report_say(b, figure_law_word(law)), where, left, right);
    report_law(b, report_say(b, WORD_REPORT_LAW_COHORT), where, v[FIGURE_DOSSIER_RECEIVED],
               v[FIGURE_DOSSIER_RESOLVED_IN_TIME] + v[FIGURE_DOSSIER_OPEN_IN_TERM] +
                   v[FIGURE_DOSSIER_LATE] + v[FIGURE_DOSSIER_WITHDRAWN]);
}

static void laws(struct report_builder *b, const struct counted *k)
{
    const struct figure_answer *answer = &k->lines;

    laws_of(b, report_say(b, WORD_REPORT_TOTAL), &answer->total);
    for (size_t i = 0; i < answer->unit_count; i++)
        laws_of(b, answer->unit[i].name, &answer->unit[i].figures);
    for (int f = 0; f < FIGURE__COUNT; f++) {
        int64_t units = 0, of_parts = 0;
        for (size_t i = 0; i < answer->unit_count; i++)
            units += answer->unit[i].figures.value[f];
        for (size_t i = 0; i < k->part_count; i++)
            of_parts += k->part[i].figures.value[f];
        struct str where = report_say(b, figure_word((enum figure)f));
        report_law(b, report_say(b, WORD_REPORT_LAW_SUM), where, answer->total.value[f], units);
        report_law(b, report_say(b, WORD_REPORT_LAW_SUM), where, answer->total.value[f], of_parts);
    }
}

enum err report_mot_cua(struct report_builder *b)
{
    struct counted k = {.tree = NULL};
    enum err err = count(b, &k);

    if (err)
        return err;
    parts(b, &k, 0);
    table(b, &k, false);
    laws(b, &k);
    return OK;
}

enum err report_mot_cua_sentences(struct report_builder *b, unsigned level)
{
    struct counted k = {.tree = NULL};
    enum err err = count(b, &k);

    if (err)
        return err;
    parts(b, &k, level);
    laws(b, &k);
    return OK;
}

enum err report_mot_cua_annex(struct report_builder *b)
{
    struct counted k = {.tree = NULL};
    enum err err = count(b, &k);

    if (!err && k.answer.unit_count)
        table(b, &k, true);
    return err;
}
