"""Does what it is asked in a process that sends itself a signal at a given step on the disk.

``python stopped_at.py SIGNAL EVENT ENDING COUNT WORD...``: SIGNAL by its number, when EVENT (``os.rename``,
``os.remove``) befalls for the COUNT-th time a path that ends so; of a renamed file its new path counts. The words are
those of ``sli``, or ``run_ensemble`` and a folder. Pictures of a comparison are a word.
"""

import os
import sys

from experiments.cli import main as sli
from experiments.report import build
from experiments.studies.ensemble.run_ensemble import run_ensemble

number, event, ending, count, *words = sys.argv[1:]
steps = [0]


def watch(name, arguments):
    if name == event and os.fspath(arguments[1 if name == "os.rename" else 0]).endswith(ending):
        steps[0] += 1
        if steps[0] == int(count):
            os.kill(os.getpid(), int(number))


def main():
    sys.addaudithook(watch)
    if words[0] == "compare":
        build.png = lambda _: b"a picture"
    if words[0] == "run_ensemble":
        run_ensemble(["none", "hybrid"], replicates=6, months=24, folder=words[1])
        return 0
    return sli(words)


if __name__ == "__main__":  # worker processes import this file
    sys.exit(main())
