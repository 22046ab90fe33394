"""Headless Chromium, driven through its debugging pipe: pages opened, keys pressed, pictures taken."""

import base64
import contextlib
import json
import os
import select
import subprocess
import time
from pathlib import Path

_SECONDS = 120


class Chromium:
    """A browser with a profile of its own and one page."""

    def __init__(self, binary, profile):
        down, self._to = os.pipe()
        self._from, up = os.pipe()
        options = ["--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-pipe"]
        if os.name == "posix" and os.geteuid() == 0:
            options.append("--no-sandbox")
        # The browser reads its third stream and writes its fourth.
        shell = f'exec "$0" "$@" 3<&{down} 4>&{up}'
        command = ["sh", "-c", shell, binary, *options, f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            command, pass_fds=(down, up), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(down)
        os.close(up)
        self._number, self._heard, self.events = 0, b"", []
        target = next(one for one in self._ask("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self._ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.ask(f"{domain}.enable")

    def close(self):
        with contextlib.suppress(OSError):
            self._ask("Browser.close")
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for end in (self._to, self._from):
            os.close(end)

    def ask(self, method, **parameters):
        """The page's answer to a command of the protocol."""
        return self._ask(method, self._session, **parameters)

    def open(self, path, *, fragment="", width=1400, height=1000, offline=True):
        """Open a file at a width, with the network cut."""
        phone = width < 600
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone
        )
        condition = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.ask("Network.emulateNetworkConditions", **condition)
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=Path(path).resolve().as_uri() + fragment)

    def run(self, script):
        """What a script, an asynchronous function's body, returns."""
        wrapped = f"(async () => {{{script}}})()"
        found = self.ask("Runtime.evaluate", expression=wrapped, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"].get("exception", found["exceptionDetails"])
        return found["result"].get("value")

    def wait_for(self, script, seconds=_SECONDS):
        """Wait until an expression is true of the page, and return what it is."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := self.run(f"return {script}"):
                return value
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} seconds for {script}")

    def picture(self, path, *, whole=True):
        """Take a picture of the page as it stands."""
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=whole)
        Path(path).write_bytes(base64.b64decode(shot["data"]))

    def _ask(self, method, session=None, **parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self._number:
                assert "error" not in heard, (method, heard["error"])
                return heard["result"]
            self.events.append(heard)

    def _hear(self):
        while b"\0" not in self._heard:
            ready, _, _ = select.select([self._from], [], [], _SECONDS)
            assert ready, "the browser is silent"
            part = os.read(self._from, 1 << 20)
            if not part:
                raise BrokenPipeError("the browser ended")
            self._heard += part
        message, _, self._heard = self._heard.partition(b"\0")
        return json.loads(message)
