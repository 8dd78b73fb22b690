/* right.h - what a person can be allowed to do. Roles map to rights in data/roles.yaml; who has a
 * role where stands in grants. Reference 13.3.
 *
 * Pure. The names are stored; never rename one. */
#ifndef RULES_RIGHT_H
#define RULES_RIGHT_H

#include "base/str.h"

enum right {
    RIGHT_DOSSIER_READ,       /* see one dossier whole; each reading is journalled */
    RIGHT_DOSSIER_SEARCH,     /* lists and search: code, name, procedure, state */
    RIGHT_DOSSIER_RECEIVE,    /* take in at the counter */
    RIGHT_DOSSIER_HAND_OVER,  /* pass on to the next step or unit; confirm what was passed */
    RIGHT_DOSSIER_PROCESS,    /* work on it: take, send back, note */
    RIGHT_DOSSIER_SUPPLEMENT, /* ask for missing papers; take them in */
    RIGHT_DOSSIER_SUSPEND,    /* stop and restart the clock with a legal reason */
    RIGHT_DOSSIER_EXTEND,     /* apologise and give a new date */
    RIGHT_DOSSIER_REFUSE,     /* result: not granted */
    RIGHT_DOSSIER_WITHDRAW,   /* record that the applicant withdraws */
    RIGHT_DOSSIER_STOP,       /* stop without result */
    RIGHT_DOSSIER_FINISH,     /* result signed and numbered */
    RIGHT_DOSSIER_REOPEN,     /* withdraw a wrong result (head only) */
    RIGHT_DOSSIER_HAND_OUT,   /* give the result to the applicant */
    RIGHT_DOSSIER_CORRECT,    /* correct what was typed */
    RIGHT_DOSSIER_ASSIGN,     /* say who works on it */
    RIGHT_FIGURE_READ,        /* figures and the lists behind them */
    RIGHT_REPORT_READ,
    RIGHT_REPORT_ISSUE,
    RIGHT_CATALOGUE_READ,
    RIGHT_CATALOGUE_EDIT,
    RIGHT_UNIT_EDIT,
    RIGHT_PERSON_EDIT,
    RIGHT_GRANT_EDIT,
    RIGHT_CALENDAR_EDIT,
    RIGHT_JOURNAL_READ,
    RIGHT_EXPORT,             /* take a list out as a file */
    RIGHT_DOCUMENT_READ,      /* the registers of documents of an agency, whole */
    RIGHT_DOCUMENT_DRAFT,
    RIGHT_DOCUMENT_SIGN,      /* sign for the agency */
    RIGHT_DOCUMENT_REGISTER,  /* the registry (văn thư): numbers, seal, registers, release */
    RIGHT_DOCUMENT_DIRECT,    /* say who acts on what came in; give tasks */
    RIGHT_CERTIFICATE_READ,   /* the register of digital certificates */
    RIGHT_CERTIFICATE_EDIT,   /* keep it: requests, issue, hand-over, revocation */
    RIGHT_BOOK_READ,          /* the registers of the reform, of a unit and below */
    RIGHT_BOOK_EDIT,          /* write in them, import, say that they are complete */
    RIGHT_BOOK_DEFINE,        /* say which books there are and what fields they have */
    RIGHT__COUNT
};

/* "dossier.receive". */
struct str right_code(enum right r);
bool right_find(struct str code, enum right *ret);

#endif
