#include "format/form_text.h"

void form_text_put(struct buf *b, const char *key, struct str value)
{
    static const char HEX[] = "0123456789ABCDEF";

    buf_format(b, "%s%s=", b->n ? "&" : "", key);
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
        if (plain) {
            buf_char(b, (char)c);
        } else {
            buf_char(b, '%');
            buf_char(b, HEX[c >> 4]);
            buf_char(b, HEX[c & 15]);
        }
    }
}
