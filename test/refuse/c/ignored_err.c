/* expect: warn_unused_result */
#include "base/str.h"

void f(struct str s);
void f(struct str s)
{
    int64_t n;
    str_parse_int(s, 0, 9, &n);
}
