#include "store/project.h"

#include "sql_reference.h"

static const struct projection *const SUBJECTS[] = {
    PROJECT_DOSSIER, /* first: nearly every entry is one */
    PROJECT_CATALOGUE,
    PROJECT_PROCESS,
    PROJECT_ORGANISATION,
    PROJECT_CALENDAR,
};

static const struct projection *find(const struct projection *p, struct str act)
{
    while (p->act && !str_eq(str_of(p->act), act))
        p++;
    return p->act ? p : NULL;
}

/* What is not about a dossier changes the reference data, and moves its stamp. */
enum err project(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    for (size_t i = 0; i < sizeof SUBJECTS / sizeof SUBJECTS[0]; i++) {
        const struct projection *p = find(SUBJECTS[i], e->act);
        if (!p)
            continue;
        enum err err = p->replay(tx, a, e);
        return err || SUBJECTS[i] == PROJECT_DOSSIER ? err : q_reference_set(tx, e->pos, NULL);
    }
    return ERR_INVALID;
}
