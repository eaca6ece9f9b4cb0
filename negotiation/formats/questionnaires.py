"""Questionnaires in YAML: what people in class are asked before and after the talks.

A questionnaire is declared here, as Pydantic models with their limits; those that come with the package are in the folder
`questionnaires`, and a teacher may give one of his own. `docs/questionnaires.md` describes the format.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, StrictBool, StrictInt, StrictStr, ValidationError, model_validator

from negotiation.errors import ScenarioError, unknown
from negotiation.formats.schema import Language, Model, Name
from negotiation.formats.validation_errors import complaint
from negotiation.formats.yaml_text import parse
from negotiation.language import SOURCE, language

FORMAT = "negotiation-questionnaire/1"

LARGEST_QUESTIONNAIRE = 100_000
"""Characters of a questionnaire."""

MOST_STEPS, MOST_ITEMS = 11, 60

Words = Annotated[StrictStr, Field(min_length=1, max_length=2_000)]
Told: TypeAlias = Annotated[dict[Language, Words], Field(min_length=1)]
"""A text by language; one without the reader's is told in English, else in the first."""

Kind = Literal["scale", "choice", "text", "consent", "unsigned", "signers", "valuable"]

DRAWN = ("unsigned", "signers", "valuable")
"""Kinds whose options and right answer come from the case: the own points with nothing signed, who must sign, and what
is worth most to oneself."""


def said(told: Mapping[Any, str]) -> str:
    """Return a text in the language of who reads it."""
    return told.get(language()) or told.get(SOURCE) or next(iter(told.values()))


class Item(Model):
    """One question.

    `steps`, `low` and `high`: of a scale, how many steps it has from 1 on, and what its ends mean. `reversed`: a high answer
    means little. `none`: whether it may be answered that it does not apply. `options`, `right`: of a choice, and which
    of them is right, from 1. `words`: the fewest of a text. `optional`: it may be left out. `counterparts`: asked for
    each other party that people play.
    """

    id: Name
    kind: Kind
    text: Told | None = None
    subscale: Name | None = None
    steps: Annotated[StrictInt, Field(ge=2, le=MOST_STEPS)] = 7
    low: Told | None = None
    high: Told | None = None
    reversed: StrictBool = False
    none: StrictBool = False
    options: Annotated[list[Told], Field(max_length=20)] = Field(default=[])
    right: Annotated[StrictInt, Field(ge=1)] | None = None
    words: Annotated[StrictInt, Field(ge=0, le=2_000)] = 0
    optional: StrictBool = False
    counterparts: StrictBool = False

    @model_validator(mode="after")
    def _fits(self) -> Item:
        if self.text is None and self.kind not in DRAWN:
            raise ValueError(f"question {self.id!r} has no text")
        if self.kind == "scale" and not (self.low and self.high):
            raise ValueError(f"question {self.id!r} is a scale: say what its ends mean, as low and high")
        if self.kind == "choice" and len(self.options) < 2:
            raise ValueError(f"question {self.id!r} is a choice: give it at least two options")
        if self.right is not None and self.right > len(self.options):
            raise ValueError(f"question {self.id!r}: right is {self.right}, and it has {len(self.options)} options")
        if self.counterparts and self.kind not in ("scale", "text"):
            raise ValueError(f"question {self.id!r}: about counterparts only scales and texts can be asked")
        return self


class Questionnaire(Model):
    """Questions that are asked together.

    `when`: before the talks, after them, or at any time. `source`: what it is taken from. `subscales`: what the means of
    some questions are called.
    """

    format: Literal["negotiation-questionnaire/1"]
    id: Name
    when: Literal["before", "after", "always"]
    title: Told
    about: Told | None = None
    source: Annotated[StrictStr, Field(max_length=1_000)] = ""
    subscales: dict[Name, Told] = Field(default={})
    items: Annotated[list[Item], Field(min_length=1, max_length=MOST_ITEMS)]

    @model_validator(mode="after")
    def _fits(self) -> Questionnaire:
        seen: set[str] = set()
        for item in self.items:
            if item.id in seen:
                raise ValueError(f"two questions are called {item.id!r}")
            seen.add(item.id)
            if item.subscale is not None and item.subscale not in self.subscales:
                raise ValueError(f"question {item.id!r}: {unknown('subscale', item.subscale, self.subscales)}")
        return self

    @property
    def checks(self) -> bool:
        """Return whether some answers are right and others wrong: then it is answered once."""
        return any(item.kind in DRAWN or item.right is not None for item in self.items)

    @property
    def reflection(self) -> bool:
        """Return whether it asks for nothing but texts of some length."""
        return all(item.kind == "text" and item.words for item in self.items)

    @property
    def research(self) -> bool:
        """Return whether it asks for consent to research."""
        return any(item.kind == "consent" for item in self.items)


def questionnaire(text: str, source: str = "questionnaire") -> Questionnaire:
    """Return the questionnaire in a YAML text.

    Raises
    ------
    ScenarioError
        When it is none: one line with the place, what was found there and what was expected.
    """
    if len(text) > LARGEST_QUESTIONNAIRE:
        raise ScenarioError(f"{source}: has {len(text):,} characters, must have at most {LARGEST_QUESTIONNAIRE:,}")
    try:
        return Questionnaire.model_validate(parse(text, source, "a questionnaire"))
    except ValidationError as problems:
        raise ScenarioError(f"{source}: {complaint(problems, Questionnaire)}") from None


@lru_cache(maxsize=1)
def standard() -> dict[str, Questionnaire]:
    """Return the questionnaires that come with the package, by id, in the order in which they are asked."""
    folder = resources.files("negotiation") / "questionnaires"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    found = [questionnaire(one.read_text(encoding="utf-8"), one.name) for one in files]
    return {one.id: one for one in found}


@lru_cache(maxsize=64)
def questionnaire_of(name: str, text: str) -> Questionnaire:
    """Return the questionnaire that a class calls `name`: of its `text`, or without one that of the package.

    Raises
    ------
    ScenarioError
        When there is none of that name.
    """
    if text:
        return questionnaire(text, name)
    if name not in standard():
        raise ScenarioError(unknown("questionnaire", name, standard()))
    return standard()[name]
