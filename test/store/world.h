/* world.h - an empty city for a suite: a store with the base data, on SQLite and, where
 * MOTCUA_TEST_PG names a server, on PostgreSQL as well; actors; a clock that stands where it is put. */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H

#include "test.h"

#include "acts/ctx.h"
#include "acts/dossier.h"
#include "sql_dossier.h"

struct world {
    struct db_pool *pool;
    struct db *db;
    struct arena *arena;
    struct random random;
    struct ctx ctx;         /* of the system's person, at the moment `now` */
    char path[256];
};

/* The engine of this run of the suite. */
struct world *world(void);

/* A fresh ctx of the same world: no problems, its own actor. */
struct ctx world_as(struct str login);
struct ctx world_system(void);

/* Makes a person at the unit of that code, with a role there. Returns the id. */
int64_t world_person(const char *login, const char *unit, const char *role);
int64_t world_unit(const char *code);
int64_t world_field(const char *code);
int64_t world_procedure(const char *code);

/* One dossier of procedure 1.001193's kind: `case_no` of `procedure` at the ward, received at that
 * local time ("2018-03-05T08:00"). Returns its id. */
int64_t world_receive(const char *ward, const char *procedure, int64_t case_no, const char *local);

/* Puts the clock of every ctx made from now on: "2018-03-05T08:00" on the wall of the city. */
void world_now(const char *local);
struct instant world_at(const char *local);
struct q_dossier_by_id world_dossier(int64_t id);
/* The beginning of every act on a dossier, happening now. */
struct act_on world_on(int64_t id, const char *note);

/* How many lines the journal holds: what was refused has written none. */
int64_t world_lines(void);
/* Replays the journal into an empty store: every table is what it says. */
void world_verify(void);
/* Is there a problem of that field? */
bool world_problem(const struct ctx *ctx, const char *field);

/* Runs the suite on every engine there is. */
int world_main(const char *name, const struct CMUnitTest *tests, size_t count);
#define WORLD_MAIN(name, tests)                                                                                        \
    int main(void)                                                                                                     \
    {                                                                                                                  \
        return world_main(name, tests, sizeof tests / sizeof tests[0]);                                                \
    }

#endif
