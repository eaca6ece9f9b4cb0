"""Everything that a page says to the person in front of it, as plain text, and the words among it that are not theirs."""

import json
import re
from html import unescape

SHOWN = {"body", "label", "help", "options", "caption", "alt", "placeholder", "value", "title", "text", "error_message"}
"""Fields of Streamlit's messages that hold what is shown, whichever element they belong to."""

INTERNAL = {
    "an id": r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b",
    "a source code": r"\b[SP]\d{1,2}\b",
    "an internal name": r"\b(?:base|compat)\b",
    "Python": r"\bNone\b|\bTrue\b|\bFalse\b|Traceback|\b[A-Z][a-z]+Error\b|streamlit",
}


def said(app):
    """The texts of all elements of a page that AppTest has drawn."""
    return [plain(text) for element in app.main for text in _texts(element)]


def internal(text):
    """The words of a text that no person says."""
    return [f"{kind}: {found}" for kind, pattern in INTERNAL.items() for found in re.findall(pattern, text)]


def plain(text):
    """A text without its marks and tags, whose titles stay; icons and addresses are no text."""
    text = re.sub(r"<style>.*?</style>", " ", text, flags=re.DOTALL)
    titles = re.findall(r"(?:title|aria-label|alt)='([^']*)'", text)
    text = re.sub(r"<[^>]*>", " ", " ".join([text, *titles]))
    return unescape(re.sub(r":material/\w+:|`[^`]*`", " ", text))


def _texts(element):
    children = getattr(element, "children", None)
    if children:
        for child in children.values():
            yield from _texts(child)
    proto = getattr(element, "proto", None)
    if proto is None:
        return
    for field, value in proto.ListFields():
        if field.name in SHOWN:
            for one in [value] if isinstance(value, str) else value if field.is_repeated else []:
                yield from [one] if isinstance(one, str) else _inside(one)
        elif field.name == "spec" and isinstance(value, str):
            yield from _drawn(json.loads(value))


def _inside(message):
    for field, value in getattr(message, "ListFields", list)():
        if isinstance(value, str) and field.name in {*SHOWN, "content"}:
            yield value


def _drawn(spec):
    """The words on a chart: titles, and the values that are drawn."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key == "title" and isinstance(value, str):
                yield value
            else:
                yield from _drawn(value)
    elif isinstance(spec, list):
        for one in spec:
            yield from _drawn(one)
