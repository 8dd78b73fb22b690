/* as: src/web/x.c */
/* expect: only generated views write markup */
void f(struct html_out *o)
{
    HTML_MARKUP(o, "x");
}
