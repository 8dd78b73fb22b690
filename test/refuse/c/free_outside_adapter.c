/* expect: sorry_free_is_banned */
#include "base/str.h"

void f(void *p);
void f(void *p)
{
    free(p);
}
