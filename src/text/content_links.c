#include "content_rules.h"
#include "mdsource.h"
#include "utf8.h"

/* S in small letters without accents, without the spaces and marks at its ends: "Lees meer »" is "lees meer". */
static struct str bare(struct arena *a, struct str s) {
        struct str ret = utf8_fold(a, str_trim(s));
        static const struct str marks[] = { S_INIT("."), S_INIT("!"), S_INIT(">"), S_INIT(":"), S_INIT(" "),
                                            S_INIT("\xc2\xbb"), S_INIT("\xe2\x80\xa6"), S_INIT("\xe2\x86\x92") };
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
                while (ret.n && str_ends(ret, marks[k])) {
                        ret.n -= marks[k].n;
                        k = 0;
                }
        return ret;
}

static bool is_generic(struct str text) {
        static const struct str words[] = {
                S_INIT("lees meer"), S_INIT("lees verder"), S_INIT("meer lezen"), S_INIT("verder lezen"), S_INIT("meer"),
                S_INIT("meer info"), S_INIT("meer informatie"), S_INIT("klik"), S_INIT("klik hier"), S_INIT("hier"),
                S_INIT("link"), S_INIT("deze link"), S_INIT("deze pagina"), S_INIT("deze website"), S_INIT("website"),
                S_INIT("site"), S_INIT("pagina"), S_INIT("verder"), S_INIT("bekijk"), S_INIT("bekijk hier"),
                S_INIT("download"), S_INIT("download hier"), S_INIT("bron"), S_INIT("artikel"), S_INIT("dit artikel"),
                S_INIT("read more"), S_INIT("click here"), S_INIT("here"), S_INIT("ga naar"), S_INIT("zie hier"),
        };
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
                if (str_eq(text, words[k]))
                        return true;
        return false;
}

static bool is_address(struct str text) {
        bool one_word = str_index(text, ' ') == text.n;
        return one_word && (str_starts(text, S("http://")) || str_starts(text, S("https://")) ||
                            str_starts(text, S("www.")));
}

static bool has_word(struct str text, struct str word) {
        return str_find(text, word) < text.n;
}

/* Is TARGET a file that opens elsewhere, or is kept? */
static bool is_download(struct str target) {
        static const struct str ends[] = {
                S_INIT(".pdf"), S_INIT(".doc"), S_INIT(".docx"), S_INIT(".odt"), S_INIT(".xls"), S_INIT(".xlsx"),
                S_INIT(".ods"), S_INIT(".csv"), S_INIT(".ppt"), S_INIT(".pptx"), S_INIT(".odp"), S_INIT(".zip"),
        };
        size_t n = str_index(target, '?');
        size_t fragment = str_index(target, '#');
        struct str path = str_sub(target, 0, n < fragment ? n : fragment);
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
                if (str_ends(path, ends[k]))
                        return true;
        return str_starts(target, S("/bestand/"));
}

/* Does TEXT name a kind of file and a size? "jaarverslag (pdf, 1,2 mb)" */
static bool names_file(struct str text) {
        static const struct str kinds[] = {
                S_INIT("pdf"), S_INIT("word"), S_INIT("excel"), S_INIT("powerpoint"), S_INIT("csv"), S_INIT("zip"),
                S_INIT("odt"), S_INIT("ods"), S_INIT("odp"), S_INIT("docx"), S_INIT("xlsx"), S_INIT("pptx"),
                S_INIT("afbeelding"), S_INIT("png"), S_INIT("jpg"),
        };
        static const struct str sizes[] = { S_INIT(" kb"), S_INIT(" mb"), S_INIT(" gb"), S_INIT("kb)"), S_INIT("mb)") };
        bool kind = false, size = false;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
                kind = kind || has_word(text, kinds[k]);
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
                size_t at = str_find(text, sizes[k]);
                size = size || (at < text.n && at > 0 && text.p[at - 1] >= '0' && text.p[at - 1] <= '9');
        }
        return kind && size;
}

static bool shows_image(const struct md_node *link) {
        for (struct md_node *k = link->first; k; k = md_node_next(link, k))
                if (k->kind == MD_IMAGE)
                        return true;
        return false;
}

void content_check_link(struct content_check *c, const struct md_node *link) {
        struct str words = md_node_text(c->a, link).words, text = bare(c->a, words);
        if (md_link_kind(link->target) == MD_LINK_REFUSED)
                content_found(c, RULE_LINK_TARGET, link->at, words.n ? words : link->target, S(""));
        if (md_blank(text))
                content_found(c, RULE_LINK_EMPTY, link->at, link->target, S(""));
        else if (is_generic(text))
                content_found(c, RULE_LINK_GENERIC, link->at, words, S(""));
        else if (is_address(text))
                content_found(c, RULE_LINK_ADDRESS, link->at, words, S(""));
        else if (is_download(link->target) && !names_file(text) && !shows_image(link))
                content_found(c, RULE_LINK_DOWNLOAD, link->at, words, S(""));
}

/* A file name says nothing about what is in the picture. */
static bool is_file_name(struct str alt) {
        static const struct str ends[] = { S_INIT(".png"), S_INIT(".jpg"), S_INIT(".jpeg"), S_INIT(".gif"),
                                           S_INIT(".webp"), S_INIT(".svg") };
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
                if (str_ends(alt, ends[k]))
                        return true;
        return false;
}

void content_check_image(struct content_check *c, const struct md_node *image) {
        struct str words = md_node_text(c->a, image).words, alt = bare(c->a, words);
        if (!md_image_local(image->target))
                content_found(c, RULE_IMAGE_PLACE, image->at, image->target, S(""));
        bool none = md_blank(alt), decorative = none && str_eq(image->title, S(MD_DECORATIVE));
        if (!decorative && (none || is_file_name(alt)))
                content_found(c, RULE_IMAGE_ALT, image->at, words.n ? words : image->target, S(""));
}
