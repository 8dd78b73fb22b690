/* expect: sorry_time_is_banned */
#include "base/str.h"

long f(void);
long f(void)
{
    return (long)time(NULL);
}
