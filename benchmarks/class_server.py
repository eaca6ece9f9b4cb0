"""The real server for the classroom's measurements: `negotiation serve` in a process of its own, and who teaches there."""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import Settings
from negotiation.classroom.store import Store

HOST = "127.0.0.1"
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


async def http(port, method, path, *, form=None, cookie="", headers=None, body=None):
    """Status, headers (small letters; of several cookies a line each) and body of one request, as a browser makes it."""
    reader, writer = await asyncio.open_connection(HOST, port)
    told = {"Host": f"{HOST}:{port}", "Connection": "close", "Accept-Encoding": "gzip", **(headers or {})}
    if form is not None:
        body = urllib.parse.urlencode(form).encode()
        told = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{HOST}:{port}"} | told
    if cookie:
        told["Cookie"] = cookie
    if body is not None:
        told["Content-Length"] = str(len(body))
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items())
    try:
        writer.write(head.encode("latin-1", "replace") + b"\r\n" + (body or b""))
        await writer.drain()
        raw = await reader.read()
    finally:
        writer.close()
    top, _, rest = raw.partition(b"\r\n\r\n")
    lines = top.decode("latin-1").split("\r\n")
    if not lines[0].startswith("HTTP/"):
        raise ConnectionError("no answer")
    found = {}
    for name, _, value in (line.partition(":") for line in lines[1:]):
        name, before = name.strip().lower(), found.get(name.strip().lower())
        found[name] = f"{before}\n{value.strip()}" if before and name == "set-cookie" else value.strip()
    if found.get("transfer-encoding") == "chunked":
        rest = _joined(rest)
    if found.get("content-encoding") == "gzip" and rest:
        rest = gzip.decompress(rest)
    return int(lines[0].split()[1]), found, rest


def _joined(chunks):
    body = b""
    while chunks:
        size, _, chunks = chunks.partition(b"\r\n")
        body, chunks = body + chunks[: int(size, 16)], chunks[int(size, 16) + 2 :]
    return body


def cookie_of(headers):
    """What a browser sends back of the cookies it got."""
    return "; ".join(line.partition(";")[0] for line in headers.get("set-cookie", "").split("\n"))


class Server:
    """One server process; `kill` is SIGKILL. A port that is given is used again after a restart."""

    def __init__(self, folder, database="", port=0):
        self.database = database or str(folder / "class.db")
        self.port, self.log = port or free_port(), folder / f"server-{port or 'one'}.log"
        self.process, self.spent = None, 0.0

    def start(self):
        """Start it, and return when it answers: seconds that this took."""
        self.begun = time.monotonic()
        command = [sys.executable, "-m", "negotiation", "serve", "--host", HOST, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*command, "--database-url", self.database], stdout=log, stderr=log)
        while time.monotonic() < self.begun + 60:
            try:
                with socket.create_connection((HOST, self.port), timeout=1):
                    return time.monotonic() - self.begun
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.02)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-2000:]}")

    def cpu(self):
        """Processor seconds used since it was first started."""
        if self.process.poll() is not None:
            return self.spent
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return self.spent + (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def alive(self):
        return self.process.poll() is None

    def kill(self):
        self.spent = self.cpu()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.alive:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def faults(self):
        """Lines of the log that tell of something that must not happen: traces, errors, answers 5xx."""
        text = re.sub(r"\x1b\[[0-9;]*m", "", self.log.read_text(errors="replace"))
        return [
            line
            for line in text.splitlines()
            if re.search(r'Traceback|"trace"|"level": "error"|"status": 5\d\d|Uncaught|Exception', line)
            and "Error deserializing back message" not in line  # Streamlit's word for noise on its socket
        ]


class Teacher:
    """Whoever teaches: an account made at the door with the printed secret, then the commands of the console.

    The commands are given from here on the server's own database, as a second process on the same store does.
    """

    def __init__(self, server):
        self.server = server
        self.room = Classroom(Store(server.database))
        self.stop_listening = self.room.store.listen()

    async def enter(self):
        secret = re.search(r"good for a day: (\S+)", self.server.log.read_text())
        form = {"secret": secret[1], "name": "Tea", "password": "a long password"}
        status, headers, _ = await http(self.server.port, "POST", "/first", form=form)
        if status != 303:
            raise RuntimeError(f"no account was made: {status}")
        self.cookie = cookie_of(headers)
        self.account = self.room.accounts.who(re.search(r"negotiation_login=([^;]+)", self.cookie)[1])
        return self

    def create(self, *, text="", **settings):
        """Id and join code of a new class."""
        defaults = {"case": "alliance-2023", "protocol": "open-floor", "rounds": 500, "seed": 7}
        session, code = self.room.teaching.create(self.account, Settings(**{**defaults, **settings}), text=text)
        return session.id, code

    def go(self, session, phase):
        return self.room.teaching.go(self.account, session, Phase(phase))

    def end(self):
        self.stop_listening()
        self.room.store.engine.dispose()
