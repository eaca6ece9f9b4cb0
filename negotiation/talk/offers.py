"""Offers and signatures in honest words: what became better and what worse for the one addressed, as far as one can know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.dice import Dice
from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.table import Deal, Table
from negotiation.talk.speech import Speech

Estimates: TypeAlias = Mapping[str, Mapping[str, npt.NDArray[np.float64]]]
"""By table, by other party: how much the speaker thinks it likes each deal, shape (deals,); who is unknown is left out."""

NOTICED = 0.02
"""Share of all that a table may be worth to somebody beneath which a change is not spoken of."""

NAMED = 2
"""Issues that are named for somebody, of those better and of those worse; the largest."""

SPELT = 2
"""Changes of which it is said what there was before; more are told by what is new."""


@dataclass(frozen=True, slots=True)
class Made:
    """An offer as its author knows it.

    Attributes
    ----------
    last
        By table, the author's offer before this one; tables where it has made none are left out.
    beliefs
        What it thinks the others want.
    lacks
        An option of the other side that it cannot accept.
    """

    deals: Mapping[str, Deal]
    last: Mapping[str, Deal] = field(default_factory=dict)
    beliefs: Estimates = field(default_factory=dict)
    lacks: Term | None = None

    def changed(self, table: str) -> bool:
        """Return whether this differs from the last offer at a table; False for a first one."""
        return table in self.last and self.last[table] != self.deals[table]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an offer changes for somebody: issues by how much better or worse they became, the largest first."""

    better: tuple[Term, ...] = ()
    worse: tuple[Term, ...] = ()
    known: bool = True


def addressees(scenario: Scenario, speaker: str, deals: Mapping[str, Deal]) -> tuple[str, ...]:
    """Return to whom an offer is made: all others whose signatures count under it, in the order of the case."""
    tables = [(scenario.tables[name], deal) for name, deal in deals.items()]
    seated = (p for p in scenario.parties if p != speaker)
    return tuple(p for p in seated if any(p in table.seats and table.signs(p, deal) for table, deal in tables))


def offer_words(
    made: Made, scenario: Scenario, speaker: str, dice: Dice, before: Sequence[str], language: str = "en"
) -> str:
    """Return what is said with an offer: to whom, about what, what changed, and what that means for each of them.

    Parameters
    ----------
    before
        What the speaker has said, oldest first.
    """
    speech, to = Speech(scenario, speaker, dice, before, language), addressees(scenario, speaker, made.deals)
    if len(made.deals) > 1:
        speech.say("offer.together", tables=speech.grammar.listed([speech.table(name) for name in made.deals]))
    for name in made.deals:
        _say_table(speech, made, name)
    effects = {party: effect(made, scenario, party) for party in to}
    if any(map(made.changed, made.deals)):
        _say_effects(speech, effects)
    fresh = [name for name in made.deals if name not in made.last]
    worse = {term for change in effects.values() for term in change.worse}
    told = (term for term in _terms(scenario, made.deals) if term.table in fresh or _issue(term) in worse)
    _say_reason(speech, map(_about, told))
    praised = {term for change in effects.values() for term in change.better}
    if made.lacks is not None and _issue(made.lacks) not in praised:
        speech.say("offer.lacks", issue=speech.issue(made.lacks), option=speech.option(made.lacks))
        _say_reason(speech, [_about(made.lacks, "!=")])
    return speech.text(to if len(to) + 1 < len(scenario.parties) or len(to) == 1 else ())


def signature_words(
    deals: Mapping[str, Deal],
    author: str,
    scenario: Scenario,
    speaker: str,
    dice: Dice,
    before: Sequence[str],
    language: str = "en",
) -> str:
    """Return what is said with a signature: to the author, at which tables, and a reason that can be said in public."""
    speech = Speech(scenario, speaker, dice, before, language)
    speech.say("sign", table=speech.grammar.listed([speech.table(name) for name in deals]))
    _say_reason(speech, map(_about, _terms(scenario, deals)))
    return speech.text([author] if author in scenario.parties else [])


def effect(made: Made, scenario: Scenario, party: str) -> Effect:
    """Return what became better and worse for a party since the author's last offers, as far as the author knows."""
    gains: list[tuple[float, Term]] = []
    known = True
    for name in filter(made.changed, made.deals):
        table, estimate = scenario.tables[name], made.beliefs.get(name, {}).get(party)
        if estimate is None:
            known = known and party not in table.seats
            continue
        least = NOTICED * float(estimate.max() - estimate.min())
        for k, issue in enumerate(table.issues):
            gain = _gain(table, estimate, k, made.last[name][k], made.deals[name][k])
            if abs(gain) > least:
                gains.append((gain, Term(name, issue.name)))
    better = sorted((gain for gain in gains if gain[0] > 0), key=lambda gain: -gain[0])
    worse = sorted((gain for gain in gains if gain[0] < 0), key=lambda gain: gain[0])
    return Effect(tuple(term for _, term in better), tuple(term for _, term in worse), known)


def _gain(table: Table, estimate: npt.NDArray[np.float64], issue: int, old: int, new: int) -> float:
    """Return what one option more than another is worth: the mean over deals that differ in nothing else.

    Where no two legal deals differ in that alone, the difference of the means.
    """
    if old == new:
        return 0.0
    total, pairs = 0.0, 0
    for number in np.flatnonzero(table.grid[issue] == old).tolist():
        deal = table.deal(number)
        other = table.index((*deal[:issue], new, *deal[issue + 1 :]))
        if other >= 0:
            total += float(estimate[other]) - float(estimate[number])
            pairs += 1
    if pairs:
        return total / pairs
    return float(estimate[table.grid[issue] == new].mean()) - float(estimate[table.grid[issue] == old].mean())


def _issue(term: Term) -> Term:
    return Term(term.table, term.issue)


def _about(term: Term, sign: str = "=") -> str:
    return f"{term.table}.{term.issue}{sign}{term.option}"


def _terms(scenario: Scenario, deals: Mapping[str, Deal]) -> Iterable[Term]:
    for name, deal in deals.items():
        for issue, option in zip(scenario.tables[name].issues, deal, strict=True):
            yield Term(name, issue.name, issue.options[option])


def _say_table(speech: Speech, made: Made, name: str) -> None:
    """Say what is offered at one table: all of a first offer, the changes of another one, or that it stands."""
    terms = list(_terms(speech.scenario, {name: made.deals[name]}))
    if name not in made.last:
        speech.say("offer.first", table=speech.table(name), terms=speech.terms(terms))
        return
    if not made.changed(name):
        speech.say("offer.stands", table=speech.table(name))
        return
    last = list(_terms(speech.scenario, {name: made.last[name]}))
    new = [(old, term) for old, term in zip(last, terms, strict=True) if old != term]
    if len(new) <= SPELT:
        (form,) = speech.grammar.forms["offer.change"]
        parts = [
            form.format(issue=speech.issue(term), before=speech.option(old), after=speech.option(term))
            for old, term in new
        ]
        changes = speech.grammar.semicolon.join(parts)
    else:
        changes = speech.terms([term for _, term in new])
    speech.say("offer.changed", table=speech.table(name), changes=changes)


def _say_effects(speech: Speech, effects: Mapping[str, Effect]) -> None:
    """Say what the changes mean, once for those for whom they mean the same."""
    alike: dict[Effect, list[str]] = {}
    for party, told in effects.items():
        alike.setdefault(told, []).append(party)
    for told, parties in alike.items():
        whom = speech.grammar.you if len(effects) == 1 else speech.parties(parties)
        better, worse = _named(speech, told.better), _named(speech, told.worse)
        if better and worse:
            speech.say("offer.both", whom=whom, better=better, worse=worse)
        elif better:
            speech.say("offer.better", whom=whom, better=better)
        elif worse:
            speech.say("offer.worse", whom=whom, worse=worse)
        else:
            speech.say("offer.same" if told.known else "offer.unknown", whom=whom)


def _named(speech: Speech, terms: Sequence[Term]) -> str:
    listed = speech.grammar.listed([speech.issue(term) for term in terms[:NAMED]])
    return listed + (speech.grammar.more if len(terms) > NAMED else "")


def _say_reason(speech: Speech, keys: Iterable[str]) -> None:
    """Say why, if the speaker has a public reason for one of these (or against it), which it has not given yet."""
    reasons = [speech.reasons[key] for key in keys if key in speech.reasons]
    fresh = [text for text in reasons if not speech.has_said(text)]
    if fresh:
        speech.add(fresh[speech.dice.below(len(fresh))])
