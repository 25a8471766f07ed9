#define X gets(x)
