"""Ask Slurm for workers by dask-jobqueue, and run a comparison on them.

pip install dask-jobqueue; then start this on the cluster's login machine, inside the project: python slurm_workers.py
"""

from dask_jobqueue import SLURMCluster

from experiments import compare_regimes, make_design, on_cluster

JOBS = 20

if __name__ == "__main__":
    cluster = SLURMCluster(
        queue="standard",  # the partition
        cores=8,
        processes=8,
        memory="16GB",
        walltime="02:00:00",
    )
    cluster.scale(jobs=JOBS)
    with on_cluster(cluster.scheduler_address):
        compare_regimes(make_design(sets=1024, replicates=16), "results/slurm")
