#!/bin/bash
# All tasks of a grid on this machine, or with GNU parallel's --sshlogin on several, then the merges.
#   tools/cluster/parallel.sh grid.yaml [options of parallel]
# What is there already is not made again.
set -eu
grid=$1
shift
program=${RAILWINDOW:-railwindow}
"$program" grid "$grid" --resume | sed "s|^|$program |; s|\$| --quiet --threads 1|" | parallel --halt soon,fail=1 "$@"
"$program" grid "$grid" --list merges --resume | sed "s|^|$program |; s|\$| --quiet|" | parallel --halt soon,fail=1
