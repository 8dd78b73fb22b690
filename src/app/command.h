/* command.h - the commands of the program, and what they share. The contract of names, options and
 * output shapes is docs/commands.md; scripts rely on it. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "acts/ctx.h"
#include "app/args.h"
#include "db/db.h"

/* Exit status of the program. */
enum exit_status {
    EXIT_DONE = 0,
    EXIT_NO = 1,      /* a check found something */
    EXIT_USAGE = 2,   /* bad usage or input */
    EXIT_FAILED = 3,  /* the store or the system failed */
};

struct command {
    const char *name;
    const char *usage;                 /* after the name */
    const char *what;
    enum exit_status (*run)(struct args *args);
};
extern const struct command COMMANDS[]; /* ends with a NULL name */

enum exit_status command_init(struct args *args);
enum exit_status command_demo(struct args *args);
enum exit_status command_serve(struct args *args);
enum exit_status command_import(struct args *args);
enum exit_status command_figures(struct args *args);
enum exit_status command_paper(struct args *args);
enum exit_status command_report(struct args *args);
/* motcua report check, after the word "check". */
enum exit_status command_report_check(struct args *args);
enum exit_status command_deadline(struct args *args);
enum exit_status command_flow(struct args *args);
enum exit_status command_sign(struct args *args);
enum exit_status command_verify(struct args *args);
enum exit_status command_backup(struct args *args);
enum exit_status command_restore(struct args *args);
enum exit_status command_upgrade(struct args *args);
enum exit_status command_user(struct args *args);
enum exit_status command_unit(struct args *args);
enum exit_status command_job(struct args *args);

/* An open store, ready to act in as the system's own person. */
struct session {
    struct arena *arena;
    struct db_pool *pool;
    struct db *db;
    struct random random;
    struct ctx ctx;
};

/* Says what is wrong on standard error: "motcua: …". */
void complain(const char *fmt, ...) PRINTF(1, 2);
/* What an error means to who typed the command, and its exit status. */
enum exit_status complain_err(const char *what, enum err err, const struct db *db);

/* The address of the store: --db, else MOTCUA_DB, else sqlite:motcua.db. */
struct str store_address(struct args *args);

enum store_need {
    STORE_ANY,     /* made and migrated if need be; may be empty */
    STORE_FILLED,  /* base data loaded: acts as "he-thong" */
};
/* Opens, migrates (unless a migration would change an existing store: then it says to run
 * `motcua upgrade`, except with `may_migrate`). On failure it has complained and the session is closed. */
enum exit_status session_open(struct session *s, struct str address, enum store_need need, bool may_migrate);
void session_close(struct session *s);

struct instant clock_now(void);

/* A time as people type it at a command: "2018-03-01" (its first instant there), "2018-03-01T10:00",
 * or with a zone. */
bool time_typed(struct str text, const struct zone *zone, struct instant *ret);

/* Writes a file, or complains. */
enum exit_status write_file(struct arena *a, struct str path, struct str bytes);

/* Writes text and a line feed to standard output. */
void say(struct str text);

#endif
