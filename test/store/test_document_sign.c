/* Signing in two steps: what is prepared is one person's, for the document as it is, for a while; what is signed holds. */
#include "world.h"

#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "acts/document_sign.h"
#include "acts/file.h"
#include "sign/sign.h"
#include "sql_document.h"
#include "sql_file.h"

static const char CITY[] = "bien-hoa", OFFICE[] = "phong-noi-vu";
static const char DRAFTER[] = "cv.nv", LEADER[] = "ct.bh", OTHER_LEADER[] = "pct.bh", CLERK[] = "vt.bh", OTHER_CLERK[] = "vt2.bh";

static struct sign_key *leader_key, *city_key, *stranger_key;

static struct ctx as(const char *login)
{
    return world_as(str_of(login));
}

/* ---- keys ---- */

static X509 *certificate_of(EVP_PKEY *pair, struct str name)
{
    X509 *x = X509_new();
    X509_NAME *subject = X509_get_subject_name(x);

    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
    ASN1_TIME_set_string(X509_getm_notBefore(x), "20160101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(x), "20400101000000Z");
    X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, (const unsigned char *)name.p, (int)name.n, -1, 0);
    X509_set_issuer_name(x, subject);
    X509_set_pubkey(x, pair);
    assert_true(X509_sign(x, pair, EVP_sha256()) > 0);
    return x;
}

static struct sign_key *key_of(struct str name)
{
    EVP_PKEY *pair = EVP_RSA_gen(2048);
    X509 *x = certificate_of(pair, name);
    PKCS12 *file = PKCS12_create("x", NULL, pair, x, NULL, 0, 0, 0, 0, 0);
    unsigned char *bytes = NULL;
    int n = i2d_PKCS12(file, &bytes);
    struct sign_key *key = NULL;

    assert_true(n > 0);
    assert_err(sign_key_from_file(world()->arena, str_copy(world()->arena, (struct str){(char *)bytes, (size_t)n}), STR("x"), &key), OK);
    OPENSSL_free(bytes);
    PKCS12_free(file);
    X509_free(x);
    EVP_PKEY_free(pair);
    return key;
}

static void people_and_keys(void **state)
{
    (void)state;
    world_now("2018-03-05T08:00");
    world_person(DRAFTER, OFFICE, "chuyen-vien");
    world_person(LEADER, CITY, "lanh-dao");
    world_person(OTHER_LEADER, CITY, "lanh-dao");
    world_person(CLERK, CITY, "van-thu");
    world_person(OTHER_CLERK, CITY, "van-thu");
    struct q_document_issuer_of issuer;
    assert_err(q_document_issuer_of(world()->db, world()->arena, world_unit(CITY), &issuer), OK);
    leader_key = key_of(as(LEADER).actor.name);
    city_key = key_of(issuer.unit_name);
    stranger_key = key_of(STR("Người Lạ"));
}

/* ---- what is done ---- */

static int64_t submitted(const char *subject)
{
    struct ctx ctx = as(DRAFTER);
    struct act_document_draft draft = {
        .unit = world_unit(CITY), .type = STR("bao-cao"), .subject = str_of(subject), .addressee = STR(""), .body = STR("Kính báo cáo."),
        .to_act = STR("Sở Nội vụ"), .to_know = STR(""), .authority = STR(""), .signer = as(LEADER).actor.id, .due = DATE_NEVER, .copies = 1, .note = STR(""),
    };
    assert_err(act_document_draft(&draft, &ctx), OK);
    struct act_document_submit submit = {.on = {.id = draft.on.id}, .note = STR("")};
    assert_err(act_document_submit(&submit, &ctx), OK);
    assert_int_equal(submit.on.why, DOCUMENT_ALLOWED);
    return draft.on.id;
}

static enum document_refusal prepare(const char *login, int64_t id, struct sign_key *key, struct act_document_prepare *ret)
{
    struct ctx ctx = as(login);

    *ret = (struct act_document_prepare){.on = {.id = id}, .certificate = sign_key_certificate(world()->arena, key)};
    assert_err(act_document_prepare(ret, &ctx), OK);
    return ret->on.why;
}

static struct str signature_of(struct sign_key *key, struct str to_sign)
{
    struct str signature = STR("");

    assert_err(sign_key_sign(world()->arena, key, to_sign, &signature), OK);
    return signature;
}

static enum document_refusal finish(const char *login, int64_t id, struct str signature, bool *ret_last)
{
    struct ctx ctx = as(login);
    struct act_document_signed act = {.on = {.id = id}, .signature = signature};

    assert_err(act_document_signed(&act, &ctx), OK);
    if (ret_last)
        *ret_last = act.is_last;
    return act.on.why;
}

static void sign_once(const char *login, int64_t id, struct sign_key *key, enum document_act what, bool last)
{
    struct act_document_prepare p;
    bool is_last = !last;

    assert_int_equal(prepare(login, id, key, &p), DOCUMENT_ALLOWED);
    assert_int_equal(p.what, what);
    assert_int_equal(p.is_last, last);
    assert_int_equal(finish(login, id, signature_of(key, p.to_sign), &is_last), DOCUMENT_ALLOWED);
    assert_int_equal(is_last, last);
}

static void number(int64_t id)
{
    struct ctx ctx = as(CLERK);
    struct act_document_number act = {.on = {.id = id}};

    assert_err(act_document_number(&act, &ctx), OK);
    assert_int_equal(act.on.why, DOCUMENT_ALLOWED);
}

/* How many documents wait for a signature of this person; whether `id` is among them. */
static bool waits_for(const char *login, int64_t id)
{
    struct ctx ctx = as(login);
    struct q_document_to_sign *row;
    size_t count;
    bool found = false;

    assert_err(act_document_to_sign(&ctx, &row, &count), OK);
    for (size_t i = 0; i < count; i++)
        found = found || row[i].id == id;
    return found;
}

static enum document_state state_of(int64_t id)
{
    struct ctx ctx = as(DRAFTER);
    struct act_document act = {.id = id};

    assert_err(act_document(&act, &ctx), OK);
    return (enum document_state)act.d.state;
}

static struct str prepared_hash(const char *login, int64_t id, const char *kind)
{
    struct q_document_signing_get kept;

    return q_document_signing_get(world()->db, world()->arena, id, as(login).actor.id, str_of(kind), &kept) == OK ? kept.hash : STR("");
}

static bool is_kept(struct str hash)
{
    struct q_file_has f;

    return q_file_has(world()->db, world()->arena, hash, &f) == OK;
}

/* ---- the way ---- */

static void three_signatures_in_a_row(void **state)
{
    int64_t id = submitted("Ba chữ ký");

    (void)state;
    assert_true(waits_for(LEADER, id));
    assert_false(waits_for(OTHER_LEADER, id));
    assert_false(waits_for(CLERK, id));
    sign_once(LEADER, id, leader_key, DOCUMENT_SIGN, true);
    assert_false(waits_for(LEADER, id));
    assert_true(waits_for(CLERK, id));
    assert_int_equal(state_of(id), DOCUMENT_SIGNED);
    number(id);
    sign_once(CLERK, id, city_key, DOCUMENT_NUMBER, false);
    assert_true(waits_for(CLERK, id));
    assert_int_equal(state_of(id), DOCUMENT_NUMBERED);
    sign_once(CLERK, id, city_key, DOCUMENT_SEAL, true);
    assert_false(waits_for(CLERK, id));
    assert_int_equal(state_of(id), DOCUMENT_SEALED);
}

static void what_is_signed_on_paper_waits_for_no_key(void **state)
{
    int64_t id = submitted("Ký trên giấy");
    struct ctx ctx = as(LEADER);
    struct act_document_on on = {.id = id};
    struct act_document_prepare p;

    (void)state;
    assert_err(act_document_sign_by_hand(&ctx, &on), OK);
    assert_false(waits_for(CLERK, id));
    number(id);
    assert_false(waits_for(CLERK, id));
    assert_int_not_equal(prepare(CLERK, id, city_key, &p), DOCUMENT_ALLOWED);
}

/* ---- refusals ---- */

static void nobody_signs_for_another(void **state)
{
    int64_t id = submitted("Của người khác"), lines = world_lines();
    struct act_document_prepare p;
    struct ctx ctx = as(OTHER_LEADER);

    (void)state;
    assert_int_equal(prepare(LEADER, id, stranger_key, &p), DOCUMENT_CERTIFICATE_WRONG);
    assert_true(str_eq(p.on.why_arg, STR("Người Lạ")));
    assert_int_equal(prepare(OTHER_LEADER, id, leader_key, &p), DOCUMENT_NOT_HOLDER);
    assert_int_equal(prepare(LEADER, id, leader_key, &p), DOCUMENT_ALLOWED);
    struct str good = signature_of(leader_key, p.to_sign);
    struct act_document_signed stolen = {.on = {.id = id}, .signature = good};
    assert_err(act_document_signed(&stolen, &ctx), OK);
    assert_int_equal(stolen.on.why, DOCUMENT_NOT_HOLDER);
    assert_int_equal(finish(LEADER, id, signature_of(stranger_key, p.to_sign), NULL), DOCUMENT_SIGNATURE_WRONG);
    assert_int_equal(finish(LEADER, id, signature_of(leader_key, STR("x")), NULL), DOCUMENT_SIGNATURE_WRONG);
    assert_int_equal(finish(LEADER, id, STR(""), NULL), DOCUMENT_SIGNATURE_WRONG);
    assert_int_equal(world_lines(), lines);
    assert_int_equal(finish(LEADER, id, good, NULL), DOCUMENT_ALLOWED);
    assert_int_equal(finish(LEADER, id, good, NULL), DOCUMENT_WRONG_STATE);
    ctx = as(LEADER);
    struct act_document_prepare none = {.on = {.id = submitted("Không có chứng thư")}, .certificate = STR("x")};
    assert_err(act_document_prepare(&none, &ctx), ERR_INVALID);
}

/* Two clerks of one registry: each has a preparation of their own, and the first signature makes the other void. */
static void what_is_prepared_is_ones_own(void **state)
{
    int64_t id = submitted("Hai văn thư");
    struct act_document_prepare one, other;

    (void)state;
    sign_once(LEADER, id, leader_key, DOCUMENT_SIGN, true);
    number(id);
    assert_int_equal(prepare(CLERK, id, city_key, &one), DOCUMENT_ALLOWED);
    assert_int_equal(finish(OTHER_CLERK, id, signature_of(city_key, one.to_sign), NULL), DOCUMENT_CHANGED_MEANWHILE);
    assert_int_equal(prepare(OTHER_CLERK, id, city_key, &other), DOCUMENT_ALLOWED);
    assert_int_equal(finish(CLERK, id, signature_of(city_key, one.to_sign), NULL), DOCUMENT_ALLOWED);
    assert_int_equal(finish(OTHER_CLERK, id, signature_of(city_key, other.to_sign), NULL), DOCUMENT_CHANGED_MEANWHILE);
}

static void what_is_prepared_is_forgotten(void **state)
{
    int64_t id = submitted("Quá một giờ"), done;
    struct act_document_prepare first, second;
    struct ctx ctx;

    (void)state;
    world_now("2018-03-05T09:00");
    assert_int_equal(prepare(LEADER, id, leader_key, &first), DOCUMENT_ALLOWED);
    struct str hash = prepared_hash(LEADER, id, "sign");
    assert_true(is_kept(hash));
    world_now("2018-03-05T10:01");
    assert_int_equal(finish(LEADER, id, signature_of(leader_key, first.to_sign), NULL), DOCUMENT_CHANGED_MEANWHILE);
    assert_int_equal(prepare(LEADER, id, leader_key, &second), DOCUMENT_ALLOWED);
    assert_false(is_kept(hash));
    hash = prepared_hash(LEADER, id, "sign");
    world_now("2018-03-05T10:02");
    assert_int_equal(prepare(LEADER, id, leader_key, &second), DOCUMENT_ALLOWED);
    assert_false(is_kept(hash));
    hash = prepared_hash(LEADER, id, "sign");
    ctx = world_system();
    assert_err(act_document_signing_sweep(&ctx, 100, &done), OK);
    assert_true(is_kept(hash));
    world_now("2018-03-05T11:03");
    ctx = world_system();
    assert_err(act_document_signing_sweep(&ctx, 100, &done), OK);
    assert_true(done >= 1);
    assert_false(is_kept(hash));
    assert_int_equal(prepared_hash(LEADER, id, "sign").n, 0);
    assert_int_equal(prepare(LEADER, id, leader_key, &second), DOCUMENT_ALLOWED);
    assert_int_equal(finish(LEADER, id, signature_of(leader_key, second.to_sign), NULL), DOCUMENT_ALLOWED);
    assert_int_equal(prepared_hash(LEADER, id, "sign").n, 0);
}

static void journal_says_all(void **state)
{
    (void)state;
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(people_and_keys),
    cmocka_unit_test(three_signatures_in_a_row),
    cmocka_unit_test(what_is_signed_on_paper_waits_for_no_key),
    cmocka_unit_test(nobody_signs_for_another),
    cmocka_unit_test(what_is_prepared_is_ones_own),
    cmocka_unit_test(what_is_prepared_is_forgotten),
    cmocka_unit_test(journal_says_all),
};

WORLD_MAIN("document_sign", TESTS)
