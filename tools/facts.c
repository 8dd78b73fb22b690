/* facts - puts the text files of data/ into the program, as they are.
 *
 * usage: facts OUT.h OUT.c NAME=FILE… */
#include "tools/tool.h"

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

int main(int argc, char **argv)
{
    struct arena *a = arena_new(TOOL_ARENA);
    struct buf h = buf_in(a), c = buf_in(a);

    if (argc < 4)
        tool_die("facts", 0, "usage: facts OUT.h OUT.c NAME=FILE...");
    buf_put(&h, STR("/* The files of data/, as they are; written by tools/facts. */\n#ifndef FACTS_GEN_H\n#define FACTS_GEN_H\n\n"
                    "#include \"base/str.h\"\n\nstruct fact_file {\n    struct str path, text;\n};\n"
                    "extern const struct fact_file FACT_FILES[];\nextern const size_t FACT_FILE_COUNT;\n\n#endif\n"));
    buf_put(&c, STR("/* Written by tools/facts from data/. */\n#include \"facts_gen.h\"\n"));
    for (int i = 3; i < argc; i++) {
        buf_format(&c, "\nstatic const char FILE_%d[] = {\n", i);
        put_bytes(&c, tool_read(a, file_of(argv[i]).p));
        buf_put(&c, STR("0};\n"));
    }
    buf_put(&c, STR("\nconst struct fact_file FACT_FILES[] = {\n"));
    for (int i = 3; i < argc; i++) {
        struct str name = str_sub(str_of(argv[i]), 0, (size_t)(file_of(argv[i]).p - argv[i]) - 1);
        buf_format(&c, "    {{\"%" PRIstr "\", %zu}, {FILE_%d, sizeof FILE_%d - 1}},\n", STR_ARG(name), name.n, i, i);
    }
    buf_put(&c, STR("};\nconst size_t FACT_FILE_COUNT = sizeof FACT_FILES / sizeof FACT_FILES[0];\n"));
    tool_write(argv[1], buf_str(&h));
    tool_write(argv[2], buf_str(&c));
    arena_free(a);
    return 0;
}
