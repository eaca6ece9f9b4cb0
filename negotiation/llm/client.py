"""One question to a model: messages in, text out; whatever goes wrong is one kind of error, and time is limited."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from negotiation.errors import NegotiationError
from negotiation.llm.endpoint import Endpoint

if TYPE_CHECKING:
    import ssl

    import httpx

Message: TypeAlias = Mapping[str, str]
"""Who speaks in a chat (`role`), and what (`content`)."""

Fault: TypeAlias = Literal["timeout", "unreachable", "refused", "flood", "nonsense", "spent", "given up"]

LARGEST = 256 * 1024
"""Bytes of an answer; more are not read."""

TRIES = 3
"""How often a question is sent at most, all within its time limit."""

PAUSE, LONGEST_PAUSE = 0.25, 5.0
"""Seconds before a question is sent again, doubled each time; and at most, whatever the endpoint asks for."""

BUSY = (408, 425, 429, 500, 502, 503, 504)
"""Answers after which the same question may be answered if it is sent again."""

BYTES_A_TOKEN = 3
"""For an estimate that is rather too high, in any script."""

MOST_COUNTED = 10**7
"""Tokens of one answer that are believed."""


class ModelError(NegotiationError):
    """A model that gave no answer of use; the message quotes neither the endpoint, nor the key, nor the answer.

    Attributes
    ----------
    fault
        What went wrong.
    """

    def __init__(self, fault: Fault, told: str) -> None:
        super().__init__(told)
        self.fault: Fault = fault


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered, and the tokens of question and answer."""

    text: str
    tokens: int


class _Again(ModelError):
    """A failure that may pass, and after how many seconds."""

    def __init__(self, fault: Fault, told: str, pause: float = 0.0) -> None:
        super().__init__(fault, told)
        self.pause = pause


def chat(endpoint: Endpoint, messages: Sequence[Message], *, timeout: float, longest: int, seed: int) -> Reply:
    """Return the answer to some messages.

    Parameters
    ----------
    timeout
        Seconds for all of it, however often it is tried and however slowly an answer trickles in.
    longest
        Tokens that the answer may have.
    seed
        For models that draw: the same question with the same seed should have the same answer.

    Raises
    ------
    ModelError
        When there is no answer of use in time.
    """
    body = {
        "model": endpoint.model,
        "messages": list(messages),
        "max_tokens": longest,
        "temperature": 0,
        "seed": seed,
        "stream": False,
    }
    trusted = _trusted()  # before the clock runs
    return _waited(_limited(endpoint, json.dumps(body), timeout, trusted))


def estimate(messages: Sequence[Message]) -> int:
    """Return about how many tokens some messages have, rather too many than too few."""
    return sum(len(text.encode(errors="replace")) // BYTES_A_TOKEN + 4 for one in messages for text in one.values())


def _waited(work: Coroutine[Any, Any, Reply]) -> Reply:
    """Return what a coroutine returns, run in a thread of its own: the caller may run in a loop, as in a notebook.

    Who interrupts the program does not wait for it.
    """
    found: Future[Reply] = Future()
    Thread(target=asyncio.run, args=(_settled(work, found),), daemon=True, name="model").start()
    return found.result()


async def _settled(work: Coroutine[Any, Any, Reply], found: Future[Reply]) -> None:
    try:
        found.set_result(await work)
    except Exception as problem:  # noqa: BLE001 - it is raised again where it is waited for
        found.set_exception(problem)


async def _limited(endpoint: Endpoint, body: str, timeout: float, trusted: ssl.SSLContext) -> Reply:
    try:
        async with asyncio.timeout(timeout):
            return await _tried(endpoint, body, trusted)
    except TimeoutError:
        raise ModelError("timeout", f"the model did not answer within {timeout:g} s") from None


async def _tried(endpoint: Endpoint, body: str, trusted: ssl.SSLContext) -> Reply:
    import httpx

    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    async with httpx.AsyncClient(verify=trusted, timeout=None, headers=headers) as client:  # noqa: S113 - all of it has a limit
        for n in range(TRIES):
            try:
                return _reply(await _sent(client, endpoint.url, body), body)
            except _Again as problem:
                if n == TRIES - 1:
                    raise ModelError(problem.fault, str(problem)) from None
                await asyncio.sleep(max(PAUSE * 2**n, problem.pause))
    raise AssertionError  # pragma: no cover - the last try returns or raises


@cache
def _trusted() -> ssl.SSLContext:
    """Return what is known of certificates; reading them takes longer than asking a model nearby."""
    import httpx

    return httpx.create_ssl_context()


async def _sent(client: httpx.AsyncClient, url: str, body: str) -> bytes:
    """Send a question once, and return the bytes of the answer."""
    import httpx

    found = bytearray()
    try:
        async with client.stream("POST", url, content=body) as response:
            _take(response.status_code, response.headers.get("retry-after", ""))
            async for some in response.aiter_raw():
                found += some
                if len(found) > LARGEST:
                    raise ModelError("flood", f"the model answered with more than {LARGEST // 1024} KB")
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL):
        raise _Again("unreachable", "the endpoint cannot be reached, or cut the connection") from None
    return bytes(found)


def _take(status: int, later: str) -> None:
    """Raise unless an answer came with success."""
    if status in BUSY:
        pause = min(float(later), LONGEST_PAUSE) if later.isascii() and later[:9].isdigit() else 0.0
        raise _Again("refused", f"the endpoint is busy or failed (status {status})", pause)
    if status in (401, 403):
        raise ModelError("refused", f"the endpoint does not take the key (status {status})")
    if status != 200:
        raise ModelError("refused", f"the endpoint does not take the question (status {status})")


def _reply(found: bytes, body: str) -> Reply:
    answer: Any = None
    try:
        answer = json.loads(found)
        text = answer["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        text = None
    if not isinstance(text, str):
        raise ModelError("nonsense", "the endpoint answered, but not in the form of a chat completion")
    return Reply(text, _counted(answer.get("usage"), body, text))


def _counted(usage: object, body: str, text: str) -> int:
    """Return the tokens of question and answer as the endpoint counts them, else an estimate."""
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    if type(total) is int and 0 < total <= MOST_COUNTED:
        return total
    return (len(body.encode()) + len(text.encode(errors="replace"))) // BYTES_A_TOKEN + 1
