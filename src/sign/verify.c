#include "sign/verify.h"

#include "sign/stamp.h"
#include "sign/trust.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#define WORK_BYTES ((size_t)2 << 30)

/* One judgement of one file. */
struct verification {
    struct arena *arena; /* of the report */
    struct arena *work;
    const struct sign_trusted *trusted;
    struct evidence *carried;
    struct instant now;
    bool is_proved; /* by trusted time-stamps on the document, later than the signature in question */
    struct instant proved;
    struct str proved_by;
    bool keeps_validation; /* the last of them covers validation data */
};

/* "D:20180212163000+07'00'": what follows the day may be missing; without a zone it is UTC. */
static bool claimed_time(struct arena *a, struct str m, struct instant *ret)
{
    char digits[15] = "00000101000000";
    size_t n = 0, at = str_has_prefix(m, STR("D:")) ? 2 : 0;

    for (; n < 14 && at < m.n && m.p[at] >= '0' && m.p[at] <= '9'; n++, at++)
        digits[n] = m.p[at];
    if (n < 8 || n % 2)
        return false;
    struct str zone = str_sub(m, at, SIZE_MAX), offset = STR("Z");
    if (zone.n >= 3 && (zone.p[0] == '+' || zone.p[0] == '-')) {
        struct str minutes = zone.n >= 6 && zone.p[3] == '\'' ? str_sub(zone, 4, 2) : STR("00");
        offset = str_format(a, "%.3s:%" PRIstr, zone.p, STR_ARG(minutes));
    }
    return instant_parse_rfc3339(str_format(a, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%" PRIstr, digits, digits + 4, digits + 6, digits + 8,
                                            digits + 10, digits + 12, STR_ARG(offset)),
                                 ret) == OK;
}

/* --- time ----------------------------------------------------------------------------------- */

static struct str judge_stamp(struct verification *v, const struct stamp *stamp, struct trust_answer *ret)
{
    struct trust_question q = {.certificate = stamp->cms.certificate, .trusted = v->trusted, .carried = v->carried,
                               .use = TRUST_FOR_STAMPING, .at = stamp->time, .is_proved = true};

    trust_judge(v->arena, &q, ret);
    if (ret->trust == SIGN_TRUSTED && (stamp->cms.is_weak || EVP_MD_get_size(stamp->digest) < 28))
        ret->trust = SIGN_WEAK;
    if (ret->trust == SIGN_TRUSTED && instant_cmp(v->now, stamp->time) < 0)
        ret->trust = SIGN_NOT_YET;
    return cms_name_part(v->arena, X509_get_subject_name(stamp->cms.certificate), NID_commonName);
}

static void time_of_signature(struct verification *v, const struct cms *cms, struct str claimed, struct sign_result *r)
{
    struct stamp stamp;
    struct trust_answer answer;

    r->time_kind = cms->has_time || claimed_time(v->work, claimed, &r->time) ? SIGN_TIME_CLAIMED : SIGN_TIME_NONE;
    if (cms->has_time)
        r->time = cms->time;
    if (cms->stamp.n) {
        bool is_sound = stamp_read(v->work, cms->stamp, &stamp) == SIGN_SOUND && stamp_is_about(&stamp, cms->signature, STR(""));
        if (is_sound)
            evidence_add_message(v->carried, &stamp.cms);
        struct str authority = is_sound ? judge_stamp(v, &stamp, &answer) : STR("");
        r->stamp_is_bad = !is_sound || answer.trust != SIGN_TRUSTED;
        if (!r->stamp_is_bad) {
            r->time_kind = SIGN_TIME_STAMPED;
            r->time = stamp.time;
            r->stamp_authority = authority;
        }
    }
    /* A later time-stamp on the whole document proves it as well, and the earliest proof counts. */
    if (v->is_proved && (r->time_kind != SIGN_TIME_STAMPED || instant_cmp(v->proved, r->time) < 0)) {
        r->time_kind = SIGN_TIME_STAMPED;
        r->time = v->proved;
        r->stamp_authority = v->proved_by;
    }
}

/* --- one signature -------------------------------------------------------------------------- */

static enum sign_level level_of(const struct verification *v, const struct sign_result *r, const struct cms *cms, bool is_complete)
{
    if (!cms->names_certificate || r->flaw)
        return SIGN_LEVEL_NONE;
    if (r->time_kind != SIGN_TIME_STAMPED)
        return SIGN_LEVEL_B;
    if (!is_complete)
        return SIGN_LEVEL_T;
    return v->is_proved && v->keeps_validation ? SIGN_LEVEL_LTA : SIGN_LEVEL_LT;
}

static void judge_signature(struct verification *v, const struct cms *cms, struct str claimed, bool is_pades, struct sign_result *r)
{
    struct trust_answer answer;

    evidence_add_message(v->carried, cms);
    r->digest = str_copy(v->arena, str_of(EVP_MD_get0_name(cms->digest)));
    r->signer = cms_person(v->arena, cms->certificate);
    if (r->flaw) {
        r->trust = SIGN_UNJUDGED;
        return;
    }
    time_of_signature(v, cms, claimed, r);
    bool is_proved = r->time_kind == SIGN_TIME_STAMPED;
    struct trust_question q = {.certificate = cms->certificate, .trusted = v->trusted, .carried = v->carried,
                               .use = TRUST_FOR_SIGNING, .at = is_proved ? r->time : v->now, .is_proved = is_proved};
    trust_judge(v->arena, &q, &answer);
    r->trust = answer.trust == SIGN_TRUSTED && cms->is_weak ? SIGN_WEAK : answer.trust;
    r->root = answer.root;
    r->revocation = answer.revocation;
    r->revoked_at = answer.revoked_at;
    r->level = is_pades ? level_of(v, r, cms, answer.is_complete) : SIGN_LEVEL_NONE;
}

/* A time-stamp on the document. If it is trusted it proves the time of all signatures that it covers. */
static void judge_document_stamp(struct verification *v, const struct sign_field *f, bool covers_validation, struct sign_result *r)
{
    struct stamp stamp = {0};
    struct trust_answer answer;

    r->is_stamp = true;
    enum sign_flaw flaw = stamp_read(v->work, f->cms, &stamp);
    if (!flaw && !stamp_is_about(&stamp, f->before, f->after))
        flaw = SIGN_FLAW_DIGEST;
    if (!r->flaw)
        r->flaw = flaw;
    if (stamp.cms.certificate)
        r->signer = cms_person(v->arena, stamp.cms.certificate);
    if (r->flaw)
        return;
    evidence_add_message(v->carried, &stamp.cms);
    r->digest = str_copy(v->arena, str_of(EVP_MD_get0_name(stamp.digest)));
    r->time = stamp.time;
    r->stamp_authority = judge_stamp(v, &stamp, &answer);
    r->trust = answer.trust;
    r->root = answer.root;
    r->revocation = answer.revocation;
    r->revoked_at = answer.revoked_at;
    r->stamp_is_bad = r->trust != SIGN_TRUSTED;
    r->time_kind = r->stamp_is_bad ? SIGN_TIME_CLAIMED : SIGN_TIME_STAMPED;
    if (r->stamp_is_bad || !f->covers_revision)
        return;
    v->keeps_validation = v->keeps_validation || covers_validation;
    if (!v->is_proved || instant_cmp(stamp.time, v->proved) < 0) {
        v->is_proved = true;
        v->proved = stamp.time;
        v->proved_by = r->stamp_authority;
    }
}

static struct sign_result result_of(struct arena *a, const struct sign_field *f)
{
    static const struct str FORMATS[SIGN_FORMAT__COUNT] = {
        [SIGN_FORMAT_UNKNOWN] = STR_INIT("unknown"),
        [SIGN_FORMAT_PKCS7] = STR_INIT("adbe.pkcs7.detached"),
        [SIGN_FORMAT_PADES] = STR_INIT("ETSI.CAdES.detached"),
        [SIGN_FORMAT_STAMP] = STR_INIT("ETSI.RFC3161"),
    };
    return (struct sign_result){
        .field = str_copy(a, f->name),
        .reason = str_copy(a, f->reason),
        .location = str_copy(a, f->location),
        .format = FORMATS[f->format],
        .flaw = f->is_sound ? SIGN_SOUND : SIGN_FLAW_RANGE,
        .covers_revision = f->covers_revision,
        .covers_file = f->covers_file,
        .change = f->change,
        .certified = f->certified,
        .trust = SIGN_UNJUDGED,
    };
}

/* Has the revision that ends at `end` validation data? */
static bool has_validation(struct pdf *pdf, size_t end)
{
    struct pdf_view view = {.pdf = pdf};

    if (pdf_revision_of(pdf, end, &view.revision))
        return false;
    const struct pdf_value *root = pdf_get(view, pdf_trailer(pdf, view.revision), "Root");
    return pdf_is_dict(pdf_get(view, root, "DSS"));
}

static struct sign_result judge_field(struct verification *v, struct pdf *pdf, const struct sign_field *f)
{
    struct sign_result r = result_of(v->arena, f);
    struct cms cms = {0};

    if (f->format == SIGN_FORMAT_STAMP) {
        judge_document_stamp(v, f, has_validation(pdf, f->end), &r);
        return r;
    }
    if (f->format == SIGN_FORMAT_UNKNOWN) {
        r.flaw = SIGN_FLAW_ALGORITHM;
        return r;
    }
    enum sign_flaw flaw = cms_read(v->work, f->cms, &cms);
    /* A detached signature has no content of its own: two contents would be two documents. */
    ASN1_OCTET_STRING **content = cms.info ? CMS_get0_content(cms.info) : NULL;
    if (!flaw && content && *content)
        flaw = SIGN_FLAW_FORMAT;
    if (!flaw && f->format == SIGN_FORMAT_PADES && !cms.names_certificate)
        flaw = SIGN_FLAW_CERTIFICATE;
    if (!flaw)
        flaw = cms_check(&cms, f->before, f->after);
    r.flaw = r.flaw ? r.flaw : flaw;
    if (cms.certificate && cms.digest)
        judge_signature(v, &cms, f->claimed, f->format == SIGN_FORMAT_PADES, &r);
    return r;
}

/* --- a file --------------------------------------------------------------------------------- */

static void read_validation_list(struct verification *v, struct pdf_view view, const struct pdf_value *list,
                                 bool (*add)(struct evidence *, struct str))
{
    size_t n = 0;
    struct str bytes;

    for (const struct pdf_member *m = list->kind == PDF_ARRAY ? list->member : NULL; m && n < SIGN_EVIDENCE_MAX; m = m->next, n++)
        if (pdf_inflate(view, pdf_resolve(view, m->value), &bytes) == OK)
            (void)add(v->carried, bytes);
}

static void read_validation_data(struct verification *v, struct pdf *pdf)
{
    struct pdf_view view = {pdf, 0};
    const struct pdf_value *dss = pdf_get(view, pdf_get(view, pdf_trailer(pdf, 0), "Root"), "DSS");

    if (!pdf_is_dict(dss) || pdf_is_encrypted(pdf))
        return;
    read_validation_list(v, view, pdf_get(view, dss, "Certs"), evidence_add_certificate);
    read_validation_list(v, view, pdf_get(view, dss, "CRLs"), evidence_add_crl);
    read_validation_list(v, view, pdf_get(view, dss, "OCSPs"), evidence_add_answer);
}

static bool is_good(const struct sign_report *report)
{
    bool good = report->count > 0 && !report->doubt;

    for (size_t i = 0; i < report->count; i++) {
        const struct sign_result *r = &report->result[i];
        good = good && !r->flaw && r->trust == SIGN_TRUSTED && r->covers_revision && r->change != SIGN_CHANGE_OTHER;
    }
    return good && report->result[report->count - 1].covers_file;
}

static struct verification verification_of(struct arena *a, struct arena *work, const struct sign_trusted *trusted, struct instant now)
{
    struct verification v = {.arena = a, .work = work, .trusted = trusted, .now = now, .carried = ARENA_NEW(work, struct evidence)};

    evidence_open(v.carried, work, SIGN_CARRIED_MAX);
    return v;
}

static enum err verify_pdf(struct verification *v, struct str bytes, struct sign_report *ret, const char **ret_why)
{
    struct pdf *pdf;
    struct sign_fields fields;
    enum err err = pdf_open(v->work, bytes, &pdf, ret_why);

    if (!err && (err = sign_fields_find(pdf, &fields)) && ret_why)
        *ret_why = "it has too many form fields";
    if (err)
        return err;
    read_validation_data(v, pdf);
    struct sign_result *result = ARENA_ARRAY(v->arena, struct sign_result, fields.count);
    for (size_t i = fields.count; i-- > 0;) /* the last first: it may prove the time of the others */
        result[i] = judge_field(v, pdf, &fields.field[i]);
    struct sign_report report = {.result = result, .count = fields.count, .doubt = pdf_doubt(pdf)};
    report.is_good = is_good(&report);
    *ret = report;
    return OK;
}

enum err sign_verify_pdf(struct arena *a, struct str pdf, const struct sign_trusted *trusted, struct instant now,
                         struct sign_report *ret, const char **ret_why)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct verification v = verification_of(a, work, trusted, now);
    enum err err = verify_pdf(&v, pdf, ret, ret_why);

    arena_free(work);
    return err;
}

/* DER out of PEM ("-----BEGIN CMS-----" or PKCS7), or the bytes as they are. */
static struct str unwrapped(struct arena *a, struct str bytes)
{
    char *name = NULL, *header = NULL;
    unsigned char *der = NULL;
    long n = 0;
    BIO *bio = bytes.n < SIGN_CMS_MAX ? BIO_new_mem_buf(bytes.p, (int)bytes.n) : NULL;

    if (bio && bytes.n && bytes.p[0] == '-' && PEM_read_bio(bio, &name, &header, &der, &n) == 1)
        bytes = str_copy(a, (struct str){(const char *)der, (size_t)n});
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(der);
    BIO_free(bio);
    ERR_clear_error();
    return bytes;
}

enum err sign_verify_cms(struct arena *a, struct str content, struct str message, const struct sign_trusted *trusted, struct instant now,
                         struct sign_report *ret)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct verification v = verification_of(a, work, trusted, now);
    struct sign_result *r = ARENA_NEW(a, struct sign_result);
    struct cms cms = {0};

    *r = (struct sign_result){.format = STR("CAdES"), .trust = SIGN_UNJUDGED, .covers_revision = true, .covers_file = true};
    r->flaw = cms_read(work, unwrapped(work, message), &cms);
    bool is_readable = cms.info != NULL;
    ASN1_OCTET_STRING **inner = is_readable ? CMS_get0_content(cms.info) : NULL;
    if (!r->flaw && inner && *inner)
        r->flaw = SIGN_FLAW_FORMAT;
    if (!r->flaw)
        r->flaw = cms_check(&cms, content, STR(""));
    if (cms.certificate && cms.digest)
        judge_signature(&v, &cms, STR(""), true, r);
    if (is_readable) {
        *ret = (struct sign_report){.result = r, .count = 1};
        ret->is_good = is_good(ret);
    }
    arena_free(work);
    return is_readable ? OK : ERR_INVALID;
}
