/* sqlc - turns store/sql/<subject>.sql into typed C: docs/sqlc.md says what it reads and writes.
 *
 * usage: sqlc OUTDIR MIGRATION.sql… -- SUBJECT.sql…
 *
 * Writes OUTDIR/sql_<subject>.h and .c for each subject, sql_all.h and .c (the table of all
 * statements, for the test that prepares each on both engines) and migrations.h and .c. */
#include <openssl/sha.h>

#include "tools/sqlc.h"
#include "tools/tool.h"

static void write_all(struct arena *a, const char *outdir, const struct subject *subject,
                      size_t count, int statements)
{
    struct buf h = buf_in(a), c = buf_in(a);

    buf_put(&h, STR("/* Every statement; written by tools/sqlc from store/sql. */\n#ifndef "
                    "SQL_ALL_H\n#define SQL_ALL_H\n\n"
                    "#include \"db/sql.h\"\n\n"));
    buf_format(&h,
               "enum { SQL__COUNT = %d };\nextern const struct sql *const "
               "SQL_ALL[SQL__COUNT];\n\n#endif\n",
               statements);
    buf_put(&c, STR("/* Written by tools/sqlc from store/sql. */\n#include \"sql_all.h\"\n\n"));
    for (size_t i = 0; i < count; i++)
        buf_format(&c, "#include \"sql_%" PRIstr ".h\"\n", STR_ARG(subject[i].name));
    buf_put(&c, STR("\nconst struct sql *const SQL_ALL[SQL__COUNT] = {\n"));
    for (size_t i = 0; i < count; i++)
        for (const struct statement *s = subject[i].first; s; s = s->next)
            buf_format(&c, "    &SQL_%" PRIstr ",\n", STR_ARG(tool_constant(a, s->name)));
    buf_put(&c, STR("};\n"));
    tool_write(str_z(a, str_format(a, "%s/sql_all.h", outdir)), buf_str(&h));
    tool_write(str_z(a, str_format(a, "%s/sql_all.c", outdir)), buf_str(&c));
}

static void write_migrations(struct arena *a, const char *outdir, char **file, int count)
{
    struct buf h = buf_in(a), c = buf_in(a);

    buf_put(&h, STR("/* The migrations, in order; written by tools/sqlc from store/migrations. "
                    "*/\n#ifndef MIGRATIONS_H\n"
                    "#define MIGRATIONS_H\n\n#include \"db/sql.h\"\n\nextern const struct "
                    "sql_script MIGRATIONS[];\n"
                    "extern const size_t MIGRATION_COUNT;\n\n#endif\n"));
    buf_put(&c,
            STR("/* Written by tools/sqlc from store/migrations. */\n#include \"migrations.h\"\n\n"
                "const struct sql_script MIGRATIONS[] = {\n"));
    for (int i = 0; i < count; i++) {
        struct str text = tool_read(a, file[i]);
        unsigned char digest[SHA256_DIGEST_LENGTH];
        if (i && strcmp(tool_name(file[i - 1]).p, tool_name(file[i]).p) >= 0)
            tool_die(file[i], 0, "migrations must be named in order");
        SHA256((const unsigned char *)text.p, text.n, digest);
        buf_format(&c, "    {\"%" PRIstr "\",\n     \"", STR_ARG(tool_name(file[i])));
        tool_put_literal(&c, text);
        buf_put(&c, STR("\",\n     \""));
        for (size_t b = 0; b < sizeof digest; b++)
            buf_format(&c, "%02x", digest[b]);
        buf_put(&c, STR("\"},\n"));
    }
    buf_put(&c,
            STR("};\nconst size_t MIGRATION_COUNT = sizeof MIGRATIONS / sizeof MIGRATIONS[0];\n"));
    tool_write(str_z(a, str_format(a, "%s/migrations.h", outdir)), buf_str(&h));
    tool_write(str_z(a, str_format(a, "%s/migrations.c", outdir)), buf_str(&c));
}

static void refuse_twins(const struct subject *subject, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (const struct statement *s = subject[i].first; s; s = s->next)
            for (size_t j = i; j < count; j++)
                for (const struct statement *t = j == i ? s->next : subject[j].first; t;
                     t = t->next)
                    if (str_eq(s->name, t->name))
                        tool_die(subject[j].file, t->line, "there are two statements '%" PRIstr "'",
                                 STR_ARG(t->name));
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(TOOL_ARENA);
    int split = 2, statements = 0;

    while (split < argc && strcmp(argv[split], "--") != 0)
        split++;
    if (argc < 3 || split >= argc - 1)
        tool_die("sqlc", 0, "usage: sqlc OUTDIR MIGRATION.sql... -- SUBJECT.sql...");
    size_t count = (size_t)(argc - split - 1);
    struct subject *subject = ARENA_ARRAY(a, struct subject, count);
    for (size_t i = 0; i < count; i++)
        sqlc_parse(a, argv[split + 1 + (int)i], &subject[i], &statements);
    refuse_twins(subject, count);
    for (size_t i = 0; i < count; i++)
        sqlc_emit(a, argv[1], &subject[i]);
    write_all(a, argv[1], subject, count, statements);
    write_migrations(a, argv[1], argv + 2, split - 2);
    arena_free(a);
    return 0;
}
