/* print.h - papers that an intake prints without a dossier. Inside web/ only. */
#ifndef WEB_PRINT_H
#define WEB_PRINT_H

#include "web/intake_form.h"

/* Mẫu 02 before acceptance: what of the checklist is missing or defective. */
enum err print_counter_supplement(struct intake *in);
/* Mẫu 03. */
enum err print_turned_away(const struct intake *in, const struct act_turn_away *act);

#endif
