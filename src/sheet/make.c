/* make.c - an XLSX file by libxlsxwriter, which writes to a file: here one that is in memory only. */
#include <math.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include "sheet.h"

static void closep(int *fd) {
        if (*fd >= 0)
                close(*fd);
}

static lxw_error put(struct arena *a, lxw_worksheet *w, const struct sheet_page *p, lxw_format *heading, lxw_format *wrap) {
        lxw_error e = LXW_NO_ERROR;
        for (size_t i = 0; e == LXW_NO_ERROR && i < p->columns; i++)
                e = worksheet_set_column(w, (lxw_col_t) i, (lxw_col_t) i, p->width[i], NULL);
        for (size_t i = 0; e == LXW_NO_ERROR && i < p->rows * p->columns; i++) {
                const struct sheet_value *v = &p->v[i];
                lxw_row_t row = (lxw_row_t) (i / p->columns);
                lxw_col_t column = (lxw_col_t) (i % p->columns);
                if (v->as == SHEET_PUT_NUMBER && !isnan(v->number))
                        e = worksheet_write_number(w, row, column, v->number, NULL);
                else if (v->as != SHEET_PUT_NUMBER && v->text.n)
                        e = worksheet_write_string(w, row, column, str_z(a, v->text), v->as == SHEET_PUT_HEADING ? heading : wrap);
        }
        worksheet_freeze_panes(w, 1, 0);
        return e;
}

static lxw_error fill(struct arena *a, lxw_workbook *book, const struct sheet_page *pages, size_t n) {
        lxw_format *heading = workbook_add_format(book), *wrap = workbook_add_format(book);
        lxw_error e = LXW_NO_ERROR;
        format_set_bold(heading);
        format_set_bottom(heading, LXW_BORDER_THIN);
        format_set_text_wrap(wrap);
        format_set_align(wrap, LXW_ALIGN_VERTICAL_TOP);
        for (size_t i = 0; e == LXW_NO_ERROR && i < n; i++) {
                lxw_worksheet *w = workbook_add_worksheet(book, pages[i].name);
                e = w ? put(a, w, &pages[i], heading, wrap) : LXW_ERROR_MEMORY_MALLOC_FAILED;
        }
        lxw_error closed = workbook_close(book);
        return e == LXW_NO_ERROR ? closed : e;
}

enum err sheet_make(struct arena *a, const struct sheet_page *pages, size_t n, struct buf *ret) {
        _cleanup_(closep) int fd = memfd_create("sheet", MFD_CLOEXEC);
        if (fd < 0)
                return err_log(ERR_INTERNAL, "no file in memory for a spreadsheet");
        lxw_workbook *book = workbook_new(str_fmt(a, "/proc/self/fd/%d", fd).p);
        lxw_error e = book ? fill(a, book, pages, n) : LXW_ERROR_MEMORY_MALLOC_FAILED;
        if (e != LXW_NO_ERROR)
                return err_log(ERR_INTERNAL, "a spreadsheet could not be made: %s", lxw_strerror(e));
        char part[8192];
        ssize_t got;
        for (off_t at = 0; (got = pread(fd, part, sizeof part, at)) > 0; at += got)
                buf_put(ret, part, (size_t) got);
        return got < 0 || ret->full ? err_log(ERR_INTERNAL, "a spreadsheet could not be read back") : OK;
}
