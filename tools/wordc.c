/* wordc - turns locale/<subject>.txt into enum word and its table; docs/words.md is the manual.
 *
 * wordc OUT.h OUT.c OUT.keys FILE…
 * OUT.keys lists every key with the number of its holes, for tools/viewc. */
#include "tool.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { HOLES_MAX = 4, LANGS = 2 };

static const char *const lang_mark[LANGS] = {"vi:", "en:"};

struct entry {
    struct str key, constant;
    struct str text[LANGS];
    bool has[LANGS];
    unsigned holes; /* bit n: {n+1} occurs */
    const char *file;
    int line;
};

struct words {
    struct arena *arena;
    struct entry *entry;
    size_t count, capacity;
};

static struct entry *entry_add(struct words *w)
{
    if (w->count == w->capacity) {
        size_t capacity = w->capacity ? w->capacity * 2 : 512;
        struct entry *more = ARENA_ARRAY(w->arena, struct entry, capacity);
        if (w->count)
            memcpy(more, w->entry, w->count * sizeof *more);
        w->entry = more;
        w->capacity = capacity;
    }
    return &w->entry[w->count++];
}

static void check_text(const char *file, int line, struct str s)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    static UChar wide[1 << 14];
    int32_t n = 0;

    u_strFromUTF8(wide, (int32_t)(sizeof wide / sizeof *wide), &n, s.p, (int32_t)s.n, &status);
    if (U_FAILURE(status))
        tool_die(file, line, "not valid UTF-8 (or longer than 16,000 characters)");
    bool is_nfc = unorm2_isNormalized(nfc, wide, n, &status);
    if (U_FAILURE(status) || !is_nfc)
        tool_die(file, line, "not in Unicode form NFC: type it with a keyboard set to precomposed "
                             "characters");
}

/* The holes {1} … {4} of a text, as bits; a brace that is no hole is refused. */
static unsigned holes_of(const char *file, int line, struct str s)
{
    unsigned holes = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '{' && s.p[i] != '}')
            continue;
        if (s.p[i] == '}' || i + 2 >= s.n || s.p[i + 1] < '1' || s.p[i + 1] > '0' + HOLES_MAX ||
            s.p[i + 2] != '}')
            tool_die(file, line, "a brace that is not one of {1} … {%d}", HOLES_MAX);
        holes |= 1u << (s.p[i + 1] - '1');
        i += 2;
    }
    return holes;
}

static unsigned hole_count(unsigned holes)
{
    return (unsigned)__builtin_popcount(holes);
}

static void entry_close(struct entry *e)
{
    unsigned first = holes_of(e->file, e->line, e->text[0]);

    for (int l = 0; l < LANGS; l++) {
        if (!e->has[l] || str_is_empty(e->text[l]))
            tool_die(e->file, e->line, "%" PRIstr " has no text after %s", STR_ARG(e->key),
                     lang_mark[l]);
        if (holes_of(e->file, e->line, e->text[l]) != first)
            tool_die(e->file, e->line, "%" PRIstr " has a hole in one language only",
                     STR_ARG(e->key));
    }
    if (first & (first + 1))
        tool_die(e->file, e->line, "the holes of %" PRIstr " are not numbered from {1} on",
                 STR_ARG(e->key));
    e->holes = first;
}

static void check_key(const char *file, int line, struct str key)
{
    struct str rest = key, subject, name;

    if (!str_split(&rest, '.', &subject) || !str_eq(subject, tool_stem(file)))
        tool_die(file, line, "the key \"%" PRIstr "\" does not start with the name of its file",
                 STR_ARG(key));
    bool some = false;
    while (str_split(&rest, '.', &name)) {
        some = true;
        for (size_t i = 0; i < name.n; i++)
            if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || name.p[i] == '_' ||
                  (name.p[i] >= '0' && name.p[i] <= '9')))
                tool_die(file, line, "a key is written with a-z, 0-9 and _ only: \"%" PRIstr "\"",
                         STR_ARG(key));
    }
    if (!some || key.p[key.n - 1] == '.')
        tool_die(file, line, "the key \"%" PRIstr "\" names nothing after the dot", STR_ARG(key));
}

static size_t indent_of(struct str line)
{
    size_t n = 0;

    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

/* One line below a key: "  vi: text", or four blanks and more of the text before. */
static void text_line(struct words *w, struct entry *e, int *lang, int number, struct str line)
{
    struct str text = str_trim(line);

    for (int l = 0; l < LANGS && indent_of(line) == 2; l++) {
        struct str mark = str_of(lang_mark[l]);
        if (!str_has_prefix(text, mark))
            continue;
        if (e->has[l])
            tool_die(e->file, number, "%s stands twice below %" PRIstr, lang_mark[l],
                     STR_ARG(e->key));
        e->has[l] = true;
        e->text[l] = str_trim(str_sub(text, mark.n, text.n));
        *lang = l;
        return;
    }
    if (*lang < 0 || indent_of(line) < 4)
        tool_die(e->file, number, "expected \"  vi: …\", \"  en: …\" or a line indented by four");
    e->text[*lang] = str_format(w->arena, "%" PRIstr " %" PRIstr, STR_ARG(e->text[*lang]),
                                STR_ARG(text));
}

static void file_parse(struct words *w, const char *file)
{
    struct str rest = tool_read(w->arena, file), line;
    struct entry *open = NULL;
    int number = 0, lang = -1;

    while (str_split(&rest, '\n', &line)) {
        number++;
        check_text(file, number, line);
        if (memchr(line.p, '\t', line.n) || memchr(line.p, '\r', line.n))
            tool_die(file, number, "a tab or carriage return");
        struct str text = str_trim(line);
        if (str_is_empty(text) || text.p[0] == '#')
            continue;
        if (indent_of(line) > 0) {
            if (!open)
                tool_die(file, number, "a text before the first key");
            text_line(w, open, &lang, number, line);
            continue;
        }
        if (open)
            entry_close(open);
        check_key(file, number, text);
        open = entry_add(w);
        *open = (struct entry){.key = text,
                               .constant = tool_constant(w->arena, text),
                               .file = file,
                               .line = number};
        lang = -1;
    }
    if (open)
        entry_close(open);
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static int by_constant(const void *a, const void *b)
{
    return str_cmp((*(const struct entry *const *)a)->constant,
                   (*(const struct entry *const *)b)->constant);
}

/* Two keys may differ and yet share a constant ("a.b_c", "a_b.c"): compare constants. */
static void check_twice(const struct words *w)
{
    const struct entry **e = ARENA_ARRAY(w->arena, const struct entry *, w->count);

    for (size_t i = 0; i < w->count; i++)
        e[i] = &w->entry[i];
    if (w->count)
        qsort(e, w->count, sizeof(const struct entry *), by_constant);
    for (size_t i = 1; i < w->count; i++)
        if (str_eq(e[i - 1]->constant, e[i]->constant)) {
            const struct entry *late = e[i]->line > e[i - 1]->line ? e[i] : e[i - 1];
            tool_die(late->file, late->line, "%" PRIstr " stands twice (also %s:%d)",
                     STR_ARG(late->key), (late == e[i] ? e[i - 1] : e[i])->file,
                     (late == e[i] ? e[i - 1] : e[i])->line);
        }
}

static const char *const made_by = "/* Written by tools/wordc from locale/; change the texts there. */\n";

static struct str header_text(const struct words *w)
{
    struct buf b = buf_in(w->arena);

    buf_format(&b, "%s#ifndef WORDS_GEN_H\n#define WORDS_GEN_H\n\n#include \"base/str.h\"\n\n"
                   "enum word {\n", made_by);
    for (size_t i = 0; i < w->count; i++)
        buf_format(&b, "    WORD_%" PRIstr ",\n", STR_ARG(w->entry[i].constant));
    buf_put(&b, STR("    WORD__COUNT\n};\n\n"
                    "/* Sorted by key, so in the order of enum word. */\n"
                    "struct word_entry {\n    struct str key;\n    struct str text[2];\n"
                    "    unsigned holes;\n};\n"
                    "extern const struct word_entry WORDS[WORD__COUNT];\n\n#endif\n"));
    return buf_str(&b);
}

static struct str table_text(const struct words *w)
{
    struct buf b = buf_in(w->arena);

    buf_format(&b, "%s#include \"words_gen.h\"\n\n"
                   "const struct word_entry WORDS[WORD__COUNT] = {\n", made_by);
    for (size_t i = 0; i < w->count; i++) {
        const struct entry *e = &w->entry[i];
        buf_format(&b, "    [WORD_%" PRIstr "] = {STR_INIT(\"%" PRIstr "\"),\n        {",
                   STR_ARG(e->constant), STR_ARG(e->key));
        for (int l = 0; l < LANGS; l++) {
            buf_format(&b, "%sSTR_INIT(\"", l ? ",\n         " : "");
            tool_put_literal(&b, e->text[l]);
            buf_put(&b, STR("\")"));
        }
        buf_format(&b, "}, %u},\n", hole_count(e->holes));
    }
    buf_put(&b, STR("};\n"));
    return buf_str(&b);
}

static struct str keys_text(const struct words *w)
{
    struct buf b = buf_in(w->arena);

    for (size_t i = 0; i < w->count; i++)
        buf_format(&b, "%" PRIstr " %u\n", STR_ARG(w->entry[i].key),
                   hole_count(w->entry[i].holes));
    return buf_str(&b);
}

int main(int argc, char **argv)
{
    if (argc < 5)
        tool_die("wordc", 0, "use: wordc OUT.h OUT.c OUT.keys FILE…");

    struct words w = {.arena = arena_new(TOOL_ARENA)};
    for (int i = 4; i < argc; i++)
        file_parse(&w, argv[i]);
    check_twice(&w);
    if (w.count)
        qsort(w.entry, w.count, sizeof *w.entry, by_key);
    tool_write(argv[1], header_text(&w));
    tool_write(argv[2], table_text(&w));
    tool_write(argv[3], keys_text(&w));
    arena_free(w.arena);
    return EXIT_SUCCESS;
}
