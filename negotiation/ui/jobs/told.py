"""Texts on their way from one process to another as JSON: phrases stay phrases, to be told where they arrive."""

from __future__ import annotations

from typing import Any

from negotiation.language import Phrase, phrase


def written(text: object) -> object:
    """Return a text as JSON: a phrase as what it was made of."""
    if not isinstance(text, Phrase):
        return text
    return {"template": text.template, "parts": {name: written(part) for name, part in text.parts.items()}}


def heard(text: Any) -> Any:
    """Return what `written` was given."""
    if not isinstance(text, dict):
        return text
    return phrase(text["template"], **{name: heard(part) for name, part in text["parts"].items()})
