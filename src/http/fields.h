/* fields.h - from decoded pairs to checked values of the declared fields. */
#ifndef HTTP_FIELDS_H
#define HTTP_FIELDS_H
#include "http.h"
#include "server.h"
#include "urlencoded.h"

/* Checks TEXT (a query string, or a form) against rq->route->fields into rq->values and rq->errors.
 * ERR_INVALID with a Dutch *MESSAGE when the request cannot be shown a form again: GET with any mistake; POST with
 * undeclared, repeated or badly encoded fields. A POST with other mistakes is OK and has rq->errors.
 * *CSRF gets the value of the token field of a POST. */
_must_use_ enum err fields_read(struct req *rq, struct str text, struct str *message, struct str *csrf);
/* The same for fields that are cut up already. */
_must_use_ enum err fields_take(struct req *rq, const struct pairs *pairs, struct str *message, struct str *csrf);

/* Looks through every text of a POST that is not `personal`: a refusal is a mistake; a warning too, until the sender
 * confirms it (CONFIRM_FIELD). SCREEN may be NULL. */
void fields_screen(struct req *rq, text_screen *screen);

#endif
