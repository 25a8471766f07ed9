void *p = malloc(1);
