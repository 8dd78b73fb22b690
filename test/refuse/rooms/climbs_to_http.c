/* as: src/acts/x.c */
/* expect: acts may not include http/http.h */
#include "http/http.h"
