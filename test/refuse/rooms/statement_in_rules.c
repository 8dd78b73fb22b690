/* as: src/rules/x.c */
/* expect: statements belong to store */
#include "sql_dossier.h"
