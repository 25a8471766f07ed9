#include "sniff.h"
#include <string.h>
#include "office.h"
#include "utf8.h"
#include "zipdir.h"

#define LOOK 1024                       /* first bytes of a text in which browsers look for HTML (WHATWG MIME Sniffing: 1445) */

const struct file_kind file_kinds[] = {
        { "png", "png", "image/png", S_INIT("PNG"), true },
        { "jpeg", "jpg jpeg", "image/jpeg", S_INIT("JPEG"), true },
        { "webp", "webp", "image/webp", S_INIT("WebP"), true },
        { "pdf", "pdf", "application/pdf", S_INIT("PDF"), false },
        { "docx", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", S_INIT("Word (.docx)"), false },
        { "xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", S_INIT("Excel (.xlsx)"), false },
        { "pptx", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", S_INIT("PowerPoint (.pptx)"), false },
        { "odt", "odt", "application/vnd.oasis.opendocument.text", S_INIT("OpenDocument-tekst (.odt)"), false },
        { "ods", "ods", "application/vnd.oasis.opendocument.spreadsheet", S_INIT("OpenDocument-rekenblad (.ods)"), false },
        { "odp", "odp", "application/vnd.oasis.opendocument.presentation", S_INIT("OpenDocument-presentatie (.odp)"), false },
        { "csv", "csv", "text/csv", S_INIT("CSV"), false },
        { "txt", "txt", "text/plain", S_INIT("tekst (.txt)"), false },
        { .code = NULL },
};

const struct file_kind *file_kind_of(struct str code) {
        for (const struct file_kind *k = file_kinds; k->code; k++)
                if (str_eq(str_of(k->code), code))
                        return k;
        return NULL;
}

/* Files that people do choose, and what to do instead. */
static const struct { struct str magic; size_t at; struct str reason; } known[] = {
        { S_INIT("GIF8"), 0, S_INIT("Een GIF nemen wij niet aan. Bewaar de afbeelding als PNG en kies die.") },
        { S_INIT("ftypheic"), 4, S_INIT("Deze foto heeft het formaat HEIC van de telefoon. Bewaar hem als JPEG en kies die.") },
        { S_INIT("ftypmif1"), 4, S_INIT("Deze foto heeft het formaat HEIF van de telefoon. Bewaar hem als JPEG en kies die.") },
        { S_INIT("ftyp"), 4, S_INIT("Een film nemen wij niet aan.") },
        { S_INIT("BM"), 0, S_INIT("Een BMP nemen wij niet aan. Bewaar de afbeelding als PNG en kies die.") },
        { S_INIT("II*\0"), 0, S_INIT("Een TIFF nemen wij niet aan. Bewaar de afbeelding als PNG of JPEG en kies die.") },
        { S_INIT("MM\0*"), 0, S_INIT("Een TIFF nemen wij niet aan. Bewaar de afbeelding als PNG of JPEG en kies die.") },
        { S_INIT("\xd0\xcf\x11\xe0"), 0, S_INIT("Dit bestand is van een oude versie van Office, of beveiligd met een wachtwoord. Bewaar het als "
                                                ".docx, .xlsx of .pptx zonder wachtwoord en kies het opnieuw.") },
        { S_INIT("{\\rtf"), 0, S_INIT("Een RTF nemen wij niet aan. Bewaar het bestand als .docx, .odt of PDF en kies dat.") },
        { S_INIT("Rar!"), 0, S_INIT("Een RAR-bestand nemen wij niet aan. Pak het uit en kies de bestanden die erin zitten, een voor een.") },
        { S_INIT("7z\xbc\xaf"), 0, S_INIT("Een 7z-bestand nemen wij niet aan. Pak het uit en kies de bestanden die erin zitten, een voor een.") },
        { S_INIT("\x1f\x8b"), 0, S_INIT("Een ingepakt bestand nemen wij niet aan. Pak het uit en kies de bestanden die erin zitten.") },
        { S_INIT("MZ"), 0, S_INIT("Een programma nemen wij niet aan.") },
        { S_INIT("\x7f" "ELF"), 0, S_INIT("Een programma nemen wij niet aan.") },
        { S_INIT("#!"), 0, S_INIT("Een programma nemen wij niet aan.") },
};

#define WHAT_WE_TAKE "Wij nemen aan: PNG, JPEG, WebP, PDF, Word, Excel, PowerPoint, OpenDocument, CSV en tekst."

static struct str extension(struct arena *a, struct str name) {
        for (size_t i = name.n; i > 0; i--)
                if (name.p[i - 1] == '.')
                        return utf8_fold(a, str_sub(name, i, name.n));
        return S("");
}

static bool has_extension(const struct file_kind *k, struct str ext) {
        struct str rest = str_of(k->extensions), one;
        while (str_split(&rest, ' ', &one))
                if (str_eq(one, ext))
                        return true;
        return false;
}

/* "<" and then what could be a tag. */
static bool has_tag(struct str s) {
        for (size_t i = 0; i + 1 < s.n; i++) {
                char c = s.p[i + 1];
                if (s.p[i] == '<' && (c == '!' || c == '/' || c == '?' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
                        return true;
        }
        return false;
}

static bool is_text(struct str s) {
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
                        return false;
        }
        return true;
}

/* One document from the first byte to the last: not the start of a PDF with something else behind it. */
static struct str why_not_pdf(struct str s) {
        struct str tail = str_sub(s, s.n > LOOK ? s.n - LOOK : 0, LOOK);
        size_t end = tail.n;
        for (size_t at = 0; (at = at + str_find(str_sub(tail, at, tail.n), S("%%EOF"))) < tail.n; at++)
                end = at;
        if (!str_starts(s, S("%PDF-1.")) && !str_starts(s, S("%PDF-2.")))
                return S("Dit is geen goede PDF. Maak de PDF opnieuw en kies die.");
        if (end == tail.n)
                return S("Deze PDF is niet compleet. Maak de PDF opnieuw en kies die.");
        for (size_t i = end + 5; i < tail.n; i++)
                if (!strchr("\r\n\t \f", tail.p[i]))    /* NUL is in there too */
                        return S("Achter het einde van deze PDF staat nog iets anders. Maak de PDF opnieuw en kies die.");
        return zipdir_is_inside(s) ? S("In deze PDF zit een ander bestand verstopt. Maak de PDF opnieuw en kies die.") : S("");
}

static struct str why_not_text(struct str s, struct str ext) {
        struct str head = str_sub(s, 0, LOOK);
        if (has_tag(head) && str_find(head, S("<svg")) < head.n)
                return S("Een SVG nemen wij niet aan, want daar kan een programma in zitten. Bewaar de afbeelding als PNG en kies die.");
        if (has_tag(head))
                return S("Dit bestand bevat HTML of XML. Dat nemen wij niet aan. Bewaar het als PDF, of als tekst zonder codes tussen < en >.");
        if (str_find(head, S("%PDF-")) < head.n)
                return S("Voor het begin van deze PDF staat nog iets anders. Maak de PDF opnieuw en kies die.");
        return str_eq(ext, S("csv")) || str_eq(ext, S("txt")) ? S("") : S("Dit soort bestand nemen wij niet aan. " WHAT_WE_TAKE);
}

static struct str why_not_known(struct str s) {
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
                if (str_starts(str_sub(s, known[i].at, s.n), known[i].magic))
                        return known[i].reason;
        return S("");
}

static const struct file_kind *by_magic(struct str s) {
        if (str_starts(s, S("\x89PNG\r\n\x1a\n")))
                return file_kind_of(S("png"));
        if (str_starts(s, S("\xff\xd8\xff")))
                return file_kind_of(S("jpeg"));
        if (str_starts(s, S("RIFF")) && str_starts(str_sub(s, 8, s.n), S("WEBP")))
                return file_kind_of(S("webp"));
        return str_starts(s, S("%PDF-")) ? file_kind_of(S("pdf")) : NULL;
}

bool sniff(struct arena *a, struct str s, struct str name, const struct file_kind **ret, struct str *reason) {
        struct str ext = extension(a, name);
        *ret = by_magic(s);
        *reason = S("");
        if (s.n == 0)
                *reason = S("Het bestand is leeg. Kies een ander bestand.");
        else if (*ret)
                *reason = str_eq(str_of((*ret)->code), S("pdf")) ? why_not_pdf(s) : S("");
        else if (str_starts(s, S("PK\3\4")) || str_starts(s, S("PK\5\6")))
                (void) office_check(a, s, ret, reason);
        else if ((*reason = why_not_known(s)).n)
                return false;
        else if (!is_text(s))
                *reason = S("Dit soort bestand nemen wij niet aan. " WHAT_WE_TAKE);
        else {
                *reason = why_not_text(s, ext);
                *ret = file_kind_of(str_eq(ext, S("csv")) ? S("csv") : S("txt"));
        }
        if (!reason->n && !has_extension(*ret, ext))
                *reason = str_fmt(a, "De naam van het bestand eindigt niet op .%.*s, maar het is %.*s. Geef het bestand de goede naam en kies "
                                  "het opnieuw.", STR(str_sub(str_of((*ret)->extensions), 0, str_index(str_of((*ret)->extensions), ' '))),
                                  STR((*ret)->label));
        return reason->n == 0;
}

struct str sniff_media_type(const struct file_kind *k, struct str bytes) {
        bool utf8 = utf8_valid(bytes);
        if (str_eq(str_of(k->code), S("csv")))
                return utf8 ? S("text/csv; charset=utf-8") : S("text/csv; charset=windows-1252");
        if (str_eq(str_of(k->code), S("txt")))
                return utf8 ? S("text/plain; charset=utf-8") : S("text/plain; charset=windows-1252");
        return str_of(k->media_type);
}
