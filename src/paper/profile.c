#include "paper/document.h"

/* In order of their first day; the first holds before it too. */
static const struct paper_profile PROFILES[] = {
    {{-62091}, STR_INIT("TT 01/2011/TT-BNV, Điều 5, 14, 15 và Phụ lục IV"), 20, 20, 30, 15, 12, 13, 12, 14, 14, 11, false},
    {{18326}, STR_INIT("NĐ 30/2020/NĐ-CP, Phụ lục I"), 20, 20, 30, 15, 12, 13, 12, 14, 14, 11, true}, /* 2020-03-05 */
};

const struct paper_profile *paper_profile_on(struct date on)
{
    size_t i = sizeof PROFILES / sizeof PROFILES[0] - 1;

    while (i > 0 && date_cmp(PROFILES[i].from, on) > 0)
        i--;
    return &PROFILES[i];
}
