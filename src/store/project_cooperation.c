#include "sql_cooperation.h"
#include "store/project.h"

static enum err save(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str number = json_text(p, "number"), title = json_text(p, "title"), signed_on = json_text(p, "signed_on"),
               signer = json_text(p, "signer"), agencies = json_text(p, "agencies"),
               procedures = json_text(p, "procedures"), from = json_text(p, "valid_from"), to = json_text(p, "valid_to"),
               note = json_text(p, "note");

    (void)a;
    if (e->subject_id)
        return q_cooperation_set(tx, e->subject_id, number, title, signed_on, signer, agencies, procedures, from, to,
                                 note, NULL);
    return q_cooperation_add(tx, e->pos, number, title, signed_on, signer, agencies, procedures, from, to, note, NULL);
}

const struct projection PROJECT_COOPERATION[] = {
    {"cooperation.save", save},
    {NULL, NULL},
};
