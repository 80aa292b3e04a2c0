#!/usr/bin/env bash
# How long a new learner waits: an ordinary user with an empty home and a bare toolchain, a fresh clone, the README's first
# command; to JupyterLab, to the first figure of chapter 02, and to the end of its solution. Needs root, to make the user.
# Usage: benches/first_start.sh [CHECKOUT], on a machine that does nothing else; takes about five minutes.
set -euo pipefail
checkout=$(cd "${1:-$(dirname "$0")/..}" && pwd)
model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
echo "$(date -u '+%d %B %Y'), ${model:-unknown processor}, $(nproc) cores, $(rustc --version | cut -d' ' -f1,2), $(python3 --version)"
exec bash "$(dirname "$0")/../tests/newcomer/first_command.sh" "$checkout"
