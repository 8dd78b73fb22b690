/* as: src/web/x.c */
/* expect: it belongs in store/sql */
const char *f(void)
{
    return "DELETE FROM dossier";
}
