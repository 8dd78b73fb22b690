/* guest.h - the open connections: how many an address may hold, and how long each may keep us waiting.
 *
 * libmicrohttpd closes a connection on which nothing moves; one that sends a byte now and then it
 * would keep for ever. So each guest has a moment by which it must have done what it is doing; a
 * watchman looks round and shuts those who have not. Thread-safe. Inside the room http. */
#ifndef HTTP_GUEST_H
#define HTTP_GUEST_H

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "http/http.h"

enum { GUEST_ADDRESSES = 1 << 16 }; /* counters; addresses that share one only meet the limit sooner */

struct exchange;
struct guest {
    struct guest *before, *after;
    int fd;
    uint16_t address;             /* its counter */
    bool is_near;                 /* loopback or private: may be our proxy */
    char peer[INET6_ADDRSTRLEN];
    _Atomic int64_t until;        /* guest_now() by which it must be done; INT64_MAX: it waits for us */
    struct exchange *exchange;    /* of the event thread */
};

struct guests {
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    struct guest *first;
    bool is_closing;
    pthread_t watchman;
    uint64_t key;                 /* so that nobody can choose to share a counter */
    int per_address;
    int64_t slow, idle;           /* milliseconds */
    _Atomic uint32_t count[GUEST_ADDRESSES];
};

enum err guests_open(struct guests *all, int per_address, int slow_seconds, int idle_seconds) MUST_CHECK;
void guests_close(struct guests *all);

/* May one more come from this address? */
bool guest_may_enter(struct guests *all, const struct sockaddr *from);
struct guest *guest_enter(struct guests *all, int fd, const struct sockaddr *from);
/* To be called before its file descriptor is closed: it may be another's after that. */
void guest_leave(struct guests *all, struct guest *g);

/* What it does now, beginning at `since` (guest_now), with `bytes` come or to be sent. */
int64_t guest_now(void); /* milliseconds, coarse */
void guest_is_slow_after(struct guests *all, struct guest *g, int64_t since, size_t bytes);
void guest_is_idle(struct guests *all, struct guest *g);
void guest_waits_for_us(struct guest *g);

#endif
