/* Any structured report is checked to its end, and a finding says where. */
#include "fuzz.h"

#include "acts/report_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct report_check check;
    struct fault fault = {.why = STR("")};

    if (report_check(a, LANG_VI, (struct str){(const char *)data, size}, STR("words:\n  - {wrong: bổ xung, right: bổ sung}\n"), &check, &fault) == OK) {
        FUZZ_LAW(check.count <= REPORT_FINDINGS_MAX);
        for (size_t i = 0; i < check.count; i++)
            FUZZ_LAW(report_rule_code(check.finding[i].rule).n > 0);
    }
    arena_free(a);
    return 0;
}
