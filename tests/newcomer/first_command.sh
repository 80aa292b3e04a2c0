#!/usr/bin/env bash
# The README's first command as a newcomer types it, up to the first figure of chapter 02 in the real JupyterLab, and the
# chapter's solution from its first cell to its last. Needs root, to make the newcomer; prints the seconds of each part.
# Usage: tests/newcomer/first_command.sh [CHECKOUT] [--no-rustup] [--compiled] [--all-chapters] [--then-test]
#   --no-rustup     with a toolchain that rustup does not know
#   --compiled      takes along what is compiled in the checkout, where the wait itself is not of interest
#   --all-chapters  all solutions, and not only that of chapter 02
#   --then-test     goes on with the README's second command
set -u
checkout=$PWD
with_rustup=yes
compiled=
chapters=02_single_node_dynamics
then_test=
for word in "$@"; do
  case $word in
    --no-rustup) with_rustup=no ;;
    --compiled) compiled=yes ;;
    --all-chapters) chapters= ;;
    --then-test) then_test=yes ;;
    *) checkout=$word ;;
  esac
done
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/newcomer/newcomer.sh
. "$here/newcomer.sh"

[ -n "$chapters" ] || chapters=$(basename -s .ipynb "$course"/notebooks/solution/*.ipynb)
if [ -n "$compiled" ]; then
  as_newcomer "mkdir -p target/debug"
  cp -a "$checkout"/target/debug/{deps,build,.fingerprint} "$course/target/debug/"
  chown -R "$newcomer" "$course/target"
fi
# The machine's own names once, and once such as evcxr alone would cut short.
# shellcheck disable=SC2034
[ "$with_rustup" = yes ] || cache_home="$home/für später"
# Somebody has JupyterLab's first port already.
env -i su "$newcomer" -s /bin/bash -c "exec python3 -m http.server --bind 127.0.0.1 --directory /nonexistent 8888" >/dev/null 2>&1 &
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
until address=$(grep -oE -m 1 'http://(127\.0\.0\.1|localhost):[0-9]+/[^ ]*token=[0-9a-f]+' "$log" 2>/dev/null); do
  kill -0 $lab 2>/dev/null || failed "\`cargo run -- lab\` ended before JupyterLab was there"
  sleep 0.5
done
case $address in *:8888/*) failed "JupyterLab names a port that is not free" ;; esac
said "JupyterLab is open"

runs=()
finish_first_run() {
  local chapter=${runs[0]%:*}
  wait "${runs[0]##*:}" || failed "the solution of $chapter does not run" "$home/$chapter.log"
  runs=("${runs[@]:1}")
}

cp "$here/first_figure.py" "$home/first_figure.py"
as_newcomer "timeout 1500 ./target/debug/neurobook python '$home/first_figure.py' '$address'" >"$home/figure.log" 2>&1 ||
  failed "no figure of chapter 02 comes from JupyterLab" "$home/figure.log"
said "the first figure of chapter 02: $(tail -n 1 "$home/figure.log")"

run_solution() {
  as_newcomer "timeout 900 cargo run -q -- run notebooks/solution/$1.ipynb --out '$home/$1.ipynb'" >"$home/$1.log" 2>&1
}
# Two at a time, as many as a small machine has cores.
for chapter in $chapters; do
  run_solution "$chapter" &
  runs+=("$chapter:$!")
  [ ${#runs[@]} -lt 2 ] || finish_first_run
done
while [ ${#runs[@]} -gt 0 ]; do finish_first_run; done
said "to their end have run: $(echo $chapters)"

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
