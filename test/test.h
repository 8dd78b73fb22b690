/* test.h - what every suite includes: cmocka, printing TAP. */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>

#include "base/str.h"

/* Asserts that a struct str has this text, showing both when not. */
#define assert_str(have, want)                                                                     \
    do {                                                                                           \
        struct str have_ = (have), want_ = (want);                                                 \
        if (!str_eq(have_, want_))                                                                 \
            fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARG(have_), STR_ARG(want_));                  \
    } while (0)
#define assert_err(call, want)                                                                     \
    do {                                                                                           \
        enum err err_ = (call);                                                                    \
        if (err_ != (want))                                                                        \
            fail_msg("%s is %s, not %s", #call, err_name(err_), err_name(want));                   \
    } while (0)

#define TEST_MAIN(name, tests)                                                                     \
    int main(void)                                                                                 \
    {                                                                                              \
        cmocka_set_message_output(CM_OUTPUT_TAP);                                                  \
        return cmocka_run_group_tests_name(name, tests, NULL, NULL);                               \
    }

#endif
