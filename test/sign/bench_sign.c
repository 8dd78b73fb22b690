/* How fast signing and judging are, beside the key alone: bench_sign FILE.pdf KEY PIN ROOT.pem [MODULE]
 * KEY is a PKCS#12 file or a PKCS#11 URI. One JSON line for each operation. test/sign/bench.mjs calls it. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "sign/key_use.h"
#include "sign/sign.h"

enum { SECONDS = 3 };

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct str file(struct arena *a, const char *path)
{
    struct buf b = buf_in(a);
    char part[65536];
    FILE *f = fopen(path, "rb");

    if (!f)
        BUG("no file %s", path);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_put(&b, (struct str){part, n});
    fclose(f);
    return buf_str(&b);
}

struct bench {
    struct arena *scratch;
    struct sign_key *key;
    struct sign_trusted *trusted;
    struct sign_order order;
    struct str plain, made;
};

static void bare_sign(struct bench *b)
{
    unsigned char signature[1024];
    size_t n = sizeof signature;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, b->key->key) != 1 || EVP_DigestSign(ctx, signature, &n, (const unsigned char *)"x", 1) != 1)
        BUG("the key does not sign");
    EVP_MD_CTX_free(ctx);
}

static void sign(struct bench *b)
{
    struct str made;

    if (sign_pdf(b->scratch, b->plain, &b->order, &made, NULL))
        BUG("not signed");
}

static void verify(struct bench *b)
{
    struct sign_report report;

    if (sign_verify_pdf(b->scratch, b->made, b->trusted, b->order.now, &report, NULL) || !report.is_good)
        BUG("not valid");
}

static void bare_verify(struct bench *b)
{
    unsigned char md[32];

    if (EVP_Digest(b->made.p, b->made.n, md, NULL, EVP_sha256(), NULL) != 1 || X509_verify(b->key->certificate, X509_get0_pubkey(sk_X509_value(b->key->chain->certificate, 0))) != 1)
        BUG("not verified");
}

static double rate(struct bench *b, void (*work)(struct bench *))
{
    double begun = seconds(), now = begun;
    size_t n = 0;

    for (; now - begun < SECONDS; now = seconds(), n++) {
        work(b);
        arena_reset(b->scratch);
    }
    return (double)n / (now - begun);
}

static void report(const char *op, const struct bench *b, double rps, double bare)
{
    printf("{\"op\":\"%s\",\"bytes\":%zu,\"rps\":%.1f,\"bare_rps\":%.1f,\"ratio\":%.2f}\n", op, b->plain.n, rps, bare, rps / bare);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct bench b = {.scratch = arena_new((size_t)1 << 30), .trusted = sign_trusted_new(a)};
    struct timespec now;

    if (argc < 5)
        BUG("bench_sign FILE.pdf KEY PIN ROOT.pem [MODULE]");
    struct sign_token token = {str_of(argv[2]), str_of(argc > 5 ? argv[5] : ""), str_of(argv[3])};
    bool is_token = str_has_prefix(token.uri, STR("pkcs11:"));
    if (is_token ? sign_key_from_token(a, &token, &b.key) : sign_key_from_file(a, file(a, argv[2]), token.pin, &b.key))
        BUG("no key");
    if (sign_trusted_add_roots(b.trusted, file(a, argv[4])))
        BUG("no root");
    if (is_token && argc > 6 && sign_key_add_chain(b.key, file(a, argv[6])))
        BUG("no chain");
    clock_gettime(CLOCK_REALTIME, &now);
    b.order = (struct sign_order){.key = b.key, .now = {(int64_t)now.tv_sec * 1000}};
    b.plain = file(a, argv[1]);
    if (sign_pdf(a, b.plain, &b.order, &b.made, NULL))
        BUG("not signed");
    report(is_token ? "sign_token" : "sign_file", &b, rate(&b, sign), rate(&b, bare_sign));
    report("verify", &b, rate(&b, verify), rate(&b, bare_verify));
    arena_free(b.scratch);
    arena_free(a);
    return 0;
}
