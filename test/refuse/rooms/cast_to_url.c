/* as: src/web/x.c */
/* expect: only html/ makes struct html */
struct url f(struct str s)
{
    return *(struct url *)&s;
}
