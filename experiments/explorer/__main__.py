"""Write what another program needs to run the model: ``python -m experiments.explorer FOLDER``.

The folder gets ``engine.wasm`` and ``engine.json``, the engine and how it is called, and ``data.json``, what the
explorer's page knows of the model. `docs/do/embedding.md` says how they are used.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from experiments.explorer.data import explorer_data
from experiments.explorer.engine import DESCRIPTION, MODULE


def write_for_embedding(folder: Path) -> None:
    """Write the three files into ``folder``, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (MODULE, DESCRIPTION):
        shutil.copyfile(path, folder / path.name)
    (folder / "data.json").write_text(json.dumps(explorer_data()), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004  the module and the folder
        sys.stderr.write("expected one folder, as in: python -m experiments.explorer FOLDER\n")
        sys.exit(2)
    write_for_embedding(Path(sys.argv[1]))
