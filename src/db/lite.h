/* lite.h - the SQLite connection of a handle; shared by lite.c, checkpoint.c and backup.c. */
#ifndef DB_LITE_H
#define DB_LITE_H

#include <sqlite3.h>

#include "db/engine.h"

struct prepared;

struct lite {
    sqlite3 *sqlite;
    struct prepared *prepared; /* by sql->index */
    int room;
    sqlite3_stmt *control[DB_CONTROL__COUNT];
};

enum err lite_open(struct db *db, const char *where) MUST_CHECK;
void lite_close(struct db *db);
/* Says why, and which of our errors SQLite's `code` is. */
enum err lite_failed(struct db *db, int code, const char *doing);

#endif
