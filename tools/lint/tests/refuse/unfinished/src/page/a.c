const char *x = "Binnenkort meer";
