#!/bin/sh
# compare.sh COLLECT SOURCE_ROOT: what collect writes must be what the repository ships, byte for byte.
# Without the shared source files the test is skipped (77).
shared="${SCHOUDERS_SHARED:-$2/../shared}/data"
[ -d "$shared/gemeenten" ] || { echo "skipped: no $shared"; exit 77; }
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
"$1" "$shared" "$out" || exit 1
n=0
for f in $(cd "$out" && find . -type f | sort); do
        cmp "$out/$f" "$2/data/$f" || exit 1
        n=$((n + 1))
done
[ "$n" -ge 7 ] || { echo "collect wrote only $n files"; exit 1; }
echo "$n files are the same"
