"""Pages in headless Chromium: printed and counted, laid out at a width, or driven over its debugging pipe."""

import html
import json
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

RESULT = re.compile(r'data-result="([^"]*)"')
PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
PATIENCE = 120
"""Seconds after which a page that answers nothing is given up."""
ON_PIPES = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3), os.dup2(ends[1], 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""
"""Starts a command with two ends of pipes as 3 and 4, where Chromium looks for those of its debugging pipe."""


@dataclass(frozen=True)
class Browser:
    """Headless Chromium with a profile of its own."""

    binary: str
    place: Path

    def command(self, *options, profile="own"):
        chosen = [self.binary, "--headless", "--disable-gpu", "--hide-scrollbars"]
        chosen.append(f"--user-data-dir={self.place}/{profile}")
        if os.name == "posix" and os.geteuid() == 0:
            chosen.append("--no-sandbox")
        return [*chosen, *options]

    def run(self, *options):
        return subprocess.run(self.command(*options), check=True, capture_output=True, timeout=180).stdout

    def printed_pages(self, path):
        """How many pages a page takes in print."""
        pdf = self.place / "printed.pdf"
        self.run("--no-pdf-header-footer", f"--print-to-pdf={pdf}", path.resolve().as_uri())
        return len(PAGE.findall(pdf.read_bytes()))

    def ask(self, path, width, script, *, as_printed=False):
        """What a script, an asynchronous function's body, returns of a page laid out at a width in pixels."""
        text = path.read_text(encoding="utf-8")
        if as_printed:
            text = text.replace("@media screen", "@media speech").replace("@media print", "@media screen")
        inside = text.replace(
            "</body>",
            f"<script>(async () => {{{script}}})().catch(error => String(error)).then("
            "found => { parent.document.body.dataset.result = JSON.stringify(found); });</script></body>",
        )
        frame = f'<iframe style="border:0" width="{width}" height="900" srcdoc="{html.escape(inside)}"></iframe>'
        outer = self.place / "outer.html"
        outer.write_text(f"<!DOCTYPE html><title>outer</title><body>{frame}</body>", encoding="utf-8")
        found = self.run(
            "--window-size=1400,1000", "--virtual-time-budget=120000", "--dump-dom", outer.resolve().as_uri()
        ).decode()
        result = RESULT.search(found)
        assert result, "the script gave no result"
        return json.loads(html.unescape(result[1]))

    @contextmanager
    def opened(self, address, width=1400, height=1000):
        """A tab in which a page is opened, by its address, as a reader opens it; its clock is the real one."""
        (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
        options = ("--remote-debugging-pipe", "--no-first-run", "--disable-extensions", "about:blank")
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                ON_PIPES,
                str(theirs_in),
                str(theirs_out),
                *self.command(*options, profile="driven"),
            ],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        tab = Tab(ours_out, ours_in)
        try:
            tab.open(address, width, height)
            yield tab
        finally:
            with suppress(OSError, AssertionError):
                tab.call("Browser.close", whole=True)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.terminate()
                process.wait(10)
            os.close(ours_out)
            os.close(ours_in)


class Tab:
    """One page of a browser that is driven: it answers scripts, and tells what it wrote on its console."""

    def __init__(self, to_browser, from_browser):
        self._to, self._from = to_browser, from_browser
        self._number, self._rest, self._session = 0, b"", None
        self.said = []
        """Lines of the page's console, and errors that nothing caught."""

    def open(self, address, width, height):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Runtime", "Page", "Network"):
            self.call(f"{domain}.enable")
        self.resize(width, height)
        self.go(address)

    def resize(self, width, height):
        """Lay the page out at a width and a height in pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def go(self, address):
        """Open an address, and wait until it is loaded."""
        self.call("Page.navigate", url=address)
        self.until(f"document.readyState === 'complete' && location.href.startsWith({json.dumps(address)})")

    def until(self, condition, patience=PATIENCE):
        """Wait until an expression is true in the page."""
        end = time.monotonic() + patience
        while not self.ask(f"return Boolean({condition});"):
            assert time.monotonic() < end, f"waited in vain for {condition}; the page said {self.said}"
            time.sleep(0.02)

    def ask(self, script):
        """What a script, an asynchronous function's body, returns."""
        found = self.call(
            "Runtime.evaluate", expression=f"(async () => {{{script}}})()", awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]["exception"].get("description")
        return found["result"].get("value")

    def call(self, method, *, whole=False, **parameters):
        """The answer to a command of the debugging protocol, to this page or to the browser as a whole."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session and not whole:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            self._note(answer)
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]

    def _note(self, answer):
        told = answer.get("params", {})
        if answer.get("method") == "Runtime.consoleAPICalled":
            self.said.append(" ".join(str(one.get("value", one.get("description"))) for one in told["args"]))
        elif answer.get("method") == "Runtime.exceptionThrown":
            details = told["exceptionDetails"]
            self.said.append(details.get("exception", {}).get("description", details["text"]))

    def _next(self):
        while b"\0" not in self._rest:
            part = os.read(self._from, 1 << 20)
            assert part, "the browser ended"
            self._rest += part
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)
