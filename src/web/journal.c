/* The journal, newest first. */
#include "acts/journal.h"

#include "view_journal.h"
#include "web/form.h"
#include "web/url.h"

enum { HASH_SHOWN = 8 }; /* bytes of a hash: enough to compare by eye */

static const struct http_field FIELDS[] = {{.name = "don-vi", .max = 80}, {.name = "truoc", .max = 20}, {NULL}};

struct named {
    struct str code;
    enum word word;
};
static const struct named ACTS[] = {
    {STR_INIT("dossier.receive"), WORD_JOURNAL_DID_DOSSIER_RECEIVE},
    {STR_INIT("dossier.hand_over"), WORD_JOURNAL_DID_DOSSIER_HAND_OVER},
    {STR_INIT("dossier.take"), WORD_JOURNAL_DID_DOSSIER_TAKE},
    {STR_INIT("dossier.assign"), WORD_JOURNAL_DID_DOSSIER_ASSIGN},
    {STR_INIT("dossier.ask_supplement"), WORD_JOURNAL_DID_DOSSIER_ASK_SUPPLEMENT},
    {STR_INIT("dossier.supply"), WORD_JOURNAL_DID_DOSSIER_SUPPLY},
    {STR_INIT("dossier.suspend"), WORD_JOURNAL_DID_DOSSIER_SUSPEND},
    {STR_INIT("dossier.resume"), WORD_JOURNAL_DID_DOSSIER_RESUME},
    {STR_INIT("dossier.extend"), WORD_JOURNAL_DID_DOSSIER_EXTEND},
    {STR_INIT("dossier.finish"), WORD_JOURNAL_DID_DOSSIER_FINISH},
    {STR_INIT("dossier.refuse"), WORD_JOURNAL_DID_DOSSIER_REFUSE},
    {STR_INIT("dossier.withdraw"), WORD_JOURNAL_DID_DOSSIER_WITHDRAW},
    {STR_INIT("dossier.stop"), WORD_JOURNAL_DID_DOSSIER_STOP},
    {STR_INIT("dossier.reopen"), WORD_JOURNAL_DID_DOSSIER_REOPEN},
    {STR_INIT("dossier.hand_out"), WORD_JOURNAL_DID_DOSSIER_HAND_OUT},
    {STR_INIT("dossier.correct"), WORD_JOURNAL_DID_DOSSIER_CORRECT},
    {STR_INIT("dossier.redue"), WORD_JOURNAL_DID_DOSSIER_REDUE},
    {STR_INIT("dossier.give_back"), WORD_JOURNAL_DID_DOSSIER_GIVE_BACK},
    {STR_INIT("dossier.child"), WORD_JOURNAL_DID_DOSSIER_CHILD},
    {STR_INIT("dossier.move_process"), WORD_JOURNAL_DID_DOSSIER_MOVE_PROCESS},
    {STR_INIT("dossier.timer"), WORD_JOURNAL_DID_DOSSIER_TIMER},
    {STR_INIT("dossier.timer_failed"), WORD_JOURNAL_DID_DOSSIER_TIMER_FAILED},
    {STR_INIT("dossier.word"), WORD_JOURNAL_DID_DOSSIER_WORD},
    {STR_INIT("dossier.seen"), WORD_JOURNAL_DID_DOSSIER_SEEN},
    {STR_INIT("absence.begin"), WORD_JOURNAL_DID_ABSENCE_BEGIN},
    {STR_INIT("absence.end"), WORD_JOURNAL_DID_ABSENCE_END},
    {STR_INIT("cooperation.save"), WORD_JOURNAL_DID_COOPERATION_SAVE},
    {STR_INIT("dossier.delivered"), WORD_JOURNAL_DID_DOSSIER_DELIVERED},
    {STR_INIT("peer.save"), WORD_JOURNAL_DID_PEER_SAVE},
    {STR_INIT("dossier.part_out"), WORD_JOURNAL_DID_DOSSIER_PART_OUT},
    {STR_INIT("dossier.read"), WORD_JOURNAL_DID_DOSSIER_READ},
    {STR_INIT("dossier.note"), WORD_JOURNAL_DID_DOSSIER_NOTE},
    {STR_INIT("dossier.event"), WORD_JOURNAL_DID_DOSSIER_EVENT},
    {STR_INIT("dossier.turn_away"), WORD_JOURNAL_DID_DOSSIER_TURN_AWAY},
    {STR_INIT("figure.export"), WORD_JOURNAL_DID_FIGURE_EXPORT},
    {STR_INIT("certificate.request"), WORD_JOURNAL_DID_CERTIFICATE_REQUEST},
    {STR_INIT("certificate.enter"), WORD_JOURNAL_DID_CERTIFICATE_ENTER},
    {STR_INIT("certificate.change"), WORD_JOURNAL_DID_CERTIFICATE_CHANGE},
    {STR_INIT("certificate.warn"), WORD_JOURNAL_DID_CERTIFICATE_WARN},
    {STR_INIT("certificate.register"), WORD_JOURNAL_DID_CERTIFICATE_REGISTER},
    {STR_INIT("document.draft"), WORD_JOURNAL_DID_DOCUMENT_DRAFT},
    {STR_INIT("document.edit"), WORD_JOURNAL_DID_DOCUMENT_EDIT},
    {STR_INIT("document.file"), WORD_JOURNAL_DID_DOCUMENT_FILE},
    {STR_INIT("document.file_drop"), WORD_JOURNAL_DID_DOCUMENT_FILE_DROP},
    {STR_INIT("document.submit"), WORD_JOURNAL_DID_DOCUMENT_SUBMIT},
    {STR_INIT("document.initial"), WORD_JOURNAL_DID_DOCUMENT_INITIAL},
    {STR_INIT("document.comment"), WORD_JOURNAL_DID_DOCUMENT_COMMENT},
    {STR_INIT("document.send_back"), WORD_JOURNAL_DID_DOCUMENT_SEND_BACK},
    {STR_INIT("document.sign"), WORD_JOURNAL_DID_DOCUMENT_SIGN},
    {STR_INIT("document.number"), WORD_JOURNAL_DID_DOCUMENT_NUMBER},
    {STR_INIT("document.seal"), WORD_JOURNAL_DID_DOCUMENT_SEAL},
    {STR_INIT("document.release"), WORD_JOURNAL_DID_DOCUMENT_RELEASE},
    {STR_INIT("document.take_back"), WORD_JOURNAL_DID_DOCUMENT_TAKE_BACK},
    {STR_INIT("document.cancel"), WORD_JOURNAL_DID_DOCUMENT_CANCEL},
    {STR_INIT("document.number_keep"), WORD_JOURNAL_DID_DOCUMENT_NUMBER_KEEP},
    {STR_INIT("document.arrive"), WORD_JOURNAL_DID_DOCUMENT_ARRIVE},
    {STR_INIT("document.register"), WORD_JOURNAL_DID_DOCUMENT_REGISTER},
    {STR_INIT("document.register_new"), WORD_JOURNAL_DID_DOCUMENT_REGISTER_NEW},
    {STR_INIT("document.return"), WORD_JOURNAL_DID_DOCUMENT_RETURN},
    {STR_INIT("document.direct"), WORD_JOURNAL_DID_DOCUMENT_DIRECT},
    {STR_INIT("document.finish"), WORD_JOURNAL_DID_DOCUMENT_FINISH},
    {STR_INIT("document.recall"), WORD_JOURNAL_DID_DOCUMENT_RECALL},
    {STR_INIT("document.recall_answer"), WORD_JOURNAL_DID_DOCUMENT_RECALL_ANSWER},
    {STR_INIT("document.status"), WORD_JOURNAL_DID_DOCUMENT_STATUS},
    {STR_INIT("document.into_file"), WORD_JOURNAL_DID_DOCUMENT_INTO_FILE},
    {STR_INIT("document_issuer.set"), WORD_JOURNAL_DID_DOCUMENT_ISSUER_SET},
    {STR_INIT("document_series.save"), WORD_JOURNAL_DID_DOCUMENT_SERIES_SAVE},
    {STR_INIT("document_type.set"), WORD_JOURNAL_DID_DOCUMENT_TYPE_SET},
    {STR_INIT("exchange.take"), WORD_JOURNAL_DID_EXCHANGE_TAKE},
    {STR_INIT("exchange.tell"), WORD_JOURNAL_DID_EXCHANGE_TELL},
    {STR_INIT("exchange.told"), WORD_JOURNAL_DID_EXCHANGE_TOLD},
    {STR_INIT("exchange_partner.save"), WORD_JOURNAL_DID_EXCHANGE_PARTNER_SAVE},
    {STR_INIT("task.change"), WORD_JOURNAL_DID_TASK_CHANGE},
    {STR_INIT("task.remind"), WORD_JOURNAL_DID_TASK_REMIND},
    {STR_INIT("work_file.save"), WORD_JOURNAL_DID_WORK_FILE_SAVE},
    {STR_INIT("directive.give"), WORD_JOURNAL_DID_DIRECTIVE_GIVE},
    {STR_INIT("report.issue"), WORD_JOURNAL_DID_REPORT_ISSUE},
    {STR_INIT("report.begin"), WORD_JOURNAL_DID_REPORT_BEGIN},
    {STR_INIT("report.move"), WORD_JOURNAL_DID_REPORT_MOVE},
    {STR_INIT("calendar.add"), WORD_JOURNAL_DID_CALENDAR_ADD},
    {STR_INIT("calendar.days"), WORD_JOURNAL_DID_CALENDAR_DAYS},
    {STR_INIT("calendar.hours"), WORD_JOURNAL_DID_CALENDAR_HOURS},
    {STR_INIT("procedure.add"), WORD_JOURNAL_DID_PROCEDURE_ADD},
    {STR_INIT("procedure.publish"), WORD_JOURNAL_DID_PROCEDURE_PUBLISH},
    {STR_INIT("process.save"), WORD_JOURNAL_DID_PROCESS_SAVE},
    {STR_INIT("process.publish"), WORD_JOURNAL_DID_PROCESS_PUBLISH},
    {STR_INIT("procedure.repeal"), WORD_JOURNAL_DID_PROCEDURE_REPEAL},
    {STR_INIT("procedure.perform"), WORD_JOURNAL_DID_PROCEDURE_PERFORM},
    {STR_INIT("procedure.post"), WORD_JOURNAL_DID_PROCEDURE_POST},
    {STR_INIT("procedure.unpost"), WORD_JOURNAL_DID_PROCEDURE_UNPOST},
    {STR_INIT("unit.add"), WORD_JOURNAL_DID_UNIT_ADD},
    {STR_INIT("unit.change"), WORD_JOURNAL_DID_UNIT_CHANGE},
    {STR_INIT("unit.succeed"), WORD_JOURNAL_DID_UNIT_SUCCEED},
    {STR_INIT("field.set"), WORD_JOURNAL_DID_FIELD_SET},
    {STR_INIT("reason.set"), WORD_JOURNAL_DID_REASON_SET},
    {STR_INIT("person.add"), WORD_JOURNAL_DID_PERSON_ADD},
    {STR_INIT("person.change"), WORD_JOURNAL_DID_PERSON_CHANGE},
    {STR_INIT("person.password"), WORD_JOURNAL_DID_PERSON_PASSWORD},
    {STR_INIT("person.sign_in"), WORD_JOURNAL_DID_PERSON_SIGN_IN},
    {STR_INIT("role.define"), WORD_JOURNAL_DID_ROLE_DEFINE},
    {STR_INIT("grant.add"), WORD_JOURNAL_DID_GRANT_ADD},
    {STR_INIT("grant.end"), WORD_JOURNAL_DID_GRANT_END},
    {STR_INIT("delegation.add"), WORD_JOURNAL_DID_DELEGATION_ADD},
    {STR_INIT("delegation.end"), WORD_JOURNAL_DID_DELEGATION_END},
};
static const struct named SUBJECTS[] = {
    {STR_INIT("dossier"), WORD_JOURNAL_ON_DOSSIER},
    {STR_INIT("document"), WORD_JOURNAL_ON_DOCUMENT},
    {STR_INIT("document_issuer"), WORD_JOURNAL_ON_DOCUMENT_ISSUER},
    {STR_INIT("document_series"), WORD_JOURNAL_ON_DOCUMENT_SERIES},
    {STR_INIT("document_type"), WORD_JOURNAL_ON_DOCUMENT_TYPE},
    {STR_INIT("exchange_partner"), WORD_JOURNAL_ON_EXCHANGE_PARTNER},
    {STR_INIT("task"), WORD_JOURNAL_ON_TASK},
    {STR_INIT("work_file"), WORD_JOURNAL_ON_WORK_FILE},
    {STR_INIT("unit"), WORD_JOURNAL_ON_UNIT},
    {STR_INIT("person"), WORD_JOURNAL_ON_PERSON},
    {STR_INIT("procedure"), WORD_JOURNAL_ON_PROCEDURE},
    {STR_INIT("version"), WORD_JOURNAL_ON_VERSION},
    {STR_INIT("posting"), WORD_JOURNAL_ON_POSTING},
    {STR_INIT("calendar"), WORD_JOURNAL_ON_CALENDAR},
    {STR_INIT("field"), WORD_JOURNAL_ON_FIELD},
    {STR_INIT("reason"), WORD_JOURNAL_ON_REASON},
    {STR_INIT("role"), WORD_JOURNAL_ON_ROLE},
    {STR_INIT("grant"), WORD_JOURNAL_ON_GRANT},
    {STR_INIT("delegation"), WORD_JOURNAL_ON_DELEGATION},
    {STR_INIT("absence"), WORD_JOURNAL_ON_ABSENCE},
    {STR_INIT("cooperation"), WORD_JOURNAL_ON_COOPERATION},
    {STR_INIT("peer"), WORD_JOURNAL_ON_PEER},
};

static const struct named *find(const struct named *table, size_t count, struct str code)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(table[i].code, code))
            return &table[i];
    return NULL;
}

/* An act or subject of a later version is shown by its code. */
static struct str act_text(const struct web *w, struct str act)
{
    const struct named *n = find(ACTS, sizeof ACTS / sizeof ACTS[0], act);

    return n ? form_say(w, n->word) : act;
}

/* "dossier/1234" */
static struct str subject_text(const struct web *w, struct str subject)
{
    struct str rest = subject, kind;

    if (!str_split(&rest, '/', &kind))
        return subject;
    const struct named *n = find(SUBJECTS, sizeof SUBJECTS / sizeof SUBJECTS[0], kind);
    return n ? word_format(w->ctx->arena, w->ctx->lang, n->word, &rest, 1) : subject;
}

/* Subjects that have a page by their number. A dossier has one by its code, which is not told here. */
static bool subject_page(const struct web *w, struct str subject, struct url *ret)
{
    struct arena *a = w->ctx->arena;
    struct str rest = subject, kind;

    if (!str_split(&rest, '/', &kind))
        return false;
    if (str_eq(kind, STR("unit")))
        *ret = URL_PATH(a, "/qt/don-vi/%", rest);
    else if (str_eq(kind, STR("person")))
        *ret = URL_PATH(a, "/qt/nguoi-dung/%", rest);
    else
        return false;
    return true;
}

static struct str hash_text(struct arena *a, struct str hash)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < hash.n && i < HASH_SHOWN; i++)
        buf_format(&b, "%02x", (unsigned)(unsigned char)hash.p[i]);
    return buf_str(&b);
}

static struct view_journal_row row_of(const struct web *w, const struct q_journal_recent *j)
{
    struct arena *a = w->ctx->arena;
    struct view_journal_row v = {
        .at = form_instant(w, j->recorded_at),
        .happened = str_eq(j->happened_at, j->recorded_at) ? STR("") : form_instant(w, j->happened_at),
        .who = j->actor_name_null ? form_say(w, WORD_JOURNAL_SYSTEM) : j->actor_name,
        .did = act_text(w, j->act),
        .code = j->act,
        .subject = subject_text(w, j->subject),
        .unit = j->unit,
        .seq = word_int(a, w->ctx->lang, j->seq),
        .hash = hash_text(a, j->hash),
    };

    v.has_page = subject_page(w, j->subject, &v.page);
    return v;
}

/* Chains to choose from: those one may read; all of them together only for who may read them all. */
static enum err chain_options(struct web *w, struct str chosen, struct view_form_option **ret, size_t *ret_count)
{
    struct arena *a = w->ctx->arena;
    struct q_journal_chains *chain;
    size_t count, n = 0;
    bool found = chosen.n == 0;
    enum err err = act_journal_chains(w->ctx, &chain, &count);

    if (err)
        return err;
    struct view_form_option *o = ARENA_ARRAY(a, struct view_form_option, count + 2);
    if (found)
        o[n++] = (struct view_form_option){STR(""), form_say(w, WORD_JOURNAL_ALL_CHAINS), true};
    for (size_t i = 0; i < count; i++) {
        bool here = str_eq(chain[i].unit, chosen);
        struct str label = chain[i].name_null ? chain[i].unit
                                              : str_format(a, "%" PRIstr " (%" PRIstr ")", STR_ARG(chain[i].name),
                                                           STR_ARG(chain[i].unit));
        o[n++] = (struct view_form_option){chain[i].unit, label, here};
        found |= here;
    }
    if (!found)
        o[n++] = (struct view_form_option){chosen, chosen, true};
    *ret = o;
    *ret_count = n;
    return OK;
}

/* Without a filter one sees everything, or, who may not, the chain of one's own unit. */
static enum err load(struct web *w, struct act_journal_recent *act)
{
    enum err err = act_journal_recent(act, w->ctx);

    if (err != ERR_FORBIDDEN || act->unit.n)
        return err;
    act->unit = w->ctx->actor.unit_code;
    return act_journal_recent(act, w->ctx);
}

static enum err show(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct act_journal_recent act = {.unit = web_field(w, "don-vi"), .before = web_int(w, "truoc", 1, INT64_MAX, 0)};
    struct view_journal_list v = {.search = URL_PATH(a, "/qt/nhat-ky")};
    struct view_form_option *option;
    struct html_out o = web_out(w);
    struct form_head head = {.heading = WORD_JOURNAL_TITLE, .sub = form_say(w, WORD_JOURNAL_SUB)};
    enum err err = load(w, &act);

    if (!err)
        err = chain_options(w, act.unit, &option, &v.unit_count);
    if (err)
        return err;
    struct view_journal_row *row = ARENA_ARRAY(a, struct view_journal_row, act.row_count);
    for (size_t i = 0; i < act.row_count; i++)
        row[i] = row_of(w, &act.row[i]);
    v.unit = option;
    v.row = row;
    v.row_count = act.row_count;
    v.has_next = act.next > 0;
    v.next = url_with_int(a, URL_PATH(a, "/qt/nhat-ky"), "truoc", act.next);
    if (act.unit.n)
        v.next = url_with(a, v.next, "don-vi", act.unit);
    form_head(&o, w, &head);
    view_journal_list(&o, &v);
    return web_staff_page(w, MENU_JOURNAL, form_say(w, WORD_JOURNAL_TITLE), html_done(&o));
}

const struct web_route ROUTES_JOURNAL[] = {
    {HTTP_GET, "/qt/nhat-ky", WEB_STAFF, FIELDS, show},
    {HTTP_GET, NULL, WEB_STAFF, NULL, NULL},
};
