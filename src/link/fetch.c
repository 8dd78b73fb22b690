#include "link/fetch.h"

#include <curl/curl.h>

struct answer {
    struct buf bytes;
    bool is_too_large;
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
    if (code != CURLE_OK || status != 200)
        return ERR_UNAVAILABLE;
    *ret = buf_str(&answer.bytes);
    return OK;
}
