/* expect: incompatible type */
#include "html/html.h"

void f(struct html_out *o, struct str s);
void f(struct html_out *o, struct str s)
{
    html_href(o, s);
}
