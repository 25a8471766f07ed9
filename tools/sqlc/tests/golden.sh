#!/bin/sh
# golden.sh SQLC DIR: compiles DIR/library.sql and compares the C with the expected files; the same for the migrations.
set -u
. "$(dirname "$0")/../../golden.sh"
sqlc=$(realpath "$1")
cd "$2" || exit 1
"$sqlc" queries library.sql "$tmp/library.sql.c" "$tmp/library.sql.h" schema.sql closed.txt 2>&1 | sed 's/^/# /'
check library.sql.c
check library.sql.h
cp schema.sql "$tmp/0001_schema.sql"
cp closed.txt "$tmp/closed.txt"
(cd "$tmp" && "$sqlc" schema schema.c 0001_schema.sql closed.txt 2>&1 | sed 's/^/# /')
check schema.c
echo "1..$n"
exit $bad
