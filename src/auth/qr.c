#include "qr.h"
#include <qrencode.h>
#include "buf.h"

static void free_code(QRcode **code) {
        QRcode_free(*code);
}

enum err qr_make(struct arena *a, struct str text, struct qr *ret) {
        if (text.n == 0 || text.n > QR_MAX)
                return ERR_LIMIT;
        _cleanup_(free_code) QRcode *code = QRcode_encodeData((int) text.n, (const unsigned char *) text.p, 0,
                                                              QR_ECLEVEL_M);
        if (!code)
                return err_log(ERR_INTERNAL, "libqrencode makes no code of %zu bytes", text.n);
        _cleanup_(buf_done) struct buf b = { 0 };
        for (int y = 0; y < code->width; y++) {
                const unsigned char *row = code->data + (size_t) y * (size_t) code->width;
                for (int x = 0, from; x < code->width; x++) {
                        for (from = x; x < code->width && (row[x] & 1); x++)
                                ;
                        if (x > from)
                                buf_fmt(&b, "M%d %dh%dv1h-%dz", from + QR_QUIET, y + QR_QUIET, x - from, x - from);
                }
        }
        *ret = (struct qr) { code->width + 2 * QR_QUIET, str_dup(a, buf_view(&b)) };
        return OK;
}
