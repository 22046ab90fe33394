"""``python -m experiments NAME``: the commands of ``sli``."""

import sys

from experiments.cli import main

sys.exit(main())
