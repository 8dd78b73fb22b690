#include "link/file_words.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "format/docx_text.h"
#include "link/pdf_text.h"

enum { PDF_HEAD = 1024 }; /* readers look for the mark of a PDF so far in (ISO 32000, implementation notes) */

static_assert((int)FILE_WORDS_MAX >= (int)DOCX_TEXT_MAX && (int)FILE_WORDS_MAX >= (int)PDF_TEXT_MAX,
              "the limit holds for every kind");

static enum err none(struct str why, struct str *ret, struct str *ret_why)
{
    *ret = STR("");
    *ret_why = why;
    return OK;
}

static enum err of_pdf(struct arena *a, struct str bytes, struct str *ret, struct str *ret_why)
{
    enum err err = link_pdf_text(a, STR(""), bytes, ret);

    if (err == ERR_INVALID)
        return none(STR("a PDF that is damaged or locked"), ret, ret_why);
    if (err == ERR_LIMIT)
        return none(STR("a PDF that takes too much time or memory"), ret, ret_why);
    if (!err && !ret->n)
        return none(STR("a PDF of pictures only"), ret, ret_why);
    return err;
}

static enum err of_office(struct arena *a, struct str bytes, struct str *ret, struct str *ret_why)
{
    struct fault fault = {.why = STR("")};
    enum err err = docx_text(a, bytes, ret, NULL, &fault);

    return err ? none(fault.why, ret, ret_why) : OK;
}

/* With the mark that Windows puts before UTF-8 taken off. */
static enum err of_text(struct str bytes, struct str *ret, struct str *ret_why)
{
    struct str s = str_has_prefix(bytes, STR("\xef\xbb\xbf")) ? str_sub(bytes, 3, bytes.n) : bytes;

    if (s.n > FILE_WORDS_MAX)
        for (s.n = FILE_WORDS_MAX; s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80;)
            s.n--;
    if ((s.n && memchr(s.p, 0, s.n)) || !text_is_utf8(s))
        return none(STR("no text in UTF-8"), ret, ret_why);
    *ret = str_trim(s);
    return OK;
}

enum err link_file_words(void *arg, struct arena *a, struct str name, struct str media, struct str bytes, struct str *ret,
                         struct str *ret_why)
{
    (void)arg;
    if (str_find(str_sub(bytes, 0, PDF_HEAD), STR("%PDF-")) != STR_NONE)
        return of_pdf(a, bytes, ret, ret_why);
    if (str_has_prefix(bytes, STR("PK")))
        return of_office(a, bytes, ret, ret_why);
    if (str_has_prefix(media, STR("text/")) || str_has_suffix(name, STR(".txt")))
        return of_text(bytes, ret, ret_why);
    return none(STR("a kind of file that has no words"), ret, ret_why);
}
