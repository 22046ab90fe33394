"""``python -m experiments NAME``: the commands of ``sli``."""

import sys

from sli_entry import main

sys.exit(main())
