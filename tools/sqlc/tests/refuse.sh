#!/bin/sh
# refuse.sh SQLC DIR: every DIR/x.sql starts with "-- expect: LINE: part of the message" and must be refused with a
# message that has that at its line, with exit status 1 and no files written. Then migrations with wrong numbers.
set -u
sqlc=$(realpath "$1")
cd "$2" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0 bad=0
result() {      # WHY NAME
        n=$((n + 1))
        if [ -z "$1" ]; then
                echo "ok $n - $2"
        else
                echo "not ok $n - $2: $1"
                sed 's/^/# got: /' "$tmp/log"
                bad=1
                rm -f "$tmp/out.c" "$tmp/out.h"
        fi
}
for t in *.sql; do
        [ "$t" != schema.sql ] || continue
        expect=$(head -n 1 "$t" | sed -n 's/^-- expect: //p')
        "$sqlc" queries "$t" "$tmp/out.c" "$tmp/out.h" schema.sql closed.txt >"$tmp/log" 2>&1
        status=$?
        why=
        [ -n "$expect" ] || why="no expect line"
        [ $status -eq 1 ] || why="exit status $status"
        [ ! -e "$tmp/out.c" ] && [ ! -e "$tmp/out.h" ] || why="files written"
        case $(head -n 1 "$tmp/log") in
        "$t:${expect%%: *}: "*"${expect#*: }"*) ;;
        *) why="wrong message, expected $expect" ;;
        esac
        result "$why" "$t"
done

schema() {      # EXPECT FILE...: the migrations in this order must be refused
        expect=$1
        shift
        for f in "$@"; do
                echo 'CREATE TABLE x(id {pk}) {strict};' >"$tmp/$f"
        done
        (cd "$tmp" && "$sqlc" schema out.c "$@" >log 2>&1)
        status=$? why=
        [ $status -eq 1 ] || why="exit status $status"
        [ ! -e "$tmp/out.c" ] || why="file written"
        grep -qF "$expect" "$tmp/log" || why="wrong message, expected $expect"
        result "$why" "migrations $*"
}
schema '0003_c.sql:1: migrations are numbered' 0001_a.sql 0003_c.sql
schema '0001_b.sql:1: migrations are numbered' 0001_a.sql 0001_b.sql
schema '0002_b.sql:1: migrations are numbered' 0002_b.sql 0001_a.sql
schema 'core.sql:1: migrations are numbered' core.sql
echo 'CREATE TABLE broken(id {pk}, name {txt}) {strict};' >"$tmp/0001_bad.sql"
"$sqlc" queries like.sql "$tmp/out.c" "$tmp/out.h" "$tmp/0001_bad.sql" >"$tmp/log" 2>&1
grep -q '0001_bad.sql:1: ' "$tmp/log" && result '' 'a broken migration' || result 'no message' 'a broken migration'

closed() {      # EXPECT LINES: these rules must be refused, with file and line
        printf '%b\n' "$2" >"$tmp/closed.txt"
        "$sqlc" queries fine "$tmp/out.c" "$tmp/out.h" schema.sql "$tmp/closed.txt" >"$tmp/log" 2>&1
        status=$? why=
        [ $status -eq 1 ] || why="exit status $status"
        [ ! -e "$tmp/out.c" ] || why="file written"
        grep -qF "closed.txt:$1" "$tmp/log" || why="wrong message, expected $1"
        result "$why" "rules: $1"
}
closed "2: there is no table 'tt'" '# a comment\ntt a.sql select'
closed "1: 'a' is not the name of a .sql file" 't a select'
closed "1: 'open.sql' is not the name" 't open.sql select'
closed "1: 'a_name_that_is_too_long.sql' is not the name" 't a_name_that_is_too_long.sql select'
closed "1: 'read' is not select, insert, update or delete" 't a.sql select read'
closed '1: say what a.sql may do' 't a.sql'
closed '1: expected' 't'
closed '3: stands here twice' 't a.sql select\n\nt a.sql insert'
echo "1..$n"
[ "$n" -gt 6 ] || bad=1
exit $bad
