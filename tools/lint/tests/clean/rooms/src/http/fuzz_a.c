int x = printf("a");
