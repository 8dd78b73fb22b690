/* as: src/web/x.c */
/* expect: it belongs in web/views */
const char *f(void)
{
    return "<p class=x>";
}
