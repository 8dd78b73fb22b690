/* The law's table of a certificate's life, as a lawyer reads it; what it is called on a day; when it may sign. */
#include "test.h"

#include "rules/certificate.h"

#define TODAY (date_of(2018, 3, 5))

/* Who does what from which state, and what it is then. */
static const struct {
    enum certificate_act act;
    const char *from; /* letters of states, by STATES */
    enum certificate_state to;
    bool owner_too;
} LAW[] = {
    {CERTIFICATE_SEND, "r", CERTIFICATE_SENT, false},
    {CERTIFICATE_ISSUE, "rs", CERTIFICATE_ISSUED, false},
    {CERTIFICATE_HAND_OVER, "i", CERTIFICATE_HANDED, false},
    {CERTIFICATE_RECEIVE, "h", CERTIFICATE_ACTIVE, true},
    {CERTIFICATE_SUSPEND, "a", CERTIFICATE_SUSPENDED, true},
    {CERTIFICATE_RESUME, "p", CERTIFICATE_ACTIVE, false},
    {CERTIFICATE_REVOKE, "ihap", CERTIFICATE_REVOKED, false},
    {CERTIFICATE_DROP, "rs", CERTIFICATE_DROPPED, false},
};
static const char STATES[] = " rsihapvd"; /* requested, sent, issued, handed, active, paused, revoked, dropped */

static struct certificate_facts facts(int state)
{
    return (struct certificate_facts){.state = (enum certificate_state)state, .ends_on = date_of(2021, 3, 1), .today = TODAY, .is_keeper = true};
}

static bool is_from(const char *from, int state)
{
    while (*from && *from != STATES[state])
        from++;
    return *from != 0;
}

static void the_table_of_the_law(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof LAW / sizeof LAW[0]; i++)
        for (int s = CERTIFICATE_REQUESTED; s < CERTIFICATE_STATE__COUNT; s++) {
            struct certificate_facts f = facts(s);
            struct certificate_verdict v = certificate_may(&f, LAW[i].act);
            assert_int_equal(v.why, is_from(LAW[i].from, s) ? CERTIFICATE_ALLOWED : CERTIFICATE_WRONG_STATE);
            assert_int_equal((int)v.state, v.why == CERTIFICATE_ALLOWED ? (int)LAW[i].to : s);
            f.is_keeper = false;
            assert_int_not_equal(certificate_may(&f, LAW[i].act).why, CERTIFICATE_ALLOWED);
            f.is_owner = true;
            assert_int_equal(certificate_may(&f, LAW[i].act).why == CERTIFICATE_ALLOWED, LAW[i].owner_too && is_from(LAW[i].from, s));
        }
}

static void renewal_is_asked_for_thirty_days_before(void **state)
{
    struct certificate_facts f = facts(CERTIFICATE_ACTIVE);

    (void)state;
    f.ends_on = date_add_days(TODAY, 30);
    assert_int_equal(certificate_may(&f, CERTIFICATE_RENEW).why, CERTIFICATE_ALLOWED);
    f.ends_on = date_add_days(TODAY, 29);
    assert_int_equal(certificate_may(&f, CERTIFICATE_RENEW).why, CERTIFICATE_TOO_LATE);
    f.ends_on = date_add_days(TODAY, -1);
    assert_int_equal(certificate_may(&f, CERTIFICATE_RENEW).why, CERTIFICATE_HAS_ENDED);
    f = facts(CERTIFICATE_ACTIVE);
    f.has_follower = true;
    assert_int_equal(certificate_may(&f, CERTIFICATE_RENEW).why, CERTIFICATE_FOLLOWED);
}

static void a_token_comes_back_once_after_the_end(void **state)
{
    struct certificate_facts f = facts(CERTIFICATE_ACTIVE);

    (void)state;
    assert_int_equal(certificate_may(&f, CERTIFICATE_RETURN).why, CERTIFICATE_WRONG_STATE);
    f.ends_on = date_add_days(TODAY, -1);
    assert_int_equal(certificate_may(&f, CERTIFICATE_RETURN).why, CERTIFICATE_ALLOWED);
    f = facts(CERTIFICATE_REVOKED);
    assert_int_equal(certificate_may(&f, CERTIFICATE_RETURN).why, CERTIFICATE_ALLOWED);
    f.has_token_back = true;
    assert_int_equal(certificate_may(&f, CERTIFICATE_RETURN).why, CERTIFICATE_TOKEN_BACK);
}

static void the_day_says_what_it_is_called(void **state)
{
    (void)state;
    assert_int_equal(certificate_shown(CERTIFICATE_ACTIVE, date_add_days(TODAY, 61), TODAY), CERTIFICATE_SHOWN_ACTIVE);
    assert_int_equal(certificate_shown(CERTIFICATE_ACTIVE, date_add_days(TODAY, 60), TODAY), CERTIFICATE_SHOWN_ENDING);
    assert_int_equal(certificate_shown(CERTIFICATE_ACTIVE, TODAY, TODAY), CERTIFICATE_SHOWN_ENDING);
    assert_int_equal(certificate_shown(CERTIFICATE_ACTIVE, date_add_days(TODAY, -1), TODAY), CERTIFICATE_SHOWN_ENDED);
    assert_int_equal(certificate_shown(CERTIFICATE_SUSPENDED, date_add_days(TODAY, 5), TODAY), CERTIFICATE_SHOWN_SUSPENDED);
    assert_int_equal(certificate_shown(CERTIFICATE_REVOKED, date_add_days(TODAY, -1), TODAY), CERTIFICATE_SHOWN_REVOKED);
    assert_int_equal(certificate_shown(CERTIFICATE_SENT, DATE_NEVER, TODAY), CERTIFICATE_SHOWN_WAITING);
}

static void one_thing_wrong_is_enough(void **state)
{
    struct certificate_signing good = {.is_known = true, .kind = CERTIFICATE_PERSON, .wanted = CERTIFICATE_PERSON, .state = CERTIFICATE_ACTIVE, .at = {50},
                                       .not_before = {0}, .not_after = {100}, .is_of_signer = true, .is_in_position = true};
    struct certificate_signing s = good;

    (void)state;
    assert_int_equal(certificate_may_sign(&s), CERTIFICATE_SIGNS);
    s.at.ms = 101;
    assert_int_equal(certificate_may_sign(&s), CERTIFICATE_IS_OVER);
    s = good;
    s.is_in_position = false;
    assert_int_equal(certificate_may_sign(&s), CERTIFICATE_NOT_IN_POSITION);
    s.has_review = true;
    assert_int_equal(certificate_may_sign(&s), CERTIFICATE_IN_REVIEW);
    s = good;
    s.wanted = CERTIFICATE_ORGANISATION;
    assert_int_equal(certificate_may_sign(&s), CERTIFICATE_WRONG_KIND);
    s = good;
    s.is_of_signer = false;
    assert_int_equal(certificate_may_sign(&s), CERTIFICATE_OTHERS);
    s = (struct certificate_signing){.must_be_known = true};
    assert_int_equal(certificate_may_sign(&s), CERTIFICATE_UNKNOWN);
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(the_table_of_the_law),
    cmocka_unit_test(renewal_is_asked_for_thirty_days_before),
    cmocka_unit_test(a_token_comes_back_once_after_the_end),
    cmocka_unit_test(the_day_says_what_it_is_called),
    cmocka_unit_test(one_thing_wrong_is_enough),
};

TEST_MAIN("certificate", TESTS)
