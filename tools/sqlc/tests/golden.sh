#!/bin/sh
# golden.sh SQLC DIR: compiles DIR/library.sql and compares the C with the expected files; the same for the migrations.
# With UPDATE=1 it writes those instead: look at the diff before you believe it.
set -u
sqlc=$(realpath "$1")
cd "$2" || exit 1
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
"$sqlc" queries library.sql "$tmp/library.sql.c" "$tmp/library.sql.h" schema.sql closed.txt 2>&1 | sed 's/^/# /'
check library.sql.c
check library.sql.h
cp schema.sql "$tmp/0001_schema.sql"
cp closed.txt "$tmp/closed.txt"
(cd "$tmp" && "$sqlc" schema schema.c 0001_schema.sql closed.txt 2>&1 | sed 's/^/# /')
check schema.c
echo "1..$n"
exit $bad
