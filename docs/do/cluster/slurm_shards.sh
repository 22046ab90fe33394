#!/bin/sh
#SBATCH --job-name=sli
#SBATCH --array=1-40
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=02:00:00
# A study in forty shards, without Dask: sbatch slurm_shards.sh, from the project's folder, with `make setup` done.
# When all jobs have ended:  .venv/bin/sli merge results/whole results/shard-*
# A shard that did not end goes on where it stopped:  sbatch --array=17 slurm_shards.sh
set -eu

.venv/bin/sli compare --sets 4096 --replicates 16 --no-claims --workers "$SLURM_CPUS_PER_TASK" \
    --shard "$SLURM_ARRAY_TASK_ID/40" --out "results/shard-$SLURM_ARRAY_TASK_ID"
