/* The reader of PDF signatures and messages: whatever comes in, nothing that was not signed is called good,
 * and what is judged keeps within its limits. The first byte chooses: a PDF, a message about the rest, a
 * revocation list or root. */
#include "fuzz.h"

#include "sign/field.h"
#include "sign/verify.h"

static const struct instant NOW = {INT64_C(1800000000000)};

static void check_report(const struct sign_report *report)
{
    FUZZ_LAW(report->count <= SIGN_FIELDS_MAX);
    FUZZ_LAW(!report->is_good); /* nobody is trusted here */
    for (size_t i = 0; i < report->count; i++) {
        const struct sign_result *r = &report->result[i];
        FUZZ_LAW(!r->covers_file || r->covers_revision);
        FUZZ_LAW(r->trust != SIGN_TRUSTED);
        FUZZ_LAW(!r->flaw || r->trust == SIGN_UNJUDGED);
        FUZZ_LAW(sign_flaw_name(r->flaw).n && sign_trust_name(r->trust).n && sign_change_name(r->change).n);
        FUZZ_LAW(r->level == SIGN_LEVEL_NONE || !r->flaw);
    }
}

/* Where a range is sound, the file is the two parts and the digits between them. */
static void check_fields(struct arena *a, struct str bytes)
{
    struct pdf *pdf;
    struct sign_fields fields;

    if (pdf_open(a, bytes, &pdf, NULL) || sign_fields_find(pdf, &fields))
        return;
    for (size_t i = 0; i < fields.count; i++) {
        const struct sign_field *f = &fields.field[i];
        if (!f->is_sound)
            continue;
        FUZZ_LAW(f->before.p == bytes.p && f->after.p > f->before.p + f->before.n && f->end <= bytes.n);
        FUZZ_LAW(f->before.p[f->before.n] == '<' && f->after.p[-1] == '>');
        FUZZ_LAW(f->after.p + f->after.n == bytes.p + f->end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)2 << 30);
    struct str bytes = {(const char *)data, size};
    struct sign_trusted *trusted = sign_trusted_new(a);
    struct sign_report report;
    const char *why = NULL;
    char kind = size ? bytes.p[0] : 0;

    if (kind == 'm') {
        if (sign_verify_cms(a, STR("content"), str_sub(bytes, 1, size), trusted, NOW, &report) == OK)
            check_report(&report);
    } else if (kind == 'r') {
        if (sign_trusted_add_revocation(trusted, str_sub(bytes, 1, size)))
            FUZZ_LAW(sign_trusted_add_roots(sign_trusted_new(a), STR("")) == ERR_INVALID);
    } else if (sign_verify_pdf(a, bytes, trusted, NOW, &report, &why) == OK) {
        check_report(&report);
        check_fields(a, bytes);
    } else {
        FUZZ_LAW(why != NULL);
    }
    arena_free(a);
    return 0;
}
