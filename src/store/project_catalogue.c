#include "base/text.h"
#include "sql_procedure.h"
#include "store/project.h"

static struct str procedure_search(struct arena *a, struct str code, struct str name, struct str words)
{
    return text_fold(a, str_format(a, "%" PRIstr " %" PRIstr " %" PRIstr, STR_ARG(code), STR_ARG(name),
                                   STR_ARG(words)));
}

static enum err procedure_add(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str code = json_text(p, "code"), name = json_text(p, "name");

    return q_procedure_add(tx, e->pos, code, json_int(p, "field"), name,
                           procedure_search(a, code, name, json_text(p, "words")), json_text(p, "level"),
                           json_int(p, "row"), text_sort_key(a, name), NULL);
}

static enum err case_add(struct db *tx, int64_t version, int64_t no, struct json c)
{
    struct json limit = json_get(c, "limit"), papers = json_get(c, "papers");
    enum err err = q_case_add(tx, version, no, json_text(c, "name"), json_int(limit, "unit"),
                              json_int(limit, "length"), json_int(c, "fee"), json_text(c, "fee_text"), NULL);

    for (size_t i = 0; !err && i < json_length(papers); i++) {
        struct json paper = json_at(papers, i);
        err = q_paper_add(tx, version, no, (int64_t)i + 1, json_text(paper, "name"),
                          json_int(paper, "originals"), json_int(paper, "copies"),
                          json_bool(paper, "required"), NULL);
    }
    return err;
}

static enum err steps_add(struct db *tx, int64_t version, struct json steps)
{
    enum err err = OK;

    for (size_t i = 0; !err && i < json_length(steps); i++) {
        struct json s = json_at(steps, i);
        err = q_step_add(tx, version, (int64_t)i + 1, json_text(s, "code"), json_text(s, "name"),
                         json_text(s, "role"), json_text(s, "place"), json_int(s, "minutes"), NULL);
    }
    return err;
}

/* A new version; the one before it ends on the day before. */
static enum err procedure_publish(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, cases = json_get(p, "cases");
    int64_t procedure = json_int(p, "procedure");
    struct str name = json_text(p, "name"), from = json_text(p, "valid_from");
    struct q_procedure_by_id old;
    enum err err = q_procedure_by_id(tx, a, procedure, &old);

    if (!err)
        err = q_version_end(tx, procedure, from, json_text(p, "previous_last_day"), NULL);
    if (!err)
        err = q_version_add(tx, e->pos, procedure, json_int(p, "no"), name, from, json_text(p, "valid_to"),
                            json_text(p, "decision_no"), json_text(p, "decision_on"),
                            json_text(p, "legal_basis"), json_text(p, "requirements"),
                            json_text(p, "result"), json_text(p, "subjects"), json_text(p, "online_level"),
                            json_bool(p, "by_post"), NULL);
    for (size_t i = 0; !err && i < json_length(cases); i++)
        err = case_add(tx, e->pos, (int64_t)i + 1, json_at(cases, i));
    if (!err)
        err = steps_add(tx, e->pos, json_get(p, "steps"));
    return err ? err
               : q_procedure_rename(tx, procedure, name,
                                    procedure_search(a, old.code, name, json_text(p, "words")),
                                    text_sort_key(a, name), NULL);
}

static enum err procedure_repeal(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_version_repeal(tx, e->subject_id, json_text(e->payload, "last_day"), NULL);
}

static enum err procedure_perform(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json units = json_get(e->payload, "units");
    enum err err = OK;

    (void)a;
    for (size_t i = 0; !err && i < json_length(units); i++)
        err = q_procedure_unit_add(tx, e->subject_id, json_as_int(json_at(units, i)), NULL);
    units = json_get(e->payload, "without");
    for (size_t i = 0; !err && i < json_length(units); i++)
        err = q_procedure_unit_remove(tx, e->subject_id, json_as_int(json_at(units, i)), NULL);
    return err;
}

static enum err procedure_post(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_posting_add(tx, e->pos, json_int(p, "version"), json_int(p, "unit"), json_text(p, "form"),
                         json_text(p, "posted_on"), NULL);
}

static enum err procedure_unpost(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_posting_remove(tx, e->subject_id, json_text(e->payload, "removed_on"), NULL);
}

const struct projection PROJECT_CATALOGUE[] = {
    {"procedure.add", procedure_add},
    {"procedure.publish", procedure_publish},
    {"procedure.repeal", procedure_repeal},
    {"procedure.perform", procedure_perform},
    {"procedure.post", procedure_post},
    {"procedure.unpost", procedure_unpost},
    {NULL, NULL},
};
