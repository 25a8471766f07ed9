/* pack.c - minizip on bytes in memory. Its directory is looked at as a whole before a part is unpacked. */
#include "pack.h"
#include <minizip/unzip.h>
#include <stdio.h>
#include <string.h>
#include "sheet.h"

#define END_SIZE 22                     /* bytes of the end of a directory (APPNOTE.TXT 4.3.16) */

struct pack {
        struct str bytes;
        size_t at;
        unzFile file;
};

#define NOT_XLSX S("Dit is geen Excel-bestand (.xlsx), of het is beschadigd. Sla het in Excel of LibreOffice opnieuw op als .xlsx.")
#define TOO_LARGE S("Dit bestand wordt bij het uitpakken te groot. Gebruik het sjabloon en zet er alleen uw cijfers in.")

static voidpf open_memory(voidpf opaque, const void *name, int mode) {
        (void) name;
        return mode & ZLIB_FILEFUNC_MODE_WRITE ? NULL : opaque;
}

static uLong read_memory(voidpf opaque, voidpf stream, void *to, uLong n) {
        struct pack *p = stream;
        (void) opaque;
        struct str part = str_sub(p->bytes, p->at, n);
        if (part.n)
                memcpy(to, part.p, part.n);
        p->at += part.n;
        return (uLong) part.n;
}

static uLong write_memory(voidpf opaque, voidpf stream, const void *from, uLong n) {
        (void) opaque;
        (void) stream;
        (void) from;
        (void) n;
        return 0;
}

static ZPOS64_T tell_memory(voidpf opaque, voidpf stream) {
        (void) opaque;
        return ((struct pack *) stream)->at;
}

static long seek_memory(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
        struct pack *p = stream;
        ZPOS64_T from = origin == ZLIB_FILEFUNC_SEEK_END ? p->bytes.n : origin == ZLIB_FILEFUNC_SEEK_CUR ? p->at : 0;
        (void) opaque;
        if (offset > p->bytes.n || from + offset > p->bytes.n)
                return -1;
        p->at = (size_t) (from + offset);
        return 0;
}

static int close_memory(voidpf opaque, voidpf stream) {
        (void) opaque;
        (void) stream;
        return 0;
}

/* Parts that run, or that hide another archive. */
static bool is_unwanted(struct str name) {
        static const char *const ends[] = { ".bin", ".zip", ".xlsx", ".xlsm", ".docx", ".exe", ".ole" };
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
                if (str_ends(name, str_of(ends[i])))
                        return !str_find(name, S("printerSettings")) || str_find(name, S("printerSettings")) == name.n;
        return false;
}

static struct str refusal_of(const unz_file_info64 *i, struct str name, size_t *total) {
        if (i->flag & 1)
                return S("Dit bestand heeft een wachtwoord. Sla het op zonder wachtwoord.");
        if (is_unwanted(name))
                return S("In dit bestand zit een macro of een ander bestand. Gebruik het sjabloon en sla het op als .xlsx, zonder macro's.");
        if (i->compression_method != 0 && i->compression_method != Z_DEFLATED)
                return NOT_XLSX;
        if (i->uncompressed_size > SHEET_PART_MAX || (*total += (size_t) i->uncompressed_size) > SHEET_UNPACKED_MAX)
                return TOO_LARGE;
        if (i->uncompressed_size > SHEET_RATIO_FROM && i->uncompressed_size / SHEET_RATIO_MAX > i->compressed_size)
                return TOO_LARGE;
        return S("");
}

/* From its first part to the end of its directory, without a comment behind it: nothing that another reader could take for the file. */
static bool ends_well(struct str bytes) {
        return str_starts(bytes, S("PK\3\4")) && bytes.n > END_SIZE && str_starts(str_sub(bytes, bytes.n - END_SIZE, END_SIZE), S("PK\5\6"));
}

/* Every part once: two of one name would let two readers see two files. */
static struct str look_through(struct pack *p, struct arena *a) {
        struct map names = { 0 };
        size_t total = 0, n = 0;
        int r;
        for (r = unzGoToFirstFile(p->file); r == UNZ_OK; r = unzGoToNextFile(p->file)) {
                unz_file_info64 info;
                char raw[256];
                if (++n > SHEET_PARTS_MAX)
                        return TOO_LARGE;
                if (unzGetCurrentFileInfo64(p->file, &info, raw, sizeof raw, NULL, 0, NULL, 0) != UNZ_OK || info.size_filename >= sizeof raw)
                        return NOT_XLSX;
                struct str name = str_dup(a, (struct str) { raw, info.size_filename }), why = refusal_of(&info, name, &total);
                if (why.n == 0 && map_get(&names, name))
                        why = NOT_XLSX;
                if (why.n)
                        return why;
                map_put(a, &names, name, p);
        }
        return r == UNZ_END_OF_LIST_OF_FILE && n > 0 ? S("") : NOT_XLSX;
}

enum err pack_open(struct arena *a, struct str bytes, struct pack **ret, struct str *why) {
        struct pack *p = *ret = arena_new(a, struct pack);
        zlib_filefunc64_def memory = { open_memory, read_memory, write_memory, tell_memory, seek_memory, close_memory, close_memory, p };
        p->bytes = bytes;
        if (bytes.n > SHEET_FILE_MAX)
                *why = TOO_LARGE;
        else if (ends_well(bytes) && (p->file = unzOpen2_64("", &memory)))
                *why = look_through(p, a);
        else
                *why = NOT_XLSX;
        return why->n ? ERR_INVALID : OK;
}

static enum err unpack(struct pack *p, struct arena *a, struct str *ret) {
        unz_file_info64 info;
        if (unzGetCurrentFileInfo64(p->file, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK || info.uncompressed_size > SHEET_PART_MAX)
                return ERR_INVALID;
        size_t size = (size_t) info.uncompressed_size, n = 0;
        char *to = arena_alloc(a, size + 1);    /* the byte more shows that a part is longer than it says */
        int got = unzOpenCurrentFile(p->file) == UNZ_OK ? 1 : -1;
        if (got < 0)
                return ERR_INVALID;
        while (n <= size && (got = unzReadCurrentFile(p->file, to + n, (unsigned) (size + 1 - n))) > 0)
                n += (size_t) got;
        bool is_true = unzCloseCurrentFile(p->file) == UNZ_OK && got == 0 && n == size;
        *ret = (struct str) { to, n };
        return is_true ? OK : ERR_INVALID;
}

enum err pack_part(struct pack *p, struct arena *a, struct str name, struct str *ret) {
        if (unzLocateFile(p->file, str_z(a, name), 1) != UNZ_OK)
                return ERR_NOT_FOUND;
        return unpack(p, a, ret);
}

void pack_close(struct pack **p) {
        if (*p && (*p)->file)
                unzClose((*p)->file);
}
