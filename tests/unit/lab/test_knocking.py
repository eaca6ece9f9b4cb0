"""What is no Ray cluster is told within seconds, whatever it answers, and however slowly."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from negotiation.errors import SetupError
from negotiation.lab import knocking
from negotiation.lab.knocking import DATA, HEADERS, MOST, SETTINGS, WELL, _frame, knock, patient

GREETING = _frame(SETTINGS, 0, 0, b"\0\4\0@\0\0") + _frame(SETTINGS, 1, 0)
HEAD = _frame(HEADERS, 4, 1, b"\x88")
UNKNOWN = _frame(HEADERS, 5, 1, b"\x88@\x0bgrpc-status\x0212")


@pytest.fixture
def server(monkeypatch):
    """A server that says some bytes, one piece after the other, and then nothing, or closes."""
    monkeypatch.setattr(knocking, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        asked = []

        def start(*pieces, closes=False):
            def answer():
                line, _ = listening.accept()
                with line, suppress(OSError):
                    asked.append(line.recv(4096))
                    for piece in pieces:
                        line.sendall(piece)
                        time.sleep(0.01)
                    while not closes and line.recv(4096):
                        pass

            threading.Thread(target=answer, daemon=True).start()
            return f"127.0.0.1:{listening.getsockname()[1]}"

        start.asked = asked
        yield start


def test_what_says_that_it_is_well_is_let_in(server):
    knock(server(GREETING, HEAD + _frame(DATA, 0, 1, WELL)))
    assert server.asked[0].startswith(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    assert b"/grpc.health.v1.Health/Check" in server.asked[0]
    whole = GREETING + HEAD + _frame(DATA, 0, 1, WELL)
    knock(server(*(whole[n : n + 3] for n in range(0, len(whole), 3))))
    knock(f"ray://{server(GREETING, UNKNOWN)}")


@pytest.mark.parametrize(
    ("pieces", "closes", "why"),
    [
        ((b"HTTP/1.1 400 Bad Request\r\n\r\n",), False, "what answers is no Ray cluster"),
        ((GREETING, HEAD, _frame(DATA, 1, 1, b"<html>")), True, "what answers is no Ray cluster"),
        ((GREETING, UNKNOWN), True, "what answers is no Ray cluster"),
        ((GREETING,), False, "no Ray cluster answers: timed out"),
        ((), True, "what answers is no Ray cluster"),
        ((GREETING, *[b"\0\0\0\6\0\0\0\0\0"] * 1000), False, "no Ray cluster"),
        ((GREETING, b"\xff\xff\xff\0\0\0\0\0\1" + b"x" * MOST), False, "what answers is no Ray cluster"),
    ],
)
def test_what_is_no_cluster_is_told_in_time(server, pieces, closes, why):
    began = time.monotonic()
    with pytest.raises(SetupError, match=why):
        knock(server(*pieces, closes=closes))
    assert time.monotonic() - began < 5


def test_who_waits_is_told_for_what(monkeypatch, capsys):
    monkeypatch.setattr(knocking, "PATIENCE", 0.01)
    with patient("waiting for a friend"):
        time.sleep(0.2)
    assert capsys.readouterr().err == "waiting for a friend; Ctrl-C stops\n"
    monkeypatch.setattr(knocking, "PATIENCE", 60)
    with patient("waiting for nothing"):
        pass
    assert capsys.readouterr().err == ""
