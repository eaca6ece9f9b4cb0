"""What is no Ray cluster is told within seconds, whatever it answers, and however slowly."""

import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from negotiation.errors import SetupError
from negotiation.lab import ray_health
from negotiation.lab.ray_health import QUESTION, SERVING, check

NOT_SERVING = b"\x08\x02"


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(ray_health, "PATIENCE", 1.0)


@pytest.fixture
def server():
    """Start a gRPC server that answers a question after its health with these bytes, or does not know it."""
    grpc = pytest.importorskip("grpc", reason="gRPC is not installed: pip install 'alliance-negotiation[cluster]'")
    started = []

    def start(answer=None):
        one = grpc.server(ThreadPoolExecutor(1))
        if answer is not None:
            service, method = QUESTION.strip("/").split("/")
            handler = grpc.unary_unary_rpc_method_handler(lambda _asked, _context: answer)
            one.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, {method: handler}),))
        port = one.add_insecure_port("127.0.0.1:0")
        one.start()
        started.append(one)
        return f"127.0.0.1:{port}"

    yield start
    for one in started:
        one.stop(0).wait()


@contextmanager
def stranger(said, *, closes):
    """Listen for one line, say some bytes on it, and close it or stay."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            line, _ = listening.accept()
            with line, suppress(OSError):
                line.recv(4096)
                line.sendall(said)
                while not closes and line.recv(4096):
                    pass

        threading.Thread(target=answer, daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def test_what_says_that_it_is_well_is_let_in(server):
    check(server(SERVING))


def test_a_client_server_does_not_know_the_question_and_is_let_in(server):
    check(f"ray://{server()}")


@pytest.mark.parametrize("answer", [NOT_SERVING, b"", None])
def test_another_server_is_refused(server, answer):
    with pytest.raises(SetupError, match="what answers is no Ray cluster"):
        check(server(answer))


@pytest.mark.parametrize(
    ("said", "closes", "why"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", False, "http1"),
        (b"SSH-2.0-OpenSSH_9\r\n", False, ""),
        (b"", True, ""),
        (b"", False, "Deadline Exceeded"),
    ],
)
def test_what_speaks_another_language_is_told_in_time(said, closes, why):
    pytest.importorskip("grpc")
    began = time.monotonic()
    with stranger(said, closes=closes) as address, pytest.raises(SetupError, match=f"no Ray cluster answers: .*{why}"):
        check(address)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("address", ["nowhere", ":6379", "head:", "head:x", "ray://head"])
def test_an_address_has_a_host_and_a_port(address):
    with pytest.raises(SetupError, match=r"must be auto, HOST:PORT or ray://HOST:PORT"):
        check(address)


def test_without_grpc_the_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "grpc", None)
    with pytest.raises(SetupError, match=r"needs Ray's client: pip install 'alliance-negotiation\[cluster\]'"):
        check("127.0.0.1:1")
