/* editor.h - a field for Markdown, and the state of the draft around it. The form that holds them says where drafts go:
 *
 *   <form method="post" class="form" data-autosave="/redactie/12/concept" data-draft="item-12">
 *     {{ call editor_field(p, &(struct editor_field) { ... }) }}
 *     {{ call editor_status(p) }}
 *
 * The page sets page.editor before page_begin(), which then loads the script. What the script sends and expects is in
 * web/README.md, "Writing". Without script it is a plain text area. */
#ifndef PAGE_EDITOR_H
#define PAGE_EDITOR_H
#include "page.h"

struct editor_field {
        struct str name;        /* of the field, and its id */
        struct str label;
        struct str hint;        /* "" for none */
        struct str value;       /* Markdown */
        int rows;
        int max;                /* characters, more than 0; the browser counts UTF-16 units and only tells: the server
                                 * decides */
        bool optional;
};

#endif
