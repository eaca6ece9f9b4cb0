"""A server in a process of its own, which can be killed without warning, and pages in a real browser.

Needs Debian's Chromium (or another at $CHROMIUM); without one these tests skip and say so.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOW = 30_000
SOON = 15_000  # milliseconds: sooner than the safety poll, which draws a page every 20 s though it heard nothing
needs_browser = [
    pytest.mark.e2e,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: install Debian's chromium, or name one in $CHROMIUM"),
]


class Server:
    """`negotiation COMMAND`, given a port and a database.

    `quick` has the server look more often for what this process writes into the file; `first` is code that it runs
    before anything else. The database is a file in the folder, or what is given.
    """

    QUICK = "import negotiation.classroom.keeper as k; k.REFRESH = k.TICK = 0.2\n"
    RUN = "import runpy; runpy.run_module('negotiation', run_name='__main__')"

    def __init__(self, folder, *command, quick=False, first="", database=""):
        self.program = ["-c", f"{first}\n{self.QUICK if quick else ''}{self.RUN}"]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.command, self.database = folder, command, database or str(folder / "games.db")
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        command = [sys.executable, *self.program, *self.command, self.database]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)], stdout=log, stderr=log, cwd=self.folder
            )
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(self.log())

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def log(self):
        return (self.folder / "server.log").read_text()


def settled(page):
    """Wait until the page is connected and its script has run."""
    app = page.locator("[data-testid=stApp]")
    playwright.expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=SLOW)
    page.wait_for_timeout(150)
    playwright.expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=SLOW)


def press(page, label):
    page.get_by_role("button", name=label).first.click()
    settled(page)


def end_week(page, *, connected=True):
    """End one's week, whatever is left open."""
    button = page.get_by_role("button", name="End my week", exact=True)
    playwright.expect(button).to_have_count(1, timeout=SLOW)  # not that of the week before besides
    button.click()
    same = page.get_by_role("button", name="End my week all the same")
    if connected:
        settled(page)
    page.wait_for_timeout(400)
    if same.count():
        same.click()
    if connected:
        settled(page)
