"""``sli explore``: the whole model as one HTML file, opened in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]", help="A finished folder of `sli compare`, to be shown as it is.", show_default=False
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="FILE.html", help="Where the file is written.", **options.PATH)]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Write the file, and open nothing.")]
Serve = Annotated[
    int | None,
    typer.Option(
        "--serve",
        help="Serve the page on this machine alone (127.0.0.1) until Ctrl-C; 0 takes any port that is free.",
        **{**options.WHOLE, "metavar": "PORT"},
    ),
]


def explore(
    folder: Folder = None,
    out: Out = Path("results/explorer.html"),
    no_browser: NoBrowser = False,
    serve: Serve = None,
) -> None:
    """Explore the model in a browser: move a slider, and see the answer with its uncertainty.

    Writes one HTML file that runs every equation by itself, and opens it. It asks nothing of the network, and opens as
    well from a disk or a mail. With a FOLDER the page shows its comparison, paths and claims too, without running
    anything for them.
    """
    from experiments.explorer.page import make_page, write_page
    from experiments.results.store import load_results

    results = None if folder is None else load_results(folder)
    if serve is not None:
        _serve(make_page(results), serve, browser=not no_browser)
        return
    write_page(out, results)
    typer.echo(f"explorer: {out} ({out.stat().st_size / 1e6:.2f} MB)")
    if not no_browser:
        _open(out.resolve().as_uri())


def _serve(page: str, port: int, *, browser: bool) -> None:
    from experiments.explorer.serve import LOOPBACK, page_server
    from simulation.errors import whole

    with page_server(page, whole("--serve", port, 0, 65535)) as server:
        address = f"http://{LOOPBACK}:{server.server_port}/"
        typer.echo(f"explorer: {address} (Ctrl-C ends it)")
        if browser:
            _open(address)
        server.serve_forever()


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        typer.echo(f"no browser could be opened: open {address} in one", err=True)
