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
from negotiation.talk.wording.speech import Speech


def worded(
    moves: Iterable[Move],
    scenario: Scenario,
    speaker: str,
    to: Sequence[str],
    dice: Dice,
    before: Sequence[str],
    language: str = "en",
    heard: Sequence[str] = (),
) -> str:
    """Return moves as one text, a sentence each; empty if there are none.

    What one issue ranks before stands in one sentence. To a refusal or a preference belongs why, if the speaker has a
    public reason for it.

    Parameters
    ----------
    to
        Who hears it; nobody in particular: everybody.
    before
        What the speaker has said, oldest first: it does not repeat the form of its last sentences.
    heard
        Promises and threats to which this is an answer, in the words in which they were made: said back first.

    Raises
    ------
    SetupError
        When nobody has taught agents this language.
    """
    speech = Speech(scenario, speaker, dice, before, language)
    for quote in heard:
        speech.say("commit.heard", quote=speech.quoted(quote))
    for run in _runs(moves):
        _say(speech, run, tuple(to))
    return speech.text(to)


def unread(
    scenario: Scenario,
    speaker: str,
    to: Sequence[str],
    dice: Dice,
    before: Sequence[str],
    language: str = "en",
) -> str:
    """Return what one says to words that one did not understand: that, and what one can answer. As `worded` takes it."""
    speech = Speech(scenario, speaker, dice, before, language)
    speech.say("unread")
    return speech.text(to)


def _runs(moves: Iterable[Move]) -> list[list[Move]]:
    """Return moves in their order, those together that rank one issue before others, or many in one order."""
    runs: list[list[Move]] = []
    for move in moves:
        ranks = [one for one in runs[-1] if isinstance(one, Rank)] if runs else []
        if ranks and isinstance(move, Rank) and _goes_on(ranks, move):
            runs[-1].append(move)
        else:
            runs.append([move])
    return runs


def _goes_on(ranks: Sequence[Rank], move: Rank) -> bool:
    """Return whether a ranking goes on: with another issue behind the same one, or with one behind the last."""
    if move.less in (ranks[0].more, *(one.less for one in ranks)):
        return False
    alike, chain = move.more == ranks[0].more, move.more == ranks[-1].less
    return alike or chain if len(ranks) == 1 else alike if ranks[1].more == ranks[0].more else chain


def _say(speech: Speech, run: Sequence[Move], to: tuple[str, ...]) -> None:
    match run[0]:
        case Ask() as move:
            _ask(speech, move, "" if to == (move.whom,) else move.whom)
        case Rank() as move if len(run) > 1 and isinstance(run[1], Rank) and run[1].more == move.less:
            order = [move.more, *(one.less for one in run if isinstance(one, Rank))]
            speech.say("rank.order", order=speech.grammar.comma.join(map(speech.issue, order)))
        case Rank(more):
            less = speech.grammar.listed([speech.issue(move.less) for move in run if isinstance(move, Rank)])
            speech.say("rank", more=speech.issue(more), less=less)
        case Prefer(more, less):
            speech.say("prefer", issue=speech.issue(more), more=speech.option(more), less=speech.option(less))
            speech.say_why([more])
        case Refuse(options):
            speech.say("refuse", issue=speech.issue(options[0]), options=speech.options(options))
            speech.say_why(options, "!=")
        case Concede(options) if options[0].option:
            speech.say("open.options", issue=speech.issue(options[0]), options=speech.options(options))
        case Concede(options):
            speech.say("open", issue=speech.issue(options[0]))
        case Sketch(options):
            speech.say("sketch", terms=speech.terms(options))
        case Trade(get, give):
            speech.say("trade", get=speech.things(get), give=speech.things(give))
        case Commit() as move:
            _commit(speech, move)
        case Alternative(table):
            speech.say("alternative", table=speech.table(table))
        case Obstacle(issue):
            speech.say("obstacle", issue=speech.issue(issue))
        case Courtesy(tone):
            speech.say(tone)
        case move:
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
