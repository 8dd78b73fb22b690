#include "store/project.h"

static const struct projection *const SUBJECTS[] = {
    PROJECT_DOSSIER, /* first: nearly every entry is one */
    PROJECT_CATALOGUE,
    PROJECT_ORGANISATION,
    PROJECT_CALENDAR,
};

enum err project(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    for (size_t i = 0; i < sizeof SUBJECTS / sizeof SUBJECTS[0]; i++)
        for (const struct projection *p = SUBJECTS[i]; p->act; p++)
            if (str_eq(str_of(p->act), e->act))
                return p->replay(tx, a, e);
    return ERR_INVALID;
}
