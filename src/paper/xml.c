#include "paper/xml.h"

void xml_escape(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&': buf_put(b, STR("&amp;")); break;
        case '<': buf_put(b, STR("&lt;")); break;
        case '>': buf_put(b, STR("&gt;")); break;
        case '"': buf_put(b, STR("&quot;")); break;
        default:
            if ((unsigned char)s.p[i] >= ' ' || s.p[i] == '\t')
                buf_char(b, s.p[i]);
            break;
        }
}
