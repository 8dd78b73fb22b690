#include "web/qr.h"

#include <qrencode.h>

static void qr_close(void *arg)
{
    QRcode_free(arg);
}

static bool is_dark(const QRcode *code, int x, int y)
{
    return x < code->width && (code->data[y * code->width + x] & 1);
}

enum err qr_encode(struct arena *a, struct str text, struct qr *ret)
{
    struct buf b = buf_in(a);
    QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);

    if (!code)
        return ERR_LIMIT;
    arena_defer(a, qr_close, code);
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            int run = 0;
            while (is_dark(code, x + run, y))
                run++;
            if (run == 0)
                continue;
            buf_format(&b, "M%d %dh%dv1h-%dz", x + QR_QUIET, y + QR_QUIET, run, run);
            x += run;
        }
    }
    int size = code->width + 2 * QR_QUIET;
    *ret = (struct qr){buf_str(&b), str_format(a, "0 0 %d %d", size, size), str_format(a, "%d", size)};
    return OK;
}
