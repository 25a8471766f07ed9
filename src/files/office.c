#include "office.h"
#include "utf8.h"
#include "zipdir.h"

#define XML_MAX ((size_t) 1 << 20)      /* of a part that we look into */

/* What makes an archive this kind of document: a part of this name; for ODF the text of the part "mimetype". */
static const struct { const char *code; struct str part, mimetype; } marks[] = {
        { "docx", S_INIT("word/document.xml"), S_INIT("") }, { "xlsx", S_INIT("xl/workbook.xml"), S_INIT("") },
        { "pptx", S_INIT("ppt/presentation.xml"), S_INIT("") },
        { "odt", S_INIT("content.xml"), S_INIT("application/vnd.oasis.opendocument.text") },
        { "ods", S_INIT("content.xml"), S_INIT("application/vnd.oasis.opendocument.spreadsheet") },
        { "odp", S_INIT("content.xml"), S_INIT("application/vnd.oasis.opendocument.presentation") },
};

static const struct file_kind *kind_of(struct arena *a, const struct zipdir *z) {
        const struct zip_entry *m = zipdir_find(z, S("mimetype")), *types = zipdir_find(z, S("[Content_Types].xml"));
        struct str mimetype = m && !m->is_deflated ? zipdir_unpack(a, m, 200) : S("");
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
                bool is_odf = marks[i].mimetype.n > 0;
                if (zipdir_find(z, marks[i].part) && (is_odf ? str_eq(mimetype, marks[i].mimetype) : types && !m))
                        return file_kind_of(str_of(marks[i].code));
        }
        return NULL;
}

static bool ends_with_one(struct str name, const struct str *list) {
        for (; list->n; list++)
                if (str_ends(name, *list))
                        return true;
        return false;
}

/* Programs in the document. A chart brings its table along as xlsx; that is fine. */
static bool is_program(struct str name) {
        static const struct str programs[] = {
                S_INIT("vbaproject.bin"), S_INIT("vbadata.xml"), S_INIT(".exe"), S_INIT(".dll"), S_INIT(".scr"), S_INIT(".com"), S_INIT(".bat"),
                S_INIT(".cmd"), S_INIT(".ps1"), S_INIT(".vbs"), S_INIT(".js"), S_INIT(".jse"), S_INIT(".wsf"), S_INIT(".hta"), S_INIT(".jar"),
                S_INIT(".class"), S_INIT(".msi"), S_INIT(".lnk"), S_INIT(".sh"), S_INIT(".xlsm"), S_INIT(".docm"), S_INIT(".pptm"), { 0 },
        };
        return ends_with_one(name, programs) || str_find(name, S("/activex/")) < name.n ||
               (str_starts(name, S("basic/")) && !str_ends(name, S("/"))) || (str_starts(name, S("scripts/")) && !str_ends(name, S("/")));
}

static bool is_archive(struct str name) {
        static const struct str archives[] = { S_INIT(".zip"), S_INIT(".rar"), S_INIT(".7z"), S_INIT(".gz"), S_INIT(".tar"), S_INIT(".bz2"),
                                               S_INIT(".xz"), S_INIT(".iso"), S_INIT(".cab"), { 0 } };
        return ends_with_one(name, archives);
}

static bool contains(struct arena *a, const struct zipdir *z, struct str part, struct str text) {
        const struct zip_entry *e = zipdir_find(z, part);
        struct str bytes = e ? zipdir_unpack(a, e, XML_MAX) : S("");
        return str_find(bytes, text) < bytes.n;
}

#define LOCKED S("Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord en kies het opnieuw.")
#define MACROS S("Dit bestand bevat macro's of programma's. Bewaar het zonder macro's, bijvoorbeeld als gewone .docx of .xlsx, en kies het opnieuw.")

/* "" when nothing is wrong. */
static struct str why_not(struct arena *a, const struct zipdir *z) {
        for (size_t i = 0; i < z->n; i++) {
                struct str name = utf8_fold(a, z->v[i].name);
                if (is_program(name))
                        return MACROS;
                if (is_archive(name))
                        return S("In dit bestand zit een ander ingepakt bestand. Haal dat eruit en kies het bestand opnieuw.");
        }
        if (contains(a, z, S("[Content_Types].xml"), S("macroEnabled")))
                return MACROS;
        if (contains(a, z, S("META-INF/manifest.xml"), S("encryption-data")) || zipdir_find(z, S("EncryptedPackage")))
                return LOCKED;
        return S("");
}

bool office_check(struct arena *a, struct str bytes, const struct file_kind **ret, struct str *reason) {
        struct zipdir z;
        enum zip_result r = zipdir_read(a, bytes, &z);
        *reason = S("");
        *ret = r == ZIP_OK ? kind_of(a, &z) : NULL;
        if (r == ZIP_OK && !*ret)
                *reason = S("Een ZIP-bestand nemen wij niet aan. Pak het uit en kies de bestanden die erin zitten, een voor een.");
        else if (r == ZIP_OK)
                *reason = why_not(a, &z);
        if (r == ZIP_OK && !reason->n)
                r = zipdir_check(&z);
        if (r == ZIP_ENCRYPTED)
                *reason = LOCKED;
        else if (r == ZIP_TOO_LARGE)
                *reason = S("Dit bestand wordt bij het uitpakken veel te groot. Maak het kleiner, bijvoorbeeld met minder of kleinere afbeeldingen.");
        else if (r == ZIP_BROKEN)
                *reason = S("Dit bestand is beschadigd. Open het, bewaar het opnieuw en kies het dan nog een keer.");
        return reason->n == 0;
}
