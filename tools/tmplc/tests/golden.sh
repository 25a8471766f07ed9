#!/bin/sh
# golden.sh TMPLC RENDER DIR: compiles every DIR/x.tmpl and compares the C, the header and the page with the expected
# x.tmpl.c, x.tmpl.h and x.html (of x.txt.tmpl: x.txt). With UPDATE=1 it writes those instead: look at the diff before you believe it.
set -u
tmplc=$(realpath "$1") render=$(realpath "$2")
cd "$3" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0 bad=0
check() {
        n=$((n + 1))
        [ "${UPDATE:-}" = 1 ] && cp "$tmp/$1" "$1"
        if diff -u "$1" "$tmp/$1" >"$tmp/diff" 2>&1; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                sed 's/^/# /' "$tmp/diff"
                bad=1
        fi
}
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
