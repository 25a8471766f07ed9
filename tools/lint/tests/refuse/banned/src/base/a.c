void f(void);

void f(void) {
        strcpy(x);
        strcat(x);
        sprintf(x);
        vsprintf(x);
        gets(x);
        strtok(x);
        atoi(x);
        atol(x);
        atof(x);
        localtime(x);
        gmtime(x);
        ctime(x);
        asctime(x);
        rand(x);
        srand(x);
        system(x);
        popen(x);
        scanf(x);
        fscanf(x);
        sscanf(x);
        vsscanf(x);
}
