/* The parts for writing: the difference of two texts, and the field for Markdown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "diff.tmpl.h"
#include "editor.tmpl.h"

struct drawing {
        struct arena arena;
        struct buf out;
        struct req rq;
        struct page page;
};

static struct page *begin(struct drawing *d) {
        *d = (struct drawing) { 0 };
        d->rq.arena = &d->arena;
        d->page = (struct page) { .out = &d->out, .arena = &d->arena, .rq = &d->rq };
        return &d->page;
}

static bool has(const struct drawing *d, const char *text) {
        struct str html = buf_view(&d->out);
        return str_find(html, str_of(text)) < html.n;
}

static void end(struct drawing *d) {
        buf_done(&d->out);
        arena_done(&d->arena);
}

static void test_diff(void **state) {
        (void) state;
        struct drawing d;
        struct page *p = begin(&d);
        struct diff diff = text_diff(&d.arena, S("Een <b> regel.\n\nBel ons nu.\n"), S("Een <b> regel.\n\nBel ons vandaag.\n"));
        diff_view(p, &diff);
        assert_true(has(&d, "<div class=\"diff\"><span>Een &lt;b&gt; regel.\n\nBel ons </span>"
                        "<del class=\"diff__removed\"><span class=\"visually-hidden\">[verwijderd: </span>nu"
                        "<span class=\"visually-hidden\">] </span></del>"
                        "<ins class=\"diff__added\"><span class=\"visually-hidden\">[toegevoegd: </span>vandaag"
                        "<span class=\"visually-hidden\">] </span></ins><span>.\n</span></div>"));
        end(&d);
}

static void test_field(void **state) {
        (void) state;
        struct drawing d;
        struct page *p = begin(&d);
        struct editor_field f = { .name = S("aanpak"), .label = S("Aanpak"), .value = S("\nEen </textarea> <b>"), .rows = 8,
                                  .max = 4000 };
        editor_field(p, &f);
        assert_true(has(&d, "<label class=\"utrecht-form-label\" for=\"aanpak\">Aanpak</label>"));
        assert_true(has(&d, "aria-label=\"Opmaak van Aanpak\" hidden>"));
        assert_true(has(&d, "rows=\"8\" aria-required=\"true\" aria-describedby=\"aanpak-teller\">"));
        assert_true(has(&d, "Een &lt;/textarea&gt; &lt;b&gt;</textarea>"));
        assert_true(has(&d, "data-counter=\"4000\">Maximaal 4.000 tekens.</p>"));
        end(&d);
}

static void test_field_with_mistake(void **state) {
        (void) state;
        struct drawing d;
        struct page *p = begin(&d);
        *vec_push(&d.arena, &d.rq.errors) = (struct field_error) { "aanpak", S("Vul de aanpak in") };
        struct editor_field f = { .name = S("aanpak"), .label = S("Aanpak"), .hint = S("Kort."), .rows = 8, .max = 10,
                                  .optional = true };
        editor_field(p, &f);
        assert_true(has(&d, "Aanpak (optioneel)</label>"));
        assert_true(has(&d, "id=\"aanpak-fout\">Vul de aanpak in</p>"));
        assert_true(has(&d, "rows=\"8\" aria-invalid=\"true\" aria-describedby=\"aanpak-hint aanpak-fout aanpak-teller\">"));
        end(&d);
}

static void test_status(void **state) {
        (void) state;
        struct drawing d;
        editor_status(begin(&d));
        assert_true(has(&d, "<p class=\"editor-status\" role=\"status\" data-autosave-status></p>"));
        end(&d);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_diff), cmocka_unit_test(test_field), cmocka_unit_test(test_field_with_mistake),
                cmocka_unit_test(test_status),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
