/* views.h - what this room's pages show, and what its handlers share. */
#ifndef ASSESSMENT_VIEWS_H
#define ASSESSMENT_VIEWS_H
#include "decide.h"
#include "editing_form.h"
#include "html.h"
#include "knowledge_publish.h"

/* A step that the visitor could take. */
struct assess_choice {
        const struct transition *t;
        struct str lacks;               /* Dutch: what is missing, "" when it can be taken now */
};
struct assess_choices {
        struct assess_choice *v;
        size_t n, cap;
        bool any_ready, any_lacks;      /* can be taken now, or not yet */
        bool any_note;                  /* one that can be taken now has a motivation */
        bool goes_on;                   /* one that does more than end it */
        size_t first;                   /* of them, when there is one */
};

/* A text as a committee and its submitter read it. */
struct shown_section { struct str heading; struct safe_html html; };
struct shown_line { struct str text; struct str address; };
struct shown_lines { struct str heading; struct { struct shown_line *v; size_t n, cap; } rows; };
struct shown_text {
        bool is_there;
        struct str title, summary, owner;
        struct { struct shown_section *v; size_t n, cap; } sections;
        struct { struct shown_lines *v; size_t n, cap; } lines;
};
/* Fills RET from TEXT, as far as it goes, in A. */
void text_show(struct arena *a, struct str text, struct shown_text *ret);

struct panel_line {
        const struct panel_row *row;
        struct str name;
};
struct candidate {
        int64_t person_id;
        struct str name, side, obstacle;        /* obstacle "": can be added */
};
struct case_view {
        struct assessment c;
        const struct state_info *state;
        unsigned actors;
        struct assess_choices steps;      /* without decisions */
        struct str decision_lacks;      /* of the decision, when this is the time for one; "" when it can be taken */
        bool may_decide;                /* this is the time, and the visitor the one */
        struct str submitter, organisation;
        struct str text_wrong;          /* what keeps the text from being complete; "" */
        struct shown_text text;
        struct steps_of_row_list history;
        struct remarks_of_row_list remarks;
        size_t sent_back;               /* times in this round */
        struct panel panel;
        struct { struct panel_line *v; size_t n, cap; } members;
        struct { struct candidate *v; size_t n, cap; } candidates;
        struct decisions_of_row_list decisions;
        struct objections_of_row_list objections;
        struct voters_of_row_list voters;
        struct str item_slug;           /* of the published item; "" for none */
};
/* Everything about case C that the visitor's pages need. The caller decides who may see it. */
_must_use_ enum err case_view_fill(struct req *rq, const struct assessment *c, struct case_view *v);
/* The decision of ROUND, or NULL. */
const struct decisions_of_row *decision_of(const struct case_view *v, int64_t round);
/* And the committee with names, for who leads. */
_must_use_ enum err case_view_panel(struct req *rq, struct case_view *v);
_must_use_ enum err person_name(struct req *rq, int64_t id, struct str *ret);
/* What is needed, for bits of enum need, in A. */
struct str needs_text(struct arena *a, unsigned needs);
/* The labels of bits, joined with commas, in A. */
struct str labels_text(struct arena *a, const struct str *labels, size_t n, unsigned bits);
const struct score_level *level_of(size_t score, struct str code);
/* "1 uit wetenschap, 1 uit praktijk, 1 uit ervaring" of the votes in ROUND. */
struct str sides_text(struct arena *a, const struct voters_of_row_list *voters, int64_t round);

/* The case in the path. */
_must_use_ enum err path_case(struct req *rq, struct assessment *ret);
/* The same for who leads it. ERR_DENIED for a party, ERR_NOT_FOUND while it is not handed in. */
_must_use_ enum err lead_case(struct req *rq, struct assessment *ret);
struct str assess_note(const struct req *rq);
#define LONG_TEXT_MAX 8000              /* letters */
/* Takes the step that the fields "stap" and "motivatie" of RQ name. ERR_INVALID when a mistake was noted. */
_must_use_ enum err assess_take(struct req *rq, struct assessment *c);
/* The judgement that the fields "bewijskracht", "bewijskracht-waarom" and so on hold, and a mistake for each that is missing. */
void judgement_read(const struct req *rq, struct judgement *ret);
void judgement_check(struct req *rq, const struct judgement *j);
extern const struct field case_step_fields[], case_note_fields[];

struct text_view {
        struct item_form form;
        struct { const struct item_part **v; size_t n, cap; } parts;    /* that this text has */
        struct str base;                /* address of the case */
        int64_t revision;
        struct str warning;             /* "" for none */
};
struct mine_view { struct assessment_list rows; };
struct submission_view {
        bool is_new;
        struct str action, title, explanation, contact, existing;
        struct str criteria;            /* codes, with a space around each */
        int64_t organisation_id;
        struct role_held_list roles;
};
struct work_view {
        bool any;
        struct { struct { const struct state_info *state; struct assessment_list rows; } v[STATES_N]; size_t n; } groups;
};
struct assessors_view {
        struct { struct candidate *v; size_t n, cap; } people;
};
struct decide_view {
        struct case_view *v;
        struct str last_day;
};
struct assess_view {
        struct case_view v;
        const struct panel_row *me;
        bool is_judged;                 /* the committee may judge now */
};
struct list_view {
        struct assessment_list rows;
        struct str next;
};

/* Handlers, by the file they stand in. */
handler assessment_explain_get, decided_get, decided_list_get;
handler my_cases_get, submission_new_get, submission_new_post, submission_edit_get, submission_edit_post, my_case_get, my_step_post,
        my_offer_post;
handler text_part_get, text_part_post, text_part_autosave;
handler cases_work_get, lead_case_get, lead_step_post, lead_remark_post, member_add_post, member_remove_post, assessors_get, assessors_post;
handler decide_get, decide_post;
handler panels_get, panel_get, interest_post, vote_post;
extern const struct field submission_fields[], offer_fields[], case_remark_fields[], panel_member_fields[], assessor_fields[], decide_fields[],
        interest_fields[], vote_fields[], decided_list_fields[];

#endif
