SELECT indicator.code FROM municipality, indicator;
