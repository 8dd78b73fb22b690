/* bare_intake - the bare limit of an intake: the rows that one writes, copied from dossiers of the same store,
 * in groups with one durable commit each; no HTTP, no JSON, no law. Prints intakes per second.
 * usage: bare_intake STORE GROUP SECONDS */
#include <sqlite3.h>

static const char *const COPIES[] = {
    "INSERT INTO journal SELECT pos + ?1, unit, seq + ?1, happened_at, recorded_at, actor, act, subject, payload, prev_hash, hash "
    "FROM journal WHERE pos = ?2",
    "UPDATE journal_head SET seq = seq + 1, pos = ?1, hash = (SELECT hash FROM journal WHERE pos = ?2) WHERE unit = "
    "(SELECT unit FROM journal WHERE pos = ?2)",
    "INSERT INTO dossier SELECT id + ?1, code || ?1, secret, unit_id, procedure_id, version_id, case_no, field_id, channel, state, is_open, "
    "applicant, applicant_kind, id_no, birth, phone, email, address, submitter, summary, sets, delivery, delivery_address, fee, fee_paid, "
    "received_by, received_at, effective_at, received_on, limit_unit, limit_length, due_first_at, due_at, due_on, due_given, promised_at, "
    "suspended_at, finished_at, finished_on, outcome, result_no, returned_at, supplements, extensions, batch, origin_id, register_no, search, "
    "version FROM dossier WHERE id = ?2",
    "INSERT INTO dossier_search (rowid, search) SELECT id + ?1, search FROM dossier WHERE id = ?2",
    "INSERT INTO dossier_paper SELECT dossier_id + ?1, no, name, kind, quantity, state, note FROM dossier_paper WHERE dossier_id = ?2",
    "INSERT INTO series VALUES ('bench', ?1 + ?2) ON CONFLICT (name) DO UPDATE SET last = last + 1",
    "INSERT INTO series VALUES ('bench register', ?1 + ?2) ON CONFLICT (name) DO UPDATE SET last = last + 1",
    "INSERT INTO dossier_fact SELECT dossier_id + ?1, no, recorded_from, recorded_to, unit_id, procedure_id, field_id, channel, received_on, "
    "due_on, finished_on, outcome FROM dossier_fact WHERE dossier_id = ?2 AND no = 1",
    "INSERT INTO task SELECT dossier_id + ?1, no, step_no, step_code, step_name, unit_id, person_id, from_unit_id, from_person_id, since_at, "
    "taken_at, step_due_at, due_at, is_suspended, done_at, done_by, timing, note FROM task WHERE dossier_id = ?2 AND no = 1",
};
enum { COPY_COUNT = sizeof COPIES / sizeof COPIES[0], SHIFT = 1000000000 };

static sqlite3 *db;

static void run(const char *sql)
{
    char *why = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &why)) {
        fprintf(stderr, "bare_intake: %s: %s\n", sql, why);
        exit(1);
    }
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    sqlite3_stmt *copy[COPY_COUNT], *ids;
    static sqlite3_int64 id[1000];
    int id_count = 0;
    long n = 0;

    if (argc < 4 || sqlite3_open(argv[1], &db))
        return 2;
    long group = (long)strtoull(argv[2], NULL, 10), seconds = (long)strtoull(argv[3], NULL, 10);
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=20000; PRAGMA cache_size=-32768; PRAGMA foreign_keys=OFF");
    sqlite3_prepare_v2(db, "SELECT id FROM dossier ORDER BY id DESC LIMIT 1000", -1, &ids, NULL);
    while (id_count < 1000 && sqlite3_step(ids) == SQLITE_ROW)
        id[id_count++] = sqlite3_column_int64(ids, 0);
    sqlite3_finalize(ids);
    for (int i = 0; i < COPY_COUNT; i++) {
        if (sqlite3_prepare_v2(db, COPIES[i], -1, &copy[i], NULL)) {
            fprintf(stderr, "bare_intake: %s\n", sqlite3_errmsg(db));
            return 1;
        }
    }
    double begin = now();
    while (now() - begin < (double)seconds) {
        run("BEGIN IMMEDIATE");
        for (long k = 0; k < group; k++, n++) {
            run("SAVEPOINT w");
            for (int i = 0; i < COPY_COUNT; i++) {
                sqlite3_bind_int64(copy[i], 1, SHIFT + n * 1000000L);
                sqlite3_bind_int64(copy[i], 2, id[n % id_count]);
                if (sqlite3_step(copy[i]) != SQLITE_DONE) {
                    fprintf(stderr, "bare_intake: %s\n", sqlite3_errmsg(db));
                    return 1;
                }
                sqlite3_reset(copy[i]);
            }
            run("RELEASE w");
        }
        run("COMMIT");
    }
    printf("%.0f\n", (double)n / (now() - begin));
    return 0;
}
