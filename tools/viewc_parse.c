/* viewc_parse - the text of a view file into heads and nodes. Knows no HTML. */
#include "viewc.h"

struct reader {
    struct viewc *viewc;
    struct file *file;
    struct str rest;
    int line;
};

/* One piece of the file: a literal, or the inside of {{…}}. */
struct piece {
    bool is_hole;
    int line;
    struct str text;
};

/* Names that would not be C, or would hide a directive. */
static const char *const reserved[] = {
    "asset",    "attr",     "auto",     "bool",   "break",  "call",     "case",    "char",
    "const",    "continue", "default",  "do",     "double", "each",     "else",    "end",
    "enum",     "extern",   "false",    "float",  "for",    "goto",     "icon",    "if",
    "inline",   "int",      "long",     "not",    "o",      "register", "return",  "short",
    "signed",   "sizeof",   "static",   "struct", "switch", "t",        "true",    "typedef",
    "typeof",   "union",    "unsigned", "v",      "view",   "void",     "volatile", "while",
    "restrict", "asm",      "linux",    "unix",
};

static void check_name(const struct reader *r, int line, struct str name, const char *what)
{
    if (!tool_is_name(name))
        VIEWC_DIE(r->file, line, "\"%" PRIstr "\" cannot be the name of a %s: a-z, 0-9 and _ only",
                  STR_ARG(name), what);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (str_eq(name, str_of(reserved[i])))
            VIEWC_DIE(r->file, line, "\"%" PRIstr "\" cannot be the name of a %s: it is reserved",
                      STR_ARG(name), what);
}

static int count_lines(struct str s)
{
    int n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

static struct str take(struct reader *r, size_t n)
{
    struct str s = str_sub(r->rest, 0, n);

    r->rest = str_sub(r->rest, n, r->rest.n);
    r->line += count_lines(s);
    return s;
}

/* False at the end of the file. */
static bool next_piece(struct reader *r, struct piece *ret)
{
    struct piece p = {.line = r->line};
    size_t at = str_find(r->rest, STR("{{"));

    if (!r->rest.n)
        return false;
    if (at != 0) {
        p.text = take(r, at == STR_NONE ? r->rest.n : at);
        size_t stray = str_find(p.text, STR("}}"));
        if (stray != STR_NONE)
            VIEWC_DIE(r->file, p.line + count_lines(str_sub(p.text, 0, stray)),
                      "}} without {{");
        *ret = p;
        return true;
    }
    size_t end = str_find(r->rest, STR("}}"));
    if (end == STR_NONE)
        VIEWC_DIE(r->file, r->line, "{{ without }}");
    p.is_hole = true;
    p.text = str_trim(str_sub(take(r, end + 2), 2, end - 2));
    if (str_find(p.text, STR("{{")) != STR_NONE)
        VIEWC_DIE(r->file, p.line, "{{ inside {{…}}");
    *ret = p;
    return true;
}

/* The next blank-separated word of *rest; empty when there is none. */
static struct str next_word(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\n' && rest->p[n] != '\t')
        n++;
    struct str word = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n, rest->n);
    return word;
}

static void check_path(const struct reader *r, int line, struct str path)
{
    struct str rest = path, part;

    if (str_is_empty(path) || path.p[path.n - 1] == '.')
        VIEWC_DIE(r->file, line, "\"%" PRIstr "\" does not name a value", STR_ARG(path));
    while (str_split(&rest, '.', &part))
        if (!tool_is_name(part))
            VIEWC_DIE(r->file, line, "\"%" PRIstr "\" does not name a value", STR_ARG(path));
}

static struct value path_parse(const struct reader *r, int line, struct str path)
{
    check_path(r, line, path);
    return (struct value){.path = path};
}

static void expect_end(const struct reader *r, int line, struct str rest)
{
    struct str word = next_word(&rest);

    if (word.n)
        VIEWC_DIE(r->file, line, "\"%" PRIstr "\" is too much here", STR_ARG(word));
}

/* "x" or "not x". */
static struct value condition_parse(const struct reader *r, int line, struct str rest)
{
    struct str word = next_word(&rest);
    bool negated = str_eq(word, STR("not"));

    if (negated)
        word = next_word(&rest);
    struct value value = path_parse(r, line, word);
    value.negated = negated;
    expect_end(r, line, rest);
    return value;
}

static const struct {
    const char *name;
    enum kind kind;
} plain_kind[] = {
    {"text", KIND_TEXT}, {"url", KIND_URL}, {"html", KIND_HTML},
    {"int", KIND_INT},   {"bool", KIND_BOOL},
};

/* "row list of queue_row" */
static struct field *field_parse(struct reader *r, int line, struct str text)
{
    struct field *f = ARENA_NEW(r->viewc->arena, struct field);
    struct str kind;

    f->name = next_word(&text);
    check_name(r, line, f->name, "value");
    kind = next_word(&text);
    bool found = false;
    for (size_t i = 0; i < sizeof plain_kind / sizeof *plain_kind && !found; i++)
        if (str_eq(kind, str_of(plain_kind[i].name))) {
            f->kind = plain_kind[i].kind;
            found = true;
        }
    if (str_eq(kind, STR("list"))) {
        if (!str_eq(next_word(&text), STR("of")))
            VIEWC_DIE(r->file, line, "write: %" PRIstr " list of VIEW", STR_ARG(f->name));
        f->kind = KIND_LIST;
        f->view_name = next_word(&text);
    } else if (str_eq(kind, STR("one"))) {
        f->kind = KIND_ONE;
        f->view_name = next_word(&text);
    } else if (!found) {
        VIEWC_DIE(r->file, line,
                  "\"%" PRIstr "\" is no kind of value: text, url, html, int, bool, list of VIEW, "
                  "one VIEW", STR_ARG(kind));
    }
    expect_end(r, line, text);
    return f;
}

/* "view queue: heading text, row list of queue_row" without "view". */
static struct view *head_parse(struct reader *r, int line, struct str text)
{
    struct view *v = ARENA_NEW(r->viewc->arena, struct view);
    size_t colon = str_find(text, STR(":"));
    struct field **end = &v->field;
    struct str fields, piece;

    v->file = r->file;
    v->line = line;
    v->name = str_trim(str_sub(text, 0, colon == STR_NONE ? text.n : colon));
    check_name(r, line, v->name, "view");
    fields = colon == STR_NONE ? STR("") : str_sub(text, colon + 1, text.n);
    while (str_split(&fields, ',', &piece)) {
        struct field *f = field_parse(r, line, piece);
        for (struct field *g = v->field; g; g = g->next)
            if (str_eq(f->name, g->name))
                VIEWC_DIE(r->file, line, "%" PRIstr " stands twice", STR_ARG(f->name));
        *end = f;
        end = &f->next;
    }
    return v;
}

static struct node *node_new(struct reader *r, enum node_type type, int line)
{
    struct node *n = ARENA_NEW(r->viewc->arena, struct node);

    n->type = type;
    n->line = line;
    return n;
}

enum stop { STOP_FILE, STOP_VIEW, STOP_ELSE, STOP_END };

/* Why a list of nodes ended, and the words that ended it. */
struct stopped {
    enum stop why;
    struct piece piece;
    struct str rest;
};

static struct node *nodes_parse(struct reader *r, struct stopped *ret_stop);

/* After {{if …}} or {{else if …}}: up to its {{end}}. */
static void if_parse(struct reader *r, struct node *n, struct str condition)
{
    struct stopped stop;

    n->value = condition_parse(r, n->line, condition);
    n->body = nodes_parse(r, &stop);
    if (stop.why == STOP_ELSE) {
        struct str rest = stop.rest;
        if (str_eq(next_word(&rest), STR("if"))) {
            n->other = node_new(r, NODE_IF, stop.piece.line);
            if_parse(r, n->other, rest);
            return;
        }
        expect_end(r, stop.piece.line, stop.rest);
        n->other = nodes_parse(r, &stop);
    }
    if (stop.why != STOP_END)
        VIEWC_DIE(r->file, n->line, "{{if}} without {{end}}");
}

static void each_parse(struct reader *r, struct node *n, struct str rest)
{
    struct stopped stop;

    n->value = path_parse(r, n->line, next_word(&rest));
    expect_end(r, n->line, rest);
    n->body = nodes_parse(r, &stop);
    if (stop.why == STOP_ELSE) {
        expect_end(r, stop.piece.line, stop.rest);
        n->other = nodes_parse(r, &stop);
    }
    if (stop.why != STOP_END)
        VIEWC_DIE(r->file, n->line, "{{each}} without {{end}}");
}

static void call_parse(struct reader *r, struct node *n, struct str rest)
{
    n->text = next_word(&rest);
    struct str value = next_word(&rest);
    n->has_value = value.n > 0;
    if (n->has_value)
        n->value = path_parse(r, n->line, value);
    expect_end(r, n->line, rest);
}

static void word_parse(struct reader *r, struct node *n, struct str rest)
{
    struct str arg;

    n->text = next_word(&rest);
    if (!n->text.n)
        VIEWC_DIE(r->file, n->line, "{{t}} names no word");
    while ((arg = next_word(&rest)).n) {
        if (n->arg_count == WORD_ARGS)
            VIEWC_DIE(r->file, n->line, "a word has at most %d holes", WORD_ARGS);
        n->arg[n->arg_count++] = path_parse(r, n->line, arg);
    }
}

static void name_parse(struct reader *r, struct node *n, struct str rest)
{
    n->text = next_word(&rest);
    expect_end(r, n->line, rest);
    if (!n->text.n)
        VIEWC_DIE(r->file, n->line, "a name is missing");
}

static void attr_parse(struct reader *r, struct node *n, struct str rest)
{
    n->text = next_word(&rest);
    if (!str_eq(next_word(&rest), STR("if")))
        VIEWC_DIE(r->file, n->line, "write: {{attr checked if x}}");
    n->value = condition_parse(r, n->line, rest);
}

static const struct {
    const char *word;
    enum node_type type;
    void (*parse)(struct reader *r, struct node *n, struct str rest);
} directive[] = {
    {"if", NODE_IF, if_parse},       {"each", NODE_EACH, each_parse},
    {"call", NODE_CALL, call_parse}, {"t", NODE_WORD, word_parse},
    {"icon", NODE_ICON, name_parse}, {"asset", NODE_ASSET, name_parse},
    {"attr", NODE_ATTR, attr_parse},
};

static struct node *hole_parse(struct reader *r, const struct piece *p, struct str word,
                               struct str rest)
{
    for (size_t i = 0; i < sizeof directive / sizeof *directive; i++)
        if (str_eq(word, str_of(directive[i].word))) {
            struct node *n = node_new(r, directive[i].type, p->line);
            directive[i].parse(r, n, rest);
            return n;
        }
    struct node *n = node_new(r, NODE_PRINT, p->line);
    n->value = path_parse(r, p->line, word);
    expect_end(r, p->line, rest);
    return n;
}

static const struct {
    const char *word;
    enum stop stop;
} stop_word[] = {{"view", STOP_VIEW}, {"else", STOP_ELSE}, {"end", STOP_END}};

static struct node *nodes_parse(struct reader *r, struct stopped *ret_stop)
{
    struct node *first = NULL, **end = &first;
    struct piece p;

    while (next_piece(r, &p)) {
        struct node *n;
        if (p.is_hole) {
            struct str rest = p.text, word = next_word(&rest);
            for (size_t i = 0; i < sizeof stop_word / sizeof *stop_word; i++)
                if (str_eq(word, str_of(stop_word[i].word))) {
                    *ret_stop = (struct stopped){stop_word[i].stop, p, rest};
                    return first;
                }
            n = hole_parse(r, &p, word, rest);
        } else {
            n = node_new(r, NODE_LITERAL, p.line);
            n->text = p.text;
        }
        *end = n;
        end = &n->next;
    }
    *ret_stop = (struct stopped){.why = STOP_FILE, .piece = {.line = r->line}};
    return first;
}

struct file *viewc_parse(struct viewc *c, const char *path)
{
    struct file *file = ARENA_NEW(c->arena, struct file);
    struct reader r = {.viewc = c, .file = file, .rest = tool_read(c->arena, path), .line = 1};
    struct view **end = &file->view;
    struct stopped stop;

    file->path = path;
    file->stem = tool_stem(path);
    check_name(&r, 1, file->stem, "view file");
    for (struct node *n = nodes_parse(&r, &stop); n; n = n->next)
        if (n->type != NODE_LITERAL || str_trim(n->text).n)
            VIEWC_DIE(file, n->line, "something stands before the first {{view}}");
    while (stop.why == STOP_VIEW) {
        struct view *v = head_parse(&r, stop.piece.line, stop.rest);
        v->body = nodes_parse(&r, &stop);
        *end = v;
        end = &v->next;
    }
    if (stop.why != STOP_FILE)
        VIEWC_DIE(file, stop.piece.line, "{{%" PRIstr "}} without {{if}} or {{each}}",
                  STR_ARG(stop.piece.text));
    if (!file->view)
        VIEWC_DIE(file, 1, "no {{view}}");
    return file;
}
