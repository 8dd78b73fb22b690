/* as: src/rules/x.c */
/* expect: rules may not include store/dossier.h */
#include "store/dossier.h"
