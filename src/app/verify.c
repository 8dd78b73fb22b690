/* motcua verify, backup, restore, upgrade - the operator's nights. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "acts/cache.h"
#include "acts/base_data.h"
#include "acts/verify.h"
#include "app/command.h"
#include "app/facts.h"
#include "crypto/hex.h"
#include "format/json_writer.h"
#include "store/migrate.h"

/* ---- a store of its own to replay into ---- */

struct scratch {
    char folder[256];
    struct db_pool *pool;
    struct db *db;
};

static void scratch_close(struct scratch *x)
{
    char path[300];

    db_close(x->db);
    db_pool_close(x->pool);
    if (!x->folder[0])
        return;
    for (const char *const *tail = (const char *const[]){"", "-wal", "-shm", NULL}; *tail; tail++) {
        snprintf(path, sizeof path, "%s/replay.db%s", x->folder, *tail);
        unlink(path);
    }
    rmdir(x->folder);
}

static enum exit_status scratch_open(struct scratch *x, struct arena *a)
{
    const char *tmp = getenv("TMPDIR");
    struct migration_report report;

    *x = (struct scratch){.pool = NULL};
    snprintf(x->folder, sizeof x->folder, "%s/motcua-verify-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(x->folder)) {
        complain("cannot make a folder for the replay: %s", strerror(errno));
        x->folder[0] = '\0';
        return EXIT_FAILED;
    }
    struct str address = str_format(a, "sqlite:%s/replay.db", x->folder);
    enum err err = db_pool_open(address, &x->pool);
    if (!err)
        err = db_open(x->pool, &x->db);
    if (!err)
        err = store_migrate(x->db, a, clock_now(), false, &report);
    return err ? complain_err("cannot make a store for the replay", err, x->db) : EXIT_DONE;
}

/* ---- verify ---- */

static enum exit_status verify_json(struct session *s, const struct verify_report *r)
{
    struct json_writer w;

    json_writer_init_file(&w, stdout);
    json_write_object(&w);
    json_write_key(&w, STR("ok"));
    json_write_bool(&w, r->finding_count == 0);
    json_write_key(&w, STR("entries"));
    json_write_int(&w, r->entries);
    json_write_key(&w, STR("chains"));
    json_write_int(&w, r->chains);
    json_write_key(&w, STR("rows"));
    json_write_int(&w, r->rows);
    json_write_key(&w, STR("merkle_root"));
    json_write_text(&w, hex_encode(s->arena, (struct str){(const char *)r->root.b, sizeof r->root.b}));
    json_write_key(&w, STR("findings"));
    json_write_array(&w);
    for (size_t i = 0; i < r->finding_count; i++) {
        json_write_object(&w);
        json_write_key(&w, STR("where"));
        json_write_text(&w, r->finding[i].where);
        json_write_key(&w, STR("why"));
        json_write_text(&w, r->finding[i].why);
        json_write_object_end(&w);
    }
    json_write_array_end(&w);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    return r->finding_count ? EXIT_NO : EXIT_DONE;
}

static enum exit_status verify_text(struct session *s, const struct verify_report *r)
{
    for (size_t i = 0; i < r->finding_count; i++)
        printf("%" PRIstr ": %" PRIstr "\n", STR_ARG(r->finding[i].where), STR_ARG(r->finding[i].why));
    printf("%lld journal entries in %lld chains, %lld rows compared, Merkle root %" PRIstr ": %s\n", (long long)r->entries,
           (long long)r->chains, (long long)r->rows,
           STR_ARG(hex_encode(s->arena, (struct str){(const char *)r->root.b, sizeof r->root.b})),
           r->finding_count ? "NOT what the journal says" : "everything is what the journal says");
    return r->finding_count ? EXIT_NO : EXIT_DONE;
}

enum exit_status command_verify(struct args *args)
{
    struct str address = store_address(args);
    bool json = args_flag(args, "--json");
    struct session s;
    struct scratch x;
    struct verify_report *report;

    if (!args_done(args))
        return EXIT_USAGE;
    enum exit_status status = session_open(&s, address, STORE_ANY, false);
    if (status)
        return status;
    report = ARENA_NEW(s.arena, struct verify_report);
    status = scratch_open(&x, s.arena);
    if (status == EXIT_DONE) {
        enum err err = act_verify(&s.ctx, x.db, report);
        status = err ? complain_err("cannot verify", err, s.db) : json ? verify_json(&s, report) : verify_text(&s, report);
    }
    scratch_close(&x);
    session_close(&s);
    return status;
}

/* ---- backup and restore ---- */

enum exit_status command_backup(struct args *args)
{
    struct str address = store_address(args), path;
    struct session s;

    if (!args_word(args, &path) || !args_done(args)) {
        complain("usage: motcua backup FILE");
        return EXIT_USAGE;
    }
    enum exit_status status = session_open(&s, address, STORE_ANY, false);
    if (status)
        return status;
    if (access(str_z(s.arena, path), F_OK) == 0) {
        complain("%" PRIstr " exists; name a new file", STR_ARG(path));
        status = EXIT_USAGE;
    } else if (db_pool_engine(s.pool) == DB_POSTGRES) {
        complain("a PostgreSQL store is backed up with pg_dump or pg_basebackup");
        status = EXIT_USAGE;
    } else {
        status = complain_err("cannot back up", db_backup(s.db, path), s.db);
    }
    session_close(&s);
    return status;
}

/* Copies through the backup API of the file being restored, so that a damaged file is found out
 * before anything stands where the store should be. */
enum exit_status command_restore(struct args *args)
{
    struct str address = store_address(args), path;
    struct session s;

    if (!args_word(args, &path) || !args_done(args)) {
        complain("usage: motcua restore FILE [--db sqlite:PATH]");
        return EXIT_USAGE;
    }
    struct arena *a = arena_new(1 << 20);
    struct str to = str_sub(address, 7, address.n);
    enum exit_status status = EXIT_USAGE;
    if (!str_has_prefix(address, STR("sqlite:")))
        complain("only an SQLite store can be restored; use pg_restore for PostgreSQL");
    else if (access(str_z(a, to), F_OK) == 0)
        complain("%" PRIstr " exists; move it away first, nothing is overwritten", STR_ARG(to));
    else if (access(str_z(a, path), R_OK) != 0)
        complain("cannot read %" PRIstr ": %s", STR_ARG(path), strerror(errno));
    else
        status = session_open(&s, str_format(a, "sqlite:%" PRIstr, STR_ARG(path)), STORE_ANY, true);
    if (status == EXIT_DONE) {
        status = complain_err("cannot restore", db_backup(s.db, to), s.db);
        session_close(&s);
    }
    arena_free(a);
    return status;
}

/* ---- upgrade ---- */

static enum exit_status said_current(bool pending)
{
    if (!pending)
        puts("the store is up to date");
    return EXIT_DONE;
}

/* A newer schema wants newer facts: rights and types of documents that the store was made without. */
static enum exit_status renew(struct str address, bool pending)
{
    struct session s;
    struct base_renewal r = {0};
    struct fault fault = {.why = STR("")};
    enum exit_status status = session_open(&s, address, STORE_ANY, false);

    if (status)
        return status;
    enum err err = s.ctx.actor.id ? base_data_renew(&s.ctx, facts_find, &r, &fault) : OK;
    if (err)
        complain("the facts of this version do not go in: %" PRIstr, STR_ARG(fault.why));
    if (r.roles)
        printf("roles with new rights: %lld\n", (long long)r.roles);
    if (r.documents)
        puts("types of documents and rows of numbers added");
    if (r.books || r.definitions)
        printf("registers added: %lld; figures and reports added: %lld\n", (long long)r.books, (long long)r.definitions);
    session_close(&s);
    return err ? EXIT_FAILED : said_current(pending || r.roles || r.documents || r.books || r.definitions);
}

enum exit_status command_upgrade(struct args *args)
{
    struct str address = store_address(args);
    bool dry_run = args_flag(args, "--dry-run");
    struct migration_report report;
    struct db_pool *pool = NULL;
    struct db *db = NULL;

    if (!args_done(args))
        return EXIT_USAGE;
    struct arena *a = arena_new(16 << 20);
    enum err err = db_pool_open(address, &pool);
    if (err)
        complain("cannot open the store: %" PRIstr, STR_ARG(db_pool_why()));
    if (!err)
        err = db_open(pool, &db);
    if (!err) {
        err = store_migrate(db, a, clock_now(), dry_run, &report);
        if (err)
            complain("%" PRIstr, STR_ARG(report.why.n ? report.why : db_why(db)));
    }
    for (size_t i = 0; !err && i < report.pending_count; i++)
        printf("%s %" PRIstr "\n", dry_run ? "would apply" : "applied", STR_ARG(report.pending[i]));
    bool pending = !err && report.pending_count > 0;
    db_close(db);
    db_pool_close(pool);
    arena_free(a);
    return err ? EXIT_FAILED : dry_run ? said_current(pending) : renew(address, pending);
}
