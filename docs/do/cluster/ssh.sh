#!/bin/sh
# Start a Dask scheduler here and a worker on each machine, over SSH. Every machine has this project in the same folder,
# with `make setup` done. Stop it with Ctrl-C: all workers end.
#   HOSTS="one.example two.example" THREADS=8 sh ssh.sh
# then, in another terminal:  .venv/bin/sli compare --cluster tcp://$(hostname):8786
set -eu

HOSTS=${HOSTS:?name the machines, such as HOSTS="one.example two.example"}
THREADS=${THREADS:-1}

# `dask ssh` needs asyncssh or paramiko: .venv/bin/pip install paramiko
exec .venv/bin/dask ssh --scheduler "$(hostname)" --scheduler-port 8786 --nworkers "$THREADS" --nthreads 1 \
    --remote-python "$PWD/.venv/bin/python" $HOSTS
