/* sign.h - what the commands about signatures share. */
#ifndef APP_SIGN_H
#define APP_SIGN_H

#include "app/command.h"
#include "sign/verify.h"

enum { SIGN_FILE_MAX = 64 << 20 };

/* Reads a file whole; it has complained if that fails. */
enum exit_status sign_read_file(struct arena *a, struct str path, struct str *ret);
enum exit_status sign_write_file(struct arena *a, struct str path, struct str bytes);

/* --trust FILE… and --revocation FILE… as typed. */
enum exit_status sign_trust_options(struct args *args, struct arena *a, struct sign_trusted **ret);

/* Asks the time-stamp authority at the address that `arg` points to (struct str): the one place where signing
 * meets the network. A sign_stamper. */
enum err sign_ask_tsa(void *arg, struct arena *a, struct str request, struct str *ret_reply);

/* motcua sign extend, after the word "extend". */
enum exit_status command_sign_extend(struct args *args);
/* motcua sign verify, after the word "verify". */
enum exit_status command_sign_verify(struct args *args);

#endif
