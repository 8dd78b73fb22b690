/* facts - puts the text files of data/ into the program, as they are.
 *
 * usage: facts OUT.h OUT.c NAME=FILE…
 * The table is named after OUT.h: facts_gen.h has FACTS_FILES, forms_gen.h FORMS_FILES. */
#include "tools/tool.h"

#include <ctype.h>
#include <string.h>

static void put_bytes(struct buf *b, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        buf_format(b, "%d,%s", (int)(signed char)text.p[i], i % 32 == 31 ? "\n" : "");
}

/* What follows the '=' of "name=file", as a C string. */
static struct str file_of(const char *argument)
{
    size_t at = str_find(str_of(argument), STR("="));

    if (at == STR_NONE || at == 0)
        tool_die("facts", 0, "'%s' is not NAME=FILE", argument);
    return str_of(argument + at + 1);
}

/* "…/facts_gen.h" is "facts"; upper case where `upper`. */
static const char *name_of(struct arena *a, const char *path, bool upper)
{
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path, *end = strstr(base, "_gen.h");
    char *name;

    if (!end)
        tool_die("facts", 0, "'%s' is not NAME_gen.h", path);
    name = ARENA_ARRAY(a, char, (size_t)(end - base) + 1);
    for (const char *at = base; at < end; at++)
        name[at - base] = upper ? (char)toupper((unsigned char)*at) : *at;
    return name;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(TOOL_ARENA);
    struct buf h = buf_in(a), c = buf_in(a);

    if (argc < 4)
        tool_die("facts", 0, "usage: facts OUT.h OUT.c NAME=FILE...");
    const char *name = name_of(a, argv[1], false), *upper = name_of(a, argv[1], true);
    buf_format(&h, "/* Files of data/, as they are; written by tools/facts. */\n#ifndef %s_GEN_H\n#define %s_GEN_H\n\n"
                   "#include \"base/str.h\"\n\nstruct %s_file {\n    struct str path, text;\n};\n"
                   "extern const struct %s_file %s_FILES[];\nextern const size_t %s_FILE_COUNT;\n\n#endif\n", upper, upper, name, name, upper, upper);
    buf_format(&c, "/* Written by tools/facts from data/. */\n#include \"%s_gen.h\"\n", name);
    for (int i = 3; i < argc; i++) {
        buf_format(&c, "\nstatic const char FILE_%d[] = {\n", i);
        put_bytes(&c, tool_read(a, file_of(argv[i]).p));
        buf_put(&c, STR("0};\n"));
    }
    buf_format(&c, "\nconst struct %s_file %s_FILES[] = {\n", name, upper);
    for (int i = 3; i < argc; i++) {
        struct str path = str_sub(str_of(argv[i]), 0, (size_t)(file_of(argv[i]).p - argv[i]) - 1);
        buf_format(&c, "    {{\"%" PRIstr "\", %zu}, {FILE_%d, sizeof FILE_%d - 1}},\n", STR_ARG(path), path.n, i, i);
    }
    buf_format(&c, "};\nconst size_t %s_FILE_COUNT = sizeof %s_FILES / sizeof %s_FILES[0];\n", upper, upper, upper);
    tool_write(argv[1], buf_str(&h));
    tool_write(argv[2], buf_str(&c));
    arena_free(a);
    return 0;
}
