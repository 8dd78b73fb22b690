#include "app/facts.h"

bool facts_find(struct str path, struct str *ret)
{
    for (size_t i = 0; i < FACTS_FILE_COUNT; i++) {
        if (str_eq(FACTS_FILES[i].path, path)) {
            *ret = FACTS_FILES[i].text;
            return true;
        }
    }
    return false;
}
