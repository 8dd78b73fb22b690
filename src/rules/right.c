#include "rules/right.h"

#include <assert.h>

static const struct str CODES[] = {
    [RIGHT_DOSSIER_READ] = STR_INIT("dossier.read"),
    [RIGHT_DOSSIER_SEARCH] = STR_INIT("dossier.search"),
    [RIGHT_DOSSIER_RECEIVE] = STR_INIT("dossier.receive"),
    [RIGHT_DOSSIER_HAND_OVER] = STR_INIT("dossier.hand_over"),
    [RIGHT_DOSSIER_PROCESS] = STR_INIT("dossier.process"),
    [RIGHT_DOSSIER_SUPPLEMENT] = STR_INIT("dossier.supplement"),
    [RIGHT_DOSSIER_SUSPEND] = STR_INIT("dossier.suspend"),
    [RIGHT_DOSSIER_EXTEND] = STR_INIT("dossier.extend"),
    [RIGHT_DOSSIER_REFUSE] = STR_INIT("dossier.refuse"),
    [RIGHT_DOSSIER_WITHDRAW] = STR_INIT("dossier.withdraw"),
    [RIGHT_DOSSIER_STOP] = STR_INIT("dossier.stop"),
    [RIGHT_DOSSIER_FINISH] = STR_INIT("dossier.finish"),
    [RIGHT_DOSSIER_REOPEN] = STR_INIT("dossier.reopen"),
    [RIGHT_DOSSIER_HAND_OUT] = STR_INIT("dossier.hand_out"),
    [RIGHT_DOSSIER_CORRECT] = STR_INIT("dossier.correct"),
    [RIGHT_DOSSIER_ASSIGN] = STR_INIT("dossier.assign"),
    [RIGHT_FIGURE_READ] = STR_INIT("figure.read"),
    [RIGHT_REPORT_READ] = STR_INIT("report.read"),
    [RIGHT_REPORT_ISSUE] = STR_INIT("report.issue"),
    [RIGHT_CATALOGUE_READ] = STR_INIT("catalogue.read"),
    [RIGHT_CATALOGUE_EDIT] = STR_INIT("catalogue.edit"),
    [RIGHT_UNIT_EDIT] = STR_INIT("unit.edit"),
    [RIGHT_PERSON_EDIT] = STR_INIT("person.edit"),
    [RIGHT_GRANT_EDIT] = STR_INIT("grant.edit"),
    [RIGHT_CALENDAR_EDIT] = STR_INIT("calendar.edit"),
    [RIGHT_JOURNAL_READ] = STR_INIT("journal.read"),
    [RIGHT_EXPORT] = STR_INIT("export"),
    [RIGHT_DOCUMENT_READ] = STR_INIT("document.read"),
    [RIGHT_DOCUMENT_DRAFT] = STR_INIT("document.draft"),
    [RIGHT_DOCUMENT_SIGN] = STR_INIT("document.sign"),
    [RIGHT_DOCUMENT_REGISTER] = STR_INIT("document.register"),
    [RIGHT_DOCUMENT_DIRECT] = STR_INIT("document.direct"),
    [RIGHT_CERTIFICATE_READ] = STR_INIT("certificate.read"),
    [RIGHT_CERTIFICATE_EDIT] = STR_INIT("certificate.edit"),
    [RIGHT_BOOK_READ] = STR_INIT("book.read"),
    [RIGHT_BOOK_EDIT] = STR_INIT("book.edit"),
    [RIGHT_BOOK_DEFINE] = STR_INIT("book.define"),
};
static_assert(sizeof CODES / sizeof CODES[0] == RIGHT__COUNT, "every right has a code");

struct str right_code(enum right r)
{
    return CODES[r];
}

bool right_find(struct str code, enum right *ret)
{
    for (int i = 0; i < RIGHT__COUNT; i++) {
        if (str_eq(CODES[i], code)) {
            *ret = (enum right)i;
            return true;
        }
    }
    return false;
}
