/* arena.h - memory that belongs to a lifetime: nothing in it is freed alone.
 *
 * Three lifetimes exist: the process, the request (or job), and a scratch loop. A function that
 * returns memory takes the arena in which it returns it. Out of memory is not an error code: sizes
 * a stranger can choose are refused at the door, what remains aborts.
 *
 * Not thread-safe: one arena, one thread at a time. With sanitizers on, each allocation is a
 * separate block, so an overrun or a pointer kept past its lifetime is caught at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdalign.h>
#include <stddef.h>

struct arena;

/* A new arena that may hold at most `limit` bytes; past it the program aborts. Never NULL. */
struct arena *arena_new(size_t limit);

/* Forgets everything in it, running what was deferred, last first; keeps its blocks. */
void arena_reset(struct arena *a);

/* As arena_reset, and gives the memory back. Accepts NULL. */
void arena_free(struct arena *a);

/* `count` * `size` zeroed bytes. Never NULL, also for a count of 0. */
void *arena_alloc(struct arena *a, size_t count, size_t size, size_t align);

#define ARENA_NEW(a, type)          ((type *)arena_alloc((a), 1, sizeof(type), alignof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_alloc((a), (count), sizeof(type), alignof(type)))

/* Runs close(arg) when the arena is reset or freed: ties a foreign handle to the lifetime. */
void arena_defer(struct arena *a, void (*close)(void *arg), void *arg);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *a);

#endif
