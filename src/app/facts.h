/* facts.h - the files of data/ inside the program. */
#ifndef APP_FACTS_H
#define APP_FACTS_H

#include "facts_gen.h" /* written by tools/facts */

/* The text of "units/bien-hoa-2018.yaml". False: there is no such file. */
bool facts_find(struct str path, struct str *ret);

#endif
