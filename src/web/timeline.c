#include "web/timeline.h"

/* ---- the story ---- */

/* `hole`: what fills {1}: "step" the name of the step, "date" the new date, else a text of the payload. */
static const struct story {
    struct str act;
    enum word title;
    const char *hole;
    struct str class;
} STORIES[] = {
    {STR_INIT("dossier.receive"), WORD_DOSSIER_PAGE_DID_RECEIVE, NULL, STR_INIT("ok")},
    {STR_INIT("dossier.hand_over"), WORD_DOSSIER_PAGE_DID_HAND_OVER, "step", STR_INIT("")},
    {STR_INIT("dossier.take"), WORD_DOSSIER_PAGE_DID_TAKE, NULL, STR_INIT("")},
    {STR_INIT("dossier.assign"), WORD_DOSSIER_PAGE_DID_ASSIGN, NULL, STR_INIT("")},
    {STR_INIT("dossier.ask_supplement"), WORD_DOSSIER_PAGE_DID_ASK_SUPPLEMENT, NULL, STR_INIT("canh")},
    {STR_INIT("dossier.supply"), WORD_DOSSIER_PAGE_DID_SUPPLY, NULL, STR_INIT("ok")},
    {STR_INIT("dossier.suspend"), WORD_DOSSIER_PAGE_DID_SUSPEND, NULL, STR_INIT("canh")},
    {STR_INIT("dossier.resume"), WORD_DOSSIER_PAGE_DID_RESUME, NULL, STR_INIT("ok")},
    {STR_INIT("dossier.extend"), WORD_DOSSIER_PAGE_DID_EXTEND, "date", STR_INIT("canh")},
    {STR_INIT("dossier.finish"), WORD_DOSSIER_PAGE_DID_FINISH, "result_no", STR_INIT("ok")},
    {STR_INIT("dossier.refuse"), WORD_DOSSIER_PAGE_DID_REFUSE, "result_no", STR_INIT("canh")},
    {STR_INIT("dossier.withdraw"), WORD_DOSSIER_PAGE_DID_WITHDRAW, NULL, STR_INIT("canh")},
    {STR_INIT("dossier.stop"), WORD_DOSSIER_PAGE_DID_STOP, NULL, STR_INIT("canh")},
    {STR_INIT("dossier.reopen"), WORD_DOSSIER_PAGE_DID_REOPEN, NULL, STR_INIT("canh")},
    {STR_INIT("dossier.hand_out"), WORD_DOSSIER_PAGE_DID_HAND_OUT, "to", STR_INIT("ok")},
    {STR_INIT("dossier.correct"), WORD_DOSSIER_PAGE_DID_CORRECT, NULL, STR_INIT("")},
    {STR_INIT("dossier.event"), WORD_DOSSIER_PAGE_DID_EVENT, "name", STR_INIT("")},
    {STR_INIT("dossier.redue"), WORD_DOSSIER_PAGE_DID_REDUE, "due_on", STR_INIT("canh")},
    {STR_INIT("dossier.give_back"), WORD_DOSSIER_PAGE_DID_GIVE_BACK, "step", STR_INIT("canh")},
    {STR_INIT("dossier.delivered"), WORD_DOSSIER_PAGE_DID_DELIVERED, "code", STR_INIT("ok")},
    {STR_INIT("dossier.child"), WORD_DOSSIER_PAGE_DID_CHILD, "code", STR_INIT("")},
    {STR_INIT("dossier.part_out"), WORD_DOSSIER_PAGE_DID_PART_OUT, "what", STR_INIT("ok")},
    {STR_INIT("dossier.move_process"), WORD_DOSSIER_PAGE_DID_MOVE_PROCESS, NULL, STR_INIT("")},
    {STR_INIT("dossier.timer"), WORD_DOSSIER_PAGE_DID_TIMER, "name", STR_INIT("canh")},
    {STR_INIT("dossier.timer_failed"), WORD_DOSSIER_PAGE_DID_TIMER_FAILED, "node", STR_INIT("canh")},
    {STR_INIT("dossier.word"), WORD_DOSSIER_PAGE_DID_REMIND, "name", STR_INIT("canh")},
    {STR_INIT("dossier.read"), WORD_DOSSIER_PAGE_DID_READ, NULL, STR_INIT("")},
};

static const struct story *story_of(const struct dossier_line *line)
{
    for (size_t i = 0; i < sizeof STORIES / sizeof STORIES[0]; i++)
        if (str_eq(STORIES[i].act, line->row.act))
            return &STORIES[i];
    return NULL;
}

bool timeline_is_shown(const struct dossier_line *line)
{
    return !str_eq(line->row.act, STR("dossier.read"));
}

/* What a hand-over opened: one step, or several side by side. */
static struct str steps_opened(const struct web *w, const struct dossier_line *line)
{
    struct json steps = json_get(line->payload, "steps");
    struct buf b = buf_in(w->ctx->arena);

    buf_put(&b, json_text(json_get(line->payload, "step"), "name"));
    for (size_t i = 0; i < json_length(steps); i++) {
        if (b.n)
            buf_put(&b, STR("; "));
        buf_put(&b, json_text(json_at(steps, i), "name"));
    }
    return buf_str(&b);
}

static struct str hole_of(const struct web *w, const struct dossier_line *line, const char *hole)
{
    struct instant t;
    struct date d;

    if (strcmp(hole, "step") == 0)
        return steps_opened(w, line);
    if (strcmp(hole, "date") == 0)
        return instant_parse(json_text(line->payload, "new_due_at"), &t)
                   ? STR("")
                   : web_day(w, date_add_days(line->at.date, (int)((t.ms - line->happened_at.ms) / 86400000)));
    if (strcmp(hole, "due_on") == 0)
        return date_parse(json_text(line->payload, "due_on"), &d) ? STR("") : web_day(w, d);
    return json_text(line->payload, hole);
}

struct str timeline_title(const struct web *w, const struct dossier_line *line)
{
    const struct story *s = story_of(line);

    if (!s)
        return line->row.act;
    enum word title = s->title;
    if (title == WORD_DOSSIER_PAGE_DID_REMIND && str_eq(json_text(line->payload, "kind"), STR("escalate")))
        title = WORD_DOSSIER_PAGE_DID_ESCALATE;
    struct str arg = s->hole ? hole_of(w, line, s->hole) : STR("");
    if (str_is_empty(arg) && s->title == WORD_DOSSIER_PAGE_DID_HAND_OVER) /* others still work beside it */
        return word(w->ctx->lang, WORD_DOSSIER_PAGE_DID_SHARE);
    return str_trim(word_format(w->ctx->arena, w->ctx->lang, title, &arg, 1));
}

struct str timeline_detail(const struct web *w, const struct dossier_line *line)
{
    static const char *const KEYS[] = {"note", "detail", "reason", "why"};

    (void)w;
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        struct str text = json_text(line->payload, KEYS[i]);
        if (text.n && !(i == 2 && !str_eq(line->row.act, STR("dossier.extend"))))
            return text;
    }
    return STR("");
}

struct str timeline_class(const struct dossier_line *line)
{
    const struct story *s = story_of(line);

    return s ? s->class : STR("");
}

struct local timeline_local(const struct dossier_view *d, struct str instant, bool is_null)
{
    struct instant t;

    if (is_null || instant_parse(instant, &t) || t.ms == INSTANT_NEVER.ms)
        return (struct local){DATE_NEVER, 0};
    return zone_local(d->office.zone, t);
}

/* ---- the badge ---- */

struct web_badge timeline_badge(const struct web *w, const struct dossier_view *d)
{
    if (d->d.outcome == OUTCOME_WITHDRAWN || d->d.outcome == OUTCOME_STOPPED)
        return web_badge_ended(w, DATE_NEVER, d->finished.date);
    if (d->d.outcome != OUTCOME_NONE)
        return web_badge_ended(w, d->due.date, d->finished.date);
    if (d->is_suspended)
        return web_badge_paused(w, timeline_local(d, d->d.suspended_at, d->d.suspended_at_null));
    return web_badge(w, &d->badge);
}

/* ---- the derivation ---- */

/* What fills the holes of a sentence, in their order. */
enum part { PART_NONE, PART_DAYS, PART_NAME, PART_AMOUNT, PART_MOVED };
enum { RULE_PARTS = 4 };

struct rule {
    enum word word;
    enum part part[RULE_PARTS];
};
static const struct rule RULES[] = {
    [DEADLINE_RECEIVED] = {WORD_DOSSIER_PAGE_RULE_RECEIVED, {PART_MOVED}},
    [DEADLINE_AFTER_HOURS] = {WORD_DOSSIER_PAGE_RULE_AFTER_HOURS, {PART_MOVED}},
    [DEADLINE_CUT_OFF] = {WORD_DOSSIER_PAGE_RULE_CUT_OFF, {PART_MOVED}},
    [DEADLINE_RECEIPT_DAY] = {WORD_DOSSIER_PAGE_RULE_RECEIPT_DAY, {PART_DAYS}},
    [DEADLINE_COUNTED] = {WORD_DOSSIER_PAGE_RULE_COUNTED, {PART_MOVED, PART_AMOUNT}},
    [DEADLINE_SKIPPED_WEEKEND] = {WORD_DOSSIER_PAGE_RULE_WEEKEND, {PART_DAYS}},
    [DEADLINE_SKIPPED_HOLIDAY] = {WORD_DOSSIER_PAGE_RULE_HOLIDAY, {PART_DAYS, PART_NAME}},
    [DEADLINE_SKIPPED_SWAPPED] = {WORD_DOSSIER_PAGE_RULE_SWAPPED_OFF, {PART_DAYS, PART_NAME}},
    [DEADLINE_COUNTED_SWAPPED] = {WORD_DOSSIER_PAGE_RULE_SWAPPED_WORK, {PART_DAYS, PART_NAME}},
    [DEADLINE_PAUSED] = {WORD_DOSSIER_PAGE_RULE_PAUSED, {PART_MOVED, PART_AMOUNT, PART_NAME, PART_DAYS}},
    [DEADLINE_END_MOVED] = {WORD_DOSSIER_PAGE_RULE_END_MOVED, {PART_MOVED, PART_DAYS}},
    [DEADLINE_CLOCK_MOVED] = {WORD_DOSSIER_PAGE_RULE_CLOCK_MOVED, {PART_MOVED}},
};
_Static_assert(sizeof RULES / sizeof RULES[0] == DEADLINE_RULE__COUNT, "every rule has a sentence");

/* A pause that began and ended on one day moves nothing, and says so. */
static const struct rule PAUSED_WITHIN_A_DAY = {WORD_DOSSIER_PAGE_RULE_PAUSED_WITHIN, {PART_MOVED, PART_NAME}};

static struct str days_of(const struct web *w, const struct deadline_step *step)
{
    if (date_cmp(step->on, step->until) == 0)
        return web_day_long(w, step->on);
    return str_format(w->ctx->arena, "%" PRIstr " – %" PRIstr, STR_ARG(web_day(w, step->on)),
                      STR_ARG(web_day(w, step->until)));
}

static struct str amount_of(const struct web *w, const struct dossier_view *d, const struct deadline_step *step)
{
    struct arena *a = w->ctx->arena;
    bool hours = d->d.limit_unit == LIMIT_WORKING_HOURS;
    struct str n = word_int(a, w->ctx->lang, step->amount);

    if (step->rule == DEADLINE_COUNTED)
        return web_limit(w, (struct limit){(enum limit_unit)d->d.limit_unit, (int)d->d.limit_length});
    return word_format(a, w->ctx->lang, hours ? WORD_COMMON_MINUTES : WORD_COMMON_DAYS_WORK, &n, 1);
}

static struct str part_of(const struct web *w, const struct dossier_view *d, const struct deadline_step *step,
                          enum part part)
{
    switch (part) {
    case PART_NONE:   return STR("");
    case PART_DAYS:   return days_of(w, step);
    case PART_NAME:   return step->name;
    case PART_AMOUNT: return amount_of(w, d, step);
    case PART_MOVED:  return web_moment(w, step->moved_to);
    }
    BUG("part %d of a rule", (int)part);
}

struct str timeline_derivation(const struct web *w, const struct dossier_view *d, const struct deadline_step *step)
{
    struct str part[RULE_PARTS];
    bool nothing = step->rule == DEADLINE_PAUSED && step->amount == 0;
    const struct rule *rule = nothing ? &PAUSED_WITHIN_A_DAY : &RULES[step->rule];

    for (size_t i = 0; i < RULE_PARTS; i++)
        part[i] = part_of(w, d, step, rule->part[i]);
    return word_format(w->ctx->arena, w->ctx->lang, rule->word, part, RULE_PARTS);
}
