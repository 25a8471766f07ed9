# Makes a C string of a text file: one literal per line.
s/\\/\\\\/g
s/"/\\"/g
s/^/"/
s/$/\\n"/
