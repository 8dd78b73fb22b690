/* fuzz.h - what every fuzz target includes. With clang and -Dfuzz=true libFuzzer calls the target;
 * otherwise replay.c calls it with each seed, so that what once crashed is tried in every build. */
#ifndef FUZZ_H
#define FUZZ_H

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The law that a target states must hold for every input. */
#define FUZZ_LAW(condition)                                                                        \
    do {                                                                                           \
        if (!(condition))                                                                          \
            BUG("broken: %s", #condition);                                                         \
    } while (0)

#endif
