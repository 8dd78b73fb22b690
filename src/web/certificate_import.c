/* A list of certificates from a file, with what became of each line. */
#include "web/certificate.h"

static const struct http_field FIELDS[] = {{.name = "file", .max = HTTP_BODY_MAX, .file = true}, {.name = "buoc", .max = 8}, {.name = NULL}};

static struct str columns(const struct web *w)
{
    struct buf b = buf_in(w->ctx->arena);

    for (size_t i = 0; i < certificate_column_count(); i++)
        buf_format(&b, "%s%" PRIstr, i ? ", " : "", STR_ARG(form_say(w, certificate_column_word(i))));
    return buf_str(&b);
}

static struct html refusals(struct web *w, const struct act_certificate_enter *list)
{
    struct html_out o = web_out(w);
    struct view_certificate_refused *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_refused, list->row_count);
    size_t n = 0;

    for (size_t i = 0; i < list->row_count; i++)
        if (list->row[i].is_refused)
            row[n++] = (struct view_certificate_refused){(int64_t)list->row[i].line, list->row[i].name,
                                                         word_format(w->ctx->arena, w->ctx->lang, list->row[i].problem, &list->row[i].problem_of, 1)};
    view_certificate_refusals(&o, &(struct view_certificate_refusals){.row = row, .row_count = n});
    return html_done(&o);
}

/* `done`: what was entered, with lines that were left out. */
static enum err page(struct web *w, const struct act_certificate_enter *done, bool typed)
{
    struct form f;
    struct html_out o = web_out(w);
    struct str names[] = {columns(w)};
    enum err err = right_check_any(w->ctx, RIGHT_CERTIFICATE_EDIT);

    if (err)
        return err;
    struct str entered[] = {form_number(w, done ? (int64_t)done->entered : 0)};
    form_head(&o, w, &(struct form_head){.heading = WORD_CERTIFICATE_IMPORT, .back = certificate_home(w), .back_label = WORD_CERTIFICATE_TITLE, .has_back = true,
                                         .sub = done ? word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_SAID_IMPORTED, entered, 1) : STR("")});
    if (done)
        form_card(&o, WORD_CERTIFICATE_REFUSED, refusals(w, done));
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/vt/chung-thu-so/nhap"), "n-", typed);
    form_add(&f, &(struct form_input){.name = "file", .kind = FORM_FILE, .label = WORD_CERTIFICATE_IMPORT_FILE,
                                      .hint = word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_IMPORT_LEAD, names, 1)});
    form_card(&o, WORD_CERTIFICATE_IMPORT, form_end(&f, WORD_CERTIFICATE_IMPORT));
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CERTIFICATE, form_say(w, WORD_CERTIFICATE_IMPORT), html_done(&o));
}

static enum err form(struct web *w)
{
    return page(w, NULL, false);
}

static enum err import(struct web *w)
{
    struct act_certificate_import act = {.file = STR("")};

    web_check_fields(w);
    for (size_t i = 0; i < w->rq->value_count; i++)
        if (str_eq(str_of(w->rq->value[i].name), STR("file")))
            act.file = w->rq->value[i].text;
    enum err err = act_certificate_import(&act, w->ctx);
    if (form_is_refused(w, err))
        return page(w, NULL, true);
    if (err)
        return err;
    if (act.list.entered < act.list.row_count)
        return page(w, &act.list, false);
    return web_redirect_saying(w, certificate_home(w), WORD_CERTIFICATE_SAID_IMPORTED, form_number(w, (int64_t)act.list.entered));
}

const struct web_route ROUTES_CERTIFICATE_IMPORT[] = {
    {HTTP_GET, "/vt/chung-thu-so/nhap", WEB_STAFF, NULL, form},
    {HTTP_POST, "/vt/chung-thu-so/nhap", WEB_STAFF, FIELDS, import},
    {.path = NULL},
};
