/* expect: incompatible type */
#include "html/html.h"

void f(struct html_out *o, struct url u);
void f(struct html_out *o, struct url u)
{
    html_text(o, u);
}
