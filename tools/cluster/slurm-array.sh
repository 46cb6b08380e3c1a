#!/bin/bash
#SBATCH --job-name=railwindow
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
# One part of a question in each task of an array: which one, and of how many, is read from the environment.
#   sbatch tools/cluster/slurm-array.sh run scenario.yaml --runs 1000000
#   railwindow merge parts/*.rwpart
# To do some again, say of how many parts they are: RAILWINDOW_PARTS=8 sbatch --array=3,5 tools/cluster/slurm-array.sh ...
# A task that is requeued makes its part again, and an orphan of a lost node writes the same bytes: neither does harm.
set -eu
mkdir -p parts
command=$1
shift
exec "${RAILWINDOW:-railwindow}" "$command" "$@" --part auto --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet --output 'parts/{part}-of-{parts}.rwpart'
