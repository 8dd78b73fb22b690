/* on_dossier.h - one transaction for one act on one dossier; inside acts/ only. */
#ifndef ACTS_ON_DOSSIER_H
#define ACTS_ON_DOSSIER_H

#include "acts/dossier_load.h"

/* An act: what it is, which right it needs where, and what it does after dossier_begin said yes. */
struct on_dossier {
    struct ctx *ctx;
    struct act_on *on;
    enum dossier_act act;
    enum right right;
    enum right_place place;
    enum err (*run)(struct on_dossier *o, struct db *tx, struct loaded *l);
    void *arg;
};

enum err on_dossier_run(struct on_dossier *o) MUST_CHECK;

/* Says no; the act then returns OK and has changed nothing. */
enum err on_dossier_refuse(struct act_on *on, enum dossier_refusal why);

/* A payload with what every act says: the state after it, and the note if there is one. */
struct json on_dossier_payload(struct ctx *ctx, const struct loaded *l, struct str note);

#endif
