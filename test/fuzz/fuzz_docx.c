/* Whatever is read is text within its limit; whatever is refused says why. */
#include "fuzz.h"

#include "base/text.h"
#include "format/docx_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct str words;
    struct fault fault = {.why = STR("")};

    if (docx_text(a, (struct str){(const char *)data, size}, &words, NULL, &fault))
        FUZZ_LAW(fault.why.n > 0);
    else
        FUZZ_LAW(words.n <= DOCX_TEXT_MAX && text_is_utf8(words));
    arena_free(a);
    return 0;
}
