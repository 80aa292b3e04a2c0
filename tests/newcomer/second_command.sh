#!/usr/bin/env bash
# The README's second command as a newcomer types it, before anything else, without bubblewrap: it passes, also after it
# has been killed on the way; nothing in the home is changed but Cargo's own files; and the program works afterwards.
# Needs root, to make the newcomer; prints the seconds of each part.
# Usage: tests/newcomer/second_command.sh [CHECKOUT] [--killed SECONDS]
set -u
checkout=$PWD
killed_after=
while [ $# -gt 0 ]; do
  case $1 in
    --killed) killed_after=$2; shift 2 ;;
    *) checkout=$1; shift ;;
  esac
done
with_rustup=yes
# Read by the function that runs a line as the newcomer.
# shellcheck disable=SC2034
without_bubblewrap=yes
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/newcomer/newcomer.sh
. "$here/newcomer.sh"

log=/tmp/$newcomer.log
begin=$SECONDS
said() { printf '%5d s  %s\n' $((SECONDS - begin)) "$1"; }
failed() {
  said "FAILED: $1"
  grep -E '^test .*FAILED|panicked|^error' "$log" | head -n 10
  tail -n 5 "$log"
  exit 1
}

if [ -n "$killed_after" ]; then
  as_newcomer "timeout --signal=KILL $killed_after cargo test" >"$log" 2>&1
  for pid in $(pgrep -u "$newcomer" --ns $$ --nslist pid); do kill -KILL "$pid" 2>/dev/null; done
  said "cargo test was killed after $killed_after s"
fi
as_newcomer "timeout 5000 cargo test" >"$log" 2>&1 || failed "cargo test"
said "cargo test passes: $(grep -c '^test .* ok$' "$log") tests"
grep '^NOT TESTED' "$log" | sort -u
left=$(left_in_home)
[ -z "$left" ] || failed "cargo test leaves in the home: $left"
as_newcomer "timeout 900 ./target/debug/neurobook check notebooks/solution/00_rust_for_neuroscientists.ipynb" >"$log" 2>&1 ||
  failed "check after cargo test"
said "check works afterwards"
as_newcomer "timeout 1500 cargo test" >"$log" 2>&1 || failed "cargo test, the second time"
said "cargo test passes again"
rm -f "$log"
