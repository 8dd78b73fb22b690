/* viewc_html - where in the markup are we, and what may stand there. Knows no nodes.
 *
 * The part of HTML's tokenizer that a careful author uses; what it does not know it refuses. */
#include "viewc.h"

#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

static const char *const void_tags[] = {"area", "base", "br",   "col",   "embed",  "hr",
                                        "img",  "input", "link", "meta", "source", "track", "wbr"};
static const char *const label_tags[] = {"input", "select", "textarea"};
static const char *const unlabelled_types[] = {"hidden", "submit", "button"};
/* Their blanks are the author's. */
static const char *const kept_tags[] = {"pre", "textarea"};
/* Text in these is markup of programs and keyboards, not words. */
static const char *const code_tags[] = {"kbd", "code", "samp", "var"};

static const struct {
    const char *name;
    enum attr_class is;
} attr_classes[] = {
    {"action", ATTR_URL},          {"alt", ATTR_PEOPLE},         {"aria-description", ATTR_PEOPLE},
    {"aria-label", ATTR_PEOPLE},   {"aria-valuetext", ATTR_PEOPLE}, {"cite", ATTR_URL},
    {"data", ATTR_URL},            {"formaction", ATTR_URL},     {"href", ATTR_URL},
    {"hx-confirm", ATTR_PEOPLE},
    {"hx-delete", ATTR_URL},       {"hx-get", ATTR_URL},         {"hx-headers", ATTR_LITERAL},
    {"hx-patch", ATTR_URL},        {"hx-post", ATTR_URL},        {"hx-put", ATTR_URL},
    {"hx-request", ATTR_LITERAL},  {"hx-trigger", ATTR_LITERAL}, {"hx-vals", ATTR_LITERAL},
    {"hx-vars", ATTR_REFUSED},     {"label", ATTR_PEOPLE},       {"ping", ATTR_URL},
    {"placeholder", ATTR_PEOPLE},
    {"poster", ATTR_URL},          {"src", ATTR_URL},            {"srcdoc", ATTR_REFUSED},
    {"srcset", ATTR_LITERAL},      {"style", ATTR_REFUSED},      {"title", ATTR_PEOPLE},
    {"xlink:href", ATTR_URL},
};

bool markup_same(struct str a, const char *b)
{
    return a.n == strlen(b) && strncasecmp(a.p, b, a.n) == 0;
}

#define ONE_OF(s, list) one_of((s), (list), sizeof(list) / sizeof *(list))
static bool one_of(struct str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (markup_same(s, list[i]))
            return true;
    return false;
}

static bool has_prefix(struct str s, const char *prefix)
{
    return s.n >= strlen(prefix) && strncasecmp(s.p, prefix, strlen(prefix)) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

static bool is_inside(const struct markup *m, const char *const *list, size_t n)
{
    for (const struct element *e = m->at.open; e; e = e->outer)
        if (one_of(e->name, list, n))
            return true;
    return false;
}

bool markup_is_in_textarea(const struct markup *m)
{
    return m->at.open && (markup_same(m->at.open->name, "textarea") || markup_same(m->at.open->name, "title"));
}

static struct str copy(const struct markup *m, const struct buf *b)
{
    return str_copy(m->viewc->arena, buf_str(b));
}

/* --- tags --- */

static enum attr_class attr_class(struct str name)
{
    if (has_prefix(name, "data-hx-")) /* htmx reads both spellings */
        name = str_sub(name, 5, name.n);
    if (has_prefix(name, "on") || has_prefix(name, "hx-on"))
        return ATTR_REFUSED;
    for (size_t i = 0; i < sizeof attr_classes / sizeof *attr_classes; i++)
        if (markup_same(name, attr_classes[i].name))
            return attr_classes[i].is;
    return ATTR_PLAIN;
}

void markup_attr_begin(struct markup *m)
{
    struct tag *t = m->at.tag;
    struct str name = buf_str(&t->attr);

    m->at.attr_class = attr_class(name);
    m->at.url_part = URL_START;
    if (m->at.attr_class == ATTR_REFUSED)
        MARKUP_REFUSE(m, "the attribute %" PRIstr " is not used: pages hold no script and no style",
               STR_ARG(name));
    t->has_id |= markup_same(name, "id");
    t->has_alt |= markup_same(name, "alt");
    t->has_lang |= markup_same(name, "lang");
    t->has_aria_label |= markup_same(name, "aria-label") || markup_same(name, "aria-labelledby");
    t->has_http_equiv |= markup_same(name, "http-equiv");
    t->value.n = 0;
}

void markup_attr_end(struct markup *m)
{
    struct tag *t = m->at.tag;
    struct str name = buf_str(&t->attr), value = buf_str(&t->value);

    if (markup_same(name, "id"))
        t->id = copy(m, &t->value);
    else if (markup_same(name, "type"))
        t->type = copy(m, &t->value);
    else if (markup_same(name, "for"))
        t->label_for = copy(m, &t->value);
    if (m->at.attr_class == ATTR_URL &&
        (has_prefix(value, "javascript:") || has_prefix(value, "data:") ||
         has_prefix(value, "vbscript:")))
        MARKUP_REFUSE(m, "an address that runs: \"%" PRIstr "\"", STR_ARG(value));
    t->attr.n = 0;
}

static void tag_begin(struct markup *m)
{
    struct tag *t = ARENA_NEW(m->viewc->arena, struct tag);

    t->line = m->line;
    t->attr = buf_in(m->viewc->arena);
    t->value = buf_in(m->viewc->arena);
    m->at.tag = t;
}

static void check_tag(struct markup *m, struct tag *t)
{
    if (markup_same(t->name, "img") && !t->has_alt)
        MARKUP_REFUSE(m, "<img> without alt: say in words what it shows, or alt=\"\" if nothing");
    if (markup_same(t->name, "html") && !t->has_lang)
        MARKUP_REFUSE(m, "<html> without lang");
    if (t->has_http_equiv && t->content_has_hole)
        MARKUP_REFUSE(m, "a value in the content of <meta http-equiv>");
    if (markup_same(t->name, "label") && t->label_for.n) {
        struct label *l = ARENA_NEW(m->viewc->arena, struct label);
        *l = (struct label){m->file->label, t->label_for};
        m->file->label = l;
    }
    if (!ONE_OF(t->name, label_tags) || t->has_aria_label ||
        (markup_same(t->name, "input") && ONE_OF(t->type, unlabelled_types)))
        return;
    if (!t->has_id)
        MARKUP_REFUSE(m, "<%" PRIstr "> without id for a <label for>, and without aria-label",
               STR_ARG(t->name));
    struct labelled *l = ARENA_NEW(m->viewc->arena, struct labelled);
    *l = (struct labelled){m->file->labelled, t->name, t->id, m->line};
    m->file->labelled = l;
}

static void tag_end(struct markup *m, bool closed_itself)
{
    static const char *const foreign[] = {"svg", "math"};
    struct tag *t = m->at.tag;

    check_tag(m, t);
    m->at.tag = NULL;
    m->at.place = PLACE_TEXT;
    if (ONE_OF(t->name, void_tags))
        return;
    if (closed_itself) {
        if (!is_inside(m, foreign, 2))
            MARKUP_REFUSE(m, "<%" PRIstr "/> does not close itself in HTML", STR_ARG(t->name));
        return;
    }
    struct element *e = ARENA_NEW(m->viewc->arena, struct element);
    *e = (struct element){m->at.open, t->name, m->line};
    m->at.open = e;
    if (markup_same(t->name, "script") || markup_same(t->name, "style"))
        m->at.place = PLACE_RAW;
}

static void end_tag(struct markup *m, struct str name)
{
    const struct element *open = m->at.open;

    if (!open)
        MARKUP_REFUSE(m, "</%" PRIstr "> closes nothing", STR_ARG(name));
    if (!str_eq(open->name, name))
        MARKUP_REFUSE(m, "</%" PRIstr "> where <%" PRIstr "> of line %d is open", STR_ARG(name),
               STR_ARG(open->name), open->line);
    m->at.open = open->outer;
    m->at.place = PLACE_TEXT;
}

/* --- text for people --- */

/* ICU's macro, kept apart: it is not written for our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"
static void next_character(struct str s, int32_t *i, UChar32 *ret)
{
    U8_NEXT(s.p, *i, (int32_t)s.n, *ret);
}
#pragma GCC diagnostic pop

/* Refuses a letter in `s` that people would read; &nbsp; and the like are signs. */
static void check_words(struct markup *m, struct str s)
{
    int32_t i = 0, n = (int32_t)s.n;

    while (i < n) {
        size_t start = (size_t)i;
        UChar32 c;
        if (s.p[i] == '&') {
            const char *end = memchr(s.p + i, ';', s.n - start);
            if (!end)
                MARKUP_REFUSE(m, "& begins a sign such as &nbsp; or is written &amp;");
            i = (int32_t)(end - s.p) + 1;
            continue;
        }
        next_character(s, &i, &c);
        if (c < 0)
            MARKUP_REFUSE(m, "not valid UTF-8");
        if (u_isalpha(c))
            MARKUP_REFUSE(m, "text for people belongs in locale/, and here as {{t …}}: \"%" PRIstr "\"",
                   STR_ARG(str_sub(s, start, 40)));
    }
}

/* --- the tokenizer, one character at a time --- */

struct literal {
    struct str s;
    size_t i;
    struct buf out;
};

static void put(struct literal *l, char c)
{
    buf_char(&l->out, c);
}

static bool after(const struct literal *l, const char *z)
{
    return has_prefix(str_sub(l->s, l->i, l->s.n), z);
}

static void skip(struct markup *m, struct literal *l, size_t n)
{
    for (; n && l->i < l->s.n; n--, l->i++)
        m->line += l->s.p[l->i] == '\n';
}

static void step_text(struct markup *m, struct literal *l)
{
    size_t n = 0;

    while (l->i + n < l->s.n && l->s.p[l->i + n] != '<')
        n++;
    struct str text = str_sub(l->s, l->i, n);
    if (!is_inside(m, code_tags, sizeof code_tags / sizeof *code_tags))
        check_words(m, text);
    bool keep = is_inside(m, kept_tags, sizeof kept_tags / sizeof *kept_tags);
    for (size_t i = 0; i < text.n; i++) {
        /* A run of blanks is one: a line feed if it holds one, so that pages stay readable. */
        if (!keep && is_blank(text.p[i])) {
            bool line = false;
            for (; i < text.n && is_blank(text.p[i]); i++)
                line |= text.p[i] == '\n';
            i--;
            put(l, line ? '\n' : ' ');
        } else {
            put(l, text.p[i]);
        }
    }
    skip(m, l, n);
    if (l->i == l->s.n)
        return;
    if (after(l, "<!--")) {
        m->at.place = PLACE_COMMENT;
        skip(m, l, 4);
        return;
    }
    if (markup_is_in_textarea(m) && !after(l, "</"))
        MARKUP_REFUSE(m, "markup in <%" PRIstr ">", STR_ARG(m->at.open->name));
    put(l, '<');
    skip(m, l, 1);
    m->at.place = PLACE_TAG_OPEN;
}

static void step_tag_open(struct markup *m, struct literal *l)
{
    if (after(l, "!doctype")) {
        m->at.place = PLACE_DOCTYPE;
        return;
    }
    if (after(l, "/")) {
        put(l, '/');
        skip(m, l, 1);
        tag_begin(m);
        m->at.place = PLACE_END_TAG;
        return;
    }
    if (!is_letter(l->s.p[l->i]))
        MARKUP_REFUSE(m, "< that opens no tag: write &lt;");
    tag_begin(m);
    m->at.place = PLACE_TAG_NAME;
}

/* What follows a tag's name, an attribute or a value. */
static void step_in_tag(struct markup *m, struct literal *l)
{
    char c = l->s.p[l->i];

    if (is_blank(c)) {
        while (l->i < l->s.n && is_blank(l->s.p[l->i]))
            skip(m, l, 1);
        if (m->at.place != PLACE_TAG_BLANK)
            put(l, ' ');
        m->at.place = PLACE_TAG_BLANK;
        return;
    }
    if (c == '>') {
        struct str name = m->at.tag->name;
        put(l, c);
        skip(m, l, 1);
        tag_end(m, false);
        /* The parser drops a line feed here; one of ours saves that of a value. */
        if (!after(l, "\n") && one_of(name, kept_tags, sizeof kept_tags / sizeof *kept_tags))
            put(l, '\n');
        return;
    }
    if (c == '/') {
        put(l, c);
        skip(m, l, 1);
        m->at.place = PLACE_TAG_CLOSE;
        return;
    }
    if (m->at.place == PLACE_TAG_TIGHT)
        MARKUP_REFUSE(m, "a blank is missing before the next attribute");
    if (!is_letter(c))
        MARKUP_REFUSE(m, "'%c' in the tag <%" PRIstr ">", c, STR_ARG(m->at.tag->name));
    m->at.tag->attr.n = 0;
    m->at.place = PLACE_ATTR_NAME;
}

static void step_tag_name(struct markup *m, struct literal *l)
{
    size_t n = 0;

    while (l->i + n < l->s.n && is_name_char(l->s.p[l->i + n]))
        n++;
    m->at.tag->name = str_sub(l->s, l->i, n);
    buf_put(&l->out, m->at.tag->name);
    skip(m, l, n);
    m->at.place = PLACE_TAG_TIGHT;
}

static void step_end_tag(struct markup *m, struct literal *l)
{
    size_t n = 0;

    while (l->i + n < l->s.n && is_name_char(l->s.p[l->i + n]))
        n++;
    struct str name = str_sub(l->s, l->i, n);
    skip(m, l, n);
    if (!n || l->i == l->s.n || l->s.p[l->i] != '>')
        MARKUP_REFUSE(m, "an end tag is written </name>");
    buf_put(&l->out, name);
    put(l, '>');
    end_tag(m, name);
    skip(m, l, 1);
    m->at.tag = NULL;
}

static void step_attr_name(struct markup *m, struct literal *l)
{
    char c = l->s.p[l->i];

    if (is_name_char(c)) {
        buf_char(&m->at.tag->attr, c);
        put(l, c);
        skip(m, l, 1);
        return;
    }
    markup_attr_begin(m);
    m->at.place = PLACE_ATTR_AFTER;
}

static void step_attr_after(struct markup *m, struct literal *l)
{
    char c = l->s.p[l->i];

    if (c == '=') {
        put(l, c);
        skip(m, l, 1);
        m->at.place = PLACE_VALUE_OPEN;
        return;
    }
    markup_attr_end(m);
    m->at.place = PLACE_TAG_TIGHT;
}

static void step_value_open(struct markup *m, struct literal *l)
{
    char c = l->s.p[l->i];

    if (is_blank(c) || c == '>')
        MARKUP_REFUSE(m, "a value must follow the = of an attribute at once");
    if (c == '"' || c == '\'') {
        m->at.quote = c;
        m->at.place = PLACE_VALUE;
        put(l, c);
        skip(m, l, 1);
        return;
    }
    m->at.place = PLACE_VALUE_BARE;
}

static void step_value(struct markup *m, struct literal *l)
{
    const char *start = l->s.p + l->i, *end = memchr(start, m->at.quote, l->s.n - l->i);
    struct str part = str_sub(l->s, l->i, end ? (size_t)(end - start) : l->s.n);

    if (part.n) {
        if (m->at.attr_class == ATTR_PEOPLE)
            check_words(m, part);
        if (m->at.attr_class == ATTR_URL && m->at.url_part == URL_WHOLE && part.p[0] != '#')
            MARKUP_REFUSE(m, "a url stands alone, or is followed by a literal #id");
        if (m->at.url_part == URL_START)
            m->at.url_part = URL_LITERAL;
        buf_put(&m->at.tag->value, part);
        buf_put(&l->out, part);
        skip(m, l, part.n);
    }
    if (!end)
        return;
    put(l, m->at.quote);
    skip(m, l, 1);
    markup_attr_end(m);
    m->at.place = PLACE_TAG_TIGHT;
}

static void step_value_bare(struct markup *m, struct literal *l)
{
    char c = l->s.p[l->i];

    if (is_blank(c) || c == '>') {
        markup_attr_end(m);
        m->at.place = PLACE_TAG_TIGHT;
        return;
    }
    if (!is_name_char(c) && c != '%')
        MARKUP_REFUSE(m, "'%c' in a value without quotes", c);
    buf_char(&m->at.tag->value, c);
    put(l, c);
    skip(m, l, 1);
}

static void step_tag_close(struct markup *m, struct literal *l)
{
    if (l->s.p[l->i] != '>')
        MARKUP_REFUSE(m, "/ in the tag <%" PRIstr ">", STR_ARG(m->at.tag->name));
    put(l, '>');
    skip(m, l, 1);
    tag_end(m, true);
}

/* A comment is for the author of the view; nobody gets it. */
static void step_comment(struct markup *m, struct literal *l)
{
    size_t end = str_find(str_sub(l->s, l->i, l->s.n), STR("-->"));

    if (end == STR_NONE) {
        skip(m, l, l->s.n);
        return;
    }
    skip(m, l, end + 3);
    m->at.place = PLACE_TEXT;
}

static void step_doctype(struct markup *m, struct literal *l)
{
    char c = l->s.p[l->i];

    put(l, c);
    skip(m, l, 1);
    if (c == '>')
        m->at.place = PLACE_TEXT;
}

static void step_raw(struct markup *m, struct literal *l)
{
    if (is_blank(l->s.p[l->i])) {
        skip(m, l, 1);
        return;
    }
    if (!after(l, "</"))
        MARKUP_REFUSE(m, "no script or style stands in a page: put it into web/assets");
    put(l, '<');
    skip(m, l, 1);
    m->at.place = PLACE_TAG_OPEN;
}

static void (*const step[])(struct markup *m, struct literal *l) = {
    [PLACE_TEXT] = step_text,
    [PLACE_TAG_OPEN] = step_tag_open,
    [PLACE_TAG_NAME] = step_tag_name,
    [PLACE_TAG_BLANK] = step_in_tag,
    [PLACE_TAG_TIGHT] = step_in_tag,
    [PLACE_ATTR_NAME] = step_attr_name,
    [PLACE_ATTR_AFTER] = step_attr_after,
    [PLACE_VALUE_OPEN] = step_value_open,
    [PLACE_VALUE] = step_value,
    [PLACE_VALUE_BARE] = step_value_bare,
    [PLACE_TAG_CLOSE] = step_tag_close,
    [PLACE_END_TAG] = step_end_tag,
    [PLACE_COMMENT] = step_comment,
    [PLACE_DOCTYPE] = step_doctype,
    [PLACE_RAW] = step_raw,
};

struct str markup_literal(struct markup *m, struct str literal)
{
    struct literal l = {.s = literal, .out = buf_in(m->viewc->arena)};

    while (l.i < l.s.n)
        step[m->at.place](m, &l);
    return buf_str(&l.out);
}
