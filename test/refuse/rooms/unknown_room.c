/* as: src/web/x.c */
/* expect: there is no room utils */
#include "utils/x.h"
