/* expect: incomplete type */
#include "db/db.h"

extern const struct sql mine;
const struct sql mine = {"mine", "DROP TABLE dossier"};
