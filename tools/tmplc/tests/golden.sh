#!/bin/sh
# golden.sh TMPLC RENDER DIR: compiles every DIR/x.tmpl and compares the C, the header and the page with the expected
# x.tmpl.c, x.tmpl.h and x.html (of x.txt.tmpl: x.txt).
set -u
. "$(dirname "$0")/../../golden.sh"
tmplc=$(realpath "$1") render=$(realpath "$2")
cd "$3" || exit 1
for t in *.tmpl; do
        name=${t%.tmpl}
        flag= page=$name.html
        case $name in *.txt) page=$name ;; esac
        [ "$name" != plain ] || flag=--base-only
        "$tmplc" $flag "$t" "$tmp/$t.c" "$tmp/$t.h" 2>&1 | sed 's/^/# /'
        "$render" "$name" >"$tmp/$page"
        check "$t.c"
        check "$t.h"
        check "$page"
done
echo "1..$n"
[ "$n" -gt 0 ] || bad=1
exit $bad
