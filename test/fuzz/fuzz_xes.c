/* What is read strictly is read leniently too, with the same traces and events. */
#include "fuzz.h"

#include "format/xes.h"

struct seen {
    size_t traces, events;
};

static void walk(const struct xes_attribute *a, size_t *bytes)
{
    for (; a; a = a->next) {
        *bytes += a->key.n + a->text.n;
        walk(a->child, bytes);
        walk(a->values, bytes);
    }
}

static enum err on_trace(void *arg, const struct xes_trace *trace)
{
    struct seen *seen = arg;
    size_t bytes = 0, line = trace->line;

    walk(trace->attributes, &bytes);
    for (const struct xes_event *e = trace->events; e; e = e->next) {
        FUZZ_LAW(e->line >= line);
        line = e->line;
        walk(e->attributes, &bytes);
        seen->events++;
    }
    seen->traces++;
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct str text = {(const char *)data, size};
    struct seen strict = {0}, lenient = {0};
    struct fault fault = {0};
    enum err err =
        xes_read_text(a, text, &(struct xes_reader){.arg = &strict, .trace = on_trace}, &fault);

    FUZZ_LAW(!err || fault.why.n > 0);
    struct xes_reader to = {.arg = &lenient, .is_lenient = true, .trace = on_trace};
    enum err lenient_err = xes_read_text(a, text, &to, &fault);
    FUZZ_LAW(err ||
             (!lenient_err && strict.traces == lenient.traces && strict.events == lenient.events));
    arena_free(a);
    return 0;
}
