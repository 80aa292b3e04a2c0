#!/usr/bin/env bash
# The README's first command as a newcomer types it, up to the first figure of chapter 02 in the real JupyterLab, and the
# chapter's solution from its first cell to its last. Needs root, to make the newcomer; prints the seconds of each part.
# Usage: tests/newcomer/first_command.sh [CHECKOUT] [--no-rustup] [--then-test]; the last goes on with the second command.
set -u
checkout=$PWD
with_rustup=yes
then_test=
for word in "$@"; do
  case $word in
    --no-rustup) with_rustup=no ;;
    --then-test) then_test=yes ;;
    *) checkout=$word ;;
  esac
done
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/newcomer/newcomer.sh
. "$here/newcomer.sh"

log=$home/lab.log
begin=$SECONDS
said() { printf '%5d s  %s\n' $((SECONDS - begin)) "$1"; }
failed() {
  said "FAILED: $1"
  tail -n 15 "${2:-$log}"
  exit 1
}

as_newcomer "timeout 2400 cargo run -- lab --no-browser" >"$log" 2>&1 &
lab=$!
until address=$(grep -oE -m 1 'http://(127\.0\.0\.1|localhost):[0-9]+/[^ ]*token=[0-9a-f]+' "$log"); do
  kill -0 $lab 2>/dev/null || failed "\`cargo run -- lab\` ended before JupyterLab was there"
  sleep 0.5
done
said "JupyterLab is open"

cp "$here/first_figure.py" "$home/first_figure.py"
as_newcomer "timeout 1500 ./target/debug/neurobook python '$home/first_figure.py' '$address'" >"$home/figure.log" 2>&1 ||
  failed "no figure of chapter 02 comes from JupyterLab" "$home/figure.log"
said "the first figure of chapter 02: $(tail -n 1 "$home/figure.log")"

solution=notebooks/solution/02_single_node_dynamics.ipynb
as_newcomer "timeout 900 cargo run -q -- run $solution --out '$home/ran.ipynb'" >"$home/run.log" 2>&1 ||
  failed "the solution of chapter 02 does not run" "$home/run.log"
said "the solution of chapter 02 has run to its end"

server=$(pgrep -u "$newcomer" -f 'jupyter.?lab' | head -n 1)
[ -z "$server" ] || kill "$server"
wait $lab

if [ -n "$then_test" ]; then
  # Read by the function that runs a line as the newcomer, who need not have bubblewrap.
  # shellcheck disable=SC2034
  without_bubblewrap=yes
  as_newcomer "timeout 3000 cargo test" >"$home/test.log" 2>&1 || {
    grep -E '^test .*FAILED|panicked|^error' "$home/test.log" | head -n 10
    failed "cargo test" "$home/test.log"
  }
  said "cargo test passes: $(grep -c '^test .* ok$' "$home/test.log") tests"
fi
