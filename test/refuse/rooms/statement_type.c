/* as: src/acts/x.c */
/* expect: db/sql.h is for db */
#include "db/sql.h"
