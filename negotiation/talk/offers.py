"""Offers and signatures in honest words: what became better and what worse for the one addressed, as far as one can know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from negotiation.dice import Dice
from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.table import Deal
from negotiation.talk.effects import Effect, Made, effect, own
from negotiation.talk.wording.speech import Speech

NAMED = 2
"""Issues that are named for somebody, of those better and of those worse; the largest."""

SPELT = 2
"""Changes of which it is said what there was before; more are told by what is new."""


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
    worse = {term for change in effects.values() for term in change.worse}
    better = {term for change in effects.values() for term in change.better}
    given, taken = own(made, scenario, worse | better)
    if any(map(made.changed, made.deals)):
        _say_effects(speech, effects, told=bool(given or taken))
        _say_own(speech, given, taken)
    fresh = [name for name in made.deals if name not in made.last]
    asks = {*worse, *taken}
    told = (term for term in _terms(scenario, made.deals) if term.table in fresh or _issue(term) in asks)
    speech.say_why(told)
    if made.lacks is not None and _issue(made.lacks) not in {*better, *given}:
        speech.say("offer.lacks", issue=speech.issue(made.lacks), option=speech.option(made.lacks))
        speech.say_why([made.lacks], "!=")
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
    speech.say_why(_terms(scenario, deals))
    return speech.text([author] if author in scenario.parties else [])


def _issue(term: Term) -> Term:
    return Term(term.table, term.issue)


def _terms(scenario: Scenario, deals: Mapping[str, Deal]) -> Iterable[Term]:
    for name, deal in deals.items():
        for issue, option in zip(scenario.tables[name].issues, deal, strict=True):
            yield Term(name, issue.name, issue.options[option])


def _say_table(speech: Speech, made: Made, name: str) -> None:
    """Say what is offered at one table: all of a first offer, the changes of another one, or that it stands."""
    terms = list(_terms(speech.scenario, {name: made.deals[name]}))
    if name not in made.last:
        speech.say("offer.first", table=speech.table(name))
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


def _say_effects(speech: Speech, effects: Mapping[str, Effect], *, told: bool) -> None:
    """Say what the changes mean, once for those for whom they mean the same.

    Where that is not known nothing is said, if what the author gave and took is `told` anyway.
    """
    alike: dict[Effect, list[str]] = {}
    for party, change in effects.items():
        alike.setdefault(change, []).append(party)
    for change, parties in alike.items():
        whom = speech.grammar.you if len(effects) == 1 else speech.parties(parties)
        better, worse = _named(speech, change.better), _named(speech, change.worse)
        if better and worse:
            speech.say("offer.both", whom=whom, better=better, worse=worse)
        elif better:
            speech.say("offer.better", whom=whom, better=better)
        elif worse:
            speech.say("offer.worse", whom=whom, worse=worse)
        elif not told:
            speech.say("offer.same" if change.known else "offer.unknown", whom=whom)


def _say_own(speech: Speech, given: Sequence[Term], taken: Sequence[Term]) -> None:
    """Say where the author gave way, and where it asks for more, of what it knows nothing else to say."""
    slots = {"given": _named(speech, given), "taken": _named(speech, taken)}
    if given or taken:
        speech.say(".".join(["offer", *(["gave"] if given else []), *(["took"] if taken else [])]), **slots)


def _named(speech: Speech, terms: Sequence[Term]) -> str:
    named = [speech.issue(term) for term in terms[:NAMED]]
    return (
        speech.grammar.comma.join(named) + speech.grammar.more if len(terms) > NAMED else speech.grammar.listed(named)
    )
