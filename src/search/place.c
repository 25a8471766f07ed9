/* place.c - where the documents live on the site. */
#include "search.h"

const struct search_place search_places[SEARCH_PLACES] = {
        { S_INIT("kennis"), S_INIT("Kennis"), S_INIT("Kennis"), S_INIT("/kennis/") },
        { S_INIT("cijfer"), S_INIT("Cijfer"), S_INIT("Cijfers"), S_INIT("/cijfers/") },
        { S_INIT("begrip"), S_INIT("Begrip"), S_INIT("Begrippen"), S_INIT("/begrippen/") },
        { S_INIT("vraag"), S_INIT("Vraag uit de praktijk"), S_INIT("Vragen uit de praktijk"), S_INIT("/vragen/") },
        { S_INIT("gemeente"), S_INIT("Gemeente"), S_INIT("Gemeenten"), S_INIT("/gemeenten/") },
};

const struct search_place *search_place(struct str kind) {
        for (size_t i = 0; i < SEARCH_PLACES; i++)
                if (str_eq(search_places[i].kind, kind))
                        return &search_places[i];
        return NULL;
}

struct str search_address(struct arena *a, struct str kind, struct str ref) {
        return str_fmt(a, "%.*s%.*s", STR(search_place(kind)->path), STR(ref));
}

bool search_address_read(struct str address, struct str *kind, struct str *ref) {
        struct str path = str_trim(address);
        size_t scheme = str_find(path, S("://"));
        if (scheme < path.n) {
                path = str_sub(path, scheme + 3, path.n);
                path = str_sub(path, str_index(path, '/'), path.n);
        }
        path = str_sub(path, 0, str_index(path, '?'));
        path = str_sub(path, 0, str_index(path, '#'));
        for (size_t i = 0; i < SEARCH_PLACES; i++) {
                *kind = search_places[i].kind;
                *ref = str_sub(path, search_places[i].path.n, path.n);
                if (str_starts(path, search_places[i].path) && ref->n && str_index(*ref, '/') == ref->n)
                        return true;
        }
        return false;
}
