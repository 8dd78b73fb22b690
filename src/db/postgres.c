/* PostgreSQL, through libpq. */
#include <libpq-fe.h>

#include "db/engine.h"

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };
enum { NUMBER_TEXT = 24, STATEMENTS_MORE = 256 };

struct postgres {
    PGconn *conn;
    bool *prepared; /* by sql->index */
    int room;
    bool in_transaction; /* a connection that is lost meanwhile must not be made anew unnoticed */
};

static const char *const CONTROLS[] = {
    [DB_BEGIN_WRITE] = "BEGIN ISOLATION LEVEL SERIALIZABLE",
    [DB_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    [DB_COMMIT] = "COMMIT",
    [DB_ROLLBACK] = "ROLLBACK",
    [DB_SAVEPOINT] = "SAVEPOINT w",
    [DB_RELEASE] = "RELEASE SAVEPOINT w",
    [DB_ROLLBACK_TO] = "ROLLBACK TO SAVEPOINT w",
};

/* ---- errors ---- */

static const struct {
    const char *state;
    enum err err;
} STATES[] = {
    {"40001", ERR_BUSY},     /* serialization failure */
    {"40P01", ERR_BUSY},     /* deadlock */
    {"55P03", ERR_BUSY},     /* lock not available */
    {"23505", ERR_CONFLICT}, /* unique */
    {"23503", ERR_CONFLICT}, /* foreign key */
    {"23514", ERR_CONFLICT}, /* check */
    {"23502", ERR_CONFLICT}, /* not null */
    {"54000", ERR_LIMIT},    /* program limit exceeded */
    {"22021", ERR_INVALID},  /* text that is not UTF-8 */
};

static enum err failed(struct db *db, const PGresult *result, const char *doing)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

    db_say_why(db, "%s: %s (%s)", doing, message ? message : PQerrorMessage(db->postgres->conn),
               state ? state : "no answer");
    for (size_t i = 0; state && i < sizeof STATES / sizeof STATES[0]; i++)
        if (strcmp(STATES[i].state, state) == 0)
            return STATES[i].err;
    return ERR_STORE;
}

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

/* ---- opening ---- */

/* The order and case of text must be those of SQLite: asked by name for the words, and by example,
 * because the collation may come from more than one library. */
static enum err check_locale(struct db *db)
{
    PGresult *r = PQexec(
        db->postgres->conn,
        "SELECT pg_encoding_to_char(encoding), datcollate,"
        "       CASE WHEN 'B' < 'a' AND 'z' < 'é' AND 'a b' < 'aa' THEN 'bytes' ELSE 'words' END "
        "FROM pg_database WHERE datname = current_database()");
    enum err err = OK;

    if (!is_good(r) || PQntuples(r) != 1) {
        err = failed(db, r, "opening");
    } else {
        const char *encoding = PQgetvalue(r, 0, 0), *collation = PQgetvalue(r, 0, 1),
                   *order = PQgetvalue(r, 0, 2);
        if (strcmp(encoding, "UTF8") != 0 || strcmp(order, "bytes") != 0) {
            db_say_why(db,
                       "the database has encoding %s and collation %s; make it with: createdb -T "
                       "template0 -E UTF8 "
                       "--locale=C.UTF-8 NAME",
                       encoding, collation);
            err = ERR_STORE;
        }
    }
    PQclear(r);
    return err;
}

static void no_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

/* What holds for a session, whatever the server, the database or the role has for a default. */
static enum err session_begin(struct db *db)
{
    PGconn *conn = db->postgres->conn;

    if (PQstatus(conn) != CONNECTION_OK)
        return failed(db, NULL, "opening");
    PGresult *r = PQexec(
        conn, db->is_writer
                  ? "SET synchronous_commit = on; SET bytea_output = hex; SET timezone = 'UTC'"
                  : "SET default_transaction_read_only = on; SET bytea_output = hex;"
                    "SET timezone = 'UTC'");
    enum err err = is_good(r) ? OK : failed(db, r, "opening");
    PQclear(r);
    return err;
}

static enum err postgres_open(struct db *db, const char *where)
{
    const char *const name[] = {"dbname", "client_encoding", "connect_timeout",
                                "fallback_application_name", NULL};
    const char *const value[] = {where, "UTF8", "10", "motcua", NULL};
    struct postgres *p = db->postgres = calloc(1, sizeof *p);

    if (!p)
        BUG("out of memory");
    p->conn = PQconnectdbParams(name, value, /* expand_dbname= */ 1);
    if (!p->conn)
        BUG("out of memory");
    PQsetNoticeReceiver(p->conn, no_notice, NULL);
    enum err err = session_begin(db);
    return err ? err : check_locale(db);
}

static void postgres_close(struct db *db)
{
    if (!db->postgres)
        return;
    PQfinish(db->postgres->conn);
    free(db->postgres->prepared);
    free(db->postgres);
    db->postgres = NULL;
}

/* Is the connection lost, with nothing begun on it? Then what was asked may be asked again. */
static bool is_lost_between(const struct postgres *p)
{
    return PQstatus(p->conn) != CONNECTION_OK && !p->in_transaction;
}

/* A connection that was lost is made anew at the next use. */
static enum err revive(struct db *db)
{
    struct postgres *p = db->postgres;

    if (!is_lost_between(p))
        return OK;
    PQreset(p->conn);
    if (p->room)
        memset(p->prepared, 0, (size_t)p->room * sizeof *p->prepared);
    return session_begin(db);
}

/* ---- statements ---- */

/* Parameters are typed by the heading, so that a wrong heading is found when it is prepared. */
static void types_of(const struct sql *sql, Oid *type)
{
    for (int i = 0; i < sql->parameter_count; i++)
        switch (sql->parameters[i] | 0x20) {
        case 'i':
            type[i] = OID_INT8;
            break;
        case 't':
            type[i] = OID_TEXT;
            break;
        default:
            type[i] = OID_BYTEA;
        }
}

/* The kind in which cell() gives a type out. */
static char letter_of(Oid type)
{
    switch (type) {
    case OID_INT8:
    case OID_INT4:
    case OID_INT2:
        return 'i';
    case OID_BYTEA:
        return 'b';
    case OID_TEXT:
        return 't';
    default:
        return '?';
    }
}

static enum err prepare(struct db *db, const struct sql *sql)
{
    struct postgres *p = db->postgres;
    Oid type[DB_PARAMETERS_MAX];
    enum err err = revive(db);

    if (err)
        return err;
    if (sql->index >= p->room) {
        int room = sql->index + STATEMENTS_MORE;
        p->prepared = realloc(p->prepared, (size_t)room * sizeof *p->prepared);
        if (!p->prepared)
            BUG("out of memory");
        memset(p->prepared + p->room, 0, (size_t)(room - p->room) * sizeof *p->prepared);
        p->room = room;
    }
    if (p->prepared[sql->index])
        return OK;
    types_of(sql, type);
    PGresult *r = PQprepare(p->conn, sql->name, sql->postgres, sql->parameter_count, type);
    err = is_good(r) ? OK : failed(db, r, sql->name);
    PQclear(r);
    p->prepared[sql->index] = err == OK;
    return err;
}

/* Are the columns of the kinds that the heading says? */
static enum err postgres_prepare(struct db *db, const struct sql *sql)
{
    enum err err = prepare(db, sql);

    if (err)
        return err;
    PGresult *r = PQdescribePrepared(db->postgres->conn, sql->name);
    if (!is_good(r))
        err = failed(db, r, sql->name);
    else if (PQnfields(r) != sql->column_count && sql->column_count)
        BUG("%s answers %d columns, not %d", sql->name, PQnfields(r), sql->column_count);
    for (int i = 0; !err && i < sql->column_count; i++) {
        if (letter_of(PQftype(r, i)) == (sql->columns[i] | 0x20))
            continue;
        db_say_why(db, "%s: column '%s' is of another type than declared", sql->name,
                   PQfname(r, i));
        err = ERR_STORE;
    }
    PQclear(r);
    return err;
}

/* Values as libpq takes them: text ends with NUL there, so it is copied; a blob goes as it is. */
struct sent {
    const char *value[DB_PARAMETERS_MAX];
    int length[DB_PARAMETERS_MAX], format[DB_PARAMETERS_MAX];
    char number[DB_PARAMETERS_MAX][NUMBER_TEXT];
    char *copy;
};

static void sent_fill(struct sent *s, const struct db_value *value, size_t n)
{
    size_t bytes = 1;

    for (size_t i = 0; i < n; i++)
        bytes += value[i].kind == DB_TEXT ? value[i].s.n + 1 : 0;
    char *p = s->copy = malloc(bytes);
    if (!p)
        BUG("out of memory");
    for (size_t i = 0; i < n; i++) {
        const struct db_value *v = &value[i];
        s->value[i] = NULL;
        s->length[i] = 0;
        s->format[i] = 0;
        switch (v->kind) {
        case DB_NULL:
            break;
        case DB_INT:
            snprintf(s->number[i], NUMBER_TEXT, "%lld", (long long)v->i);
            s->value[i] = s->number[i];
            break;
        case DB_TEXT:
            if (v->s.n)
                memcpy(p, v->s.p, v->s.n);
            p[v->s.n] = '\0';
            s->value[i] = p;
            p += v->s.n + 1;
            break;
        case DB_BLOB:
            s->value[i] = v->s.p ? v->s.p : "";
            s->length[i] = (int)v->s.n;
            s->format[i] = 1;
            break;
        }
    }
}

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* "\x0a1b" in place. */
static struct str bytea(char *text, int length)
{
    size_t n = length >= 2 ? (size_t)(length - 2) / 2 : 0;

    for (size_t i = 0; i < n; i++)
        text[i] = (char)(hex_digit(text[2 + 2 * i]) << 4 | hex_digit(text[3 + 2 * i]));
    return (struct str){text, n};
}

static struct db_value cell(const PGresult *r, int row, int i)
{
    char *text = PQgetvalue(r, row, i);
    struct str s = {text, (size_t)PQgetlength(r, row, i)};
    int64_t number = 0;

    if (PQgetisnull(r, row, i))
        return DB_N;
    switch (letter_of(PQftype(r, i))) {
    case 'i':
        if (str_parse_int(s, INT64_MIN, INT64_MAX, &number))
            BUG("PostgreSQL answers the number '%s'", text);
        return DB_I(number);
    case 'b':
        return DB_B(bytea(text, (int)s.n));
    default:
        return DB_T(s);
    }
}

static enum err row_give(const PGresult *r, int row, const struct sql *sql, db_row_fn *give,
                         void *arg)
{
    struct db_value value[DB_PARAMETERS_MAX];
    int n = PQnfields(r);

    if (n != sql->column_count)
        BUG("%s answers %d columns, not %d", sql->name, n, sql->column_count);
    for (int i = 0; i < n; i++)
        value[i] = cell(r, row, i);
    return give(arg, value, (size_t)n);
}

/* Row by row as they come; after an error the rest is thrown away, as libpq wants it. */
static enum err each_once(struct db *db, const struct sql *sql, const struct sent *s, size_t n,
                          db_row_fn *row, void *arg, bool *given)
{
    PGconn *conn = db->postgres->conn;
    enum err err = OK;

    if (!PQsendQueryPrepared(conn, sql->name, (int)n, s->value, s->length, s->format, 0))
        return failed(db, NULL, sql->name);
    PQsetSingleRowMode(conn);
    for (PGresult *r; (r = PQgetResult(conn)); PQclear(r)) {
        if (err)
            continue;
        if (!is_good(r))
            err = failed(db, r, sql->name);
        for (int i = 0; !err && i < PQntuples(r); i++) {
            *given = true;
            err = row_give(r, i, sql, row, arg);
        }
    }
    return err;
}

/* A server that was restarted since the last use is not the caller's trouble, as long as no row
 * has been given out. */
static enum err postgres_each(struct db *db, const struct sql *sql, const struct db_value *value,
                              size_t n, db_row_fn *row, void *arg)
{
    struct sent s;
    bool given = false;
    enum err err = OK;

    sent_fill(&s, value, n);
    for (int attempt = 0; attempt < 2; attempt++) {
        err = prepare(db, sql);
        if (!err)
            err = each_once(db, sql, &s, n, row, arg, &given);
        if (!err || given || !is_lost_between(db->postgres))
            break;
    }
    free(s.copy);
    return err;
}

static enum err postgres_exec(struct db *db, const struct sql *sql, const struct db_value *value,
                              size_t n, int64_t *ret_changed)
{
    struct sent s;
    enum err err = prepare(db, sql);

    if (err)
        return err;
    sent_fill(&s, value, n);
    PGresult *r =
        PQexecPrepared(db->postgres->conn, sql->name, (int)n, s.value, s.length, s.format, 0);
    free(s.copy);
    if (!is_good(r))
        err = failed(db, r, sql->name);
    else if (str_parse_int(str_of(PQcmdTuples(r)), 0, INT64_MAX, ret_changed))
        *ret_changed = 0;
    PQclear(r);
    return err;
}

static enum err control_once(struct db *db, enum db_control what)
{
    enum err err = revive(db);

    if (err)
        return err;
    PGresult *r = PQexec(db->postgres->conn, CONTROLS[what]);
    err = is_good(r) ? OK : failed(db, r, CONTROLS[what]);
    /* COMMIT of a failed transaction answers ROLLBACK, and says no error. */
    if (!err && what == DB_COMMIT && strcmp(PQcmdStatus(r), "COMMIT") != 0) {
        db_say_why(db, "the transaction had failed before its commit");
        err = ERR_STORE;
    }
    PQclear(r);
    return err;
}

static enum err postgres_control(struct db *db, enum db_control what)
{
    struct postgres *p = db->postgres;
    bool begins = what == DB_BEGIN_WRITE || what == DB_BEGIN_READ;
    enum err err = control_once(db, what);

    if (begins) {
        if (err && is_lost_between(p)) /* the server was restarted since the last use */
            err = control_once(db, what);
        p->in_transaction = !err;
    } else if (what == DB_ROLLBACK || (what == DB_COMMIT && !err)) {
        p->in_transaction = false;
    }
    return err;
}

static enum err postgres_script(struct db *db, const char *text)
{
    enum err err = revive(db);

    if (err)
        return err;
    PGresult *r = PQexec(db->postgres->conn, text);
    err = is_good(r) ? OK : failed(db, r, "script");
    PQclear(r);
    return err;
}

/* Beyond 64 subtransactions PostgreSQL's own bookkeeping of them becomes slow. */
const struct db_driver DB_DRIVER_POSTGRES = {
    .group_max = 60,
    .open = postgres_open,
    .close = postgres_close,
    .each = postgres_each,
    .exec = postgres_exec,
    .prepare = postgres_prepare,
    .control = postgres_control,
    .script = postgres_script,
};
