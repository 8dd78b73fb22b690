#include "web/intake_form.h"

enum { SCAN_PARTS = 7, BIRTH_DIGITS = 8, PAPER_QUANTITY_MAX = 999 };

const struct http_field FIELDS_INTAKE[] = {
    {.name = "unit", .max = 20},
    {.name = "procedure", .max = 64},
    {.name = "case", .max = 4},
    {.name = "reload", .max = 20},
    {.name = "channel", .max = 2},
    {.name = "kind", .max = 2},
    {.name = "id_no", .max = 1000}, /* a card's whole QR code fits */
    {.name = "name", .max = 300},
    {.name = "birth", .max = 40},
    {.name = "phone", .max = 40},
    {.name = "email", .max = 200},
    {.name = "address", .max = 500},
    {.name = "submitter", .max = 300},
    {.name = "summary", .max = 4000, .lines = true},
    {.name = "p_case", .max = 4},
    {.name = "p_here", .max = 4, .many = true},
    {.name = "p_else", .max = 2, .many = true},
    {.name = "p_kind", .max = 2, .many = true},
    {.name = "p_quantity", .max = 4, .many = true},
    {.name = "p_note", .max = 500, .many = true},
    {.name = "sets", .max = 4},
    {.name = "count", .max = 4},
    {.name = "delivery", .max = 2},
    {.name = "delivery_address", .max = 500},
    {.name = "fee_paid", .max = 2},
    {.name = "same_seen", .max = 2},
    {.name = NULL},
};

/* ---- the applicant ---- */

/* The QR code of a citizen's card: number|old number|name|ddmmyyyy|sex|address|issued on. */
static bool read_card(struct arena *a, struct act_applicant *who)
{
    struct str part[SCAN_PARTS] = {{NULL, 0}}, rest = who->id_no;
    size_t n = 0;

    if (str_find(rest, STR("|")) == STR_NONE)
        return false;
    while (n < SCAN_PARTS && str_split(&rest, '|', &part[n]))
        n++;
    who->id_no = str_trim(part[0]);
    if (part[2].n)
        who->name = str_trim(part[2]);
    struct str b = part[3];
    if (b.n == BIRTH_DIGITS)
        who->birth = str_format(a, "%.2s/%.2s/%.4s", b.p, b.p + 2, b.p + 4);
    if (part[5].n)
        who->address = str_trim(part[5]);
    return true;
}

static void read_applicant(struct intake *in)
{
    struct web *w = in->w;

    in->applicant = (struct act_applicant){
        .name = web_field(w, "name"),
        .kind = (enum applicant_kind)web_int(w, "kind", 0, APPLICANT__COUNT - 1, APPLICANT_PERSON),
        .id_no = web_field(w, "id_no"),
        .birth = web_field(w, "birth"),
        .phone = web_field(w, "phone"),
        .email = web_field(w, "email"),
        .address = web_field(w, "address"),
    };
    read_card(w->ctx->arena, &in->applicant);
}

/* ---- the checklist ---- */

/* What the case asks for: missing until ticked, the optional not needed. */
static void papers_of_case(struct intake *in)
{
    const struct procedure_whole *p = in->procedure;

    in->paper = ARENA_ARRAY(in->w->ctx->arena, struct act_paper, p->paper_count);
    for (size_t i = 0; i < p->paper_count; i++) {
        const struct q_paper_list *row = &p->paper[i];
        if (row->case_no != in->kase->no)
            continue;
        in->paper[in->paper_count++] = (struct act_paper){
            .name = row->name,
            .kind = row->originals ? PAPER_ORIGINAL : PAPER_COPY,
            .quantity = row->originals ? row->originals : row->copies ? row->copies : 1,
            .state = row->is_required ? PAPER_MISSING : PAPER_NOT_NEEDED,
            .is_required = row->is_required == 1,
        };
    }
}

static void paper_int(struct intake *in, struct str text, int64_t max, int64_t *n)
{
    if (str_parse_int(str_trim(text), 0, max, n))
        problem_add(in->w->ctx, "paper", WORD_COMMON_PROBLEM_NUMBER, STR(""));
}

/* The lists come in the order of the papers; the ticks name their line. */
static void read_papers(struct intake *in)
{
    struct web *w = in->w;
    struct arena *a = w->ctx->arena;
    const struct str *here, *otherwise, *kind, *quantity, *note;
    size_t ticks = http_value_all(w->rq, a, "p_here", &here), count = http_value_all(w->rq, a, "p_else", &otherwise);
    size_t kinds = http_value_all(w->rq, a, "p_kind", &kind),
           quantities = http_value_all(w->rq, a, "p_quantity", &quantity);
    size_t notes = http_value_all(w->rq, a, "p_note", &note);

    if (web_int(w, "p_case", 0, 99, 0) != in->kase->no) /* the case was changed: its papers are others */
        return;
    for (size_t i = 0; i < in->paper_count && i < count && i < kinds && i < quantities && i < notes; i++) {
        int64_t k = in->paper[i].kind, state = in->paper[i].state;
        paper_int(in, otherwise[i], PAPER_STATE__COUNT - 1, &state);
        paper_int(in, kind[i], PAPER_KIND__COUNT - 1, &k);
        paper_int(in, quantity[i], PAPER_QUANTITY_MAX, &in->paper[i].quantity);
        in->paper[i].state = (enum paper_state)state;
        in->paper[i].kind = (enum paper_kind)k;
        in->paper[i].note = str_trim(note[i]);
    }
    for (size_t i = 0; i < ticks; i++) {
        int64_t at;
        if (str_parse_int(here[i], 0, (int64_t)in->paper_count - 1, &at) == OK)
            in->paper[at].state = PAPER_PRESENT;
    }
}

/* ---- the whole ---- */

enum err intake_read(struct intake *in)
{
    struct web *w = in->w;
    bool posts = w->rq->method == HTTP_POST;
    struct str code = web_field(w, posts ? "procedure" : "thu-tuc");
    int64_t no = web_int(w, posts ? "case" : "truong-hop", 1, 99, 1);
    enum err err =
        act_desk(w->ctx, RIGHT_DOSSIER_RECEIVE, web_int(w, posts ? "unit" : "don-vi", 1, INT64_MAX, 0), &in->desk);

    in->posted = posts;
    if (err || str_is_empty(code))
        return err;
    err = act_desk_procedure(w->ctx, code, &in->procedure);
    if (err)
        return err;
    in->kase = procedure_case(in->procedure, no);
    if (!in->kase && in->procedure->case_count)
        in->kase = &in->procedure->cases[0];
    if (!in->kase)
        return ERR_NOT_FOUND;
    papers_of_case(in);
    read_applicant(in);
    if (posts)
        read_papers(in);
    return OK;
}

static void fill(struct str *typed, struct str known)
{
    if (str_is_empty(*typed))
        *typed = known;
}

enum err intake_find_person(struct intake *in)
{
    struct q_person_seen seen;
    struct act_applicant *who = &in->applicant;
    enum err err = act_person_seen(in->w->ctx, in->desk.here->id, who->id_no, &seen);

    if (err == ERR_NOT_FOUND)
        return OK;
    if (err)
        return err;
    in->found_person = true;
    fill(&who->name, seen.applicant);
    fill(&who->birth, seen.birth);
    fill(&who->phone, seen.phone);
    fill(&who->email, seen.email);
    fill(&who->address, seen.address);
    return OK;
}

enum err intake_find_same(struct intake *in)
{
    if (str_is_empty(in->applicant.id_no))
        return OK;
    return act_duplicates(in->w->ctx, in->desk.here->id, in->applicant.id_no, in->procedure->procedure.id, &in->same,
                          &in->same_count);
}
