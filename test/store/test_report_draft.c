/* The life of a report: who moves it on, what is asked before it is frozen, that nothing later changes what was frozen, and
 * that the report after it accounts for every change. */
#include "world.h"

#include "acts/book.h"
#include "acts/definition.h"
#include "acts/file.h"
#include "acts/people.h"
#include "acts/report_draft.h"
#include "format/yaml.h"

#define CITY      "bien-hoa"
#define WARD      "26041"
#define PROCEDURE "1.004873"

enum { LEARNED = 1000, ENTRIES_MAX = 2000, DOSSIERS_MAX = 600 };

static const char BOOK[] = "book: hoc\nname: Người học\ntitle: \"{person}\"\nunit: unit\nday: day\nfields:\n"
                           "  - {code: unit, label: U, type: unit, required: true}\n  - {code: person, label: P, type: line, required: true}\n"
                           "  - {code: day, label: D, type: date, required: true}\n  - {code: cost, label: M, type: money}\n";
static const char *const FIGURES[] = {
    "{indicator: hoc.all, name: Lượt người, way: count, book: hoc, declared: true}",
    "{indicator: hoc.cost, name: Kinh phí, way: sum, book: hoc, field: cost, declared: true}",
    "{indicator: hoc.dear, name: Lớp đắt, way: count, book: hoc, declared: true, where: [{field: cost, least: 500}]}",
    "{indicator: hoc.dear_share, name: Tỷ lệ lớp đắt, way: share, of: [hoc.dear, hoc.all]}",
};
static const char TEMPLATE[] =
    "report: thu\nname: Báo cáo thử\nkind: Báo cáo\ntitle: Đào tạo\nsections:\n  - heading: Kết quả\n    blocks:\n"
    "      - text: \"Tiếp nhận {cohort.received} hồ sơ; cử {hoc.all} lượt người.\"\n"
    "      - narrative: {id: nhan-xet, text: \"Đã cử {hoc.all} lượt người.\"}\n"
    "      - table: {caption: Đào tạo, head: [[Nội dung, \"{prev}\", \"{now}\"]], rows: [[Lượt người, \"{hoc.all@prev}\", \"{hoc.all}\"],"
    " [Kinh phí, \"{hoc.cost@prev}\", \"{hoc.cost}\"], [Lớp đắt, \"{hoc.dear@prev}\", \"{hoc.dear}\"], [Tỷ lệ, \"{hoc.dear_share@prev}\", \"{hoc.dear_share}\"]]}\n"
    "explain: {change: 20, least: 2}\n";

static int64_t draft_id, next_id;
static struct str frozen_json;

static struct json yaml(const char *text)
{
    struct json j;

    assert_err(yaml_parse(world()->arena, str_of(text), &j, NULL), OK);
    return j;
}

/* ---- a small model of the book, kept beside it ---- */

static struct entry {
    int64_t id, version;
    struct {
        bool counts; /* in the first quarter, not struck */
        int64_t cost;
    } then, now;
} entry[ENTRIES_MAX];
static size_t entries;
static int64_t dossier[DOSSIERS_MAX];
static size_t dossiers;

static bool in_quarter(struct date d)
{
    return date_cmp(d, date_of(2018, 1, 1)) >= 0 && date_cmp(d, date_of(2018, 3, 31)) <= 0;
}

static void enter(struct entry *e, struct date day, int64_t cost)
{
    struct ctx ctx = world_system();
    struct arena *a = world()->arena;
    struct schema_value v[5] = {{.text = str_format(a, "%lld", (long long)world_unit(WARD))},
                                {.text = str_format(a, "Người %lld %zu", (long long)e->id, entries)},
                                {.text = date_vietnamese(a, day)},
                                {.text = str_format(a, "%lld", (long long)cost)}};
    struct act_book_enter act = {.book = STR("hoc"), .id = e->id, .version = e->version, .value = v, .reason = e->id ? STR("ghi nhầm") : STR("")};

    assert_err(act_book_enter(&act, &ctx), OK);
    e->id = act.id;
    e->version++;
    e->now.counts = in_quarter(day);
    e->now.cost = cost;
}

static void strike(struct entry *e)
{
    struct ctx ctx = world_system();
    struct act_book_strike act = {.id = e->id, .version = e->version, .reason = STR("ghi hai lần")};

    assert_err(act_book_strike(&act, &ctx), OK);
    e->version = -1;
    e->now.counts = false;
}

static void receive(const char *local)
{
    dossier[dossiers++] = world_receive(WARD, PROCEDURE, 1, local);
}

/* ---- drafts ---- */

static struct report_question quarter(int no)
{
    return (struct report_question){.id = REPORT_TEMPLATE, .code = STR("thu"), .unit = world_unit(CITY),
                                    .from = date_of(2018, no == 1 ? 1 : 4, 1), .to = no == 1 ? date_of(2018, 3, 31) : date_of(2018, 6, 30),
                                    .period = no == 1 ? STR("2018-Q1") : STR("2018-Q2")};
}

static enum err move_as(const char *login, struct act_report_move *act)
{
    struct ctx ctx = world_as(str_of(login));

    return act_report_move(act, &ctx);
}

static enum report_refusal moved(const char *login, enum report_move m, const char *text)
{
    struct act_report_move act = {.id = draft_id, .move = m, .text = str_of(text)};

    assert_err(move_as(login, &act), OK);
    return act.why;
}

static enum err write_as(const char *login, const char *place, const char *text)
{
    struct report_words words = {str_of(place), str_of(text)};
    struct act_report_move act = {.id = draft_id, .move = REPORT_WRITE, .words = &words, .words_count = 1};

    enum err err = move_as(login, &act);
    if (!err)
        assert_int_equal(act.why, REPORT_ALLOWED);
    return err;
}

static struct act_report_draft seen(int64_t id)
{
    static struct ctx ctx;
    struct act_report_draft d = {.id = id};

    ctx = world_system();
    assert_err(act_report_draft(&d, &ctx), OK);
    return d;
}

static void everywhere(const char *login)
{
    struct ctx ctx = world_system();
    struct act_grant_add grant = {.person = world_person(login, CITY, NULL), .role = STR("lanh-dao"), .unit = world_unit(CITY), .subtree = true,
                                  .valid_from = date_of(2018, 1, 1), .valid_to = DATE_NEVER};

    assert_err(act_grant_add(&grant, &ctx), OK);
}

static void a_city_learns(void **state)
{
    struct ctx ctx;

    (void)state;
    memset(entry, 0, sizeof entry);
    entries = dossiers = 0;
    world_now("2018-01-02T08:00");
    ctx = world_system();
    struct act_book_define book = {.content = yaml(BOOK)};
    assert_err(act_book_define(&book, &ctx), OK);
    for (size_t i = 0; i < sizeof FIGURES / sizeof FIGURES[0]; i++) {
        struct act_definition_set set = {.kind = DEFINITION_INDICATOR, .content = yaml(FIGURES[i])};
        ctx = world_system();
        assert_err(act_definition_set(&set, &ctx), OK);
    }
    struct act_definition_set set = {.kind = DEFINITION_REPORT, .content = yaml(TEMPLATE)};
    ctx = world_system();
    assert_err(act_definition_set(&set, &ctx), OK);
    everywhere("bc.soan");
    everywhere("bc.ky");
    world_person("bc.xa", WARD, "lanh-dao");
    world_person("bc.hep", CITY, "lanh-dao");
    world_now("2018-03-30T08:00");
    for (int i = 0; i < 60; i++) {
        static const char *const DAYS[] = {"2018-01-15T08:00", "2018-02-05T08:00", "2018-03-07T08:00"};
        enter(&entry[entries], date_add_days(date_of(2017, 12, 1), i * 2), i * 20);
        entries++;
        if (i % 4 == 0)
            receive(DAYS[i % 3]);
    }
}

static void only_who_may_begins_one(void **state)
{
    struct ctx ward = world_as(STR("bc.xa")), writer;
    struct act_report_begin act = {.question = quarter(1)};
    int64_t lines = world_lines();

    (void)state;
    assert_err(act_report_begin(&act, &ward), ERR_FORBIDDEN);
    ward = world_as(STR("bc.hep")); /* sees the city, but not what is below it: the report would be short */
    assert_err(act_report_begin(&act, &ward), ERR_INVALID);
    assert_true(world_problem(&ward, ""));
    assert_int_equal(world_lines(), lines);
    world_now("2018-04-02T08:00");
    writer = world_as(STR("bc.soan"));
    assert_err(act_report_begin(&act, &writer), OK);
    draft_id = act.id;
    ward = world_as(STR("bc.xa"));
    struct act_report_draft d = {.id = draft_id};
    assert_err(act_report_draft(&d, &ward), ERR_NOT_FOUND);
    struct q_report_draft_list *row;
    size_t count;
    assert_err(act_report_drafts(&ward, &row, &count), OK);
    assert_int_equal(count, 0);
    assert_err(write_as("bc.xa", "w-nhan-xet", "Sai chỗ."), ERR_NOT_FOUND);
}

static void what_moved_is_explained_first(void **state)
{
    struct act_report_draft d = seen(draft_id);

    (void)state;
    assert_true(d.report.change_count >= 3);
    assert_int_equal(d.report.unexplained, d.report.change_count);
    assert_int_equal(moved("bc.soan", REPORT_SUBMIT, ""), REPORT_NOT_EXPLAINED);
    for (size_t i = 0; i < d.report.change_count; i++) {
        struct str place = str_format(world()->arena, "y-%" PRIstr, STR_ARG(d.report.change[i].code));
        assert_err(write_as("bc.soan", str_z(world()->arena, place), "Mở thêm lớp theo kế hoạch."), OK);
    }
    assert_int_equal(seen(draft_id).report.unexplained, 0);
}

static void words_hold_figures_but_no_unknown_ones(void **state)
{
    struct act_report_draft d;
    struct ctx ctx = world_as(STR("bc.soan"));
    struct report_words words = {STR("w-nhan-xet"), STR("Có {khong.co} lớp.")};
    struct act_report_move act = {.id = draft_id, .move = REPORT_WRITE, .words = &words, .words_count = 1};

    (void)state;
    assert_err(act_report_move(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "w-nhan-xet"));
    assert_err(write_as("bc.soan", "w-khong-co", "x"), ERR_NOT_FOUND);
    assert_err(write_as("bc.soan", "w-nhan-xet", "Lớp nhiều hơn: {hoc.all} lượt.\nKinh phí {hoc.cost}."), OK);
    d = seen(draft_id);
    assert_str(d.report.narrative[0].text, STR("Lớp nhiều hơn: {hoc.all} lượt.\nKinh phí {hoc.cost}."));
    assert_true(str_find(report_json(world()->arena, LANG_VI, &d.report), STR("Lớp nhiều hơn: ")) != STR_NONE);
    act.version = 1; /* somebody has written since */
    words.text = STR("x");
    ctx = world_as(STR("bc.ky"));
    assert_err(act_report_move(&act, &ctx), ERR_STALE);
}

static void it_is_reviewed_by_another(void **state)
{
    struct act_report_draft d;

    (void)state;
    assert_int_equal(moved("bc.soan", REPORT_FREEZE, ""), REPORT_NOT_NOW);
    assert_int_equal(moved("bc.ky", REPORT_COMMENT, "Xem lại mục Kết quả."), REPORT_ALLOWED);
    assert_int_equal(moved("bc.soan", REPORT_SUBMIT, ""), REPORT_NOT_SETTLED);
    d = seen(draft_id);
    struct act_report_move settle = {.id = draft_id, .move = REPORT_SETTLE, .settles = d.event[d.event_count - 1].pos};
    assert_err(move_as("bc.soan", &settle), OK);
    assert_int_equal(moved("bc.soan", REPORT_SUBMIT, ""), REPORT_ALLOWED);
    assert_int_equal(moved("bc.soan", REPORT_INITIAL, ""), REPORT_SAME_PERSON);
    assert_int_equal(moved("bc.ky", REPORT_SEND_BACK, "Thiếu nhận xét."), REPORT_ALLOWED);
    assert_int_equal(moved("bc.soan", REPORT_SUBMIT, ""), REPORT_ALLOWED);
    assert_int_equal(moved("bc.ky", REPORT_INITIAL, ""), REPORT_ALLOWED);
    assert_err(write_as("bc.xa", "w-nhan-xet", "x"), ERR_NOT_FOUND);
}

static struct str file_of(const char *format)
{
    struct ctx ctx = world_system();
    struct q_report_draft_by_id row;
    struct str bytes;

    assert_err(act_report_draft_file(&ctx, draft_id, str_of(format), &bytes, &row), OK);
    return bytes;
}

static void frozen_it_is_bytes(void **state)
{
    struct ctx ctx;
    struct act_report_move act = {.id = draft_id, .move = REPORT_FREEZE};

    (void)state;
    world_now("2018-04-03T16:00");
    act.as_of = world_at("2018-04-05T00:00");
    ctx = world_as(STR("bc.ky"));
    assert_err(act_report_move(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "as_of"));
    act.as_of = (struct instant){0};
    assert_err(move_as("bc.ky", &act), OK);
    assert_int_equal(act.why, REPORT_ALLOWED);
    frozen_json = file_of("json");
    assert_str(file_hash(world()->arena, frozen_json), act.sha256);
    assert_true(str_has_prefix(file_of("pdf"), STR("%PDF")));
    assert_int_equal(moved("bc.ky", REPORT_FREEZE, ""), REPORT_NOT_NOW);
    for (size_t i = 0; i < entries; i++)
        entry[i].then = (__typeof__(entry[i].then)){entry[i].now.counts, entry[i].now.cost};
}

static uint32_t dice(uint32_t sides)
{
    static uint32_t state = 2018;

    state = state * 1664525 + 1013904223;
    return (state >> 8) % sides;
}

static void learn_one(int i)
{
    static char when[32];
    struct entry *e = &entry[dice((uint32_t)entries)];
    struct date day = date_add_days(date_of(2017, 12, 15), (int)dice(150));
    uint32_t what = dice(10);

    if (i % 50 == 0) {
        struct instant now = {world()->ctx.now.ms + 3600 * 1000};
        world()->ctx.now = now;
    }
    if (what < 4 && entries < ENTRIES_MAX) {
        entry[entries] = (struct entry){.id = 0};
        enter(&entry[entries], day, dice(1000));
        entries++;
    } else if (what < 7 && e->version > 0) {
        enter(e, day, dice(1000));
    } else if (what == 7 && e->version > 0) {
        strike(e);
    } else if (dossiers < DOSSIERS_MAX) {
        snprintf(when, sizeof when, "2018-0%u-%02uT09:00", 1 + dice(3), 5 + dice(4));
        receive(when);
    }
}

static void what_is_learned_later_changes_nothing_frozen(void **state)
{
    struct str before[4], again;
    static const char *const FORMATS[] = {"json", "pdf", "docx", "xlsx"};

    (void)state;
    for (size_t i = 0; i < 4; i++)
        before[i] = file_of(FORMATS[i]);
    world_now("2018-04-10T08:00");
    for (int i = 0; i < LEARNED; i++)
        learn_one(i);
    for (size_t i = 0; i < 4; i++)
        assert_true(str_eq(before[i], file_of(FORMATS[i])));
    struct act_report_draft d = seen(draft_id);
    again = report_json(world()->arena, LANG_VI, &d.report); /* nor is it different when it is made again */
    assert_true(str_eq(before[0], again));
    for (size_t i = 1; i < 4; i++) {
        assert_err(report_format_find(str_of(FORMATS[i]))->make(world()->arena, LANG_VI, &d.report, &again), OK);
        assert_true(str_eq(before[i], again));
    }
}

static const struct report_adjustment *adjustment_of(const struct report *r, const char *code)
{
    for (size_t i = 0; i < r->adjustment_count; i++)
        if (str_eq(r->adjustment[i].was.source.code, str_of(code)) && date_cmp(r->adjustment[i].was.source.from, date_of(2018, 1, 1)) == 0)
            return &r->adjustment[i];
    return NULL;
}

static int64_t part_of(const struct report_adjustment *a, int64_t id)
{
    for (size_t i = 0; i < a->record_count; i++)
        if (a->record[i].id == id)
            return a->record[i].n;
    return 0;
}

/* The model beside the book says what every entry did to each number; the adjustments say the same, entry by entry. */
static void the_next_report_accounts_for_all_of_it(void **state)
{
    struct report_question q = quarter(2);
    struct ctx ctx = world_system();
    struct report r, live;
    int64_t touched = 0, count = 0, cost = 0;
    static const char *const CODES[] = {"hoc.all", "hoc.cost", "hoc.dear", "cohort.received"};

    (void)state;
    assert_err(act_report(&q, &ctx, &r), OK);
    assert_int_equal(r.adjusts, draft_id);
    const struct report_adjustment *all = adjustment_of(&r, "hoc.all"), *sum = adjustment_of(&r, "hoc.cost"), *dear = adjustment_of(&r, "hoc.dear");
    assert_true(all && sum && dear);
    for (size_t i = 0; i < entries; i++) {
        const struct entry *e = &entry[i];
        assert_int_equal(part_of(all, e->id), e->now.counts - e->then.counts);
        assert_int_equal(part_of(sum, e->id), (e->now.counts ? e->now.cost : 0) - (e->then.counts ? e->then.cost : 0));
        assert_int_equal(part_of(dear, e->id), (e->now.counts && e->now.cost >= 500) - (e->then.counts && e->then.cost >= 500));
        touched += e->now.counts != e->then.counts;
        count += e->now.counts;
        cost += e->now.counts ? e->now.cost : 0;
    }
    assert_int_equal(all->record_count, touched); /* … and nothing else */
    assert_int_equal(all->now.n, count);
    assert_int_equal(sum->now.n, cost);
    for (size_t i = 0; i < sizeof CODES / sizeof CODES[0]; i++) {
        const struct report_adjustment *a = adjustment_of(&r, CODES[i]);
        int64_t n = 0;
        assert_non_null(a);
        for (size_t k = 0; k < a->record_count; k++)
            n += a->record[k].n;
        assert_int_equal(a->was.n + n, a->now.n);
    }
    /* Every number of the frozen report is either as it was, or adjusted to what is known now. */
    struct report_question again = quarter(1);
    struct report_cell *now;
    struct q_report_numbers *was;
    size_t now_count, was_count, changed = 0;
    again.is_bare = true;
    assert_err(act_report(&again, &ctx, &live), OK);
    report_numbers(ctx.arena, &live, &now, &now_count);
    assert_err(q_report_numbers(world()->db, ctx.arena, draft_id, &was, &was_count), OK);
    assert_true(was_count > 5);
    for (size_t i = 0; i < was_count; i++) {
        const struct report_adjustment *a = NULL;
        for (size_t k = 0; k < r.adjustment_count; k++)
            if (str_eq(r.adjustment[k].was.source.code, was[i].code) && str_eq(date_iso(ctx.arena, r.adjustment[k].was.source.from), was[i].from_on))
                a = &r.adjustment[k];
        for (size_t k = 0; k < now_count; k++)
            if (str_eq(now[k].source.code, was[i].code) && now[k].source.is_indicator == (was[i].is_indicator == 1) &&
                str_eq(date_iso(ctx.arena, now[k].source.from), was[i].from_on)) {
                bool same = now[k].n == was[i].n && now[k].whole == was[i].whole;
                changed += !same;
                if (a)
                    assert_int_equal(a->now.n, now[k].n);
                else
                    assert_true(same);
            }
    }
    assert_true(changed >= 4);
    assert_true(str_find(report_json(ctx.arena, LANG_VI, &r), STR("Điều chỉnh số liệu của báo cáo trước")) != STR_NONE);
}

static void it_goes_on_as_a_document(void **state)
{
    struct act_report_move act = {.id = draft_id, .move = REPORT_DOCUMENT};

    (void)state;
    assert_err(move_as("bc.soan", &act), OK);
    assert_int_equal(act.why, REPORT_ALLOWED);
    assert_true(act.document > 0);
    assert_int_equal(moved("bc.soan", REPORT_DOCUMENT, ""), REPORT_HAS_DOCUMENT);
    struct act_report_begin next = {.question = quarter(2)};
    struct ctx ctx = world_as(STR("bc.soan"));
    assert_err(act_report_begin(&next, &ctx), OK);
    next_id = next.id;
    assert_int_equal(seen(next_id).report.adjusts, draft_id);
}

static void the_journal_says_it_all(void **state)
{
    (void)state;
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(a_city_learns),
    cmocka_unit_test(only_who_may_begins_one),
    cmocka_unit_test(what_moved_is_explained_first),
    cmocka_unit_test(words_hold_figures_but_no_unknown_ones),
    cmocka_unit_test(it_is_reviewed_by_another),
    cmocka_unit_test(frozen_it_is_bytes),
    cmocka_unit_test(what_is_learned_later_changes_nothing_frozen),
    cmocka_unit_test(the_next_report_accounts_for_all_of_it),
    cmocka_unit_test(it_goes_on_as_a_document),
    cmocka_unit_test(the_journal_says_it_all),
};
WORLD_MAIN("report_draft", TESTS)
