/* as: src/web/x.c */
/* expect: an include names its room */
#include "x.h"
