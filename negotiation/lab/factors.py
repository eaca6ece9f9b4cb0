"""The effect of each factor of a plan on a game: its case, rounds, strategies or types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from negotiation.analysis.whatif import alone, unlinked
from negotiation.case import Case, Role
from negotiation.dice import Dice
from negotiation.errors import SetupError, unknown
from negotiation.lab.plan import Value
from negotiation.preferences import Preferences, Sheet
from negotiation.rounding import plain

NOISE_TURN = -2
"""The turn number of the draws of noise: before the casting and the first turn."""

LANGUAGE = "en"
"""In which agents speak in a batch; what they mean is the same in every language."""

FACTORS = {
    "rounds": "how many rounds (a whole number)",
    "delay[.PARTY]": "points lost per round, of one party or all",
    "weight.PARTY.TABLE.ISSUE": "factor on a weight; the weights of the party keep their sum",
    "noise": "every weight of every party times a factor drawn for each run from 1 ± this; sums are kept",
    "unsigned.PARTY.TABLE": "points added to leaving a table unsigned (the reservation value there)",
    "type.PARTY": "a private type, not drawn",
    "order": "the seating order: parties who sit first, one after the other with spaces between (the rest follow as written)",
    "table.TABLE": "whether this table exists (true or false)",
    "links": "whether links between tables count (true or false)",
    "link.ID": "whether this link counts (true or false)",
    "talk": "whether agents speak with each other (true or false)",
    "strategy[.PARTY].PARAMETER": "a parameter of the strategy of one party or all",
}
"""Every factor, and what its values are."""


@dataclass(frozen=True)
class Changed:
    """A game as its factors make it."""

    case: Case
    seats: Mapping[str, str]
    rounds: int | None = None
    types: Mapping[str, str] = field(default_factory=dict)
    noise: float = 0.0
    talk: str = ""


def changed(case: Case, seats: Mapping[str, str], settings: Mapping[str, Value]) -> Changed:
    """Return the game that these settings make; links are left out when each has been named, and tables last.

    Raises
    ------
    SetupError
        When a factor does not exist, does not fit the case, or its value makes no sense.
    """
    game = Changed(case, dict(seats))
    for name in sorted(settings, key=lambda name: (name.startswith("table."), name == "links")):
        value = settings[name]
        kind, *rest = name.split(".")
        make = _MAKERS.get((kind, len(rest)))
        if make is None:
            raise SetupError(f"factors.{name}: {unknown('factor', name, FACTORS)}")
        try:
            game = make(game, rest, value)
        except SetupError as problem:
            raise SetupError(f"factors.{name}: {problem}") from None
    return replace(game, case=_waiting(game.case))


def _waiting(case: Case) -> Case:
    """Return the case without cost of delay for who sits at no table: they wait for nothing."""
    if all(case.scenario.at(party) for party in case.roles):
        return case
    return _each(case, lambda party, ours: ours if case.scenario.at(party) else replace(ours, delay=0.0))


def noisy(case: Case, noise: float, seed: int) -> Case:
    """Return the case with every weight changed by up to ± `noise` of itself, drawn from the seed; sums are kept."""
    draws: dict[str, dict[str, float]] = {}
    for seat, party in enumerate(case.roles):
        dice = Dice(seed, seat, NOISE_TURN)
        keys = [f"{name}.{issue.name}" for name, table in case.scenario.tables.items() for issue in table.issues]
        draws[party] = {key: 1 + noise * (2 * dice.uniform() - 1) for key in keys}
    return _each(case, lambda party, ours: _weighted(ours, draws[party]))


def _each(case: Case, change: Callable[[str, Preferences], Preferences]) -> Case:
    """Return the case with the preferences of every type of every party changed."""
    for party in case.roles:
        case = _one(case, party, partial(change, party))
    return case


def _one(case: Case, party: str, change: Callable[[Preferences], Preferences]) -> Case:
    """Return the case with the preferences of every type of one party changed."""
    kinds: dict[str, Role] = {
        name: replace(role, preferences=change(role.preferences)) for name, role in case.roles[party].items()
    }
    return replace(case, roles={**case.roles, party: kinds})


def _weighted(ours: Preferences, factors: Mapping[str, float]) -> Preferences:
    before, after = 0.0, 0.0
    weights = {key: sheet.weight * factors.get(key, 1.0) for key, sheet in ours.sheets.items()}
    for key, sheet in ours.sheets.items():
        before += sheet.weight
        after += weights[key]
    if after <= 0:
        return ours
    sheets = {
        key: Sheet(weights[key] * (before / after), sheet.shares, sheet.whole) for key, sheet in ours.sheets.items()
    }
    return replace(ours, sheets=sheets)


def _number(value: Value, least: float | None = None, most: float | None = None) -> float:
    if isinstance(value, bool | str):
        raise SetupError(f"is {value!r}, must be a number")
    if (least is not None and value < least) or (most is not None and value > most):
        ends = [plain(end) for end in (least, most) if end is not None]
        span = f"from {' to '.join(ends)}" if len(ends) > 1 else f"at least {ends[0]}"
        raise SetupError(f"is {plain(value)}, must be {span}")
    return float(value)


def _switch(value: Value) -> bool:
    if not isinstance(value, bool):
        raise SetupError(f"is {value!r}, must be true or false")
    return value


def _one_of(what: str, name: str, possible: Collection[str]) -> str:
    if name not in possible:
        raise SetupError(unknown(what, name, possible))
    return name


def _rounds(game: Changed, _: list[str], value: Value) -> Changed:
    if type(value) is not int:
        raise SetupError(f"is {value!r}, must be a whole number")
    return replace(game, rounds=value)


def _delay(game: Changed, rest: list[str], value: Value) -> Changed:
    only, cost = [_one_of("party", party, game.case.roles) for party in rest], _number(value, 0)

    case = game.case
    for party in only or case.roles:
        case = _one(case, party, lambda ours: replace(ours, delay=cost))
    return replace(game, case=case)


def _weight(game: Changed, rest: list[str], value: Value) -> Changed:
    party, key = _one_of("party", rest[0], game.case.roles), ".".join(rest[1:])
    issues = [f"{name}.{issue.name}" for name, table in game.case.scenario.tables.items() for issue in table.issues]
    _one_of("issue", key, issues)
    times = {key: _number(value, 0)}
    return replace(game, case=_one(game.case, party, lambda ours: _weighted(ours, times)))


def _noise(game: Changed, _: list[str], value: Value) -> Changed:
    return replace(game, noise=_number(value, 0, 1))


def _unsigned(game: Changed, rest: list[str], value: Value) -> Changed:
    party = _one_of("party", rest[0], game.case.roles)
    table = _one_of("table", rest[1], game.case.scenario.tables)
    shift = _number(value)

    def change(ours: Preferences) -> Preferences:
        return replace(ours, adjust={**ours.adjust, table: ours.adjust.get(table, 0.0) + shift})

    return replace(game, case=_one(game.case, party, change))


def _type(game: Changed, rest: list[str], value: Value) -> Changed:
    game.case.role(rest[0], str(value))
    return replace(game, types={**game.types, rest[0]: str(value)})


def _order(game: Changed, _: list[str], value: Value) -> Changed:
    first = [_one_of("party", party, game.case.roles) for party in str(value).split()]
    if not first or len(set(first)) < len(first):
        raise SetupError(f"is {value!r}, must name parties, each once, with spaces between")
    order = list(dict.fromkeys([*first, *game.case.roles]))
    scenario = game.case.scenario
    turned = replace(scenario, parties={party: scenario.parties[party] for party in order})
    seated = _each(game.case, lambda _, ours: replace(ours, scenario=turned))
    return replace(game, case=replace(seated, scenario=turned, roles={party: seated.roles[party] for party in order}))


def _table(game: Changed, rest: list[str], value: Value) -> Changed:
    scenario = game.case.scenario
    name = _one_of("table", rest[0], scenario.tables)
    if _switch(value):
        return game
    kept = [table for table in scenario.tables if table != name]
    if not kept:
        raise SetupError("no table would be left")
    flat = {f"{p}.{k}": role.preferences for p, kinds in game.case.roles.items() for k, role in kinds.items()}
    small, sheets = alone(scenario, flat, kept)
    sketches = {
        party: {
            k: {key: s for key, s in sketch.items() if key.partition(".")[0] in kept} for k, sketch in kinds.items()
        }
        for party, kinds in small.sketches.items()
    }
    small = replace(small, sketches=sketches)
    roles = {
        party: {k: replace(r, preferences=replace(sheets[f"{party}.{k}"], scenario=small)) for k, r in kinds.items()}
        for party, kinds in game.case.roles.items()
    }
    return replace(game, case=replace(game.case, scenario=small, roles=roles))


def _links(game: Changed, _: list[str], value: Value) -> Changed:
    if _switch(value):
        return game
    return replace(game, case=_each(game.case, lambda party, ours: unlinked({party: ours})[party]))


def _talk(game: Changed, _: list[str], value: Value) -> Changed:
    return replace(game, talk=LANGUAGE if _switch(value) else "")


def _link(game: Changed, rest: list[str], value: Value) -> Changed:
    roles = [role for kinds in game.case.roles.values() for role in kinds.values()]
    known = dict.fromkeys(link.name for role in roles for link in role.preferences.links)
    name = _one_of("link", rest[0], known)
    if _switch(value):
        return game
    return replace(
        game,
        case=_each(game.case, lambda _, ours: replace(ours, links=tuple(x for x in ours.links if x.name != name))),
    )


def _strategy(game: Changed, rest: list[str], value: Value) -> Changed:
    only = [_one_of("party", party, game.case.roles) for party in rest[:-1]]
    pair = f"{rest[-1]}={value}"
    return replace(game, seats={p: _with(text, pair) if p in (only or [p]) else text for p, text in game.seats.items()})


def _with(text: str, pair: str) -> str:
    """Return a strategy's text with one more parameter, which overrides an earlier one of its name."""
    name, colon, _ = text.partition(":")
    has = text.count(":") > 1 if name.endswith(".py") else bool(colon)
    return f"{text}{',' if has else ':'}{pair}"


_MAKERS: Mapping[tuple[str, int], Callable[[Changed, list[str], Value], Changed]] = {
    ("rounds", 0): _rounds,
    ("delay", 0): _delay,
    ("delay", 1): _delay,
    ("weight", 3): _weight,
    ("noise", 0): _noise,
    ("unsigned", 2): _unsigned,
    ("type", 1): _type,
    ("order", 0): _order,
    ("table", 1): _table,
    ("links", 0): _links,
    ("link", 1): _link,
    ("talk", 0): _talk,
    ("strategy", 1): _strategy,
    ("strategy", 2): _strategy,
}
"""By first word and number of words behind it: what makes the change."""
