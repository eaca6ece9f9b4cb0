"""Where a language model is reached: the operator says so in the environment, and nobody else can."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from negotiation.errors import SetupError, needs

URL, MODEL, KEY = "NEGOTIATION_LLM_URL", "NEGOTIATION_LLM_MODEL", "NEGOTIATION_LLM_KEY"
"""Variables of the environment: where the endpoint is, which model is meant if none is named, and the key, if it wants one."""

PLACE = "/chat/completions"

NAME = re.compile(r"[\w.:/@+-]{1,200}")
"""What the name of a model is made of: no space, no comma, no quote."""


@dataclass(frozen=True)
class Endpoint:
    """A model behind an address; the address and the key are never shown, since both may be secret."""

    url: str = field(repr=False)
    model: str
    key: str = field(default="", repr=False)

    @property
    def mark(self) -> str:
        """Return what tells this address from another one and does not give it away."""
        return sha256(self.url.encode()).hexdigest()[:16]


def endpoint(model: str = "") -> Endpoint:
    """Return the endpoint that the environment names; `model` is the model asked for there, if any in particular.

    Raises
    ------
    SetupError
        When the environment names none, or one that cannot be, or no model.
    MissingPackage
        When httpx is not installed.
    """
    url, key = os.environ.get(URL, "").strip(), os.environ.get(KEY, "").strip()
    model = model or os.environ.get(MODEL, "").strip()
    if not url:
        raise SetupError(f"llm: no endpoint is set; {URL} names one, such as http://localhost:8080/v1")
    _check_address(url)
    if not model:
        raise SetupError(f"llm: which model? write llm:MODEL, or set {MODEL}")
    if not NAME.fullmatch(model):
        raise SetupError(f"llm: {model[:40]!r} is no name of a model; it has letters, digits and . : / @ + - only")
    if not (key.isascii() and key.isprintable()):
        raise SetupError(f"llm: {KEY} holds characters that no key has")
    needs("httpx", "llm")
    return Endpoint(_whole(url), model, key)


def _check_address(url: str) -> None:
    """Raise `SetupError`, without showing it, unless an address is one that can be asked."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and url.isascii() and url.isprintable()
        named = parts.username is not None or parts.password is not None
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        fine, named = False, False
    if not fine:
        raise SetupError(f"llm: {URL} is no address; it is written http://HOST:PORT/v1 or https://HOST/v1")
    if named:
        raise SetupError(f"llm: {URL} holds a name or password; a key stands in {KEY}")


def _whole(url: str) -> str:
    """Return the address of the chat completions, whether it was given whole or as that of the interface."""
    place, mark, rest = url.partition("?")
    place = place.rstrip("/")
    return (place if place.endswith(PLACE) else place + PLACE) + mark + rest
