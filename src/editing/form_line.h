/* form_line.h - the fields of one line: a source, a study, a step. */
#ifndef EDITING_FORM_LINE_H
#define EDITING_FORM_LINE_H
#include "editing_form.h"

enum line_control { CONTROL_TEXT, CONTROL_SHORT, CONTROL_AREA, CONTROL_URL, CONTROL_DESIGN, CONTROL_FICTION };
struct line_input {
        struct str label;               /* "" ends a list */
        enum line_control control;
        bool optional;
};
/* The fields of a line of KIND, LINES_N for a score; as many as it has parts. */
const struct line_input *line_inputs(enum item_lines kind);

/* "deel-3" for the first row, so that the list of mistakes can lead to it; "deel-3-1" for others. */
struct str line_input_id(struct arena *a, size_t part, size_t row);
const char *line_input_name(size_t part);

/* What belongs in the section with this heading: Dutch; "" without advice. */
struct str item_section_hint(struct str heading);

#endif
