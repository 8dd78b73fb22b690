/* Whatever is read has a message and no more than its limits; what can be written again is read without a defect, and
 * writing that gives the same bytes. */
#include "fuzz.h"

#include "format/edxml.h"

/* A copied signature may gain a namespace that the whole message gave it, once. */
static void settle(struct arena *a, struct edxml *m)
{
    struct edxml back;
    struct str bytes, again;
    struct fault fault = {.why = STR("")};

    m->signature = STR("");
    if (edxml_write(a, m, &bytes, &fault)) {
        FUZZ_LAW(fault.why.n > 0);
        return;
    }
    FUZZ_LAW(!edxml_read(a, bytes, &back, &fault));
    FUZZ_LAW(back.defect_total == 0 && back.is_status == m->is_status);
    FUZZ_LAW(back.attachment_count == m->attachment_count);
    FUZZ_LAW(!edxml_write(a, &back, &again, &fault));
    FUZZ_LAW(str_eq(bytes, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct edxml m;
    struct fault fault = {.why = STR("")};

    if (edxml_read(a, (struct str){(const char *)data, size}, &m, &fault)) {
        FUZZ_LAW(fault.why.n > 0);
    } else {
        FUZZ_LAW(m.defect_count <= EDXML_DEFECTS_MAX && m.defect_count <= m.defect_total);
        FUZZ_LAW(m.attachment_count <= EDXML_ATTACHMENTS_MAX);
        settle(a, &m);
    }
    arena_free(a);
    return 0;
}
