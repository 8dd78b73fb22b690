/* expect: expected */
#include "html/html.h"

struct url f(struct arena *a, const char *from_outside);
struct url f(struct arena *a, const char *from_outside)
{
    return URL_PATH(a, from_outside);
}
