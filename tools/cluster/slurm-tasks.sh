#!/bin/bash
#SBATCH --job-name=railwindow-grid
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
# One line of a list of tasks in each task of an array.
#   railwindow grid grid.yaml --resume > tasks.txt
#   sbatch --array=1-$(wc -l < tasks.txt) tools/cluster/slurm-tasks.sh tasks.txt
set -eu
line=$(sed -n "${SLURM_ARRAY_TASK_ID}p" "$1")
[ -n "$line" ] || { echo "$1 has no line $SLURM_ARRAY_TASK_ID" >&2; exit 64; }
eval "exec \"\${RAILWINDOW:-railwindow}\" $line --threads ${SLURM_CPUS_PER_TASK:-1} --quiet"
