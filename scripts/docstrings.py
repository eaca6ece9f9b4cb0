"""Reads our docstrings for the reference: an extension of griffe, which reads the package."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import griffe

DOCTEST = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)
RETURNS = re.compile(r"(?<=^Returns\n-------\n)(\S.*(?:\n\S.*)*)(?=\n\n|\Z)", re.MULTILINE)


class Docstrings(griffe.Extension):
    """Fences doctests, and gives what is returned its type, which stands in the signature."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Change the docstring of what was just read.

        A doctest outside a section of examples would be text, and `["a"]["b"]` in it a link; the first line under
        *Returns* would be taken for a type.
        """
        if obj.docstring is None:
            return
        text = obj.docstring.value
        if "Examples\n---" not in text:
            text = DOCTEST.sub(lambda found: f"```pycon\n{found[0]}\n```", text)
        if isinstance(obj, griffe.Function):
            text = RETURNS.sub(lambda found: f"{obj.returns}\n{textwrap.indent(found[0], '    ')}", text)
        obj.docstring.value = text
