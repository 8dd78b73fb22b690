/* A copy of a living SQLite store. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "db/lite.h"

static enum err copy(struct db *db, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", db->lite->sqlite, "main");

    if (!backup) {
        db_say_why(db, "backup: %s", sqlite3_errmsg(to));
        return ERR_IO;
    }
    /* All in one step: readers and the writer go on meanwhile, thanks to the log. */
    int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        return OK;
    db_say_why(db, "backup: %s", sqlite3_errstr(code));
    return ERR_IO;
}

static enum err copy_to(struct db *db, const char *path)
{
    sqlite3 *to = NULL;
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file < 0) {
        bool exists = errno == EEXIST;
        db_say_why(db, "backup: %s: %s", path, strerror(errno));
        return exists ? ERR_CONFLICT : ERR_IO;
    }
    close(file);
    enum err err = ERR_IO;
    if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        err = copy(db, to);
    else
        db_say_why(db, "backup: %s", sqlite3_errmsg(to));
    if (sqlite3_close(to) != SQLITE_OK && !err)
        err = ERR_IO;
    if (err)
        unlink(path); /* half a copy is worse than none */
    return err;
}

enum err db_backup(struct db *db, struct str path)
{
    if (db_engine(db) != DB_SQLITE) {
        db_say_why(db, "backup: a PostgreSQL store is copied with pg_dump");
        return ERR_UNAVAILABLE;
    }
    char *name = strndup(path.p ? path.p : "", path.n);
    if (!name)
        BUG("out of memory");
    enum err err = copy_to(db, name);
    free(name);
    return err;
}
