int x = MHD_YES;
