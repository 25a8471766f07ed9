# golden.sh: for the golden.sh of each compiler, which sources it in the folder of its expected files and puts what it makes in $tmp.
# With UPDATE=1 it writes the expected files instead: look at the diff before you believe it.
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
