/* job.h - work that nobody asks for: run by `motcua serve` beside the requests, or by `motcua job run`. */
#ifndef APP_JOB_H
#define APP_JOB_H

#include "app/command.h"

/* Runs every job again and again in a thread of its own, by the clock of the server. */
struct job_runner;
struct job_setup {
    struct db_pool *pool;
    struct instant (*now)(void *arg);
    void *now_arg;
    const struct sign_trusted *trusted; /* as in struct ctx */
    const struct sign_key *seal;        /* used by this thread alone */
};
enum err job_runner_start(const struct job_setup *setup, struct job_runner **ret) MUST_CHECK;
void job_runner_stop(struct job_runner *r); /* waits for the job in progress; accepts NULL */

#endif
