#include "tools/sqlc.h"
#include "tools/tool.h"

static const char *const KIND_NAMES[] = {
    [VALUE_INT] = "DB_INT", [VALUE_TEXT] = "DB_TEXT", [VALUE_BLOB] = "DB_BLOB"};

static const char *c_type(const struct value *v)
{
    return v->kind == VALUE_INT ? "int64_t" : "struct str";
}

/* ", int64_t id, const struct str *due_on": the parameters as C sees them. */
static void put_parameters(struct buf *b, const struct statement *s)
{
    for (int i = 0; i < s->parameter_count; i++) {
        const struct value *v = &s->parameter[i];
        buf_format(b, v->may_be_null ? ", const %s *%" PRIstr : ", %s %" PRIstr, c_type(v),
                   STR_ARG(v->name));
    }
}

static void put_signature(struct buf *b, const struct statement *s, const char *suffix)
{
    bool each = suffix[0] != '\0';

    buf_format(b, "enum err q_%" PRIstr "%s(struct db *db%s", STR_ARG(s->name), suffix,
               s->shape != SHAPE_EXEC && !each ? ", struct arena *a" : "");
    put_parameters(b, s);
    if (s->shape == SHAPE_EXEC)
        buf_put(b, STR(", int64_t *ret_changed)"));
    else if (each)
        buf_format(b, ", enum err (*row)(void *arg, const struct q_%" PRIstr " *row), void *arg)",
                   STR_ARG(s->name));
    else if (s->shape == SHAPE_ONE)
        buf_format(b, ", struct q_%" PRIstr " *ret)", STR_ARG(s->name));
    else
        buf_format(b, ", struct q_%" PRIstr " **ret, size_t *ret_count)", STR_ARG(s->name));
}

/* ---- header ---- */

static void put_row_struct(struct buf *b, const struct statement *s)
{
    buf_format(b, "struct q_%" PRIstr " {\n", STR_ARG(s->name));
    for (int i = 0; i < s->column_count; i++) {
        buf_format(b, "    %s %" PRIstr ";\n", c_type(&s->column[i]), STR_ARG(s->column[i].name));
        if (s->column[i].may_be_null)
            buf_format(b, "    bool %" PRIstr "_null;\n", STR_ARG(s->column[i].name));
    }
    buf_put(b, STR("};\n"));
}

static struct str header(struct arena *a, const struct subject *subject)
{
    struct buf b = buf_in(a);
    struct str guard = tool_constant(a, subject->name);

    buf_format(&b,
               "/* Written by tools/sqlc from store/sql/%" PRIstr
               ".sql; what it means stands there. */\n",
               STR_ARG(subject->name));
    buf_format(&b, "#ifndef SQL_%" PRIstr "_H\n#define SQL_%" PRIstr "_H\n\n#include \"db/db.h\"\n",
               STR_ARG(guard), STR_ARG(guard));
    for (const struct statement *s = subject->first; s; s = s->next) {
        buf_format(&b, "\nextern const struct sql SQL_%" PRIstr ";\n",
                   STR_ARG(tool_constant(a, s->name)));
        if (s->column_count)
            put_row_struct(&b, s);
        put_signature(&b, s, "");
        buf_put(&b, STR(" MUST_CHECK;\n"));
        if (s->shape == SHAPE_MANY) {
            put_signature(&b, s, "_each");
            buf_put(&b, STR(" MUST_CHECK;\n"));
        }
    }
    buf_put(&b, STR("\n#endif\n"));
    return buf_str(&b);
}

/* ---- source ---- */

static void put_text(struct buf *b, struct str text)
{
    struct str rest = text, line;

    while (str_split(&rest, '\n', &line)) {
        buf_put(b, STR("\n        \""));
        tool_put_literal(b, line);
        buf_put(b, STR("\\n\""));
    }
}

/* A letter for each value: db/ holds the rows of both engines against them. */
static void put_kinds(struct buf *b, const char *member, const struct value *value, int count)
{
    static const char LETTERS[] = {[VALUE_INT] = 'i', [VALUE_TEXT] = 't', [VALUE_BLOB] = 'b'};

    buf_format(b, "    .%s = \"", member);
    for (int i = 0; i < count; i++)
        buf_char(b, (char)(value[i].may_be_null ? LETTERS[value[i].kind] - 'a' + 'A'
                                                : LETTERS[value[i].kind]));
    buf_put(b, STR("\",\n"));
}

static void put_statement(struct arena *a, struct buf *b, const struct statement *s)
{
    struct str name = tool_constant(a, s->name);
    bool same = str_eq(s->sqlite, s->postgres);

    buf_format(b, "\n#define TEXT_%" PRIstr, STR_ARG(name));
    struct buf one = buf_in(a);
    put_text(&one, s->sqlite);
    for (size_t i = 0; i < one.n; i++) { /* a macro continues over its lines */
        if (one.p[i] == '\n')
            buf_put(b, STR(" \\"));
        buf_char(b, one.p[i]);
    }
    buf_format(b,
               "\nconst struct sql SQL_%" PRIstr " = {\n    .name = \"%" PRIstr
               "\",\n    .sqlite = TEXT_%" PRIstr ",\n    .postgres = ",
               STR_ARG(name), STR_ARG(s->name), STR_ARG(name));
    if (same)
        buf_format(b, "TEXT_%" PRIstr, STR_ARG(name));
    else
        put_text(b, s->postgres);
    buf_format(b, ",\n    .parameter_count = %d, .column_count = %d, .index = %d,\n",
               s->parameter_count, s->column_count, s->index);
    put_kinds(b, "parameters", s->parameter, s->parameter_count);
    put_kinds(b, "columns", s->column, s->column_count);
    buf_put(b, STR("};\n"));
}

static void put_values(struct buf *b, const struct statement *s)
{
    if (!s->parameter_count)
        return;
    buf_format(b, "    const struct db_value value[] = {\n");
    for (int i = 0; i < s->parameter_count; i++) {
        const struct value *v = &s->parameter[i];
        const char *member = v->kind == VALUE_INT ? "i" : "s";
        if (v->may_be_null)
            buf_format(b,
                       "        %" PRIstr " ? (struct db_value){.kind = %s, .%s = *%" PRIstr
                       "} : DB_N,\n",
                       STR_ARG(v->name), KIND_NAMES[v->kind], member, STR_ARG(v->name));
        else
            buf_format(b, "        {.kind = %s, .%s = %" PRIstr "},\n", KIND_NAMES[v->kind], member,
                       STR_ARG(v->name));
    }
    buf_put(b, STR("    };\n"));
}

static const char *values_of(const struct statement *s)
{
    return s->parameter_count ? "value" : "NULL";
}

static void put_row_reader(struct buf *b, const struct statement *s)
{
    buf_format(b,
               "\nstatic void row_%" PRIstr "(const struct db_value *v, struct q_%" PRIstr
               " *row)\n{\n",
               STR_ARG(s->name), STR_ARG(s->name));
    for (int i = 0; i < s->column_count; i++) {
        const struct value *c = &s->column[i];
        buf_format(b, "    row->%" PRIstr " = v[%d].%s;\n", STR_ARG(c->name), i,
                   c->kind == VALUE_INT ? "i" : "s");
        if (c->may_be_null)
            buf_format(b, "    row->%" PRIstr "_null = v[%d].kind == DB_NULL;\n", STR_ARG(c->name),
                       i);
    }
    buf_put(b, STR("}\n"));
}

static void put_exec(struct arena *a, struct buf *b, const struct statement *s)
{
    buf_char(b, '\n');
    put_signature(b, s, "");
    buf_put(b, STR("\n{\n"));
    put_values(b, s);
    buf_format(b, "    return db_exec(db, &SQL_%" PRIstr ", %s, %d, ret_changed);\n}\n",
               STR_ARG(tool_constant(a, s->name)), values_of(s), s->parameter_count);
}

static void put_query(struct arena *a, struct buf *b, const struct statement *s)
{
    buf_char(b, '\n');
    put_signature(b, s, "");
    buf_put(b, STR("\n{\n"));
    put_values(b, s);
    buf_format(b,
               "    struct db_rows rows;\n    enum err err = db_query(db, a, &SQL_%" PRIstr
               ", %s, %d, &rows);\n\n    if (err)\n"
               "        return err;\n",
               STR_ARG(tool_constant(a, s->name)), values_of(s), s->parameter_count);
    if (s->shape == SHAPE_ONE)
        buf_format(b,
                   "    if (rows.row_count == 0)\n        return ERR_NOT_FOUND;\n    row_%" PRIstr
                   "(rows.value, ret);\n",
                   STR_ARG(s->name));
    else
        buf_format(b,
                   "    struct q_%" PRIstr " *row = ARENA_ARRAY(a, struct q_%" PRIstr
                   ", rows.row_count);\n"
                   "    for (size_t i = 0; i < rows.row_count; i++)\n"
                   "        row_%" PRIstr "(rows.value + i * rows.column_count, &row[i]);\n"
                   "    *ret = row;\n    *ret_count = rows.row_count;\n",
                   STR_ARG(s->name), STR_ARG(s->name), STR_ARG(s->name));
    buf_put(b, STR("    return OK;\n}\n"));
}

static void put_each(struct arena *a, struct buf *b, const struct statement *s)
{
    struct str n = s->name;

    buf_format(
        b,
        "\nstruct each_%" PRIstr " {\n    enum err (*row)(void *arg, const struct q_%" PRIstr
        " *row);\n    void *arg;\n};\n\n"
        "static enum err each_row_%" PRIstr "(void *arg, const struct db_value *v, size_t n)\n{\n"
        "    struct each_%" PRIstr " *each = arg;\n    struct q_%" PRIstr " row;\n\n    (void)n;\n"
        "    row_%" PRIstr "(v, &row);\n    return each->row(each->arg, &row);\n}\n\n",
        STR_ARG(n), STR_ARG(n), STR_ARG(n), STR_ARG(n), STR_ARG(n), STR_ARG(n));
    put_signature(b, s, "_each");
    buf_put(b, STR("\n{\n"));
    put_values(b, s);
    buf_format(
        b,
        "    struct each_%" PRIstr " each = {row, arg};\n\n    return db_each(db, &SQL_%" PRIstr
        ", %s, %d, each_row_%" PRIstr ", &each);\n}\n",
        STR_ARG(n), STR_ARG(tool_constant(a, n)), values_of(s), s->parameter_count, STR_ARG(n));
}

static struct str source(struct arena *a, const struct subject *subject)
{
    struct buf b = buf_in(a);

    buf_format(&b,
               "/* Written by tools/sqlc from store/sql/%" PRIstr
               ".sql. */\n#include \"sql_%" PRIstr ".h\"\n\n#include \"db/sql.h\"\n",
               STR_ARG(subject->name), STR_ARG(subject->name));
    for (const struct statement *s = subject->first; s; s = s->next) {
        put_statement(a, &b, s);
        if (s->shape == SHAPE_EXEC) {
            put_exec(a, &b, s);
            continue;
        }
        put_row_reader(&b, s);
        put_query(a, &b, s);
        if (s->shape == SHAPE_MANY)
            put_each(a, &b, s);
    }
    return buf_str(&b);
}

void sqlc_emit(struct arena *a, const char *outdir, const struct subject *subject)
{
    tool_write(str_z(a, str_format(a, "%s/sql_%" PRIstr ".h", outdir, STR_ARG(subject->name))),
               header(a, subject));
    tool_write(str_z(a, str_format(a, "%s/sql_%" PRIstr ".c", outdir, STR_ARG(subject->name))),
               source(a, subject));
}
