#include "tools/sqlc.h"
#include "tools/tool.h"

/* A file is read line by line; what is being gathered: */
enum gathering {
    GATHER_NOTHING,
    GATHER_FRAGMENT,
    GATHER_BOTH,
    GATHER_SQLITE,
    GATHER_POSTGRES,
    GATHER_BETWEEN
};

struct reader {
    struct arena *arena;
    struct subject *subject;
    int line, *index;
    enum gathering gathering;
    struct statement *statement;
    struct fragment *fragment;
    struct buf text;
};

static void die(const struct reader *r, const char *why, struct str what)
{
    tool_die(r->subject->file, r->line, "%s '%" PRIstr "'", why, STR_ARG(what));
}

/* ---- headings ---- */

/* Names that the generated C uses for itself, or that C keeps for itself. */
static bool is_taken(struct str name)
{
    static const char *const TAKEN[] = {
        "a",      "arg",         "auto",      "bool",    "break",    "case",     "char",
        "const",  "continue",    "db",        "default", "do",       "double",   "each",
        "else",   "enum",        "err",       "extern",  "false",    "float",    "for",
        "goto",   "if",          "inline",    "int",     "long",     "register", "restrict",
        "ret",    "ret_changed", "ret_count", "return",  "row",      "rows",     "short",
        "signed", "sizeof",      "static",    "struct",  "switch",   "true",     "typedef",
        "union",  "unsigned",    "value",     "void",    "volatile", "while",
    };

    for (size_t i = 0; i < sizeof TAKEN / sizeof TAKEN[0]; i++)
        if (str_eq(name, str_of(TAKEN[i])))
            return true;
    return false;
}

static struct value value_parse(struct reader *r, struct str text)
{
    static const struct {
        struct str word;
        enum value_kind kind;
    } KINDS[] = {{STR_INIT("int"), VALUE_INT},
                 {STR_INIT("text"), VALUE_TEXT},
                 {STR_INIT("blob"), VALUE_BLOB}};
    struct str rest = str_trim(text), name, kind, null;
    struct value v = {.kind = VALUE_INT};

    if (!str_split(&rest, ' ', &name) || !tool_is_name(name) || !str_split(&rest, ' ', &kind))
        die(r, "a value is written 'name kind', not", text);
    size_t i = 0;
    while (i < 3 && !str_eq(KINDS[i].word, kind))
        i++;
    if (i == 3)
        die(r, "a kind is int, text or blob, not", kind);
    if (is_taken(name))
        die(r, "choose another name, C has a use for", name);
    v.name = name;
    v.kind = KINDS[i].kind;
    if (str_split(&rest, ' ', &null)) {
        if (!str_eq(null, STR("null")) || rest.n)
            die(r, "after a kind only 'null' may stand, not", null);
        v.may_be_null = true;
    }
    return v;
}

static int values_parse(struct reader *r, struct str list, struct value *value)
{
    struct str rest = list, piece;
    int n = 0;

    while (str_split(&rest, ',', &piece)) {
        if (n == VALUES_MAX)
            die(r, "too many values in", list);
        value[n] = value_parse(r, piece);
        for (int i = 0; i < n; i++)
            if (str_eq(value[i].name, value[n].name))
                die(r, "there are two values", value[n].name);
        n++;
    }
    return n;
}

/* "name(params) shape" or "name(params) shape: columns". False: an ordinary comment. */
static bool heading_parse(struct reader *r, struct str line)
{
    size_t open = str_find(line, STR("(")), close = str_find(line, STR(") "));
    struct str name = str_sub(line, 0, open == STR_NONE ? 0 : open);

    if (open == STR_NONE || close == STR_NONE || close < open || !tool_is_name(name))
        return false;
    struct str rest = str_sub(line, close + 2, line.n), shape;
    struct statement *s = ARENA_NEW(r->arena, struct statement);
    if (!str_split(&rest, ':', &shape))
        return false;
    shape = str_trim(shape);
    if (str_eq(shape, STR("one")))
        s->shape = SHAPE_ONE;
    else if (str_eq(shape, STR("many")))
        s->shape = SHAPE_MANY;
    else if (str_eq(shape, STR("exec")))
        s->shape = SHAPE_EXEC;
    else
        return false;
    s->name = name;
    s->line = r->line;
    s->index = (*r->index)++;
    s->parameter_count = values_parse(r, str_sub(line, open + 1, close - open - 1), s->parameter);
    s->column_count = values_parse(r, rest, s->column);
    if ((s->shape == SHAPE_EXEC) != (s->column_count == 0))
        die(r, "'one' and 'many' name columns, 'exec' none:", name);
    r->statement = s;
    if (r->subject->last)
        r->subject->last->next = s;
    else
        r->subject->first = s;
    r->subject->last = s;
    return true;
}

/* ---- texts ---- */

static const struct fragment *fragment_find(const struct subject *subject, struct str name)
{
    for (const struct fragment *f = subject->fragment; f; f = f->next)
        if (str_eq(f->name, name))
            return f;
    return NULL;
}

/* Pastes fragments where @name@ stands. */
static void expand(struct reader *r, struct buf *out, struct str text, int depth)
{
    if (depth > 8)
        die(r, "fragments nest too deep in", r->statement->name);
    while (text.n) {
        size_t at = str_find(text, STR("@"));
        size_t end = at == STR_NONE ? STR_NONE : str_find(str_sub(text, at + 1, text.n), STR("@"));
        struct str name = end == STR_NONE ? STR("") : str_sub(text, at + 1, end);
        if (at == STR_NONE ||
            !tool_is_name(name)) { /* no fragment before the next @, if any (as in "@@") */
            size_t n = at == STR_NONE ? text.n : at + 1 + (end == 0);
            buf_put(out, str_sub(text, 0, n));
            text = str_sub(text, n, text.n);
            continue;
        }
        const struct fragment *f = fragment_find(r->subject, name);
        if (!f)
            die(r, "there is no fragment", name);
        buf_put(out, str_sub(text, 0, at));
        expand(r, out, f->text, depth + 1);
        text = str_sub(text, at + end + 2, text.n);
    }
}

/* Every parameter is used and no other; one statement, not two: SQLite would forget the second. */
static void check_text(struct reader *r, struct str text)
{
    bool used[VALUES_MAX + 1] = {false}, quoted = false;
    const struct statement *s = r->statement;

    for (size_t i = 0; i < text.n; i++) {
        int n = 0;
        quoted ^= text.p[i] == '\'';
        if (text.p[i] == ';' && !quoted)
            die(r, "there are two statements under the heading of", s->name);
        if (text.p[i] == '?')
            die(r, "parameters are $1, $2 …, not ?, in", s->name);
        if (text.p[i] != '$')
            continue;
        while (i + 1 < text.n && text.p[i + 1] >= '0' && text.p[i + 1] <= '9')
            n = n * 10 + (text.p[++i] - '0');
        if (n < 1 || n > s->parameter_count)
            die(r, "a parameter that is not declared is used in", s->name);
        used[n] = true;
    }
    for (int n = 1; n <= s->parameter_count; n++)
        if (!used[n])
            die(r, "is declared and not used:", s->parameter[n - 1].name);
}

static struct str statement_text(struct reader *r)
{
    struct buf out = buf_in(r->arena);
    struct str text = str_trim(buf_str(&r->text));

    if (!str_has_suffix(text, STR(";")))
        die(r, "does not end with a semicolon:", r->statement->name);
    expand(r, &out, str_sub(text, 0, text.n - 1), 0);
    check_text(r, buf_str(&out));
    return buf_str(&out);
}

/* Ends what is being gathered, at a line that begins something else. */
static void finish(struct reader *r)
{
    switch (r->gathering) {
    case GATHER_FRAGMENT:
        r->fragment->text = str_copy(r->arena, str_trim(buf_str(&r->text)));
        break;
    case GATHER_BOTH:
        r->statement->sqlite = r->statement->postgres = statement_text(r);
        break;
    case GATHER_SQLITE:
        r->statement->sqlite = statement_text(r);
        break;
    case GATHER_POSTGRES:
        r->statement->postgres = statement_text(r);
        break;
    case GATHER_NOTHING:
    case GATHER_BETWEEN:
        break;
    }
    r->text = buf_in(r->arena);
    r->gathering = GATHER_NOTHING;
}

static void fragment_begin(struct reader *r, struct str name)
{
    struct fragment *f = ARENA_NEW(r->arena, struct fragment);

    finish(r);
    if (!tool_is_name(name) || fragment_find(r->subject, name))
        die(r, "is no name for a fragment, or there are two:", name);
    f->name = name;
    f->next = r->subject->fragment;
    r->subject->fragment = f;
    r->fragment = f;
    r->gathering = GATHER_FRAGMENT;
}

static void comment(struct reader *r, struct str text)
{
    if (str_has_prefix(text, STR("fragment "))) {
        fragment_begin(r, str_trim(str_sub(text, 9, text.n)));
    } else if (str_eq(text, STR("only: sqlite")) || str_eq(text, STR("only: postgres"))) {
        if (r->gathering == GATHER_BOTH && str_trim(buf_str(&r->text)).n == 0)
            r->gathering = GATHER_NOTHING;
        finish(r);
        r->gathering = str_has_suffix(text, STR("sqlite")) ? GATHER_SQLITE : GATHER_POSTGRES;
    } else if (str_eq(text, STR("end"))) {
        finish(r);
    } else {
        enum gathering before = r->gathering;
        if (before == GATHER_FRAGMENT || before == GATHER_BOTH) {
            struct str have = str_trim(buf_str(&r->text));
            if (before == GATHER_BOTH && !str_has_suffix(have, STR(";")))
                return; /* a remark inside a statement */
            finish(r);
        }
        if (heading_parse(r, text))
            r->gathering = GATHER_BOTH;
    }
}

void sqlc_parse(struct arena *a, const char *file, struct subject *ret, int *index)
{
    struct reader r = {.arena = a, .subject = ret, .index = index, .text = buf_in(a)};
    struct str rest = tool_read(a, file), line;

    *ret = (struct subject){.file = file, .name = tool_stem(file)};
    while (str_split(&rest, '\n', &line)) {
        struct str trimmed = str_trim(line);
        r.line++;
        if (str_has_prefix(trimmed, STR("--"))) {
            comment(&r, str_trim(str_sub(trimmed, 2, trimmed.n)));
        } else if (trimmed.n && r.gathering == GATHER_NOTHING) {
            die(&r, "stands under no heading:", trimmed);
        } else if (trimmed.n) {
            buf_put(&r.text, line);
            buf_char(&r.text, '\n');
        }
    }
    finish(&r);
    for (const struct statement *s = ret->first; s; s = s->next)
        if (!s->sqlite.n || !s->postgres.n)
            tool_die(file, s->line, "'%" PRIstr "' has no text for each engine", STR_ARG(s->name));
}
