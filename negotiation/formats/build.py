"""Building a case whose every reference holds from a scenario file that has the right shape."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import TypeVar

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from negotiation.case import BASE, LEAST_DEBRIEF, Case, Plan, Reference, Role
from negotiation.errors import ScenarioError, figure, unknown
from negotiation.formats import translations
from negotiation.formats.cross_references import Sheets, check_names, whole
from negotiation.formats.memory_check import LARGEST, check_size
from negotiation.formats.schema import (
    FOR_PEOPLE,
    LATER,
    PartyModel,
    PlanModel,
    ScenarioFile,
    SheetModel,
    TableModel,
    TypeModel,
    walk,
)
from negotiation.preferences import Link, Preferences, Sheet
from negotiation.scenario import Announcement, Outcome, Party, Scenario, Sketch, Voice
from negotiation.table import Constraint, Issue, Signers, Table, tables_of
from negotiation.totals import Total

T = TypeVar("T")

TEXTS = ("why", "title", "about", "means", "note", "brief", "public_brief", "confidential_brief", "text", "synopsis")
"""Keys whose texts change nothing that counts; fields that came later say so in `schema`."""


def build(file: ScenarioFile, variant: str = "", text: str = "", most: int = LARGEST) -> Case:
    """Return the case that a file and one of its variants describe.

    Parameters
    ----------
    text
        The text of the file.
    most
        Bytes of memory that the case may take.

    Raises
    ------
    ScenarioError
        For the first thing that does not fit: its path, what was found, what was expected.
    """
    if variant and variant not in file.variants:
        raise ScenarioError(f"variants: {unknown('variant', variant, file.variants)}")
    check_names(file)
    translations.check_translations(file)
    chosen = file.variants.get(variant)
    included = chosen.include if chosen else []
    parties = [name for name, party in file.parties.items() if not party.optional or name in included]
    check_size(file, parties, most)
    constraints = {c.id: Constraint(c.id, {k: tuple(v) for k, v in c.forbid.items()}) for c in file.constraints}
    scenario = _scenario(file, parties, constraints)
    roles = {
        name: _roles(
            file,
            scenario,
            name,
            {**file.preferences.get(name, {}), **(chosen.overrides.get(name, {}) if chosen else {})},
        )
        for name in parties
    }
    return Case(
        name=file.id,
        scenario=scenario,
        roles=roles,
        references={name: _reference(scenario, name, data) for name, data in file.references.items()},
        variant=variant,
        variants={name: model.note for name, model in file.variants.items()},
        teaches=tuple(file.teaches),
        whys={path: why for path, value, _ in walk(file) if (why := getattr(value, "why", ""))},
        digest=_digest(file, variant),
        text=text,
        translations=translations.every(file),
        untold=translations.untold(file),
        plans=tuple(_plan(model) for model in file.plans),
    )


def _plan(model: PlanModel) -> Plan:
    plan = _same(Plan, model)
    if plan.debrief < LEAST_DEBRIEF:
        raise ScenarioError(
            f"plans: {plan.minutes} minutes leave {plan.debrief} for the debrief, must leave {LEAST_DEBRIEF} or more"
        )
    return plan


def _digest(file: ScenarioFile, variant: str) -> str:
    """Return the SHA-256 of all that rules and scores depend on: mending a text or a comment orphans no saved game."""
    return hashlib.sha256(json.dumps([_essence(file), variant]).encode()).hexdigest()


def _essence(value: object, *, listed: bool = False) -> object:
    """Return the part of a value that counts for the digest; texts in lists (`listed`) have always counted."""
    if isinstance(value, list):
        return [_essence(one, listed=True) for one in value]
    if isinstance(value, BaseModel):
        value = {
            name: getattr(value, name)
            for name, field in type(value).model_fields.items()
            if _counts(value, name, field)
        }
    if isinstance(value, dict):
        return {key: _essence(inner, listed=listed) for key, inner in value.items() if listed or key not in TEXTS}
    return value


def _counts(model: BaseModel, name: str, field: FieldInfo) -> bool:
    return FOR_PEOPLE not in field.metadata and not (LATER in field.metadata and getattr(model, name) == field.default)


def _same(kind: type[T], *models: BaseModel, **given: object) -> T:
    """Return a dataclass with the `given` fields, and with fields of its names from `models` for the rest."""
    for model in models:
        for field in fields(kind):  # type: ignore[arg-type]
            if field.name not in given and field.name in type(model).model_fields:
                given[field.name] = _plain(getattr(model, field.name))
    return kind(**given)


def _plain(value: object) -> object:
    """Return a value of a file as cases hold it: texts without surrounding blanks, lists as tuples."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return tuple(map(_plain, value)) if isinstance(value, list) else value


def _scenario(file: ScenarioFile, parties: list[str], constraints: Mapping[str, Constraint]) -> Scenario:
    inside = {c.name: names[0] for c in constraints.values() if len(names := tables_of(c.pattern)) == 1}
    return _same(
        Scenario,
        file,
        file.clock,
        name=file.id,
        parties={name: _party(name, file.parties[name]) for name in parties},
        tables={
            name: _table(name, model, parties, tuple(constraints[c] for c, at in inside.items() if at == name))
            for name, model in file.tables.items()
        },
        brief=file.public_brief.strip(),
        constraints=tuple(c for c in constraints.values() if c.name not in inside),
        announcements=tuple(_same(Announcement, event, name=event.id) for event in file.clock.events),
        news=tuple(_same(Announcement, item, name=item.id) for item in file.clock.news),
        odds={name: {t: m.prob for t, m in types.items()} for name, types in file.types.items() if name in parties},
        sketches=_sketches(file, parties),
        decimals=3 if file.scoring == "unit" else 1,
        translations=translations.public(file),
    )


def _party(name: str, model: PartyModel) -> Party:
    return _same(
        Party,
        model,
        name=name,
        title=model.name,
        brief=model.public_brief.strip(),
        voice={language: _same(Voice, voice) for language, voice in model.voice.items()},
    )


def _sketches(file: ScenarioFile, parties: list[str]) -> dict[str, dict[str, dict[str, Sketch]]]:
    """Return the public guess of each type of a party, if the file gives one for all its types."""
    return {
        name: {
            kind: {key: Sketch(sheet.weight, _hundred(file, key, sheet)) for key, sheet in model.known.items()}
            for kind, model in types.items()
        }
        for name, types in file.types.items()
        if name in parties and all(model.known for model in types.values())
    }


def _hundred(file: ScenarioFile, key: str, sheet: SheetModel) -> tuple[float, ...]:
    return tuple(share * 100 / whole(file) for share in _shares(file, key, sheet))


def _shares(file: ScenarioFile, key: str, sheet: SheetModel) -> tuple[float, ...]:
    table, _, issue = key.partition(".")
    return tuple(sheet.scores[option] for option in file.tables[table].issues[issue].options)


def _table(name: str, model: TableModel, parties: list[str], forbidden: tuple[Constraint, ...]) -> Table:
    signers = model.signers
    veto = [party for party in model.shadow_veto if party in parties and party not in signers.always]
    table = _same(
        Table,
        model,
        name=name,
        issues=tuple(
            _same(Issue, i, name=n, options=tuple(i.options), texts=tuple(i.options.values()))
            for n, i in model.issues.items()
        ),
        signers=Signers(
            always=(*signers.always, *veto),
            when=tuple((w.party, w.issue, tuple(w.options)) for w in signers.when),
            of=tuple(signers.quorum.of) if signers.quorum else (),
            quorum=signers.quorum.min if signers.quorum else 0,
            least=signers.min,
        ),
        affected=tuple(p for p in model.affected if p in parties and p not in veto),
        unsigned=dict(model.if_unsigned.options),
        unsigned_means=model.if_unsigned.means.strip(),
        forbidden=forbidden,
    )
    if not table.size:
        raise ScenarioError(
            f"tables.{name}: no deal is possible: constraints or `signers.min` forbid all {table.raw:,}"
        )
    return table


def _roles(file: ScenarioFile, scenario: Scenario, party: str, base: Sheets) -> dict[str, Role]:
    types: Mapping[str, TypeModel] = file.types.get(party) or {BASE: TypeModel(prob=1)}
    total = 0.0
    for model in types.values():
        total += model.prob
    if abs(total - 1) > 1e-6:
        raise ScenarioError(f"types.{party}: probabilities sum to {figure(total)}, must be 1")
    return {name: _role(file, scenario, party, name, model, base) for name, model in types.items()}


def _role(file: ScenarioFile, scenario: Scenario, party: str, name: str, model: TypeModel, base: Sheets) -> Role:
    sheets = {**base, **model.overrides}
    total = 0.0
    for sheet in sheets.values():
        total += sheet.weight
    if file.scoring == "percent" and abs(total - 100) > 1e-6:
        place = f"types.{party}.{name}" if model.overrides else f"preferences.{party}"
        raise ScenarioError(f"{place}: weights sum to {figure(total)}, must be 100")
    preferences = Preferences(
        scenario=scenario,
        party=party,
        sheets={key: Sheet(sheet.weight, _shares(file, key, sheet), whole(file)) for key, sheet in sheets.items()},
        adjust={t: m.if_unsigned.adjust[party] for t, m in file.tables.items() if party in m.if_unsigned.adjust},
        links=tuple(
            _same(Link, link, name=link.id, pattern=_plain(link.when), points=link.effect[party])
            for link in file.links
            if party in link.effect
        ),
        delay=file.clock.delay_cost_per_round.get(party, 0.0) if scenario.at(party) else 0.0,
        discount=file.clock.discount.get(party, 1.0),
        totals=tuple(
            Total(total.id, total.amounts, total.effect[party].points, total.effect[party].otherwise)
            for total in file.totals
            if party in total.effect
        ),
    )
    briefs = (file.parties[party].confidential_brief, model.brief)
    told = translations.of_role(file, party, name, briefs, model.note)
    return Role(name, preferences, translations.composed(*briefs), model.prob, model.note, told)


def _reference(scenario: Scenario, name: str, data: Mapping[str, object]) -> Reference:
    outcome: dict[str, tuple[int, ...] | None] = {}
    for key, value in data.items():
        if key in ("title", "note"):
            continue
        if key not in scenario.tables:
            raise ScenarioError(f"references.{name}: {unknown('table', key, scenario.tables)}")
        if not isinstance(value, Mapping):
            outcome[key] = None
            continue
        try:
            outcome[key] = scenario.tables[key].parse(value)
        except ScenarioError as problem:
            raise ScenarioError(f"references.{name}.{problem}") from None
        if scenario.tables[key].index(outcome[key] or ()) < 0:
            raise ScenarioError(f"references.{name}.{key}: this deal is not legal there")
    full: Outcome = {table: outcome.get(table) for table in scenario.tables}
    return Reference(name, str(data.get("title", name)), str(data.get("note", "")), full)
