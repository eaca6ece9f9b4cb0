"""The plan of a batch, as a file that people write: cases × protocols × line-ups × factors × replications."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, PlainValidator, StrictBool, StrictInt, StrictStr, ValidationError, WithJsonSchema

from negotiation.errors import ScenarioError, SetupError
from negotiation.formats.files import read_limited
from negotiation.formats.scenario_yaml import LARGEST_FILE
from negotiation.formats.schema import Model
from negotiation.formats.validation_errors import complaint
from negotiation.formats.yaml_text import dump, parse

OTHERS = "others"

LARGEST_SEED = 2**62
"""Seeds and the replications behind them fit a column of results."""

"""In a line-up: the parties that are not named."""

MOST_RUNS = 10**9

Value: TypeAlias = bool | int | float | str


class Range(Model):
    """All numbers from `least` to `most`; a grid takes `steps` of them, both ends included."""

    least: int | float
    most: int | float
    steps: int = 0

    @property
    def whole(self) -> bool:
        """Return whether only whole numbers are meant: both ends are written as such, and no steps are asked for."""
        return isinstance(self.least, int) and isinstance(self.most, int) and not self.steps


Levels: TypeAlias = tuple[Value, ...] | Range


def _levels(found: object) -> Levels:
    """Return one value, a list of values of one kind, or a range."""
    if isinstance(found, dict):
        return _range(found)
    values = tuple(found) if isinstance(found, list | tuple) else (found,)
    if not values:
        raise ValueError("holds no values")
    for value in values:
        if not isinstance(value, bool | int | float | str) or (isinstance(value, float) and not math.isfinite(value)):
            raise ValueError(f"is {value!r}, must be true, false, a finite number or text")
    kinds = {"number" if type(v) in (int, float) else type(v).__name__ for v in values}
    if len(kinds) > 1:
        raise ValueError(f"mixes {' and '.join(sorted(kinds))}")
    if len(set(values)) < len(values):
        raise ValueError("names a value twice")
    return values


def _range(found: dict[str, Any]) -> Range:
    if set(found) - {"steps"} != {"least", "most"}:
        raise ValueError(
            f"has {', '.join(map(str, found)) or 'nothing'}; a range has least, most and, for a grid, steps"
        )
    least, most, steps = found["least"], found["most"], found.get("steps", 0)
    for value in (least, most):
        if type(value) not in (int, float) or not math.isfinite(value):
            raise ValueError(f"is from {least!r} to {most!r}, must be two finite numbers")
    if least >= most:
        raise ValueError(f"is from {least} to {most}, must rise")
    if type(steps) is not int or steps == 1 or steps < 0:
        raise ValueError(f"has {steps!r} steps, must be at least 2")
    return Range(least=least, most=most, steps=steps)


def _lineup(found: object) -> dict[str, str]:
    """Return a strategy for all, or strategies by party, with `others` for parties that are not named."""
    seats = {OTHERS: found} if isinstance(found, str) else found
    if not isinstance(seats, dict) or not seats or not all(isinstance(v, str) for v in (*seats, *seats.values())):
        raise ValueError(f"is {found!r}, must be a strategy, or strategies by party (`{OTHERS}` for the rest)")
    return seats


_VALUE = {"type": ["boolean", "number", "string"]}
_RANGE = {
    "type": "object",
    "properties": {"least": {"type": "number"}, "most": {"type": "number"}, "steps": {"type": "integer", "minimum": 2}},
    "required": ["least", "most"],
    "additionalProperties": False,
}
Factor = Annotated[
    Any,
    PlainValidator(_levels),
    WithJsonSchema({"anyOf": [_VALUE, {"type": "array", "items": _VALUE, "minItems": 1}, _RANGE]}),
]
LineUp = Annotated[
    Any,
    PlainValidator(_lineup),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}),
]


Closer: TypeAlias = Literal["left", "left_when_signed", "least_gain", "texts", "truth", "answered"]
"""What may be measured besides what every batch measures, see `close_looks`."""


class DesignModel(Model):
    """Which points of the space of all factors are played."""

    kind: Literal["grid", "random", "latin-hypercube", "sobol", "saltelli"] = "grid"
    samples: Annotated[StrictInt, Field(ge=1, le=10**7)] = 1
    seed: Annotated[StrictInt, Field(ge=0, le=LARGEST_SEED)] = 0


class Plan(Model):
    """A batch. Every case meets every protocol, line-up and point of the design, with the same seeds throughout.

    `protocols` left out: `alternating` at one table that needs everybody, else `open-floor`.
    """

    format: Literal["negotiation-plan/1"]
    cases: Annotated[list[StrictStr], Field(min_length=1)]
    variant: StrictStr = ""
    protocols: list[StrictStr] = Field(default_factory=list)
    lineups: Annotated[dict[StrictStr, LineUp], Field(min_length=1)]
    factors: dict[StrictStr, Factor] = Field(default_factory=dict)
    design: DesignModel = DesignModel()
    replications: Annotated[StrictInt, Field(ge=1, le=MOST_RUNS)] = 1
    seed: Annotated[StrictInt, Field(ge=0, le=LARGEST_SEED)] = 0
    events: StrictBool = False
    measures: list[Closer] = Field(default_factory=list)

    def text(self) -> str:
        """Return the plan as YAML, every default written out; equal plans have equal texts."""
        return dump(self.model_dump(mode="json"))


def schema() -> dict[str, object]:
    """Return the JSON schema of a plan."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Plan.model_json_schema()}


def load_plan(path: Path | str) -> Plan:
    """Return the plan in a YAML file.

    Raises
    ------
    SetupError
        One line that names the file, the place in it, what was found there and what is possible.
    """
    data = read_limited(Path(path), LARGEST_FILE, SetupError)
    try:
        return read_plan(parse(data.decode("utf-8"), str(path), "a plan"), str(path))
    except UnicodeDecodeError as problem:
        raise SetupError(f"{path}: byte {problem.start} is not UTF-8, in which a plan is written") from None
    except ScenarioError as problem:
        raise SetupError(str(problem)) from None


def read_plan(document: object, source: str = "plan") -> Plan:
    """Return the plan in plain values; `source` is what messages call it."""
    try:
        plan = Plan.model_validate(document)
    except ValidationError as problems:
        raise SetupError(f"{source}: {complaint(problems, Plan)}") from None
    for key in ("cases", "protocols", "measures"):
        names = getattr(plan, key)
        if twice := [name for n, name in enumerate(names) if name in names[:n]]:
            raise SetupError(f"{source}: {key}: names {twice[0]!r} twice")
    design, ranges = plan.design, {k: v for k, v in plan.factors.items() if isinstance(v, Range)}
    if design.kind == "grid":
        for name, one in ranges.items():
            if not one.steps:
                raise SetupError(f"{source}: factors.{name}: a grid needs the number of steps: {{least, most, steps}}")
    if design.kind in ("sobol", "saltelli") and design.samples & (design.samples - 1):
        raise SetupError(f"{source}: design.samples: is {design.samples}, must be a power of two for {design.kind}")
    if design.kind == "saltelli" and not plan.factors:
        raise SetupError(f"{source}: design: saltelli needs factors whose influence is asked for")
    return plan
