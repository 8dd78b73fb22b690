#include "base/arena.h"

#include <assert.h>
#include <stdint.h>

#include "base/err.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_SEPARATE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_SEPARATE 1
#endif
#endif
#ifndef ARENA_SEPARATE
#define ARENA_SEPARATE 0
#endif

enum { ARENA_MAGIC = 0x4d43a7e4, ARENA_BLOCK = 64 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*close)(void *arg);
    void *arg;
};

struct arena {
    unsigned magic;
    size_t limit, used;
    struct block *block;     /* the one being filled, then full ones */
    struct block *spare;     /* emptied by a reset, ready for use */
    struct deferred *defer;  /* last first */
};

struct arena *arena_new(size_t limit)
{
    struct arena *a = calloc(1, sizeof *a);

    if (!a)
        BUG("out of memory");
    a->magic = ARENA_MAGIC;
    a->limit = limit;
    return a;
}

static struct block *block_new(size_t size)
{
    struct block *b = malloc(sizeof *b + size);

    if (!b)
        BUG("out of memory: %zu bytes", size);
    b->next = NULL;
    b->size = size;
    b->used = 0;
    return b;
}

static struct block *block_take(struct arena *a, size_t size)
{
    if (!ARENA_SEPARATE && a->spare && a->spare->size >= size) {
        struct block *b = a->spare;
        a->spare = b->next;
        b->used = 0;
        return b;
    }
    if (ARENA_SEPARATE || size > ARENA_BLOCK / 4)
        return block_new(size);
    return block_new(ARENA_BLOCK);
}

void *arena_alloc(struct arena *a, size_t count, size_t size, size_t align)
{
    size_t bytes;

    assert(a->magic == ARENA_MAGIC);
    assert(align <= alignof(max_align_t));
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > a->limit - a->used)
        BUG("arena limit of %zu bytes passed by %zu x %zu", a->limit, count, size);
    a->used += bytes;

    struct block *b = a->block;
    size_t at = b ? (b->used + align - 1) & ~(align - 1) : 0;
    if (ARENA_SEPARATE || !b || at > b->size || bytes > b->size - at) {
        struct block *fresh = block_take(a, bytes ? bytes : 1);
        /* A large block goes behind the one being filled, so that its room is not lost. */
        if (!ARENA_SEPARATE && b && fresh->size - bytes < b->size - b->used) {
            fresh->next = b->next;
            b->next = fresh;
        } else {
            fresh->next = b;
            a->block = fresh;
        }
        b = fresh;
        at = 0;
    }
    b->used = at + bytes;
    return memset(b->bytes + at, 0, bytes);
}

void arena_defer(struct arena *a, void (*close)(void *arg), void *arg)
{
    struct deferred *d = ARENA_NEW(a, struct deferred);

    d->close = close;
    d->arg = arg;
    d->next = a->defer;
    a->defer = d;
}

static void blocks_free(struct block *b)
{
    while (b) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
}

void arena_reset(struct arena *a)
{
    assert(a->magic == ARENA_MAGIC);
    while (a->defer) {
        struct deferred *d = a->defer;
        a->defer = d->next;
        d->close(d->arg);
    }
    while (a->block) {
        struct block *b = a->block;
        a->block = b->next;
        if (!ARENA_SEPARATE && b->size == ARENA_BLOCK) {
            b->next = a->spare;
            a->spare = b;
        } else {
            free(b);
        }
    }
    a->used = 0;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    arena_reset(a);
    blocks_free(a->spare);
    a->magic = 0;
    free(a);
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
