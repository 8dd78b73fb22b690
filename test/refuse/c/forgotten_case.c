/* expect: not handled in switch */
#include "words/words.h"

int f(enum lang lang);
int f(enum lang lang)
{
    switch (lang) {
    case LANG_VI:
        return 1;
    case LANG__COUNT:
        break;
    }
    return 0;
}
