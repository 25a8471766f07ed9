#!/bin/sh
# nocompile.sh TMPLC DIR BASE CC...: every DIR/x.tmpl is a fine template whose C must not compile, because a value has
# the wrong type for its place. The first line, {{# expect: LINE #}}, is the template line that the compiler must name
# (none: the control, which does compile).
set -u
tmplc=$(realpath "$1") base=$(realpath "$3") tests=$(realpath "$2/..")
cd "$2" || exit 1
shift 3
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0 bad=0
for t in *.tmpl; do
        n=$((n + 1))
        expect=$(head -n 1 "$t" | sed -n 's/^{{# expect: \(.*\) #}}$/\1/p')
        why=
        if ! "$tmplc" "$t" "$tmp/$t.c" "$tmp/$t.h" >"$tmp/log" 2>&1; then
                why="refused by tmplc"
        elif "$@" -std=gnu17 -Werror -fsyntax-only -I"$base" -I"$tests" -I"$base/../mail" "$tmp/$t.c" >"$tmp/log" 2>&1; then
                [ "$expect" = none ] || why="compiled"
        elif ! grep -q "^$t:$expect:" "$tmp/log" || ! grep -q ': error: ' "$tmp/log"; then
                why="no error on line $expect"
        fi
        if [ -z "$why" ]; then
                echo "ok $n - $t"
        else
                echo "not ok $n - $t: $why"
                sed 's/^/# /' "$tmp/log"
                bad=1
        fi
done
echo "1..$n"
[ "$n" -gt 0 ] || bad=1
exit $bad
