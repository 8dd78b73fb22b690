/* What is done to a dossier when its form comes in. */
#include "web/dossier.h"

#include "web/answer.h"

static struct act_on on_of(struct web *w, const struct dossier_view *d)
{
    return (struct act_on){
        .id = d->d.id, .version = web_int(w, "version", 0, INT64_MAX, 0), .task = web_int(w, "task", 0, INT64_MAX, 0), .note = web_field(w, "note")};
}

static enum err run_hand_over(struct web *w, struct act_on *on)
{
    struct act_hand_over act = {
        .on = *on,
        .to_step = web_int(w, "step", 0, 99, 0),
        .to_unit = web_int(w, "unit", 0, INT64_MAX, 0),
        .choice = web_field(w, "choice"),
    };
    enum err err = act_hand_over(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_assign(struct web *w, struct act_on *on)
{
    struct act_assign act = {.on = *on, .person = web_int(w, "person", 0, INT64_MAX, 0)};
    enum err err = act_assign(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_ask_supplement(struct web *w, struct act_on *on)
{
    struct arena *a = w->ctx->arena;
    const struct str *paper, *what;
    size_t papers = http_value_all(w->rq, a, "d_paper", &paper), count = http_value_all(w->rq, a, "d_what", &what);
    struct act_defect *defect = ARENA_ARRAY(a, struct act_defect, count);
    struct act_ask_supplement act = {.on = *on, .defect = defect};

    for (size_t i = 0; i < count && i < papers; i++) {
        int64_t no;
        if (str_is_empty(str_trim(what[i])) || str_parse_int(paper[i], 0, 999, &no))
            continue;
        defect[act.defect_count++] = (struct act_defect){no, str_trim(what[i])};
    }
    enum err err = act_ask_supplement(&act, w->ctx);
    *on = act.on;
    return err;
}

static enum err run_supply(struct web *w, struct act_on *on, bool resumes)
{
    struct act_supply act = {.on = *on};
    enum err err = resumes ? act_resume(&act, w->ctx) : act_supply(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_suspend(struct web *w, struct act_on *on)
{
    struct act_suspend act = {.on = *on, .reason = web_field(w, "reason")};
    enum err err = act_suspend(&act, w->ctx);

    *on = act.on;
    return err;
}

/* The new date keeps the clock time of the old one. */
static enum err run_extend(struct web *w, const struct dossier_view *d, struct act_on *on)
{
    struct act_extend act = {.on = *on, .cause = web_field(w, "cause")};
    struct date day;

    if (!web_date(w, "due", &day)) {
        if (!w->ctx->problems.count)
            problem_add(w->ctx, "due", WORD_PROBLEM_REQUIRED, STR(""));
        return ERR_INVALID;
    }
    act.new_due_at = zone_instant(d->office.zone, (struct local){day, d->due.ms_of_day});
    enum err err = act_extend(&act, w->ctx);
    *on = act.on;
    return err;
}

static enum err run_finish(struct web *w, struct act_on *on, bool refuses)
{
    struct act_finish act = {.on = *on, .result_no = web_field(w, "result_no")};
    enum err err = refuses ? act_refuse(&act, w->ctx) : act_finish(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_hand_out(struct web *w, struct act_on *on)
{
    struct act_hand_out act = {.on = *on, .to = web_field(w, "to"), .fee_paid = web_checked(w, "fee_paid")};
    enum err err = act_hand_out(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_correct(struct web *w, const struct dossier_view *d, struct act_on *on)
{
    struct act_correct act = {
        .on = *on,
        .applicant = {.name = web_field(w, "name"), .kind = (enum applicant_kind)d->d.applicant_kind,
                      .id_no = web_field(w, "id_no"), .birth = web_field(w, "birth"), .phone = web_field(w, "phone"),
                      .email = web_field(w, "email"), .address = web_field(w, "address")},
        .submitter = web_field(w, "submitter"),
        .summary = web_field(w, "summary"),
    };
    enum err err = act_correct(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_give_back(struct web *w, struct act_on *on)
{
    struct act_give_back act = {.on = *on, .to_task = web_int(w, "back", 0, INT64_MAX, 0)};
    enum err err = act_give_back(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_child(struct web *w, struct act_on *on)
{
    struct act_child act = {.on = *on, .code = web_field(w, "code")};
    enum err err = act_child(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_part_out(struct web *w, struct act_on *on)
{
    struct act_part_out act = {.on = *on, .what = web_field(w, "what"), .to = web_field(w, "to")};
    enum err err = act_part_out(&act, w->ctx);

    *on = act.on;
    return err;
}

static enum err run_move_process(struct web *w, struct act_on *on)
{
    struct act_move_process act = {.on = *on};
    enum err err = act_move_process(&act, w->ctx);

    *on = act.on;
    return err;
}

enum err dossier_act_run(struct web *w, const struct dossier_act_page *page, const struct dossier_view *d,
                         struct dossier_verdict *ret_verdict)
{
    struct act_on on = on_of(w, d);
    enum err err = ERR_BUG;

    switch (page->act) {
    case DOSSIER_HAND_OVER:      err = run_hand_over(w, &on); break;
    case DOSSIER_TAKE:           err = act_take(&on, w->ctx); break;
    case DOSSIER_ASSIGN:         err = run_assign(w, &on); break;
    case DOSSIER_ASK_SUPPLEMENT: err = run_ask_supplement(w, &on); break;
    case DOSSIER_SUPPLY:         err = run_supply(w, &on, false); break;
    case DOSSIER_SUSPEND:        err = run_suspend(w, &on); break;
    case DOSSIER_RESUME:         err = run_supply(w, &on, true); break;
    case DOSSIER_EXTEND:         err = run_extend(w, d, &on); break;
    case DOSSIER_FINISH:         err = run_finish(w, &on, false); break;
    case DOSSIER_REFUSE:         err = run_finish(w, &on, true); break;
    case DOSSIER_WITHDRAW:       err = act_withdraw(&on, w->ctx); break;
    case DOSSIER_STOP:           err = act_stop(&on, w->ctx); break;
    case DOSSIER_REOPEN:         err = act_reopen(&on, w->ctx); break;
    case DOSSIER_HAND_OUT:       err = run_hand_out(w, &on); break;
    case DOSSIER_CORRECT:        err = run_correct(w, d, &on); break;
    case DOSSIER_GIVE_BACK:      err = run_give_back(w, &on); break;
    case DOSSIER_CHILD:          err = run_child(w, &on); break;
    case DOSSIER_PART_OUT:       err = run_part_out(w, &on); break;
    case DOSSIER_MOVE_PROCESS:   err = run_move_process(w, &on); break;
    case DOSSIER_ACT__COUNT:     break;
    }
    *ret_verdict = on.verdict;
    return err;
}
