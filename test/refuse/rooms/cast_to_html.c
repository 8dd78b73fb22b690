/* as: src/web/x.c */
/* expect: only html/ makes struct html */
#include "html/html.h"
struct html f(struct str s)
{
    return (struct html){s};
}
