/* as: src/web/x.c */
/* expect: only html/ looks into */
struct str f(struct html h)
{
    return h.html_only;
}
