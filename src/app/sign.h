/* sign.h - what the commands about signatures share. */
#ifndef APP_SIGN_H
#define APP_SIGN_H

#include "app/command.h"
#include "sign/key.h"
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

/* The key that signs, as typed: --token URI --module M, or --p12 FILE; --pin-file F, --chain FILE. */
struct sign_key_asked {
    struct str token, p12, pin_file, module, chain;
};
void sign_key_options(struct args *args, struct sign_key_asked *k);
enum exit_status sign_open_key(struct arena *a, const struct sign_key_asked *k, struct sign_key **ret);

/* Fetches what the certificates of a file name: lists of the revoked, answers of OCSP; at most `room`. What cannot be had is
 * complained of and left out. `inside`: also from addresses that are not of the open net. */
enum exit_status sign_fetch(struct arena *a, struct str file, bool inside, const struct sign_trusted *trusted, struct str *ret, size_t room, size_t *ret_count);

/* The first line of the file, without its end; "" where no file is named. */
enum exit_status sign_read_pin(struct arena *a, struct str path, struct str *ret);

/* motcua sign agent, after the word "agent". */
enum exit_status command_sign_agent(struct args *args);
/* motcua sign documents, after the word "documents". */
enum exit_status command_sign_documents(struct args *args);
/* motcua sign extend, after the word "extend". */
enum exit_status command_sign_extend(struct args *args);
/* motcua sign verify, after the word "verify". */
enum exit_status command_sign_verify(struct args *args);

#endif
