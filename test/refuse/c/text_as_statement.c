/* expect: incompatible pointer type */
#include "db/db.h"

enum err f(struct db *db, const char *text, db_row_fn *row);
enum err f(struct db *db, const char *text, db_row_fn *row)
{
    return db_each(db, text, NULL, 0, row, NULL);
}
