/* motcua paper - an official form of a dossier, or the receipts of a day, as PDF/A. */
#include "acts/form.h"
#include "app/command.h"
#include "paper/pdf.h"
#include "sql_unit.h"
#include "web/qr.h"

struct paper_asked {
    struct str form, code, out, base, unit, on;
    bool is_day;
    struct date day;
};

static enum err qr_of(void *arg, struct arena *a, struct str code, struct str *ret_modules, struct str *ret_side)
{
    const struct paper_asked *k = arg;
    struct qr qr;

    if (!k->base.n)
        return OK;
    enum err err = qr_encode(a, str_format(a, "%" PRIstr "/h/%" PRIstr, STR_ARG(k->base), STR_ARG(code)), &qr);
    if (err)
        return err;
    *ret_modules = qr.path;
    *ret_side = qr.side;
    return OK;
}

static enum exit_status of_dossier(struct session *s, struct paper_asked *k, struct paper_document *ret)
{
    struct form_data *data = ARENA_NEW(s->arena, struct form_data);
    struct form form;
    enum err err = act_dossier_form(&s->ctx, k->code, data);

    if (err == ERR_NOT_FOUND) {
        complain("no dossier '%" PRIstr "'", STR_ARG(k->code));
        return EXIT_USAGE;
    }
    if (err)
        return complain_err("cannot read the dossier", err, s->db);
    err = form_find(s->arena, k->form, data->on, &form);
    if (err == ERR_NOT_FOUND) {
        complain("no form '%" PRIstr "' on %" PRIstr, STR_ARG(k->form), STR_ARG(date_iso(s->arena, data->on)));
        return EXIT_USAGE;
    }
    if (!err)
        err = qr_of(k, s->arena, k->code, &data->qr, &data->qr_side);
    if (!err)
        err = form_document(s->arena, &form, data, ret);
    if (err == ERR_NOT_FOUND) {
        complain("'%" PRIstr "' does not apply to this dossier", STR_ARG(k->form));
        return EXIT_NO;
    }
    return err ? complain_err("cannot fill the form", err, s->db) : EXIT_DONE;
}

static enum exit_status of_day(struct session *s, struct paper_asked *k, struct paper_document *ret)
{
    struct q_unit_by_code unit;
    size_t count;
    enum err err = q_unit_by_code(s->db, s->arena, k->unit, k->on, &unit);

    if (err == ERR_NOT_FOUND) {
        complain("no unit '%" PRIstr "' on %" PRIstr, STR_ARG(k->unit), STR_ARG(k->on));
        return EXIT_USAGE;
    }
    if (!err)
        err = act_day_receipts(&s->ctx, unit.id, k->day, qr_of, k, ret, &count);
    if (err == ERR_NOT_FOUND) {
        complain("nothing was received on %" PRIstr, STR_ARG(k->on));
        return EXIT_NO;
    }
    if (err == ERR_LIMIT) {
        complain("more than %d receipts do not fit one file", FORM_DAY_MAX);
        return EXIT_NO;
    }
    return err ? complain_err("cannot make the receipts", err, s->db) : EXIT_DONE;
}

static enum exit_status make(struct session *s, struct paper_asked *k)
{
    struct paper_document d;
    struct str bytes;
    enum exit_status status = k->is_day ? of_day(s, k, &d) : of_dossier(s, k, &d);

    if (status)
        return status;
    enum err err = paper_pdf(s->arena, &d, &bytes);
    return err ? complain_err("cannot draw the paper", err, s->db) : write_file(s->arena, k->out, bytes);
}

enum exit_status command_paper(struct args *args)
{
    struct paper_asked k = {.base = STR("")};
    struct session s;
    struct str address = store_address(args);
    bool complete = args_option(args, "--out", &k.out);

    args_option(args, "--public-base", &k.base);
    bool has_unit = args_option(args, "--unit", &k.unit);
    k.is_day = args_option(args, "--day", &k.on) && has_unit;
    complete = args_word(args, &k.form) && complete;
    complete &= k.is_day ? str_eq(k.form, STR("giay-tiep-nhan")) && date_parse(k.on, &k.day) == OK : !has_unit && args_word(args, &k.code);
    if (!args_done(args))
        return EXIT_USAGE;
    if (!complete) {
        complain("paper needs FORM DOSSIER, or giay-tiep-nhan --unit CODE --day 2018-03-01, and --out");
        return EXIT_USAGE;
    }
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);
    if (status)
        return status;
    status = make(&s, &k);
    session_close(&s);
    return status;
}
