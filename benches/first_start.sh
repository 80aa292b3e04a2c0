#!/usr/bin/env bash
# How long a new learner waits: a fresh clone with empty caches, to the first figure. Then the second start.
# Usage: benches/first_start.sh [KEEP], where KEEP is an empty folder to work in; takes about ten minutes.
set -euo pipefail
checkout=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$folder"' EXIT

# Cargo's downloads count too: only the toolchain is there.
export CARGO_HOME=$folder/cargo NEUROBOOK_CACHE=$folder/cache
unset CARGO_TARGET_DIR NEUROBOOK_ROOT

said() { printf '%-58s %4d s\n' "$1" $((SECONDS - begin)); }

git clone -q "$checkout" "$folder/course"
cd "$folder/course"

begin=$SECONDS
cargo run -- setup
said "the first command: build, JupyterLab, the notebooks' crates"
cargo run -q -- python benches/cell_latency.py --seeded-only
said "and the solution notebook in the kernel, to its end"

begin=$SECONDS
cargo run -q -- setup
said "the set-up again"
