#include "link/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct answer {
    struct buf bytes;
    bool is_too_large, is_inside;
};

static size_t take(char *bytes, size_t size, size_t count, void *arg)
{
    struct answer *answer = arg;

    answer->is_too_large = answer->is_too_large || count > FETCH_ANSWER_MAX - answer->bytes.n;
    if (answer->is_too_large)
        return 0;
    buf_put(&answer->bytes, (struct str){bytes, size * count});
    return size * count;
}

/* Nets that are nobody's on the open net (RFC 6890): our own machines are behind them. */
static const struct net {
    uint32_t from;
    int bits;
} CLOSED[] = {
    {0x00000000, 8}, {0x0A000000, 8}, {0x64400000, 10}, {0x7F000000, 8}, {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24},
    {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 3},
};

static bool is_closed_4(uint32_t address)
{
    for (size_t i = 0; i < sizeof CLOSED / sizeof CLOSED[0]; i++)
        if ((address ^ CLOSED[i].from) >> (32 - CLOSED[i].bits) == 0)
            return true;
    return false;
}

/* Of IPv6 only what is given out to the world (2000::/3), and no address of IPv4 inside it. */
static bool is_closed(const struct sockaddr *to)
{
    if (to->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, to, sizeof four);
        return is_closed_4(ntohl(four.sin_addr.s_addr));
    }
    if (to->sa_family != AF_INET6)
        return true;
    struct sockaddr_in6 six;
    memcpy(&six, to, sizeof six);
    const uint8_t *b = six.sin6_addr.s6_addr;
    bool is_tunnel = b[0] == 0x20 && (b[1] == 0x02 || (b[1] == 0x01 && b[2] == 0 && b[3] == 0)); /* 6to4, Teredo */
    return (b[0] & 0xE0) != 0x20 || is_tunnel;
}

/* The address is that which the connection goes to, whatever its name says the next time. */
static curl_socket_t open_outside(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct answer *answer = arg;

    (void)purpose;
    if (is_closed(&to->addr)) {
        answer->is_inside = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype, to->protocol);
}

static void prepare(CURL *curl, struct arena *a, const struct fetch *q, struct curl_slist *headers, struct answer *answer)
{
    curl_easy_setopt(curl, CURLOPT_URL, str_z(a, q->url));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)FETCH_SECONDS);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (q->is_open_net) {
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_outside);
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, answer);
    }
    if (q->content_type.n) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)q->body.n);
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, q->body.p);
    }
}

enum err link_fetch(struct arena *a, const struct fetch *q, struct str *ret)
{
    struct answer answer = {.bytes = buf_in(a)};
    struct curl_slist *headers = NULL;
    long status = 0;

    if (!str_has_prefix(q->url, STR("http://")) && !str_has_prefix(q->url, STR("https://")))
        return ERR_INVALID;
    CURL *curl = curl_easy_init();
    if (!curl)
        return ERR_UNAVAILABLE;
    if (q->content_type.n)
        headers = curl_slist_append(headers, str_z(a, str_format(a, "Content-Type: %" PRIstr, STR_ARG(q->content_type))));
    prepare(curl, a, q, headers, &answer);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    if (answer.is_too_large)
        return ERR_LIMIT;
    if (answer.is_inside && code != CURLE_OK)
        return ERR_FORBIDDEN;
    if (code != CURLE_OK || status != 200)
        return ERR_UNAVAILABLE;
    *ret = buf_str(&answer.bytes);
    return OK;
}
