/* Many people at once: documents are drafted, signed, numbered and released side by side, and the rows of numbers have none
 * missing and none twice (NĐ 30/2020/NĐ-CP, Điều 15). */
#include "world.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "acts/cache.h"
#include "acts/document.h"

enum { PEOPLE = 8 };
static const char CITY[] = "bien-hoa", DRAFTER[] = "cv.nv", LEADER[] = "ct.bh", CLERK[] = "vt.bh";

static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-03-12T08:00");
    world_person(DRAFTER, "phong-noi-vu", "chuyen-vien");
    world_person(LEADER, CITY, "lanh-dao");
    world_person(CLERK, CITY, "van-thu");
}

static struct number_row the_row(const char *group)
{
    struct ctx ctx = world_as(str_of(CLERK));
    struct number_row *row;
    size_t count;
    struct str name = document_series_name(world()->arena, world_unit(CITY), 2018, str_of(group));

    assert_err(act_number_rows(&ctx, world_unit(CITY), 2018, &row, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(row[i].row.series, name))
            return row[i];
    fail_msg("no row %s", group);
    return row[0];
}

/* From the draft to the release, again and again, by eight people at once: for two seconds, or as long as MOTCUA_RELEASE_SECONDS says
 * (docs/bench.md: a minute on both stores). */
struct releaser {
    pthread_t thread;
    int64_t unit, until, released, highest;
    enum err err;
};

static int64_t clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum err release_one(struct ctx *as_who, const struct act_document_draft *text, int64_t *ret_number)
{
    struct ctx *drafter = &as_who[0], *leader = &as_who[1], *clerk = &as_who[2];
    struct act_document_draft draft = *text;
    enum err err = act_document_draft(&draft, drafter);
    struct act_document_submit submit = {.on = {.id = draft.on.id}, .note = STR("")};
    struct act_document_on on = {.id = draft.on.id};
    struct act_document_number number = {.on = on};

    if (!err)
        err = act_document_submit(&submit, drafter);
    if (!err)
        err = act_document_sign_by_hand(leader, &on);
    if (!err)
        err = act_document_number(&number, clerk);
    if (!err)
        err = act_document_release(clerk, &on);
    *ret_number = number.number;
    return err ? err : on.why == DOCUMENT_ALLOWED ? OK : ERR_INVALID;
}

static void *release_for_a_while(void *arg)
{
    struct releaser *r = arg;
    struct arena *a = arena_new(256 << 20);
    const char *const who[] = {DRAFTER, LEADER, CLERK};
    struct cache *cache = cache_new();
    struct db *db;

    r->err = db_open(world()->pool, &db);
    while (!r->err && clock_ms() < r->until) {
        struct ctx ctx[3];
        for (int i = 0; i < 3 && !r->err; i++) {
            ctx[i] = (struct ctx){.arena = a, .db = db, .now = world_at("2018-03-12T09:30"), .lang = LANG_VI, .cache = cache};
            r->err = actor_load(&ctx[i], str_of(who[i]), &ctx[i].actor);
        }
        struct act_document_draft text = {
            .unit = r->unit, .type = STR("thong-bao"), .subject = STR("Nghỉ lễ"), .addressee = STR(""), .body = STR("Thông báo lịch nghỉ."),
            .to_act = STR("26041"), .to_know = STR(""), .authority = STR(""), .signer = ctx[1].actor.id, .due = DATE_NEVER, .copies = 1, .note = STR("")};
        int64_t number;
        if (!r->err)
            r->err = release_one(ctx, &text, &number);
        if (!r->err) {
            r->released++;
            r->highest = number > r->highest ? number : r->highest;
        }
        arena_reset(a);
    }
    if (db)
        db_close(db);
    cache_free(cache);
    arena_free(a);
    return NULL;
}

static void eight_people_release_for_a_while(void **state)
{
    struct releaser r[PEOPLE] = {{0}};
    const char *seconds = getenv("MOTCUA_RELEASE_SECONDS");
    int64_t wanted = 2, begun = clock_ms(), sum = 0, highest = 0;

    (void)state;
    if (seconds)
        assert_err(str_parse_int(str_of(seconds), 1, 3600, &wanted), OK);
    for (int i = 0; i < PEOPLE; i++)
        r[i] = (struct releaser){.unit = world_unit(CITY), .until = begun + wanted * 1000};
    for (int i = 0; i < PEOPLE; i++) {
        assert_int_equal(pthread_create(&r[i].thread, NULL, release_for_a_while, &r[i]), 0);
    }
    for (int i = 0; i < PEOPLE; i++) {
        pthread_join(r[i].thread, NULL);
        assert_err(r[i].err, OK);
        sum += r[i].released;
        highest = r[i].highest > highest ? r[i].highest : highest;
    }
    struct number_row row = the_row("chung");
    assert_true(sum > 0);
    assert_int_equal(row.gap_count, 0);
    assert_int_equal(row.row.last, highest);
    assert_int_equal(row.row.last, sum); /* none twice, none missing */
    printf("# %lld released by %d people in %.1f s\n", (long long)sum, PEOPLE, (double)(clock_ms() - begun) / 1000);
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(people_come_to_work),
    cmocka_unit_test(eight_people_release_for_a_while),
};

WORLD_MAIN("document_many", TESTS)
