#!/usr/bin/env bash
# One grading on several machines, with GNU parallel. The same command again goes on where it was.
#
#   parallel.sh submissions.zip marks                                # on this machine
#   parallel.sh submissions.zip marks --sshloginfile machines.txt    # on those, by ssh
#
# What follows the folder for the marks are options of parallel. Each machine has the program, the course and both
# paths at the same places, as on a shared file system. Set these as variables, or change them here:
NEUROBOOK=${NEUROBOOK:-neurobook} # an absolute path, for ssh
SEED=${SEED:-2026}                # the same for all shards
SHARDS=${SHARDS:-16}              # some more than machines: a slow one then takes fewer
SANDBOX=${SANDBOX:-full}

set -euo pipefail
submissions=$(realpath "$1")
marks=$(realpath --canonicalize-missing "$2")
shift 2

# Status 4 says that a submission could not be read: a result, which another try would not change.
unless_4='"$@"; status=$?; [ "$status" = 4 ] || exit "$status"'

# One grader on a machine at a time: it uses all cores itself.
seq "$SHARDS" | parallel --quote --jobs 1 --retries 3 --line-buffer "$@" \
  bash -c "$unless_4" shard \
  "$NEUROBOOK" grade "$submissions" --out "$marks.shards/{}" --shard "{}/$SHARDS" --seed "$SEED" --sandbox "$SANDBOX"

"$NEUROBOOK" merge "$marks.shards"/* --out "$marks"
