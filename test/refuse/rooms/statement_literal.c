/* as: src/acts/x.c */
/* expect: it belongs in store/sql */
const char *f(void)
{
    return "SELECT id FROM dossier";
}
