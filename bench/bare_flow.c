/* bare_flow - the bare limit of a step of a process: the rows that the first step of one writes, for dossiers of
 * the same store that wait at it, in groups with one durable commit each; no HTTP, no process, no law. Prints
 * steps per second.
 * usage: bare_flow STORE GROUP SECONDS */
#include <sqlite3.h>

static const char *const WRITES[] = {
    "INSERT INTO journal SELECT pos + ?1, unit, seq + ?1, happened_at, recorded_at, actor, act, subject, payload, prev_hash, hash "
    "FROM journal WHERE pos = ?2",
    "UPDATE journal_head SET seq = seq + 1, pos = ?1, hash = (SELECT hash FROM journal WHERE pos = ?2) WHERE unit = "
    "(SELECT unit FROM journal WHERE pos = ?2)",
    "UPDATE flow SET state = 'last 4' || char(10) || '3 0 active 0 0 f3 thuong_tru' || char(10) || '4 0 active 0 0 f4 the_bhyt' || char(10) "
    "WHERE dossier_id = ?2 AND ?1 > 0",
    "UPDATE task SET done_at = since_at, done_by = person_id, timing = 1 WHERE dossier_id = ?2 AND done_at IS NULL AND ?1 > 0",
    "INSERT INTO task SELECT dossier_id, no + ?1, 4, 'thuong_tru', step_name, unit_id, person_id, unit_id, person_id, since_at, taken_at, "
    "step_due_at, due_at, 0, NULL, NULL, 0, '' FROM task WHERE dossier_id = ?2 LIMIT 1",
    "INSERT INTO task SELECT dossier_id, no + 2 * ?1, 5, 'the_bhyt', step_name, unit_id, person_id, unit_id, person_id, since_at, taken_at, "
    "step_due_at, due_at, 0, NULL, NULL, 0, '' FROM task WHERE dossier_id = ?2 LIMIT 1",
    "UPDATE dossier SET state = 4, version = version + 1 WHERE id = ?2 AND ?1 > 0",
};
enum { WRITE_COUNT = sizeof WRITES / sizeof WRITES[0], IDS_MAX = 1000000, SHIFT = 1000000000 };

static sqlite3 *db;
static sqlite3_int64 id[IDS_MAX];

static void run(const char *sql)
{
    char *why = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &why)) {
        fprintf(stderr, "bare_flow: %s: %s\n", sql, why);
        exit(1);
    }
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long ids_read(void)
{
    sqlite3_stmt *ids;
    long n = 0;

    sqlite3_prepare_v2(db, "SELECT dossier_id FROM flow ORDER BY dossier_id DESC", -1, &ids, NULL);
    while (n < IDS_MAX && sqlite3_step(ids) == SQLITE_ROW)
        id[n++] = sqlite3_column_int64(ids, 0);
    sqlite3_finalize(ids);
    return n;
}

int main(int argc, char **argv)
{
    sqlite3_stmt *write[WRITE_COUNT];
    long n = 0;

    if (argc < 4 || sqlite3_open(argv[1], &db))
        return 2;
    long group = (long)strtoull(argv[2], NULL, 10), seconds = (long)strtoull(argv[3], NULL, 10);
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=20000; PRAGMA cache_size=-32768; PRAGMA foreign_keys=OFF");
    long count = ids_read();
    for (int i = 0; i < WRITE_COUNT; i++)
        if (sqlite3_prepare_v2(db, WRITES[i], -1, &write[i], NULL)) {
            fprintf(stderr, "bare_flow: %s\n", sqlite3_errmsg(db));
            return 1;
        }
    double begin = now();
    while (now() - begin < (double)seconds && n + group <= count) {
        run("BEGIN IMMEDIATE");
        for (long k = 0; k < group; k++, n++)
            for (int i = 0; i < WRITE_COUNT; i++) {
                sqlite3_bind_int64(write[i], 1, SHIFT + n * 1000000L);
                sqlite3_bind_int64(write[i], 2, id[n]);
                if (sqlite3_step(write[i]) != SQLITE_DONE) {
                    fprintf(stderr, "bare_flow: %s\n", sqlite3_errmsg(db));
                    return 1;
                }
                sqlite3_reset(write[i]);
            }
        run("COMMIT");
    }
    printf("%.0f\n", (double)n / (now() - begin));
    return 0;
}
