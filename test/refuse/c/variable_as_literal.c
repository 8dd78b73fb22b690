/* expect: expected */
#include "base/str.h"

struct str f(const char *s);
struct str f(const char *s)
{
    return STR(s);
}
