/* as: src/web/queue.c */
/* expect: nothing, this one is accepted */
#include "web/queue.h"

#include <stdio.h>

#include "acts/queue.h"
#include "view_queue.h"

/* A comment may say <b> and SELECT and (struct html). */
static const char *const select = "Select one";
