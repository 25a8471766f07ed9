#!/bin/sh
# refuse.sh LINT DIR: runs LINT on small trees. Every DIR/refuse/x has a file `expect` with one "path:line: part of the
# message" per finding, in the order of LINT's output; every DIR/clean/x must give none. Trees with long files are made here.
set -u
lint=$(realpath "$1")
cd "$2" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0 bad=0

# report NAME TREE EXPECT-FILE
report() {
        n=$((n + 1))
        "$lint" --root "$2" >"$tmp/log" 2>"$tmp/err"
        status=$?
        why=
        want=0
        [ ! -s "$3" ] || want=1
        [ $status -eq $want ] || why="exit status $status"
        [ "$(wc -l <"$tmp/log")" -eq "$(wc -l <"$3")" ] || why="other number of findings"
        exec 3<"$3"
        while IFS= read -r line && IFS= read -r expect <&3; do
                case $line in
                "${expect%%: *}: "*"${expect#*: }"*) ;;
                *) why="not found: $expect" ;;
                esac
        done <"$tmp/log"
        exec 3<&-
        if [ -z "$why" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1: $why"
                sed 's/^/# got: /' "$tmp/log" "$tmp/err"
                bad=1
        fi
}

# long NAME FIRST LINES LAST [EXPECT]: a tree with one file of FIRST, LINES lines, LAST
long() {
        mkdir -p "$tmp/$1/src/base"
        {
                [ -z "$2" ] || printf '%s\n' "$2"
                yes '        int x;' | head -n "$3"
                [ -z "$4" ] || printf '%s\n' "$4"
        } >"$tmp/$1/src/base/a.c"
        printf '%s' "${5:+$5
}" >"$tmp/$1.expect"
        report "$1" "$tmp/$1" "$tmp/$1.expect"
}

: >"$tmp/none"
for d in refuse/*/; do
        report "$d" "$d" "${d}expect"
done
for d in clean/*/; do
        report "$d" "$d" "$tmp/none"
done
long file-450 "" 450 ""
long file-451 "" 451 "" "src/base/a.c:451: the file has 451 lines"
long function-70 "static int f(int (*g)(void)) {" 68 "}"
long function-71 "static int f(int (*g)(void)) {" 69 "}" "src/base/a.c:1: f is 71 lines long"
long table-100 "static int t[] = {" 98 "};"
long function-with-braces "void f(void) { if (x) { y(); }
#define X {
        f(\"}\");" 68 "}" "src/base/a.c:1: f is 72 lines long"
long function-hidden-brace "#if A
int f(void) {
#else
int f(int x) {
#endif
        return 0;
}
int g(void) {" 69 "}" "src/base/a.c:8: g is 71 lines long"
echo "1..$n"
exit $bad
