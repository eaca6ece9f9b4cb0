"""The shape of a scenario file, as Pydantic models; they also give the JSON schema that editors use.

A field is declared here, with its limits, its default, and what it says. It is read, written, refused and put into the
JSON schema by that; parties and tables that it names (`PartyName`, `TableName`) are looked up; and where the dataclass of its model (`Scenario`,
`Party`, `Table`, `Issue`, `Announcement`) has a field of the same name, `build` hands it over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

A_PARTY = "a party of the file"
"""Marks names that must be those of parties."""

A_TABLE = "a table of the file"
"""Marks names that must be those of tables."""

FOR_PEOPLE = "for people"
"""Marks texts that came later and change nothing that counts: no digest has them."""

LATER = "came later"
"""Marks fields that came later and count: digests leave them out while they have their default, so that older games open."""

FORMAT = "negotiation-scenario/1"

MOST_OPTIONS = 10_000
"""Options of one issue; what they make together is limited by `size`."""

Name = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
PartyName = Annotated[Name, A_PARTY]
TableName = Annotated[Name, A_TABLE]
Key = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=81)]
About = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*!?=[a-z][a-z0-9_]*$", max_length=123)]
Text = Annotated[StrictStr, Field(max_length=20_000)]
Term = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*(=[a-z][a-z0-9_]*)?)?$", max_length=122)]
Alias = Annotated[StrictStr, Field(min_length=1, max_length=100)]
Address = Annotated[StrictStr, Field(max_length=200)]

Sentence = Annotated[StrictStr, Field(max_length=300)]
Language = Literal["en", "fr", "ja"]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=100)]
Factor = Annotated[float, Field(strict=True, gt=0, le=1)]
Chance = Annotated[float, Field(strict=True, gt=0, le=1)]
Pattern = Annotated[dict[Key, Annotated[list[Name], Field(min_length=1)]], Field(min_length=1)]


class Model(BaseModel):
    """Everything here: unknown keys are errors, values are not converted."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EventModel(Model):
    """A public date that everybody knows in advance, told at the start of its round (1 = the first).

    `about`: tables that it concerns. `texts`: the text in other languages.
    """

    round: Annotated[StrictInt, Field(ge=1)]
    id: Name
    text: Text
    about: Annotated[list[TableName], FOR_PEOPLE] = []
    texts: Annotated[dict[Language, Text], FOR_PEOPLE] = {}
    why: Text = ""


class NewsModel(EventModel):
    """Public news that nobody knows in advance; it changes no rule and no score, and agents take no notice of it.

    `kind`: what it is to players; a rumour and fiction are shown as invented. `when`: it is told only if these tables
    stand so at the start of its round. `about` and `texts` as in events.
    """

    kind: Literal["fact", "rumour", "fiction"]
    when: dict[TableName, Literal["open", "signed", "abandoned"]] = {}


class ClockModel(Model):
    """Rounds, what a round is called, what waiting costs, and what happens meanwhile.

    `discount` multiplies all points of a party by `d ** t`, t being the relative time of the last signature. `events` are
    dates that everybody knows in advance, `news` comes unannounced.
    """

    unit: StrictStr = "round"
    start: StrictStr = ""
    rounds: Annotated[StrictInt, Field(ge=1, le=10_000)]
    ballots: Annotated[StrictInt, Field(ge=1)] | None = None
    delay_cost_per_round: dict[PartyName, Annotated[float, Field(strict=True, ge=0)]] = {}
    discount: Annotated[dict[PartyName, Factor], LATER] = {}
    events: list[EventModel] = []
    news: Annotated[list[NewsModel], FOR_PEOPLE] = []


class VoiceModel(Model):
    """How a party speaks when agents play it: its manner, and sentences with which it likes to open and to close."""

    manner: Literal["formal", "blunt", "warm"]
    opening: list[Sentence] = []
    closing: list[Sentence] = []


class PartyModel(Model):
    """Somebody with interests. An optional (shadow) party takes part only in variants that include it.

    `voice`: how it speaks, by language. `reasons`: by language, what it would say in public for an option
    (`table.issue=option`) or against it (`table.issue!=option`): never points, never a secret of its sheet.
    """

    name: StrictStr
    kind: Literal["principal", "partner", "shadow"] = "principal"
    optional: bool = False
    public_brief: Text = ""
    confidential_brief: Text = ""
    voice: Annotated[dict[Language, VoiceModel], FOR_PEOPLE] = {}
    reasons: Annotated[dict[Language, dict[About, Sentence]], FOR_PEOPLE] = {}


class WhenModel(Model):
    """A party that must sign if the deal takes one of these options."""

    party: PartyName
    issue: Name
    options: Annotated[list[Name], Field(min_length=1)]


class QuorumModel(Model):
    """Besides everybody else, so many of these must sign."""

    of: Annotated[list[PartyName], Field(min_length=1)]
    min: Annotated[StrictInt, Field(ge=1)]


class SignersModel(Model):
    """Who must sign a deal."""

    always: list[PartyName] = []
    when: list[WhenModel] = []
    quorum: QuorumModel | None = None
    min: Annotated[StrictInt, Field(ge=0)] = 0


class IssueModel(Model):
    """One question and its options, `id: text for people`."""

    title: StrictStr
    why: Text = ""
    options: Annotated[dict[Name, StrictStr], Field(min_length=1, max_length=MOST_OPTIONS)]


class UnsignedModel(Model):
    """What holds while a table is unsigned: options in force, and points added for a party."""

    means: Text = ""
    options: dict[Name, Name] = {}
    adjust: dict[PartyName, Number] = {}
    why: Text = ""


class TableModel(Model):
    """Issues settled by one contract. `short`: its title where there is little room, as on a map."""

    title: StrictStr
    short: Annotated[StrictStr, Field(max_length=24), FOR_PEOPLE] = ""
    about: Text = ""
    signers: SignersModel
    affected: list[PartyName] = []
    shadow_veto: list[PartyName] = []
    issues: Annotated[dict[Name, IssueModel], Field(min_length=1, max_length=20)]
    if_unsigned: UnsignedModel = UnsignedModel()


class SheetModel(Model):
    """What an issue is worth to a party: `weight * score / 100` points; where `scoring` is unit, `weight * score`."""

    weight: Annotated[float, Field(strict=True, ge=0, le=100)]
    scores: dict[Name, Share]
    why: Text = ""


class TypeModel(Model):
    """A private variant of a party's sheet, with its probability.

    `known` is public: what everybody would guess of this type, roughly, on the issues that tell types apart.
    """

    prob: Chance
    note: Text = ""
    brief: Text = ""
    known: dict[Key, SheetModel] = {}
    overrides: dict[Key, SheetModel] = {}


class VariantModel(Model):
    """Named changes for a second class: other scores, or optional parties that take part."""

    note: Text = ""
    include: list[PartyName] = []
    overrides: dict[PartyName, dict[Key, SheetModel]] = {}


class LinkModel(Model):
    """When every listed issue takes one of the listed options, the listed parties get the points.

    `says`: by language, English among them, one plain sentence for each of those parties: what happens then. It may name
    what is on the tables, never points, never who gains or loses by it.
    """

    id: StrictStr
    when: Pattern
    effect: Annotated[dict[PartyName, Number], Field(min_length=1)]
    why: Text = ""
    says: Annotated[dict[Language, Sentence], FOR_PEOPLE] = {}


class WorthModel(Model):
    """What a total is worth to a party: `points` by total, and `otherwise` for totals that are not listed."""

    points: Annotated[dict[int, Number], Field(min_length=1, max_length=100_000)]
    otherwise: Number = 0


class TotalModel(Model):
    """Points for what a set of deals adds up to: `amounts` by `table.issue`, by option, `effect` by party.

    An option without an amount adds 0, and so does a table left `unsigned`, unless that has an amount too. Where not the sum
    but the combination counts, let the amounts be digits: 1, 2, 3 at one table, 10, 20, 30 at the next.
    """

    id: StrictStr
    amounts: Annotated[dict[Key, Annotated[dict[Name, StrictInt], Field(min_length=1)]], Field(min_length=1)]
    effect: Annotated[dict[PartyName, WorthModel], Field(min_length=1)]
    why: Text = ""


class ConstraintModel(Model):
    """A combination of options that cannot be signed together."""

    id: StrictStr
    forbid: Pattern
    why: Text = ""


class PlanModel(Model):
    """A lesson of so many `minutes`: how long each phase has, and in how many rounds people talk; what is left is for the debrief."""

    minutes: Annotated[StrictInt, Field(ge=20, le=600)]
    read: Annotated[StrictInt, Field(ge=1)]
    prepare: Annotated[StrictInt, Field(ge=1)]
    negotiate: Annotated[StrictInt, Field(ge=1)]
    sign: Annotated[StrictInt, Field(ge=1)]
    rounds: Annotated[StrictInt, Field(ge=1, le=100)]


class ScenarioFile(Model):
    """A whole case in one file.

    `scoring` percent: weights sum to 100, scores are 0 to 100. `scoring` unit: scores are 0 to 1 and weights, about 1
    together, stay as they are, so that profiles of other programs keep their utilities to the last bit. `aliases`: what
    people call a party, a table, `table.issue` or `table.issue=option` besides its title, by language. `translations`: by
    language, the texts that people read, each under its path in the file (`parties.renault.name`); those of issues and
    options under `table.issue` and `table.issue=option`. `plans`: how lessons with it go, the first as a class proposes it.
    `totals`: points for what deals at several tables add up to.
    """

    format: Literal["negotiation-scenario/1"]
    id: Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
    title: StrictStr
    teaches: list[StrictStr] = []
    disclaimer: Text = ""
    synopsis: Text = ""
    public_brief: Text = ""
    scoring: Annotated[Literal["percent", "unit"], LATER] = "percent"
    clock: ClockModel
    parties: Annotated[dict[Name, PartyModel], Field(min_length=2, max_length=12)]
    tables: Annotated[dict[Name, TableModel], Field(min_length=1, max_length=32)]
    preferences: dict[PartyName, dict[Key, SheetModel]]
    types: dict[PartyName, Annotated[dict[Name, TypeModel], Field(min_length=1, max_length=20)]] = {}
    links: Annotated[list[LinkModel], Field(max_length=500)] = []
    totals: Annotated[list[TotalModel], Field(max_length=100), LATER] = []
    constraints: Annotated[list[ConstraintModel], Field(max_length=500)] = []
    references: dict[Name, dict[StrictStr, dict[Name, Name] | StrictStr | None]] = {}
    variants: dict[Name, VariantModel] = {}
    aliases: Annotated[dict[Language, dict[Term, Annotated[list[Alias], Field(max_length=40)]]], FOR_PEOPLE] = {}
    translations: Annotated[dict[Language, dict[Address, Text]], FOR_PEOPLE] = {}
    plans: Annotated[list[PlanModel], FOR_PEOPLE] = []


def walk(value: object, kind: object = None, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Yield everything in a file, from the whole to its parts: path, value, and its type as it is declared."""
    yield path, value, kind
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            declared = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            yield from walk(getattr(value, name), declared, f"{path}.{name}" if path else name)
    elif isinstance(value, dict):
        keys, values = _inside(kind, dict)
        for name, inner in value.items():
            yield path, name, keys
            yield from walk(inner, values, f"{path}.{name}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            place = f"{path}.{getattr(inner, 'id', n)}" if isinstance(inner, BaseModel) else path
            yield from walk(inner, _inside(kind, list)[0], place)


def _inside(kind: object, container: type) -> tuple[object, ...]:
    """Return the declared types of a container's keys and values, or of a list's entries."""
    if get_origin(kind) is container:
        return get_args(kind)
    return next((found for part in get_args(kind) if any(found := _inside(part, container))), (None, None))


def schema() -> dict[str, object]:
    """Return the JSON schema of a scenario file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **ScenarioFile.model_json_schema()}
