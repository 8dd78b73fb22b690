/* viewc_check - the walk that gives every value its C name and kind, and refuses what is unsafe. */
#include "viewc.h"

/* A name bound by {{each}}. */
struct bound {
    const struct bound *outer;
    struct node *each;
    struct str name;
    struct view *view;
};

/* A `one` that an {{if}} around has shown to be there. */
struct present {
    const struct present *outer;
    struct str c;
};

struct walk {
    struct viewc *viewc;
    struct view *view;
    struct markup markup;
    const struct bound *bound;
    const struct present *present;
};

#define REFUSE(w, line, ...) VIEWC_DIE((w)->view->file, (line), __VA_ARGS__)

struct view *viewc_view(const struct viewc *c, struct str name)
{
    for (const struct file *f = c->file; f; f = f->next)
        for (struct view *v = f->view; v; v = v->next)
            if (str_eq(v->name, name))
                return v;
    return NULL;
}

const struct known *viewc_known(const struct known *list, struct str name)
{
    for (; list; list = list->next)
        if (str_eq(list->name, name))
            return list;
    return NULL;
}

static const char *const kind_name[] = {
    [KIND_TEXT] = "text", [KIND_URL] = "url",   [KIND_HTML] = "html", [KIND_INT] = "int",
    [KIND_BOOL] = "bool", [KIND_LIST] = "list", [KIND_ONE] = "one",   [KIND_ROW] = "row",
};

/* --- names --- */

static const struct field *field_find(const struct view *v, struct str name)
{
    for (const struct field *f = v->field; f; f = f->next)
        if (str_eq(f->name, name))
            return f;
    return NULL;
}

static bool is_present(const struct walk *w, struct str c)
{
    for (const struct present *p = w->present; p; p = p->outer)
        if (str_eq(p->c, c))
            return true;
    return false;
}

static void take_field(const struct walk *w, int line, struct value *value, const struct view *of,
                       struct str name)
{
    const struct field *f = field_find(of, name);

    if (!f)
        REFUSE(w, line, "the view %" PRIstr " has no value %" PRIstr, STR_ARG(of->name),
               STR_ARG(name));
    value->kind = f->kind;
    value->view = f->view;
    value->c = str_format(w->viewc->arena, "%" PRIstr "->%" PRIstr, STR_ARG(value->c),
                          STR_ARG(name));
}

/* Finds what value->path names: a bound row or a field of the view, then fields of those. */
static void resolve(struct walk *w, int line, struct value *value)
{
    struct str rest = value->path, part;
    const struct bound *b = w->bound;

    str_split(&rest, '.', &part); /* the parser let no empty path pass */
    while (b && !str_eq(b->name, part))
        b = b->outer;
    if (b) {
        b->each->is_used = true;
        value->kind = KIND_ROW;
        value->view = b->view;
        value->c = b->name;
    } else {
        w->view->is_used = true;
        value->c = STR("v");
        take_field(w, line, value, w->view, part);
    }
    while (str_split(&rest, '.', &part)) {
        if (value->kind != KIND_ONE && value->kind != KIND_ROW)
            REFUSE(w, line, "%" PRIstr ": a %s has no values inside", STR_ARG(value->path),
                   kind_name[value->kind]);
        if (value->kind == KIND_ONE && !is_present(w, value->c))
            REFUSE(w, line, "%" PRIstr " may be missing: put {{if …}} around", STR_ARG(value->path));
        take_field(w, line, value, value->view, part);
    }
}

/* --- nodes --- */

static void walk_nodes(struct walk *w, struct node *n);

static void walk_print(struct walk *w, struct node *n)
{
    resolve(w, n->line, &n->value);
    if (n->value.kind > KIND_INT)
        REFUSE(w, n->line, "%" PRIstr " is a %s and cannot be printed", STR_ARG(n->value.path),
               kind_name[n->value.kind]);
    n->digits = markup_print(&w->markup, n->value.kind, n->value.path);
}

static void walk_if(struct walk *w, struct node *n)
{
    const struct present *outer = w->present;

    resolve(w, n->line, &n->value);
    if (n->value.kind == KIND_ROW)
        REFUSE(w, n->line, "%" PRIstr " is a row: it is always there", STR_ARG(n->value.path));
    markup_if(&w->markup);
    struct html_state start = w->markup.at;
    struct present here = {outer, n->value.c};
    bool is_one = n->value.kind == KIND_ONE;

    w->present = is_one && !n->value.negated ? &here : outer;
    walk_nodes(w, n->body);
    struct html_state after = w->markup.at;
    w->markup.at = start;
    w->present = is_one && n->value.negated ? &here : outer;
    walk_nodes(w, n->other);
    w->present = outer;
    w->markup.line = n->line;
    markup_join(&w->markup, &after, "{{if}}");
}

static void walk_each(struct walk *w, struct node *n)
{
    struct str rest = n->value.path, name = rest, part;

    resolve(w, n->line, &n->value);
    if (n->value.kind != KIND_LIST)
        REFUSE(w, n->line, "%" PRIstr " is no list", STR_ARG(n->value.path));
    while (str_split(&rest, '.', &part))
        name = part;
    for (const struct bound *b = w->bound; b; b = b->outer)
        if (str_eq(b->name, name))
            REFUSE(w, n->line, "%" PRIstr " is bound by an {{each}} around this one",
                   STR_ARG(name));
    markup_each(&w->markup);
    n->text = name;
    struct html_state start = w->markup.at;
    struct bound here = {w->bound, n, name, n->value.view};

    w->bound = &here;
    walk_nodes(w, n->body);
    w->bound = here.outer;
    w->markup.line = n->line;
    markup_join(&w->markup, &start, "{{each}}");
    struct html_state after = w->markup.at;
    w->markup.at = start;
    walk_nodes(w, n->other);
    w->markup.line = n->line;
    markup_join(&w->markup, &after, "{{each}}");
}

static bool same_shape(const struct field *a, const struct field *b)
{
    return a && b && a->kind == b->kind && a->view == b->view;
}

static void walk_call(struct walk *w, struct node *n)
{
    n->view = viewc_view(w->viewc, n->text);
    if (!n->view)
        REFUSE(w, n->line, "there is no view %" PRIstr, STR_ARG(n->text));
    markup_call(&w->markup);
    if (n->has_value) {
        resolve(w, n->line, &n->value);
        if (n->value.view != n->view)
            REFUSE(w, n->line, "%" PRIstr " does not hold what the view %" PRIstr " shows",
                   STR_ARG(n->value.path), STR_ARG(n->text));
        return;
    }
    for (const struct field *f = n->view->field; f; f = f->next) {
        w->view->is_used = true;
        if (!same_shape(f, field_find(w->view, f->name)))
            REFUSE(w, n->line, "{{call %" PRIstr "}} needs a value: %" PRIstr " has no %" PRIstr
                   " of the same kind", STR_ARG(n->text), STR_ARG(w->view->name),
                   STR_ARG(f->name));
    }
}

static void walk_word(struct walk *w, struct node *n)
{
    const struct known *word = viewc_known(w->viewc->word, n->text);

    if (!word)
        REFUSE(w, n->line, "no word \"%" PRIstr "\" in locale/", STR_ARG(n->text));
    if (word->holes != n->arg_count)
        REFUSE(w, n->line, "the word %" PRIstr " has %zu holes, but %zu values are given",
               STR_ARG(n->text), word->holes, n->arg_count);
    for (size_t i = 0; i < n->arg_count; i++) {
        resolve(w, n->line, &n->arg[i]);
        if (n->arg[i].kind != KIND_TEXT && n->arg[i].kind != KIND_INT)
            REFUSE(w, n->line, "a word is filled with text and int, and %" PRIstr " is a %s",
                   STR_ARG(n->arg[i].path), kind_name[n->arg[i].kind]);
    }
    markup_word(&w->markup);
}

static void walk_asset(struct walk *w, struct node *n)
{
    if (!viewc_known(w->viewc->asset, n->text))
        REFUSE(w, n->line, "no asset \"%" PRIstr "\" is embedded", STR_ARG(n->text));
    if (w->markup.at.place != PLACE_VALUE)
        REFUSE(w, n->line, "{{asset}} stands in an attribute");
    markup_print(&w->markup, KIND_URL, n->text);
}

static void walk_icon(struct walk *w, struct node *n)
{
    if (!viewc_known(w->viewc->icon, n->text))
        REFUSE(w, n->line, "no icon \"%" PRIstr "\" in assets/icons.txt", STR_ARG(n->text));
    markup_icon(&w->markup);
}

static void walk_attr(struct walk *w, struct node *n)
{
    resolve(w, n->line, &n->value);
    if (n->value.kind == KIND_ROW)
        REFUSE(w, n->line, "%" PRIstr " is a row: it is always there", STR_ARG(n->value.path));
    markup_attr(&w->markup, n->text);
}

static void walk_literal(struct walk *w, struct node *n)
{
    n->text = markup_literal(&w->markup, n->text);
}

static void (*const walk_node[])(struct walk *w, struct node *n) = {
    [NODE_LITERAL] = walk_literal, [NODE_PRINT] = walk_print, [NODE_IF] = walk_if,
    [NODE_EACH] = walk_each,       [NODE_CALL] = walk_call,   [NODE_WORD] = walk_word,
    [NODE_ICON] = walk_icon,       [NODE_ASSET] = walk_asset, [NODE_ATTR] = walk_attr,
};

static void walk_nodes(struct walk *w, struct node *n)
{
    for (; n; n = n->next) {
        w->markup.line = n->line;
        walk_node[n->type](w, n);
    }
}

/* --- views --- */

static void link_fields(struct viewc *c, struct view *v)
{
    for (struct field *f = v->field; f; f = f->next) {
        if (f->kind != KIND_LIST && f->kind != KIND_ONE)
            continue;
        f->view = viewc_view(c, f->view_name);
        if (!f->view)
            VIEWC_DIE(v->file, v->line, "there is no view \"%" PRIstr "\" for %" PRIstr,
                      STR_ARG(f->view_name), STR_ARG(f->name));
    }
}

/* The blanks around a body belong to the file, not to the page. */
static void trim_body(struct view *v)
{
    struct node *first = v->body, *last = v->body;

    while (last && last->next)
        last = last->next;
    if (first && first->type == NODE_LITERAL)
        while (first->text.n && (first->text.p[0] == '\n' || first->text.p[0] == ' ')) {
            first->line += first->text.p[0] == '\n';
            first->text = str_sub(first->text, 1, first->text.n);
        }
    if (last && last->type == NODE_LITERAL)
        while (last->text.n && (last->text.p[last->text.n - 1] == '\n' ||
                                last->text.p[last->text.n - 1] == ' '))
            last->text.n--;
}

static void check_view(struct viewc *c, struct view *v)
{
    struct walk w = {.viewc = c, .view = v, .markup = {.viewc = c, .file = v->file}};

    if (viewc_view(c, v->name) != v)
        VIEWC_DIE(v->file, v->line, "the view %" PRIstr " stands twice (also %s:%d)",
                  STR_ARG(v->name), viewc_view(c, v->name)->file->path,
                  viewc_view(c, v->name)->line);
    trim_body(v);
    walk_nodes(&w, v->body);
    markup_end(&w.markup, v);
}

void viewc_check(struct viewc *c)
{
    for (struct file *f = c->file; f; f = f->next)
        for (struct view *v = f->view; v; v = v->next)
            link_fields(c, v);
    for (struct file *f = c->file; f; f = f->next) {
        for (struct view *v = f->view; v; v = v->next)
            check_view(c, v);
        markup_check_labels(f);
    }
}
