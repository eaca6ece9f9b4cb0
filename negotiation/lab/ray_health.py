"""The health of a Ray cluster at an address, known in seconds, where Ray itself would wait for minutes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from negotiation.errors import SetupError

PATIENCE = 5.0
"""Seconds within which a cluster must answer."""

QUESTION = "/grpc.health.v1.Health/Check"
"""gRPC's standard question after a server's health."""

SERVING = b"\x08\x01"
"""The answer of a healthy server, `status: SERVING`, as it travels."""

DIRECT = (("grpc.enable_http_proxy", 0),)
"""A proxy for the web would accept the connection and know no cluster."""


def check(address: str) -> None:
    """Raise `SetupError` unless a Ray cluster answers at `HOST:PORT`, or a gRPC server at `ray://HOST:PORT`.

    The server behind `ray://` does not know the question; that it says so is enough.
    """
    target = address.removeprefix("ray://")
    host, _, port = target.rpartition(":")
    if not host or not port.isdigit():
        raise SetupError(f"address {address!r}: must be auto, HOST:PORT or ray://HOST:PORT")
    grpc = _grpc()
    with grpc.insecure_channel(target, options=DIRECT) as channel:
        try:
            healthy = channel.unary_unary(QUESTION)(b"", timeout=PATIENCE) == SERVING
        except grpc.RpcError as problem:
            if problem.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
                why = problem.details().rpartition(": ")[2].rstrip("]")
                raise SetupError(f"{address}: no Ray cluster answers: {why}") from None
            healthy = address != target and problem.code() is grpc.StatusCode.UNIMPLEMENTED
    if not healthy:
        raise SetupError(f"{address}: what answers is no Ray cluster")


def _grpc() -> Any:
    try:
        return import_module("grpc")
    except ImportError:
        raise SetupError(
            "a Ray cluster at an address needs Ray's client: pip install 'alliance-negotiation[cluster]'"
        ) from None
