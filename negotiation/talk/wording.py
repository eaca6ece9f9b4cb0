"""Moves in sentences: what an agent means, in words of a case that a person can read and hold it to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from negotiation.dice import Dice
from negotiation.moves import (
    Alternative,
    Ask,
    Commit,
    Concede,
    Courtesy,
    Move,
    Obstacle,
    Prefer,
    Rank,
    Refuse,
    Sketch,
    Trade,
)
from negotiation.scenario import Scenario
from negotiation.talk.speech import Speech


def worded(
    moves: Iterable[Move],
    scenario: Scenario,
    speaker: str,
    to: Sequence[str],
    dice: Dice,
    before: Sequence[str],
    language: str = "en",
) -> str:
    """Return moves as one text, a sentence each; empty if there are none.

    Parameters
    ----------
    to
        Who hears it; nobody in particular: everybody.
    before
        What the speaker has said, oldest first: it does not repeat the form of its last sentences.

    Raises
    ------
    SetupError
        When nobody has taught agents this language.
    """
    speech = Speech(scenario, speaker, dice, before, language)
    for move in moves:
        _say(speech, move, tuple(to))
    return speech.text(to)


def _say(speech: Speech, move: Move, to: tuple[str, ...]) -> None:
    match move:
        case Ask():
            _ask(speech, move, "" if to == (move.whom,) else move.whom)
        case Rank():
            speech.say("rank", more=speech.issue(move.more), less=speech.issue(move.less))
        case Prefer(more, less):
            speech.say("prefer", issue=speech.issue(more), more=speech.option(more), less=speech.option(less))
        case Refuse(options):
            speech.say("refuse", issue=speech.issue(options[0]), options=speech.options(options))
        case Concede(options) if options[0].option:
            speech.say("open.options", issue=speech.issue(options[0]), options=speech.options(options))
        case Concede(options):
            speech.say("open", issue=speech.issue(options[0]))
        case Sketch(options):
            speech.say("sketch", terms=speech.terms(options))
        case Trade(get, give):
            speech.say("trade", get=speech.things(get), give=speech.things(give))
        case Commit():
            _commit(speech, move)
        case Alternative(table):
            speech.say("alternative", table=speech.table(table))
        case Obstacle(issue):
            speech.say("obstacle", issue=speech.issue(issue))
        case Courtesy(tone):
            speech.say(tone)
        case _:
            assert_never(move)


def _ask(speech: Speech, move: Ask, whom: str) -> None:
    if move.option:
        speech.say("ask.option", whom, issue=speech.issue(move.option), option=speech.option(move.option))
    else:
        kind = f"ask.{move.what}" + (".table" if move.table else "")
        speech.say(kind, whom, table=speech.table(move.table))


def _commit(speech: Speech, move: Commit) -> None:
    grammar, unit = speech.grammar, speech.scenario.unit
    speech.say(
        f"commit.{'unless' if move.unless else 'if'}.{move.act}",
        table=speech.table(move.table),
        where=speech.table(move.where),
        by=grammar.by.format(unit=grammar.units.get(unit, unit), number=move.by) if move.by else "",
        partner=grammar.partner.format(party=speech.titles.party(move.partner)) if move.partner else "",
    )
