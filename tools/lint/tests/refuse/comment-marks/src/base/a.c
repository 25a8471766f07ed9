/* TODO: more */
int x; // FIXME
/* line
 * line
 * XXX */
