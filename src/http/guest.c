#include "http/guest.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/random.h>

enum { GUEST_LEAST_SPEED = 2 /* bytes per millisecond */ };

int64_t guest_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- addresses ---- */

struct address {
    uint64_t high, low; /* of IPv6; an IPv4 address is the mapped one */
};

static struct address address_of(const struct sockaddr *from)
{
    unsigned char bytes[16] = {[10] = 0xff, [11] = 0xff};
    struct address address = {0};

    if (from->sa_family == AF_INET)
        memcpy(bytes + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
    else if (from->sa_family == AF_INET6)
        memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 16);
    for (int i = 0; i < 8; i++) {
        address.high = address.high << 8 | bytes[i];
        address.low = address.low << 8 | bytes[8 + i];
    }
    return address;
}

static bool is_ipv4(struct address a)
{
    return a.high == 0 && a.low >> 32 == 0xffff;
}

static bool is_loopback(struct address a)
{
    return is_ipv4(a) ? (a.low >> 24 & 0xff) == 127 : a.high == 0 && a.low == 1;
}

static bool is_private(struct address a)
{
    uint32_t v4 = (uint32_t)a.low;

    if (!is_ipv4(a))
        return a.high >> 57 == 0xfc >> 1; /* fc00::/7 */
    return v4 >> 24 == 10 || v4 >> 20 == 0xac1 || v4 >> 16 == 0xc0a8;
}

/* Whoever holds an IPv6 address mostly holds its whole /64. */
static uint16_t counter_of(const struct guests *all, struct address a)
{
    uint64_t x = (is_ipv4(a) ? a.low : a.high) ^ all->key;

    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint16_t)(x >> 48);
}

static void print_address(struct address a, const struct sockaddr *from, char ret[INET6_ADDRSTRLEN])
{
    uint32_t v4 = htonl((uint32_t)a.low);
    const void *bytes = is_ipv4(a) ? (const void *)&v4
                                   : (const void *)&((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;

    if (!inet_ntop(is_ipv4(a) ? AF_INET : AF_INET6, bytes, ret, INET6_ADDRSTRLEN))
        ret[0] = '\0';
}

/* ---- coming and going ---- */

bool guest_may_enter(struct guests *all, const struct sockaddr *from)
{
    struct address a = address_of(from);

    /* Everybody behind a proxy on this machine has the address of this machine. */
    return is_loopback(a) ||
           atomic_load_explicit(&all->count[counter_of(all, a)], memory_order_relaxed) <
               (uint32_t)all->per_address;
}

struct guest *guest_enter(struct guests *all, int fd, const struct sockaddr *from)
{
    struct address a = address_of(from);
    struct guest *g = calloc(1, sizeof *g);

    if (!g)
        BUG("out of memory");
    g->fd = fd;
    g->address = counter_of(all, a);
    g->is_near = is_loopback(a) || is_private(a);
    print_address(a, from, g->peer);
    guest_is_slow_after(all, g, guest_now(), 0);
    atomic_fetch_add_explicit(&all->count[g->address], 1, memory_order_relaxed);

    pthread_mutex_lock(&all->mutex);
    g->after = all->first;
    if (g->after)
        g->after->before = g;
    all->first = g;
    pthread_mutex_unlock(&all->mutex);
    return g;
}

void guest_leave(struct guests *all, struct guest *g)
{
    pthread_mutex_lock(&all->mutex);
    if (g->after)
        g->after->before = g->before;
    if (g->before)
        g->before->after = g->after;
    else
        all->first = g->after;
    pthread_mutex_unlock(&all->mutex);

    atomic_fetch_sub_explicit(&all->count[g->address], 1, memory_order_relaxed);
    free(g);
}

/* ---- patience ---- */

static void set_until(struct guest *g, int64_t until)
{
    atomic_store_explicit(&g->until, until, memory_order_relaxed);
}

void guest_is_slow_after(struct guests *all, struct guest *g, int64_t since, size_t bytes)
{
    set_until(g, since + all->slow + (int64_t)(bytes / GUEST_LEAST_SPEED));
}

void guest_is_idle(struct guests *all, struct guest *g)
{
    set_until(g, guest_now() + all->idle);
}

void guest_waits_for_us(struct guest *g)
{
    set_until(g, INT64_MAX);
}

/* Shutting, not closing: its event thread then reads the end of the connection and cleans up. */
static void shut_the_slow(struct guests *all)
{
    int64_t now = guest_now();

    for (struct guest *g = all->first; g; g = g->after)
        if (atomic_load_explicit(&g->until, memory_order_relaxed) < now)
            shutdown(g->fd, SHUT_RDWR);
}

static void *watchman(void *arg)
{
    struct guests *all = arg;

    pthread_mutex_lock(&all->mutex);
    while (!all->is_closing) {
        struct timespec next;

        clock_gettime(CLOCK_MONOTONIC, &next);
        next.tv_sec++;
        pthread_cond_timedwait(&all->wake, &all->mutex, &next);
        shut_the_slow(all);
    }
    pthread_mutex_unlock(&all->mutex);
    return NULL;
}

enum err guests_open(struct guests *all, int per_address, int slow_seconds, int idle_seconds)
{
    pthread_condattr_t monotonic;

    all->per_address = per_address;
    all->slow = slow_seconds * INT64_C(1000);
    all->idle = idle_seconds * INT64_C(1000);
    if (getrandom(&all->key, sizeof all->key, 0) != sizeof all->key)
        return ERR_IO;
    pthread_mutex_init(&all->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&all->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&all->watchman, NULL, watchman, all))
        BUG("no thread for the watchman");
    return OK;
}

void guests_close(struct guests *all)
{
    pthread_mutex_lock(&all->mutex);
    all->is_closing = true;
    pthread_cond_signal(&all->wake);
    pthread_mutex_unlock(&all->mutex);
    pthread_join(all->watchman, NULL);
    assert(!all->first);
    pthread_cond_destroy(&all->wake);
    pthread_mutex_destroy(&all->mutex);
}
