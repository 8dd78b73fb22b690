/* expect: incompatible type */
#include "html/html.h"

void f(struct html_out *o, const char *s);
void f(struct html_out *o, const char *s)
{
    html_text(o, s);
}
