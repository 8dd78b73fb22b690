#include "fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/sql.h"
#include "migrations.h"

struct fixture fixture;

bool fixture_begin(enum db_engine engine)
{
    static char folder[] = "/tmp/motcua-store-XXXXXX", address[64];
    const char *server = getenv("MOTCUA_TEST_PG");

    if (engine == DB_POSTGRES && !server)
        return false;
    fixture.arena = arena_new((size_t)1 << 30);
    memcpy(strrchr(folder, '-') + 1, "XXXXXX", 6);
    if (!mkdtemp(folder))
        BUG("no folder for the tests");
    fixture.folder = str_of(folder);
    snprintf(address, sizeof address, "sqlite:%s/test.db", folder);
    fixture.address = str_of(engine == DB_POSTGRES ? server : address);
    return true;
}

void fixture_end(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%" PRIstr "'", STR_ARG(fixture.folder));
    if (system(command) != 0)
        fprintf(stderr, "# %" PRIstr " stays\n", STR_ARG(fixture.folder));
    arena_free(fixture.arena);
}

int fixture_ended(int failed)
{
    fixture_end();
    return failed;
}

static enum err script_in_transaction(struct db *tx, void *arg)
{
    return db_script(tx, arg);
}

enum err fixture_script(struct db *db, const struct sql_script *script)
{
    return db_transact(db, script_in_transaction, (void *)(uintptr_t)script);
}

int fixture_open(void **state)
{
    (void)state;
    if (db_pool_open(fixture.address, &fixture.pool) || db_open(fixture.pool, &fixture.db)) {
        fprintf(stderr, "# %" PRIstr "\n", STR_ARG(db_pool_why()));
        return 1;
    }
    if (fixture_script(fixture.db, &MIGRATIONS[0])) {
        fprintf(stderr, "# %" PRIstr "\n", STR_ARG(db_why(fixture.db)));
        return 1;
    }
    return 0;
}

int fixture_close(void **state)
{
    (void)state;
    db_close(fixture.db);
    db_pool_close(fixture.pool);
    arena_reset(fixture.arena);
    return 0;
}

bool fixture_aborts(void (*run)(void))
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(0);
        run();
        _exit(0);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}
