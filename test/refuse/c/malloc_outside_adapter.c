/* expect: sorry_malloc_is_banned */
#include "base/str.h"

void *f(void);
void *f(void)
{
    return malloc(8);
}
