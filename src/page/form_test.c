/* The fields for a file and for what an image shows, as the first time and after a mistake; and what is said of a form that got lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "form.tmpl.h"
#include "page.h"

static const struct field fields[] = { { .name = "plaatje", .type = FIELD_FILE }, PAGE_ALT_FIELDS, { 0 } };
static const struct route route = { .method = POST, .pattern = "/", .fields = fields };
static const struct file_field field = { .name = "plaatje", .label = S_INIT("Foto <groot>"), .kinds = S_INIT("PNG of JPEG"), .accept = ".png,.jpg" };

struct drawn {
        struct arena a;
        struct req rq;
        struct resp rs;
        struct page p;
};

static void start(struct drawn *d, enum method method) {
        *d = (struct drawn) { .rq = { .arena = &d->a, .method = method, .route = &route } };
        d->p = (struct page) { .out = &d->rs.body, .arena = &d->a, .rq = &d->rq, .rs = &d->rs };
}

static bool has(struct drawn *d, const char *text) {
        struct str html = buf_view(&d->rs.body);
        return str_find(html, str_of(text)) < html.n;
}

static void done(struct drawn *d) {
        buf_done(&d->rs.body);
        arena_done(&d->a);
}

static void first_time(void **state) {
        _cleanup_(done) struct drawn d;
        struct file_field small = field;
        (void) state;
        start(&d, GET);
        file_field(&d.p, &field);
        assert_true(has(&d, "<label class=\"utrecht-form-label\" for=\"plaatje\">Foto &lt;groot&gt;</label>"));
        assert_true(has(&d, "PNG of JPEG, maximaal 10 MB.</p>"));
        assert_true(has(&d, "type=\"file\" id=\"plaatje\" name=\"plaatje\" accept=\".png,.jpg\" aria-required=\"true\" aria-describedby=\"plaatje-hint\""));
        assert_false(has(&d, "invalid") || has(&d, "opnieuw"));
        small.optional = true;
        small.max = 300 * 1024;
        file_field(&d.p, &small);
        assert_true(has(&d, "(optioneel)") && has(&d, "maximaal 300 kB."));
        alt_fields(&d.p, S("Een \"kaart\""), true);
        assert_true(has(&d, "id=\"alt\" name=\"alt\" value=\"Een &quot;kaart&quot;\" aria-describedby=\"alt-hint\"") || has(&d, "value=\"Een &#34;kaart&#34;\""));
        assert_true(has(&d, "name=\"decoratief\" value=\"ja\" checked"));
}

static void after_a_mistake(void **state) {
        _cleanup_(done) struct drawn d;
        (void) state;
        start(&d, POST);
        *vec_push(&d.a, &d.rq.values) = (struct field_value) { .field = &fields[1], .text = S("Getypte tekst") };
        req_error(&d.rq, "plaatje", S("Dit is geen foto."));
        file_field(&d.p, &field);
        assert_true(has(&d, "<p class=\"utrecht-form-field-error-message\" id=\"plaatje-fout\">Dit is geen foto.</p>"));
        assert_true(has(&d, "aria-invalid=\"true\" aria-describedby=\"plaatje-hint plaatje-fout\""));
        assert_true(has(&d, "Kies het bestand opnieuw."));
        req_error(&d.rq, "alt", S("Beschrijf de foto."));
        alt_fields(&d.p, S("zoals het was"), true);
        assert_true(has(&d, "value=\"Getypte tekst\" aria-invalid=\"true\" aria-describedby=\"alt-hint alt-fout\""));
        assert_false(has(&d, "zoals het was") || has(&d, "checked"));
}

static void a_form_that_was_lost_says_where_it_is(void **state) {
        (void) state;
        for (enum method m = GET; m <= POST; m++) {
                _cleanup_(done) struct drawn d;
                struct site site = { .origin = S_INIT("https://schouders.example") };
                start(&d, m);
                d.rq.app = &site;
                page_error(&d.rq, &d.rs, 503, S(""));
                assert_true(has(&d, "over een minuut opnieuw"));
                assert_int_equal(has(&d, "Wat u invulde is niet opgeslagen. Ga terug"), m == POST);
        }
}

static void somebody_who_came_second_is_told(void **state) {
        (void) state;
        _cleanup_(done) struct drawn d;
        struct site site = { .origin = S_INIT("https://schouders.example") };
        start(&d, POST);
        d.rq.app = &site;
        page_error(&d.rq, &d.rs, 409, S(""));
        assert_true(has(&d, "<h1>Iemand was u voor</h1>") && !has(&d, "ligt niet aan u"));
}

int main(void) {
        const struct CMUnitTest tests[] = { cmocka_unit_test(first_time), cmocka_unit_test(after_a_mistake),
                cmocka_unit_test(a_form_that_was_lost_says_where_it_is), cmocka_unit_test(somebody_who_came_second_is_told) };
        return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
