/* Known vectors, and what must be refused. */
#include "test.h"

#include "crypto/hash.h"
#include "crypto/hex.h"
#include "crypto/merkle.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "crypto/secret.h"

static struct arena *arena;

static struct str hex_of(struct hash hash)
{
    return hex_encode(arena, hash_str(&hash));
}

/* ---- hash ---- */

static const struct {
    struct str text, hash;
} HASHES[] = {
    /* FIPS 180-4, as NIST's examples have them */
    {STR_INIT(""), STR_INIT("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")},
    {STR_INIT("abc"), STR_INIT("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")},
    {STR_INIT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
     STR_INIT("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")},
};

static void hashes_are_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof HASHES / sizeof HASHES[0]; i++)
        assert_str(hex_of(hash_of(HASHES[i].text)), HASHES[i].hash);
    assert_str(hex_of(hash_of((struct str){NULL, 0})), HASHES[0].hash);
}

static void pieces_hash_as_the_whole(void **state)
{
    enum { MILLION = 1000000 };
    char *p = ARENA_ARRAY(arena, char, MILLION);
    struct hasher h;

    (void)state;
    memset(p, 'a', MILLION);
    for (size_t piece = 1; piece < MILLION; piece = piece * 7 + 1) {
        hasher_init(&h);
        for (size_t at = 0; at < MILLION; at += piece)
            hasher_add(&h, (struct str){p + at, MILLION - at < piece ? MILLION - at : piece});
        hasher_add(&h, STR(""));
        assert_str(hex_of(hasher_done(&h)),
                   STR("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }
}

static void hashes_compare(void **state)
{
    struct hash a = hash_of(STR("a")), b = a;

    (void)state;
    assert_true(hash_eq(&a, &b));
    b.b[31] ^= 1;
    assert_false(hash_eq(&a, &b));
}

/* The roots of the reference implementation of Certificate Transparency, over its eight inputs. */
static void merkle_roots_are_known(void **state)
{
    static const struct str INPUTS[] = {
        STR_INIT(""),
        STR_INIT("\x00"),
        STR_INIT("\x10"),
        STR_INIT("\x20\x21"),
        STR_INIT("\x30\x31"),
        STR_INIT("\x40\x41\x42\x43"),
        STR_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
        STR_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f")};
    static const struct str ROOTS[] = {
        STR_INIT("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        STR_INIT("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        STR_INIT("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        STR_INIT("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        STR_INIT("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        STR_INIT("4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        STR_INIT("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        STR_INIT("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        STR_INIT("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    };
    struct hash leaf[8];

    (void)state;
    for (size_t n = 0; n <= 8; n++) {
        assert_str(hex_of(merkle_root(leaf, n)), ROOTS[n]);
        if (n < 8)
            leaf[n] = merkle_leaf(INPUTS[n]);
    }
}

/* ---- bytes as text ---- */

static void bytes_become_text_and_back(void **state)
{
    static const struct {
        struct str bytes, hex, base64;
    } CASES[] = {
        /* RFC 4648 section 10 */
        {STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT("f"), STR_INIT("66"), STR_INIT("Zg")},
        {STR_INIT("fo"), STR_INIT("666f"), STR_INIT("Zm8")},
        {STR_INIT("foo"), STR_INIT("666f6f"), STR_INIT("Zm9v")},
        {STR_INIT("foobar"), STR_INIT("666f6f626172"), STR_INIT("Zm9vYmFy")},
        {STR_INIT("\xfb\xff\x00"), STR_INIT("fbff00"), STR_INIT("-_8A")},
    };
    struct str back;

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        assert_str(hex_encode(arena, CASES[i].bytes), CASES[i].hex);
        assert_err(hex_decode(arena, CASES[i].hex, &back), OK);
        assert_str(back, CASES[i].bytes);
        assert_str(base64url_encode(arena, CASES[i].bytes), CASES[i].base64);
        assert_err(base64url_decode(arena, CASES[i].base64, &back), OK);
        assert_str(back, CASES[i].bytes);
    }
    assert_err(hex_decode(arena, STR("FBff00"), &back), OK);
    assert_str(back, CASES[5].bytes);
}

static void other_text_is_refused(void **state)
{
    static const struct str HEX[] = {STR_INIT("6"),  STR_INIT("666"),  STR_INIT("6g"),
                                     STR_INIT(" 6"), STR_INIT("0x66"), STR_INIT("6:"),
                                     STR_INIT("@6"), STR_INIT("6\x00")};
    static const struct str BASE64[] = {STR_INIT("Z"),    STR_INIT("Zg=="), STR_INIT("Zm 9v"),
                                        STR_INIT("+/8A"), STR_INIT("Zh"),   STR_INIT("Zm9v\n"),
                                        STR_INIT("Zm9"),  STR_INIT("ZgZ")};
    struct str ret = STR("untouched");

    (void)state;
    for (size_t i = 0; i < sizeof HEX / sizeof HEX[0]; i++)
        assert_err(hex_decode(arena, HEX[i], &ret), ERR_INVALID);
    for (size_t i = 0; i < sizeof BASE64 / sizeof BASE64[0]; i++)
        assert_err(base64url_decode(arena, BASE64[i], &ret), ERR_INVALID);
    assert_str(ret, STR("untouched"));
}

/* ---- secrets ---- */

static void secrets_compare(void **state)
{
    char z[] = "mật khẩu";

    (void)state;
    assert_true(secret_eq(STR("abc"), STR("abc")));
    assert_true(secret_eq(STR(""), (struct str){NULL, 0}));
    assert_false(secret_eq(STR("abc"), STR("abd")));
    assert_false(secret_eq(STR("abc"), STR("Abc")));
    assert_false(secret_eq(STR("abc"), STR("abcd")));
    secret_wipe(z, sizeof z);
    for (size_t i = 0; i < sizeof z; i++)
        assert_int_equal(z[i], 0);
}

static void passwords_verify(void **state)
{
    struct str hash, again;

    (void)state;
    assert_err(password_hash(arena, STR("Mật khẩu dài 12"), &hash), OK);
    assert_true(str_has_prefix(hash, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_true(password_verify(hash, STR("Mật khẩu dài 12")));
    assert_false(password_verify(hash, STR("Mật khẩu dài 1")));
    assert_false(password_verify(hash, STR("mật khẩu dài 12")));
    assert_false(password_verify(hash, STR("")));
    assert_err(password_hash(arena, STR("Mật khẩu dài 12"), &again), OK);
    assert_false(str_eq(hash, again)); /* its own salt */
    assert_false(password_needs_rehash(hash));
}

static void broken_hashes_are_nobodys(void **state)
{
    char endless[400];
    struct str hash;

    (void)state;
    memset(endless, '$', sizeof endless);
    const struct str BROKEN[] = {
        STR(""),
        STR("x"),
        STR("$argon2id$v=19$m=19456,t=2,p=1$"),
        {endless, sizeof endless},
        STR("$2b$12$abcdefghijklmnopqrstuu5Z1Y7b2d8gMZ0bq0aFQkXo8s1cV7f1S")};
    for (size_t i = 0; i < sizeof BROKEN / sizeof BROKEN[0]; i++) {
        assert_false(password_verify(BROKEN[i], STR("x")));
        assert_false(password_verify(BROKEN[i], STR("")));
        assert_true(password_needs_rehash(BROKEN[i]));
    }
    assert_err(password_hash(arena, STR(""), &hash), OK);
    assert_true(password_verify(hash, (struct str){NULL, 0}));
    /* Made with one pass more than today's two. */
    assert_true(password_needs_rehash(STR("$argon2id$v=19$m=19456,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                          "u1l0tCkjGBSlMNi0JKpE6wqBO3TnSpBQ0cBY3ALZd5g")));
}

/* ---- random ---- */

static void a_seed_gives_one_stream(void **state)
{
    struct random a, b, c;
    char x[1000], y[1000], z[1000];

    (void)state;
    random_open_seeded(&a, 2018);
    random_open_seeded(&b, 2018);
    random_open_seeded(&c, 2019);
    random_bytes(&a, x, sizeof x);
    for (size_t at = 0; at < sizeof y; at += 8) /* in pieces, over the edges of blocks */
        random_bytes(&b, y + at, 8);
    random_bytes(&c, z, sizeof z);
    assert_memory_equal(x, y, sizeof x);
    assert_memory_not_equal(x, z, sizeof x);
}

/* ChaCha20 with key and nonce of zeros: RFC 8439 appendix A.1, test vector 1. */
static void the_stream_is_chacha20(void **state)
{
    struct random r;
    char x[32];

    (void)state;
    random_open_seeded(&r, 0);
    random_bytes(&r, x, sizeof x);
    assert_str(hex_encode(arena, (struct str){x, sizeof x}),
               STR("76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"));
}

static void the_systems_does_not_repeat(void **state)
{
    struct random a, b;
    struct str x, y;

    (void)state;
    random_open(&a);
    random_open(&b);
    x = random_hex(&a, arena, 16);
    y = random_hex(&b, arena, 16);
    assert_int_equal(x.n, 32);
    assert_false(str_eq(x, y));
    assert_false(str_eq(x, random_hex(&a, arena, 16)));
}

static void numbers_are_even(void **state)
{
    enum { SIDES = 6, THROWS = 60000 };
    struct random r;
    int count[SIDES] = {0};

    (void)state;
    random_open_seeded(&r, 1);
    for (int i = 0; i < THROWS; i++) {
        uint64_t n = random_below(&r, SIDES);
        assert_true(n < SIDES);
        count[n]++;
    }
    for (int i = 0; i < SIDES; i++)
        assert_in_range(count[i], THROWS / SIDES - 500, THROWS / SIDES + 500);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(random_below(&r, 1), 0);
        assert_true(random_below(&r, UINT64_MAX) < UINT64_MAX);
    }
}

static void codes_have_no_twins(void **state)
{
    struct random r;

    (void)state;
    random_open_seeded(&r, 7);
    struct str code = random_code(&r, arena, 5000);
    assert_int_equal(code.n, 5000);
    for (size_t i = 0; i < code.n; i++) {
        assert_null(memchr("0O1ILU", code.p[i], 6));
        assert_true((code.p[i] >= '2' && code.p[i] <= '9') ||
                    (code.p[i] >= 'A' && code.p[i] <= 'Z'));
    }
    assert_int_equal(random_code(&r, arena, 0).n, 0);
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(hashes_are_known),
    cmocka_unit_test(pieces_hash_as_the_whole),
    cmocka_unit_test(hashes_compare),
    cmocka_unit_test(merkle_roots_are_known),
    cmocka_unit_test(bytes_become_text_and_back),
    cmocka_unit_test(other_text_is_refused),
    cmocka_unit_test(secrets_compare),
    cmocka_unit_test(passwords_verify),
    cmocka_unit_test(broken_hashes_are_nobodys),
    cmocka_unit_test(a_seed_gives_one_stream),
    cmocka_unit_test(the_stream_is_chacha20),
    cmocka_unit_test(the_systems_does_not_repeat),
    cmocka_unit_test(numbers_are_even),
    cmocka_unit_test(codes_have_no_twins),
};

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    arena = arena_new(1 << 26);
    int failed = cmocka_run_group_tests_name("crypto", TESTS, NULL, NULL);
    arena_free(arena);
    return failed;
}
