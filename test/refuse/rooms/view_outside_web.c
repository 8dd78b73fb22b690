/* as: src/acts/x.c */
/* expect: views belong to web */
#include "view_queue.h"
