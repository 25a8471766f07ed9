/* kept.c - what the knowledge base keeps of people: who wrote and who checked a version (people_kept.h). */
#include "knowledge.h"
#include "knowledge.sql.h"
#include "people.h"

#define NUMBER_STAYS S_INIT("De tekst blijft. Er staat dan nog een nummer bij dat naar niemand meer leidt.")

static enum err show_versions(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct versions_of_person_row_list rows;
        enum err e = versions_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "titel", S("Titel"), rows.v[i].title);
                kept_text(k, "versie", S("Versie"), str_fmt(k->arena, "%d", (int) rows.v[i].number));
                kept_text(k, "deel", S("Uw deel"), rows.v[i].made_by.is_set && rows.v[i].made_by.v == kept_person_id(who) ? S("geschreven") : S("nagekeken"));
                kept_time(k, "op", S("Gepubliceerd"), rows.v[i].made_ms);
        }
        return e;
}

const struct kept knowledge_kept[] = {
        { "item_version", "made_by checked_by", "teksten", S_INIT("Teksten die u schreef of nakeek"),
          S_INIT("Om te kunnen verantwoorden wie een tekst maakte en wie hem nakeek."), NUMBER_STAYS, show_versions, NULL },
        { .table = NULL },
};
