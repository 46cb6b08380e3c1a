#!/bin/bash
# All tasks of a grid on this machine, or with GNU parallel's --sshlogin on several, then the merges.
#   tools/cluster/parallel.sh grid.yaml [options of parallel]
# What is there already is not made again.
set -euo pipefail
grid=$1
shift
export RAILWINDOW=${RAILWINDOW:-railwindow}
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
"$RAILWINDOW" grid "$grid" --resume >"$lines"
parallel --halt soon,fail=1 "$@" -a "$lines" 'eval \"\$RAILWINDOW\" {} --quiet --threads 1'
"$RAILWINDOW" grid "$grid" --list merges --resume >"$lines"
parallel --halt soon,fail=1 -a "$lines" 'eval \"\$RAILWINDOW\" {} --quiet'
