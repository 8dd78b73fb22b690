/* What may be done to a document now: a card with a form for each act. */
#include "acts/desk.h"
#include "web/document.h"
#include "web/document_sign.h"

struct url document_act_url(const struct web *w, int64_t id, const char *act)
{
    return URL_PATH(w->ctx->arena, "/vb/%/%", form_number(w, id), str_of(act));
}

static void begin(struct form *f, struct web *w, const struct act_document *act, const char *path, const char *prefix, bool typed)
{
    struct html_out hidden = web_out(w);

    form_begin(f, w, document_act_url(w, act->id, path), prefix, typed);
    view_document_hidden(&hidden, &(struct view_document_hidden){.version = form_number(w, act->d.version), .dossier = STR("")});
    form_note(f, html_done(&hidden));
}

/* A card with a note and a button: most acts need no more. */
static void named_card(struct web *w, struct html_out *o, const struct act_document *act, const char *path, enum word name, enum word note)
{
    struct form f;

    begin(&f, w, act, path, path, false);
    if (note != WORD_COMMON_OPTIONAL)
        form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = note, .optional = note == WORD_COMMON_NOTE});
    form_card(o, name, form_end(&f, name));
}

static void simple_card(struct web *w, struct html_out *o, const struct act_document *act, const char *path, enum document_act what, enum word note)
{
    named_card(w, o, act, path, document_act_word(what), note);
}

/* What the sender asks of one that came in, and how the registry answers. */
static const struct recall {
    struct str what;
    enum word asked, yes, no;
} RECALLS[] = {
    {STR_INIT("withdraw"), WORD_DOCUMENT_RECALL_WITHDRAW, WORD_DOCUMENT_ACT_ALLOW_WITHDRAWAL, WORD_DOCUMENT_RECALL_NO_WITHDRAW},
    {STR_INIT("update"), WORD_DOCUMENT_RECALL_UPDATE, WORD_DOCUMENT_RECALL_YES_UPDATE, WORD_DOCUMENT_RECALL_NO_UPDATE},
    {STR_INIT("replace"), WORD_DOCUMENT_RECALL_REPLACE, WORD_DOCUMENT_RECALL_YES_REPLACE, WORD_DOCUMENT_RECALL_NO_REPLACE},
};

static const struct recall *recall_of(struct str what)
{
    for (size_t i = 0; i < sizeof RECALLS / sizeof RECALLS[0]; i++)
        if (str_eq(RECALLS[i].what, what))
            return &RECALLS[i];
    return &RECALLS[0];
}

enum word document_recall_word(struct str what)
{
    return recall_of(what)->asked;
}

static void recall_card(struct web *w, struct html_out *o, const struct act_document *act, const char *path, enum word what, bool optional)
{
    struct form f;

    begin(&f, w, act, path, path, false);
    form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = optional ? WORD_COMMON_NOTE : WORD_DOCUMENT_REASON, .optional = optional});
    form_card(o, what, form_end(&f, what));
}

static void recall_cards(struct web *w, struct html_out *o, const struct act_document *act)
{
    const struct recall *r = recall_of(act->d.recall);

    recall_card(w, o, act, "cho-thu-hoi", r->yes, true);
    recall_card(w, o, act, "khong-thu-hoi", r->no, false);
}

static enum err submit_card(struct web *w, struct html_out *o, const struct act_document *act, bool typed)
{
    struct q_person_able *head;
    size_t count;
    struct form f;
    enum err err = act_colleagues(w->ctx, w->ctx->actor.unit, RIGHT_DOCUMENT_SIGN, &head, &count);

    begin(&f, w, act, "trinh", "t-", typed);
    if (err && err != ERR_FORBIDDEN)
        return err;
    if (err)
        count = 0;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
    for (size_t i = 0; i < count; i++)
        choice[i] = (struct form_choice){.value = form_number(w, head[i].id), .label = str_format(w->ctx->arena, "%" PRIstr " – %" PRIstr, STR_ARG(head[i].name), STR_ARG(head[i].title))};
    if (count)
        form_add(&f, &(struct form_input){.name = "initial", .kind = FORM_TICKS, .label = WORD_DOCUMENT_INITIALS, .choice = choice, .choice_count = count, .optional = true});
    form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_COMMON_NOTE, .optional = true});
    form_card(o, WORD_DOCUMENT_ACT_SUBMIT, form_end(&f, WORD_DOCUMENT_ACT_SUBMIT));
    return OK;
}

static void comment_card(struct web *w, struct html_out *o, const struct act_document *act, bool typed)
{
    struct form f;

    begin(&f, w, act, "gop-y", "y-", typed);
    form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_DOCUMENT_TEXT});
    form_card(o, WORD_DOCUMENT_ACT_COMMENT, form_end(&f, WORD_DOCUMENT_ACT_COMMENT));
}

static void file_card(struct web *w, struct html_out *o, const struct act_document *act, bool typed)
{
    struct form f;

    begin(&f, w, act, "tep", "p-", typed);
    form_add(&f, &(struct form_input){.name = "file", .kind = FORM_FILE, .label = WORD_DOCUMENT_FILE, .hint = form_say(w, WORD_DOCUMENT_FILE_HINT)});
    form_add(&f, &(struct form_input){.name = "main", .kind = FORM_TICK, .label = WORD_DOCUMENT_FILE_IS_MAIN});
    form_card(o, WORD_DOCUMENT_FILE_ADD, form_end(&f, WORD_DOCUMENT_FILE_ADD));
}

static void number_card(struct web *w, struct html_out *o, const struct act_document *act, bool typed)
{
    struct form f;

    begin(&f, w, act, "cap-so", "s-", typed);
    form_add(&f, &(struct form_input){.name = "date", .kind = FORM_DATE, .label = WORD_DOCUMENT_DATED, .value = web_day(w, ctx_today(w->ctx))});
    form_beside(&f, &(struct form_input){.name = "kept", .kind = FORM_LINE, .label = WORD_DOCUMENT_KEPT_USE, .optional = true});
    form_card(o, WORD_DOCUMENT_ACT_NUMBER, form_end(&f, WORD_DOCUMENT_ACT_NUMBER));
}

static enum err direct_card(struct web *w, struct html_out *o, const struct act_document *act, bool typed)
{
    struct form_choice *unit, *person;
    size_t units, count;
    struct q_person_able *able;
    struct form f;
    enum err err = task_unit_choices(w, act->d.unit_id, &unit, &units);

    begin(&f, w, act, "chi-dao", "c-", typed);
    if (!err)
        err = act_colleagues(w->ctx, act->d.unit_id, RIGHT_DOCUMENT_DRAFT, &able, &count);
    if (err && err != ERR_FORBIDDEN)
        return err;
    if (err)
        count = 0;
    person = ARENA_ARRAY(w->ctx->arena, struct form_choice, count + 1);
    person[0] = (struct form_choice){.value = STR(""), .label = form_say(w, WORD_DOCUMENT_WHOEVER)};
    for (size_t i = 0; i < count; i++)
        person[i + 1] = (struct form_choice){.value = form_number(w, able[i].id), .label = able[i].name};
    form_add(&f, &(struct form_input){.name = "content", .kind = FORM_AREA, .label = WORD_DOCUMENT_TASK_CONTENT});
    form_add(&f, &(struct form_input){.name = "lead", .kind = FORM_SELECT, .label = WORD_DOCUMENT_ROLE_LEAD, .choice = unit, .choice_count = units});
    form_beside(&f, &(struct form_input){.name = "person", .kind = FORM_SELECT, .label = WORD_DOCUMENT_TASK_PERSON, .choice = person, .choice_count = count + 1, .optional = true});
    form_beside(&f, &(struct form_input){.name = "due", .kind = FORM_DATE, .label = WORD_DOCUMENT_DUE, .value = form_day(w, act->d.due_on), .optional = true});
    form_add(&f, &(struct form_input){.name = "support", .kind = FORM_TICKS, .label = WORD_DOCUMENT_ROLE_SUPPORT, .choice = unit, .choice_count = units, .optional = true});
    form_card(o, WORD_DOCUMENT_ACT_DIRECT, form_end(&f, WORD_DOCUMENT_ACT_DIRECT));
    return OK;
}

static enum err register_card(struct web *w, struct html_out *o, const struct act_document *act, bool typed)
{
    struct form_choice *type, *urgency;
    size_t types, urgencies;
    struct form f;
    enum err err = document_type_choices(w, WORD_DOCUMENT_CHOOSE, &type, &types);

    begin(&f, w, act, "dang-ky", "k-", typed);
    if (!err)
        err = document_urgency_choices(w, &urgency, &urgencies);
    if (err)
        return err;
    form_add(&f, &(struct form_input){.name = "type", .kind = FORM_SELECT, .label = WORD_DOCUMENT_TYPE, .value = act->d.type, .choice = type, .choice_count = types});
    form_beside(&f, &(struct form_input){.name = "urgency", .kind = FORM_SELECT, .label = WORD_DOCUMENT_URGENCY, .value = form_number(w, act->d.urgency), .choice = urgency,
                                         .choice_count = urgencies});
    form_beside(&f, &(struct form_input){.name = "due", .kind = FORM_DATE, .label = WORD_DOCUMENT_DUE, .value = form_day(w, act->d.due_on), .optional = true});
    form_add(&f, &(struct form_input){.name = "subject", .kind = FORM_LINE, .label = WORD_DOCUMENT_SUBJECT, .value = act->d.subject});
    form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_COMMON_NOTE, .optional = true});
    form_card(o, WORD_DOCUMENT_ACT_REGISTER, form_end(&f, WORD_DOCUMENT_REGISTER));
    return OK;
}

/* A document that the leader signed on paper gets its seal there, too. */
static bool is_signed_digitally(const struct act_document *act)
{
    for (size_t i = 0; i < act->step_count; i++)
        if (str_eq(act->step[i].kind, STR("sign")) && act->step[i].certificate.n)
            return true;
    return false;
}

/* `typed`: the act whose form came back. */
enum err document_cards(struct web *w, struct html_out *o, const struct act_document *act, int typed)
{
    const bool *may = act->may;
    enum err err = OK;

    if (may[DOCUMENT_EDIT])
        file_card(w, o, act, typed == DOCUMENT_EDIT);
    if (may[DOCUMENT_SUBMIT])
        err = submit_card(w, o, act, typed == DOCUMENT_SUBMIT);
    if (!err && may[DOCUMENT_REGISTER])
        err = register_card(w, o, act, typed == DOCUMENT_REGISTER);
    if (!err && may[DOCUMENT_DIRECT])
        err = direct_card(w, o, act, typed == DOCUMENT_DIRECT);
    if (err)
        return err;
    if (may[DOCUMENT_INITIAL])
        simple_card(w, o, act, "ky-nhay", DOCUMENT_INITIAL, WORD_COMMON_NOTE);
    if (may[DOCUMENT_SIGN] || (may[DOCUMENT_SEAL] && is_signed_digitally(act)))
        html_put(o, document_signer_of(w, act->id));
    if (may[DOCUMENT_SIGN])
        named_card(w, o, act, "ky-tay", WORD_DOCUMENT_SIGN_BY_HAND, WORD_COMMON_NOTE);
    if (may[DOCUMENT_NUMBER])
        number_card(w, o, act, typed == DOCUMENT_NUMBER);
    if (may[DOCUMENT_RELEASE])
        simple_card(w, o, act, "phat-hanh", DOCUMENT_RELEASE, WORD_COMMON_NOTE);
    if (may[DOCUMENT_ALLOW_WITHDRAWAL] || (act->is_registry && act->d.recall.n))
        recall_cards(w, o, act);
    if (may[DOCUMENT_SEND_BACK])
        simple_card(w, o, act, "tra-lai", DOCUMENT_SEND_BACK, WORD_DOCUMENT_REASON);
    if (may[DOCUMENT_COMMENT])
        comment_card(w, o, act, typed == DOCUMENT_COMMENT);
    if (may[DOCUMENT_RETURN])
        simple_card(w, o, act, "tra-noi-gui", DOCUMENT_RETURN, WORD_DOCUMENT_REASON);
    if (may[DOCUMENT_TAKE_BACK])
        simple_card(w, o, act, "thu-hoi", DOCUMENT_TAKE_BACK, WORD_DOCUMENT_REASON);
    if (may[DOCUMENT_FINISH])
        simple_card(w, o, act, "ket-thuc", DOCUMENT_FINISH, WORD_COMMON_NOTE);
    if (may[DOCUMENT_CANCEL])
        simple_card(w, o, act, "huy", DOCUMENT_CANCEL, WORD_DOCUMENT_REASON);
    return OK;
}
