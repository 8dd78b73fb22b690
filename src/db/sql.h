/* sql.h - what a statement is. Included only by db/ and by the files that tools/sqlc writes. */
#ifndef DB_SQL_H
#define DB_SQL_H

#include "base/str.h"

struct sql {
    const char *name;   /* "dossier_by_code": also the prepared statement's name */
    const char *sqlite; /* the text; the same pointer twice unless the file says otherwise */
    const char *postgres;
    int parameter_count, column_count; /* column_count 0: answers no rows */
    const char *parameters, *columns;  /* a letter for each: i, t, b (capital: may be null) */
    int index; /* 0 .. SQL__COUNT - 1: prepared statements are found by it */
};

struct sql_script {
    const char *name; /* "0001-core.sql" */
    const char *text;
    const char *sha256; /* of the text, hex */
};

#endif
