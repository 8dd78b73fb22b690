/* Validation data in the file (DSS, EN 319 142-1 5.4.2), and a time-stamp on the whole. */
#include "sign/signing.h"

#include "sign/pdf_value.h"
#include "sign/trust.h"
#include "sign/update.h"

#define WORK_BYTES ((size_t)2 << 30)

enum kind { KIND_CERTIFICATE, KIND_LIST, KIND_ANSWER, KIND__COUNT };

static const char *const KEYS[KIND__COUNT] = {[KIND_CERTIFICATE] = "Certs", [KIND_LIST] = "CRLs", [KIND_ANSWER] = "OCSPs"};

/* One piece as DER, ready for a stream. */
struct piece {
    enum kind kind;
    struct str der;
};

struct pieces {
    struct piece piece[SIGN_EXTENSION_MAX];
    size_t count;
};

static bool piece_add(struct arena *a, struct pieces *p, enum kind kind, unsigned char *bytes, int n)
{
    bool fits = n > 0 && p->count < SIGN_EXTENSION_MAX;

    if (fits)
        p->piece[p->count++] = (struct piece){kind, str_copy(a, (struct str){(const char *)bytes, (size_t)n})};
    OPENSSL_free(bytes);
    return fits;
}

/* An answer of OCSP is kept whole as it came; certificates and lists may be several in one PEM. */
static bool read_evidence(struct arena *a, struct pieces *p, struct str bytes)
{
    struct evidence *e = ARENA_NEW(a, struct evidence);
    bool good = true;

    evidence_open(e, a, SIGN_GIVEN_MAX);
    if (evidence_add_answer(e, bytes)) {
        good = p->count < SIGN_EXTENSION_MAX;
        if (good)
            p->piece[p->count++] = (struct piece){KIND_ANSWER, bytes};
        return good;
    }
    bool is_known = evidence_add_certificate(e, bytes);
    is_known = evidence_add_crl(e, bytes) || is_known;
    for (int i = 0; good && i < sk_X509_num(e->certificate); i++) {
        unsigned char *der = NULL;
        int n = i2d_X509(sk_X509_value(e->certificate, i), &der);
        good = piece_add(a, p, KIND_CERTIFICATE, der, n);
    }
    for (int i = 0; good && i < sk_X509_CRL_num(e->crl); i++) {
        unsigned char *der = NULL;
        int n = i2d_X509_CRL(sk_X509_CRL_value(e->crl, i), &der);
        good = piece_add(a, p, KIND_LIST, der, n);
    }
    return good && is_known;
}

static int32_t put_stream(struct update *u, struct str der)
{
    int32_t number = update_number(u);

    update_object(u, number, 0);
    buf_format(&u->out, "<< /Length %zu >>\nstream\n", der.n);
    buf_put(&u->out, der);
    buf_put(&u->out, STR("\nendstream"));
    update_object_end(u);
    return number;
}

/* The list of one kind: what was there, then the new streams. "" where there is nothing at all. */
static struct str list_of(struct arena *a, struct update *u, const struct pdf_value *dss, const struct pieces *p, enum kind kind)
{
    const struct pdf_value *old = pdf_get(u->view, dss, KEYS[kind]);
    struct buf b = buf_in(a);
    size_t n = 0;

    buf_char(&b, '[');
    for (const struct pdf_member *m = old->kind == PDF_ARRAY ? old->member : NULL; m; m = m->next, n++)
        buf_format(&b, "%" PRIstr " ", STR_ARG(m->value->raw));
    for (size_t i = 0; i < p->count; i++)
        if (p->piece[i].kind == kind) {
            buf_format(&b, "%d 0 R ", (int)put_stream(u, p->piece[i].der));
            n++;
        }
    buf_char(&b, ']');
    return n ? buf_str(&b) : STR("");
}

static void put_validation(struct arena *a, struct update *u, const struct pieces *p)
{
    const struct pdf_value *reference = pdf_get_raw(pdf_trailer(u->pdf, 0), "Root"), *root = pdf_resolve(u->view, reference);
    const struct pdf_value *dss = pdf_get(u->view, root, "DSS");
    struct update_member member[KIND__COUNT];
    size_t n = 0;

    for (int kind = 0; kind < KIND__COUNT; kind++) {
        struct str list = list_of(a, u, dss, p, (enum kind)kind);
        if (list.n)
            member[n++] = (struct update_member){KEYS[kind], list};
    }
    int32_t number = update_number(u);
    update_object(u, number, 0);
    update_put_dict(&u->out, dss, member, n);
    update_object_end(u);
    update_object(u, (int32_t)reference->integer, reference->generation);
    update_put_dict(&u->out, root, &(struct update_member){"DSS", update_reference(a, number, 0)}, 1);
    update_object_end(u);
}

static enum err add_validation(struct arena *work, struct str pdf_bytes, const struct sign_extension *x, struct str *ret, const char **why)
{
    struct pieces *p = ARENA_NEW(work, struct pieces);
    struct update *u = ARENA_NEW(work, struct update);
    struct pdf *pdf;
    enum err err = pdf_open(work, pdf_bytes, &pdf, why);

    if (!err)
        err = signing_check(pdf, why);
    for (size_t i = 0; i < x->count && !err; i++)
        if (!read_evidence(work, p, x->evidence[i])) {
            *why = "a piece of evidence is neither certificate, list nor answer, or there are too many";
            err = ERR_INVALID;
        }
    if (err)
        return err;
    update_begin(u, work, pdf);
    put_validation(work, u, p);
    update_end(u, str_format(work, "%zu %lld", u->out.n, (long long)x->now.ms));
    if (pdf_doubt(pdf)) {
        *why = pdf_doubt(pdf);
        return ERR_INVALID;
    }
    *ret = buf_str(&u->out);
    return OK;
}

enum err sign_extend(struct arena *a, struct str pdf, const struct sign_extension *x, struct str *ret, const char **ret_why)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct sign_order order = {.stamper = x->stamper, .now = x->now};
    const char *why = "";
    struct str made = pdf;
    enum err err = x->count ? add_validation(work, pdf, x, &made, &why) : OK;

    if (!err && x->stamper)
        err = signing_stamp(a, made, &order, ret, &why);
    else if (!err)
        *ret = str_copy(a, made);
    if (err && ret_why)
        *ret_why = why;
    arena_free(work);
    return err;
}
