/* Signatures inside XML: whatever comes in, nothing is called good where nobody is trusted, and what is not the whole
 * document is not sound. */
#include "fuzz.h"

#include "sign/xml.h"

static const struct instant NOW = {INT64_C(1800000000000)};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)2 << 30);
    struct str bytes = {(const char *)data, size};
    struct sign_report report;
    const char *why = NULL;
    enum err err = sign_verify_xml(a, bytes, sign_trusted_new(a), NOW, &report, &why);

    if (err) {
        FUZZ_LAW(err == ERR_INVALID || err == ERR_LIMIT);
        FUZZ_LAW(why != NULL);
    } else {
        FUZZ_LAW(report.count <= SIGN_XML_SIGNATURES_MAX);
        FUZZ_LAW(!report.is_good);
        for (size_t i = 0; i < report.count; i++) {
            const struct sign_result *r = &report.result[i];
            FUZZ_LAW(r->trust != SIGN_TRUSTED);
            FUZZ_LAW(!r->flaw || r->trust == SIGN_UNJUDGED);
            FUZZ_LAW(r->flaw || r->covers_file);
        }
    }
    arena_free(a);
    return 0;
}
