"""Whose pages are ours."""

import socket

import pytest
from starlette.requests import HTTPConnection

from negotiation.ui.server.identity import ALONE, SERVED
from negotiation.ui.server.origin import ours


def asked(origin, host):
    headers = [(b"origin", origin.encode()), (b"host", host.encode())]
    return ours(HTTPConnection({"type": "http", "headers": headers}))


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "192.168.1.7:8501", "a.localhost"])
def test_on_ones_own_machine_pages_of_this_machine_are_ours(monkeypatch, host):
    monkeypatch.delenv(SERVED, raising=False)
    monkeypatch.setenv(ALONE, "yes")
    assert asked(f"http://{host}", host)
    assert asked(f"http://{socket.gethostname()}:8501", f"{socket.gethostname()}:8501")
    assert not asked("http://evil.example", host)


def test_a_name_of_elsewhere_that_leads_to_this_machine_is_none_of_ours(monkeypatch):
    monkeypatch.delenv(SERVED, raising=False)
    monkeypatch.delenv(ALONE, raising=False)
    assert asked("http://evil.example:8501", "evil.example:8501"), "a server for others has any name"
    monkeypatch.setenv(ALONE, "yes")
    assert not asked("http://evil.example:8501", "evil.example:8501")
