/* viewc_emit - checked views into plain C that can be stepped through. */
#include "viewc.h"

enum { LITERAL_MAX = 3000 /* of the 4,095 bytes that every compiler takes */ };

struct emit {
    struct viewc *viewc;
    struct buf out;
    int depth;
};

static void line_open(struct emit *e)
{
    for (int i = 0; i < e->depth; i++)
        buf_put(&e->out, STR("    "));
}

#define LINE(e, ...) (line_open(e), buf_format(&(e)->out, __VA_ARGS__), buf_char(&(e)->out, '\n'))

/* --- values --- */

/* How a value of each kind is asked whether it is there: what stands before and after it. */
static const struct {
    const char *yes[2], *no[2];
} question[] = {
    [KIND_TEXT] = {{"", ".n > 0"}, {"", ".n == 0"}},
    [KIND_URL] = {{"url_text(", ").n > 0"}, {"url_text(", ").n == 0"}},
    [KIND_HTML] = {{"html_is_some(", ")"}, {"!html_is_some(", ")"}},
    [KIND_INT] = {{"", " != 0"}, {"", " == 0"}},
    [KIND_BOOL] = {{"", ""}, {"!", ""}},
    [KIND_LIST] = {{"", "_count > 0"}, {"", "_count == 0"}},
    [KIND_ONE] = {{"", " != NULL"}, {"", " == NULL"}},
};

static struct str condition(struct emit *e, const struct value *v)
{
    const char *const *ask = v->negated ? question[v->kind].no : question[v->kind].yes;

    return str_format(e->viewc->arena, "%s%" PRIstr "%s", ask[0], STR_ARG(v->c), ask[1]);
}

static const char *print_call(const struct node *n)
{
    static const char *const call[] = {
        [KIND_TEXT] = "html_text", [KIND_URL] = "html_href",
        [KIND_HTML] = "html_put",  [KIND_INT] = "html_int",
    };

    return n->value.kind == KIND_INT && n->digits ? "html_digits" : call[n->value.kind];
}

static struct str constant(struct emit *e, struct str name)
{
    return tool_constant(e->viewc->arena, name);
}

/* --- nodes --- */

static void emit_nodes(struct emit *e, const struct node *n);

/* As long as it ends at the end of a character. */
static size_t whole_characters(struct str s, size_t n)
{
    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return n;
}

/* One call for each piece that a compiler takes, one line of C for each line of markup. */
static void emit_literal(struct emit *e, const struct node *n)
{
    struct str rest = n->text;

    while (rest.n) {
        struct str piece = str_sub(rest, 0, whole_characters(rest, LITERAL_MAX));
        rest = str_sub(rest, piece.n, rest.n);
        line_open(e);
        buf_put(&e->out, STR("HTML_MARKUP(o, "));
        for (bool first = true; piece.n; first = false) {
            size_t feed = str_find(piece, STR("\n"));
            size_t take = feed == STR_NONE ? piece.n : feed + 1;
            if (!first) {
                buf_char(&e->out, '\n');
                line_open(e);
                buf_put(&e->out, STR("               "));
            }
            buf_char(&e->out, '"');
            tool_put_literal(&e->out, str_sub(piece, 0, take));
            buf_char(&e->out, '"');
            piece = str_sub(piece, take, piece.n);
        }
        buf_put(&e->out, STR(");\n"));
    }
}

static void emit_print(struct emit *e, const struct node *n)
{
    LINE(e, "%s(o, %" PRIstr ");", print_call(n), STR_ARG(n->value.c));
}

static void emit_else(struct emit *e, const struct node *other)
{
    if (!other)
        return;
    LINE(e, "} else {");
    e->depth++;
    emit_nodes(e, other);
    e->depth--;
}

static void emit_if(struct emit *e, const struct node *n)
{
    LINE(e, "if (%" PRIstr ") {", STR_ARG(condition(e, &n->value)));
    e->depth++;
    emit_nodes(e, n->body);
    e->depth--;
    emit_else(e, n->other);
    LINE(e, "}");
}

static void emit_each(struct emit *e, const struct node *n)
{
    struct str name = n->text, list = n->value.c;

    LINE(e, "for (size_t %" PRIstr "_i = 0; %" PRIstr "_i < %" PRIstr "_count; %" PRIstr "_i++) {",
         STR_ARG(name), STR_ARG(name), STR_ARG(list), STR_ARG(name));
    e->depth++;
    if (n->is_used)
        LINE(e, "const struct view_%" PRIstr " *%" PRIstr " = &%" PRIstr "[%" PRIstr "_i];",
             STR_ARG(n->value.view->name), STR_ARG(name), STR_ARG(list), STR_ARG(name));
    emit_nodes(e, n->body);
    e->depth--;
    LINE(e, "}");
    if (!n->other)
        return;
    LINE(e, "if (%" PRIstr "_count == 0) {", STR_ARG(list));
    e->depth++;
    emit_nodes(e, n->other);
    e->depth--;
    LINE(e, "}");
}

/* Without a value: a struct of this view's own values. */
static void emit_call_own(struct emit *e, const struct view *view)
{
    line_open(e);
    buf_format(&e->out, "view_%" PRIstr "(o, &(struct view_%" PRIstr "){", STR_ARG(view->name),
               STR_ARG(view->name));
    if (!view->field)
        buf_char(&e->out, '0');
    for (const struct field *f = view->field; f; f = f->next) {
        buf_format(&e->out, ".%" PRIstr " = v->%" PRIstr "%s", STR_ARG(f->name), STR_ARG(f->name),
                   f->next || f->kind == KIND_LIST ? ", " : "");
        if (f->kind == KIND_LIST)
            buf_format(&e->out, ".%" PRIstr "_count = v->%" PRIstr "_count%s", STR_ARG(f->name),
                       STR_ARG(f->name), f->next ? ", " : "");
    }
    buf_put(&e->out, STR("});\n"));
}

static void emit_call(struct emit *e, const struct node *n)
{
    struct str view = n->text, c = n->value.c;

    if (!n->has_value) {
        emit_call_own(e, n->view);
        return;
    }
    switch (n->value.kind) {
    case KIND_LIST:
        LINE(e, "for (size_t i = 0; i < %" PRIstr "_count; i++)", STR_ARG(c));
        LINE(e, "    view_%" PRIstr "(o, &%" PRIstr "[i]);", STR_ARG(view), STR_ARG(c));
        break;
    case KIND_ONE:
        LINE(e, "if (%" PRIstr " != NULL)", STR_ARG(c));
        LINE(e, "    view_%" PRIstr "(o, %" PRIstr ");", STR_ARG(view), STR_ARG(c));
        break;
    case KIND_ROW:
        LINE(e, "view_%" PRIstr "(o, %" PRIstr ");", STR_ARG(view), STR_ARG(c));
        break;
    case KIND_TEXT:
    case KIND_URL:
    case KIND_HTML:
    case KIND_INT:
    case KIND_BOOL:
        BUG("{{call}} of a plain value");
    }
}

static void emit_word(struct emit *e, const struct node *n)
{
    struct str name = constant(e, n->text);

    if (!n->arg_count) {
        LINE(e, "html_word(o, WORD_%" PRIstr ");", STR_ARG(name));
        return;
    }
    line_open(e);
    buf_format(&e->out, "html_fill(o, WORD_%" PRIstr ", (const struct str[]){", STR_ARG(name));
    for (size_t i = 0; i < n->arg_count; i++)
        buf_format(&e->out,
                   n->arg[i].kind == KIND_INT ? "%sword_int(o->buf.arena, o->lang, %" PRIstr ")"
                                              : "%s%" PRIstr,
                   i ? ", " : "", STR_ARG(n->arg[i].c));
    buf_format(&e->out, "}, %zu);\n", n->arg_count);
}

static void emit_icon(struct emit *e, const struct node *n)
{
    LINE(e, "HTML_MARKUP(o, \"<svg class=\\\"ic\\\" aria-hidden=\\\"true\\\"><use href=\\\"\");");
    LINE(e, "html_href(o, asset_url(ASSET_ICONS_SVG));");
    LINE(e, "HTML_MARKUP(o, \"#%" PRIstr "\\\"/></svg>\");", STR_ARG(n->text));
}

static void emit_asset(struct emit *e, const struct node *n)
{
    LINE(e, "html_href(o, asset_url(ASSET_%" PRIstr "));", STR_ARG(constant(e, n->text)));
}

static void emit_attr(struct emit *e, const struct node *n)
{
    LINE(e, "if (%" PRIstr ")", STR_ARG(condition(e, &n->value)));
    LINE(e, "    HTML_MARKUP(o, \" %" PRIstr "\");", STR_ARG(n->text));
}

static void (*const emit_node[])(struct emit *e, const struct node *n) = {
    [NODE_LITERAL] = emit_literal, [NODE_PRINT] = emit_print, [NODE_IF] = emit_if,
    [NODE_EACH] = emit_each,       [NODE_CALL] = emit_call,   [NODE_WORD] = emit_word,
    [NODE_ICON] = emit_icon,       [NODE_ASSET] = emit_asset, [NODE_ATTR] = emit_attr,
};

static void emit_nodes(struct emit *e, const struct node *n)
{
    for (; n; n = n->next)
        emit_node[n->type](e, n);
}

/* --- files --- */

static bool uses_assets(const struct node *n)
{
    for (; n; n = n->next)
        if (n->type == NODE_ICON || n->type == NODE_ASSET || uses_assets(n->body) ||
            uses_assets(n->other))
            return true;
    return false;
}

static void emit_banner(struct emit *e, const struct file *file)
{
    LINE(e, "/* Written by tools/viewc from views/%" PRIstr ".html; change that. */",
         STR_ARG(file->stem));
}

/* Other views that a file needs: declared in the header, included in the source. */
static bool is_foreign(const struct file *file, const struct view *view)
{
    return view && view->file != file;
}

static void emit_field(struct emit *e, const struct field *f)
{
    static const char *const type[] = {
        [KIND_TEXT] = "struct str", [KIND_URL] = "struct url", [KIND_HTML] = "struct html",
        [KIND_INT] = "int64_t",     [KIND_BOOL] = "bool",
    };

    switch (f->kind) {
    case KIND_TEXT:
    case KIND_URL:
    case KIND_HTML:
    case KIND_INT:
    case KIND_BOOL:
        LINE(e, "%s %" PRIstr ";", type[f->kind], STR_ARG(f->name));
        break;
    case KIND_LIST:
        LINE(e, "const struct view_%" PRIstr " *%" PRIstr ";", STR_ARG(f->view->name),
             STR_ARG(f->name));
        LINE(e, "size_t %" PRIstr "_count;", STR_ARG(f->name));
        break;
    case KIND_ONE:
        LINE(e, "const struct view_%" PRIstr " *%" PRIstr "; /* or NULL */",
             STR_ARG(f->view->name), STR_ARG(f->name));
        break;
    case KIND_ROW:
        BUG("a field cannot be a row");
    }
}

struct str viewc_header(struct viewc *c, const struct file *file)
{
    struct emit e = {.viewc = c, .out = buf_in(c->arena)};
    struct str guard = constant(&e, file->stem);

    emit_banner(&e, file);
    LINE(&e, "#ifndef VIEW_%" PRIstr "_H", STR_ARG(guard));
    LINE(&e, "#define VIEW_%" PRIstr "_H\n", STR_ARG(guard));
    LINE(&e, "#include \"html/html.h\"\n");
    for (const struct view *v = file->view; v; v = v->next)
        for (const struct field *f = v->field; f; f = f->next)
            if (is_foreign(file, f->view))
                LINE(&e, "struct view_%" PRIstr "; /* view_%" PRIstr ".h */",
                     STR_ARG(f->view->name), STR_ARG(f->view->file->stem));
    for (const struct view *v = file->view; v; v = v->next) {
        LINE(&e, "\nstruct view_%" PRIstr " {", STR_ARG(v->name));
        e.depth++;
        for (const struct field *f = v->field; f; f = f->next)
            emit_field(&e, f);
        if (!v->field)
            LINE(&e, "char nothing; /* the view takes no values */");
        e.depth--;
        LINE(&e, "};\nvoid view_%" PRIstr "(struct html_out *o, const struct view_%" PRIstr " *v);",
             STR_ARG(v->name), STR_ARG(v->name));
    }
    LINE(&e, "\n#endif");
    return buf_str(&e.out);
}

/* The headers of the views that `n` calls or walks over. */
static void emit_includes(struct emit *e, const struct file *file, const struct node *n,
                          struct known **seen)
{
    for (; n; n = n->next) {
        const struct view *need[] = {n->view, n->value.view};
        for (size_t i = 0; i < 2; i++) {
            if (!is_foreign(file, need[i]) || viewc_known(*seen, need[i]->file->stem))
                continue;
            struct known *k = ARENA_NEW(e->viewc->arena, struct known);
            *k = (struct known){.next = *seen, .name = need[i]->file->stem};
            *seen = k;
            LINE(e, "#include \"view_%" PRIstr ".h\"", STR_ARG(k->name));
        }
        emit_includes(e, file, n->body, seen);
        emit_includes(e, file, n->other, seen);
    }
}

struct str viewc_source(struct viewc *c, const struct file *file)
{
    struct emit e = {.viewc = c, .out = buf_in(c->arena)};
    struct known *seen = NULL;
    bool assets = false;

    emit_banner(&e, file);
    LINE(&e, "#include \"view_%" PRIstr ".h\"\n", STR_ARG(file->stem));
    for (const struct view *v = file->view; v; v = v->next) {
        emit_includes(&e, file, v->body, &seen);
        assets |= uses_assets(v->body);
    }
    if (assets)
        LINE(&e, "#include \"web/asset.h\"");
    for (const struct view *v = file->view; v; v = v->next) {
        LINE(&e, "\n/* %" PRIstr ".html:%d */", STR_ARG(file->stem), v->line);
        LINE(&e, "void view_%" PRIstr "(struct html_out *o, const struct view_%" PRIstr " *v)\n{",
             STR_ARG(v->name), STR_ARG(v->name));
        e.depth++;
        if (!v->is_used)
            LINE(&e, "(void)v;");
        if (!v->body)
            LINE(&e, "(void)o;");
        emit_nodes(&e, v->body);
        e.depth--;
        LINE(&e, "}");
    }
    return buf_str(&e.out);
}
