"""The cases of this machine as pages tell them: in the language of who reads the page."""

from __future__ import annotations

from negotiation import formats
from negotiation.case import Case
from negotiation.language import language


def load(name: str, variant: str = "") -> Case:
    """Return a case by name, in the language of the page.

    Raises
    ------
    ScenarioError
        When it cannot be loaded.
    """
    return formats.load(name, variant).told(language())
