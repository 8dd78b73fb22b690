/* expect: expected */
#include "html/html.h"

void f(struct html_out *o, const char *from_outside);
void f(struct html_out *o, const char *from_outside)
{
    HTML_MARKUP(o, from_outside);
}
