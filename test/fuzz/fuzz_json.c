/* What is read has one canonical form, and that form reads back to itself. */
#include "fuzz.h"

#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct json j, again;
    struct fault fault;

    if (json_parse(a, (struct str){(const char *)data, size}, &j, &fault)) {
        FUZZ_LAW(fault.why.n > 0);
    } else {
        struct str once = json_canonical(a, j);
        FUZZ_LAW(!json_parse(a, once, &again, NULL));
        FUZZ_LAW(str_eq(json_canonical(a, again), once));
    }
    arena_free(a);
    return 0;
}
