#include "store/project.h"

#include "sql_reference.h"

/* What is about a dossier comes first: nearly every entry is. The rest changes the reference data, and moves
 * its stamp. */
static const struct subject {
    const struct projection *acts;
    bool is_reference;
} SUBJECTS[] = {
    {PROJECT_DOSSIER, false},     {PROJECT_WORK, false},  {PROJECT_CATALOGUE, true},    {PROJECT_PROCESS, true},
    {PROJECT_ORGANISATION, true}, {PROJECT_ABSENCE, true}, {PROJECT_COOPERATION, true}, {PROJECT_CALENDAR, true}, {PROJECT_PEER, true},
    {PROJECT_DOCUMENT, false},    {PROJECT_DOCUMENT_TASK, false}, {PROJECT_EXCHANGE, false}, {PROJECT_CERTIFICATE, false}, {PROJECT_BOOK, false}, {PROJECT_REPORT, false}, {PROJECT_DIRECTIVE, false},
};

static const struct projection *find(const struct projection *p, struct str act)
{
    while (p->act && !str_eq(str_of(p->act), act))
        p++;
    return p->act ? p : NULL;
}

enum err project(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    for (size_t i = 0; i < sizeof SUBJECTS / sizeof SUBJECTS[0]; i++) {
        const struct projection *p = find(SUBJECTS[i].acts, e->act);
        if (!p)
            continue;
        enum err err = p->replay(tx, a, e);
        return err || !SUBJECTS[i].is_reference ? err : q_reference_set(tx, e->pos, NULL);
    }
    return ERR_INVALID;
}
