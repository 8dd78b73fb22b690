/* Reading a form, and saying what is wrong with it. */
#include "web/web.h"

#include "view_page.h"

struct str web_field(const struct web *w, const char *name)
{
    return str_trim(http_value(w->rq, name));
}

bool web_checked(const struct web *w, const char *name)
{
    return web_field(w, name).n > 0;
}

int64_t web_int(struct web *w, const char *name, int64_t min, int64_t max, int64_t none)
{
    struct arena *a = w->ctx->arena;
    struct str text = web_field(w, name);
    int64_t n;

    if (str_is_empty(text))
        return none;
    if (str_parse_int(text, min, max, &n) == OK)
        return n;
    problem_add(w->ctx, name, WORD_PROBLEM_NUMBER,
                str_format(a, "%" PRIstr "–%" PRIstr, STR_ARG(word_int(a, w->ctx->lang, min)),
                           STR_ARG(word_int(a, w->ctx->lang, max))));
    return none;
}

bool web_date(struct web *w, const char *name, struct date *ret)
{
    struct str text = web_field(w, name);

    if (str_is_empty(text))
        return false;
    if (date_parse_typed(text, ret) == OK)
        return true;
    problem_add(w->ctx, name, WORD_PROBLEM_DATE, STR(""));
    return false;
}

void web_check_fields(struct web *w)
{
    static const enum word LABELS[] = {
        [HTTP_TOO_LONG] = WORD_PROBLEM_TOO_LONG,
        [HTTP_NOT_UTF8] = WORD_PROBLEM_NOT_TEXT,
        [HTTP_CONTROL] = WORD_PROBLEM_NOT_TEXT,
        [HTTP_TWICE] = WORD_COMMON_PROBLEM_TWICE,
    };

    for (size_t i = 0; i < w->rq->value_count; i++) {
        const struct http_value *v = &w->rq->value[i];
        if (v->defect != HTTP_FINE)
            problem_add(w->ctx, v->name, LABELS[v->defect], STR(""));
    }
}

static struct str problem_text(const struct web *w, const struct problem *p)
{
    return word_format(w->ctx->arena, w->ctx->lang, p->word, &p->arg, 1);
}

struct str web_problem_of(const struct web *w, const char *field)
{
    for (const struct problem *p = w->ctx->problems.first; p; p = p->next)
        if (strcmp(p->field, field) == 0)
            return problem_text(w, p);
    return STR("");
}

struct html web_problems(struct web *w)
{
    static const struct url here;
    const struct problems *all = &w->ctx->problems;
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct view_problem *row = ARENA_ARRAY(a, struct view_problem, all->count);
    size_t n = 0;

    if (all->count == 0)
        return html_done(&o);
    for (const struct problem *p = all->first; p; p = p->next)
        row[n++] = (struct view_problem){
            .has_place = p->field[0] != 0,
            .page = url_at(a, here, str_format(a, "f-%s", p->field)),
            .text = problem_text(w, p),
        };
    struct str count = word_int(a, w->ctx->lang, (int64_t)n);
    view_problems(&o, &(struct view_problems){
                          .title = n == 1 ? word(w->ctx->lang, WORD_COMMON_PROBLEMS_ONE)
                                          : word_format(a, w->ctx->lang, WORD_COMMON_PROBLEMS, &count, 1),
                          .problem = row,
                          .problem_count = n,
                      });
    return html_done(&o);
}
