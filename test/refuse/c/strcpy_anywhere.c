/* expect: sorry_strcpy_is_banned */
#include "base/str.h"

void f(char *to, const char *from);
void f(char *to, const char *from)
{
    strcpy(to, from);
}
