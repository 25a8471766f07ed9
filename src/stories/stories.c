/* stories.c - from form to text and back, and what is kept. */
#include "internal.h"
#include "clock.h"

const struct story_part story_parts[] = {
        { "kort", S_INIT("Kort gezegd"), S_INIT("Kort gezegd"), S_INIT("Waar gaat uw verhaal over, in twee of drie zinnen?"), 4 },
        { "verhaal", S_INIT("Mijn verhaal"), S_INIT("Uw verhaal"), S_INIT("Wat gebeurde er? Noem geen namen van anderen, ook niet van hulpverleners."), 14 },
        { "hielp", S_INIT("Wat hielp"), S_INIT("Wat hielp u?"), S_INIT("Wat deed iemand dat echt verschil maakte?"), 8 },
        { "beter", S_INIT("Wat beter kan"), S_INIT("Wat kan beter?"), S_INIT("Wat zou u hulpverleners willen meegeven?"), 8 },
        { .field = NULL },
};

/* A heading of the writer's own would begin another part of the text: it goes one deeper. */
static struct str without_parts(struct arena *a, struct str body) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct str line;
        for (bool first = true; str_split(&body, '\n', &line); first = false) {
                if (!first)
                        buf_char(&b, '\n');
                if (str_starts(line, S("## ")) || str_starts(line, S("# ")))
                        buf_str(&b, str_starts(line, S("# ")) ? S("##") : S("#"));
                buf_str(&b, line);
        }
        return str_trim(str_dup(a, buf_view(&b)));
}

struct str story_text(struct arena *a, const struct story_form *f, int64_t now_ms) {
        const struct front_pair pairs[] = {
                { S("titel"), f->title, 0 }, { S("soort"), S(STORY_KIND), 0 }, { S("samenvatting"), f->summary, 0 }, { S("fase"), f->phases, 0 },
                { S("doelgroep"), f->target, 0 }, { S("thema"), f->theme, 0 }, { S("eigenaar"), f->name, 0 },
                { S("waarschuwing"), f->warning, 0 }, { S("bijgewerkt"), clock_dutch_day(a, now_ms), 0 },
        };
        struct front_section sections[4];
        struct front front = { .pairs = (struct front_pair *) pairs, .n_pairs = sizeof pairs / sizeof *pairs, .intro = S(""),
                               .sections = sections, .n_sections = 4 };
        for (size_t i = 0; i < 4; i++)
                sections[i] = (struct front_section) { story_parts[i].heading, without_parts(a, f->parts[i]), 0 };
        return item_text_write(a, &front);
}

static struct str value_of(const struct front *f, struct str key) {
        const struct front_pair *p = front_get(f, key);
        return p ? p->value : S("");
}

enum err story_read(struct arena *a, struct str text, struct story_form *f) {
        struct text_error error;
        struct front front;
        enum err e = front_parse(a, text, &error, &front);
        if (e != OK)
                return e;
        f->title = value_of(&front, S("titel"));
        f->summary = value_of(&front, S("samenvatting"));
        f->name = value_of(&front, S("eigenaar"));
        f->warning = value_of(&front, S("waarschuwing"));
        f->phases = value_of(&front, S("fase"));
        f->theme = value_of(&front, S("thema"));
        f->target = value_of(&front, S("doelgroep"));
        for (size_t i = 0; i < 4; i++) {
                const struct front_section *s = front_section(&front, story_parts[i].heading);
                f->parts[i] = s ? s->body : S("");
        }
        return OK;
}

/* The drafts themselves are told of by the room editing. */
static enum err show_consents(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct stories_of_row_list rows;
        enum err e = stories_of(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "nummer", S("Nummer van uw concept"), str_fmt(k->arena, "%lld", (long long) rows.v[i].draft_id));
                kept_time(k, "toestemming", S("U gaf toestemming"), rows.v[i].consent_ms);
        }
        return e;
}

static enum err erase_consents(struct db *db, struct arena *a, const struct kept_person_row *who) {
        (void) a;
        return stories_delete_of(db, kept_person_id(who));
}

const struct kept stories_kept[] = {
        { "story", "person_id", "verhalen", S_INIT("Toestemming voor uw verhalen"), S_INIT("Om te weten dat u uw verhaal hier wilde delen."),
          S_INIT("Wordt gewist. Trek eerst zelf uw verhalen in als die ook weg moeten: daarna kunnen wij niet meer zien welke van u zijn."),
          show_consents, erase_consents },
        { .table = NULL },
};
