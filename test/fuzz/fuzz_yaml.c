/* What is read is a tree of texts that JSON can say as well. */
#include "fuzz.h"

#include "format/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct json j, again;
    struct fault fault;

    if (yaml_parse(a, (struct str){(const char *)data, size}, &j, &fault)) {
        FUZZ_LAW(fault.why.n > 0);
    } else {
        FUZZ_LAW(!json_parse(a, json_canonical(a, j), &again, NULL));
        FUZZ_LAW(str_eq(json_canonical(a, again), json_canonical(a, j)));
    }
    arena_free(a);
    return 0;
}
