#!/bin/sh
# refuse.sh TMPLC DIR: every DIR/x.tmpl starts with {{# expect: LINE: part of the message #}} and must be refused with
# exactly that, exit status 1, one line of output, and no files written.
set -u
tmplc=$(realpath "$1")
cd "$2" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0 bad=0
for t in *.tmpl; do
        n=$((n + 1))
        IFS= read -r first <"$t"
        expect=${first#"{{# expect: "}
        expect=${expect%" #}}"}
        got=$("$tmplc" "$t" "$tmp/out.c" "$tmp/out.h" 2>&1)
        status=$?
        why=
        [ "$expect" != "$first" ] || why="no expect line"
        [ $status -eq 1 ] || why="exit status $status"
        if [ -e "$tmp/out.c" ] || [ -e "$tmp/out.h" ]; then
                why="files written"
                rm -f "$tmp/out.c" "$tmp/out.h"
        fi
        case $got in
        *"
"*) why="more than one line of output" ;;
        "$t:${expect%%: *}: "*"${expect#*: }"*) ;;
        *) why="wrong message" ;;
        esac
        if [ -z "$why" ]; then
                echo "ok $n - $got"
        else
                echo "not ok $n - $t: $why"
                echo "# expected: $expect"
                echo "# got: $got"
                bad=1
        fi
done
echo "1..$n"
[ "$n" -gt 0 ] || bad=1
exit $bad
