/* views.h - what this room's pages show. */
#ifndef DIALOGUE_VIEWS_H
#define DIALOGUE_VIEWS_H
#include "dialogue.h"
#include "dialogue.sql.h"

/* What a form holds: as stored, or as typed. */
struct post_form {
        struct str title, body, needed, result, organisation, size, again, role;
        bool mail, offer;
};
struct name_choices { struct dialogue_word *v; size_t n, cap; };

struct post_view {
        struct post post;
        struct str who;                         /* "Jo de Vries, Schuldhulpverlener" */
        struct str gone;                        /* why the text is not shown; "" when it is */
        struct str address;                     /* of a question: /vragen/… */
        bool own, accepted, may_edit, may_withdraw, may_accept, may_moderate;
};
struct post_views { struct post_view *v; size_t n, cap; };

/* On the page of an item. */
struct voices_view {
        const struct item_shown *item;
        int64_t questions, notes;
        struct post_views newest;
};
struct practice_view {
        struct topic item;
        struct post_views questions, notes;
        struct str older_questions, older_notes;        /* addresses; "" for none */
};
struct question_view {
        struct topic item;
        struct post_view question;
        struct post_views answers;
        bool may_answer, signed_in;
        struct name_choices names;
        struct post_form form;
        struct str standing;                    /* what a newcomer should know; "" for none */
};
struct write_view {
        struct topic item;
        struct str kind, action, back, standing;
        struct name_choices names;
        struct post_form form;
        bool is_edit;
};
struct questions_view {
        struct question_line_list rows;
        struct themes_asked_row_list themes;
        struct str show, theme, next;
};
struct own_posts_view { struct post_views posts; bool any; };

struct desk_line {
        struct post_view post;
        struct topic item;
        struct reports_about_row_list reports;
};
struct desk_view {
        struct { struct desk_line *v; size_t n, cap; } lines;
        struct { struct desk_line *v; size_t n, cap; } removed;
        struct str next, note;
        int64_t waiting;
};
struct decide_view {
        struct desk_line line;
        struct post_view question;
        struct str reason, remark;
};
struct offers_view {
        struct { struct desk_line *v; size_t n, cap; } lines;
        bool taken;
        struct str next;
};
struct act_view {
        struct post_view post;
        struct str back, reason, remark;
};

#endif
