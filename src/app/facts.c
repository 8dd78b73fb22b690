#include "app/facts.h"

bool facts_find(struct str path, struct str *ret)
{
    for (size_t i = 0; i < FACT_FILE_COUNT; i++) {
        if (str_eq(FACT_FILES[i].path, path)) {
            *ret = FACT_FILES[i].text;
            return true;
        }
    }
    return false;
}
