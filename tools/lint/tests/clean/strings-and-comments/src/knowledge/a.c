void f(void);

void f(void) {
        /* malloc, strcpy(a) and sqlite3_step() are words here */
        // printf("a"); atoi(x) \
        gets(x);
        say("malloc(1) \" free(x) sprintf(", '"');
        x->free(y);
        x.system(y);
        int rand = my_strcpy + sscanf_count + todo + XXX;
        snprintf(b, n, "TODO");
        gmtime_r(&t, &tm);
}
