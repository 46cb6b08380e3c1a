#!/bin/bash
# One part of a question in each rank of an MPI launcher. No MPI library is needed: ranks are read from the environment.
#   mpirun -n 8 tools/cluster/mpi.sh run scenario.yaml --runs 1000000
#   railwindow merge parts/*.rwpart
# Within an allocation of Slurm, too: salloc -n 8 mpirun tools/cluster/mpi.sh ...
set -eu
mkdir -p parts
command=$1
shift
exec "${RAILWINDOW:-railwindow}" "$command" "$@" --part auto --threads 1 --quiet --output 'parts/{part}-of-{parts}.rwpart'
