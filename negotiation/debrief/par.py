"""Par of one's own game: the same game again with agents in one's chair, each of which gives way at its own pace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

from negotiation.analysis.par import Par
from negotiation.classroom.cases import whichever
from negotiation.debrief.replays import POPULATION, Progress
from negotiation.errors import SetupError
from negotiation.game import Game
from negotiation.language import phrase
from negotiation.strategies import MODEL, PERSON, built_in


class ParAsked(TypedDict):
    """`par`: how agents fare in the seat `me`, everything else as in a game; its seed is no part of it."""

    job: Literal["par"]
    case: str
    variant: str
    text: str
    protocol: str
    rounds: int
    types: Mapping[str, str]
    seats: Mapping[str, str]
    talk: str
    me: str


def par_asked(game: Game, me: str) -> ParAsked:
    """Return the question for the par of a seat: equal for all games that differ in their seed alone."""
    return {
        "job": "par",
        "case": game.case.name,
        "variant": game.case.variant,
        "text": game.case.text,
        "protocol": game.protocol.name,
        "rounds": game.state.rounds,
        "types": dict(game.types),
        "seats": {party: text for party, text in game.seats.items() if party != me},
        "talk": game.talk,
        "me": me,
    }


def par(asked: ParAsked, progress: Progress) -> Par:
    """Return what the population of agents (see `replays.POPULATION`) gets in the seat, one game each.

    They play like the game did: the same opponents of the same private types, rounds, protocol and talk. Opponents that
    throw dice throw others in each.

    Raises
    ------
    NegotiationError
        When it cannot be played: a language model or another person has a seat, or these agents do not fit the protocol.
    """
    if others := [text for text in asked["seats"].values() if text.partition(":")[0] in (MODEL, PERSON)]:
        raise SetupError(
            phrase("another person sat at the table, whom no agent can meet again")
            if PERSON in others
            else phrase("a language model sat at the table, whom no agent can meet again")
        )
    case = whichever(asked["text"], asked["case"], asked["variant"])
    points = []
    for seed, text in enumerate(POPULATION):
        progress(seed / len(POPULATION), phrase("{done} of {games} games", done=seed, games=len(POPULATION)))
        game = Game(
            case,
            seats={**asked["seats"], asked["me"]: text},
            protocol=asked["protocol"],
            rounds=asked["rounds"],
            seed=seed,
            types=asked["types"],
            talk=asked["talk"],
            players=built_in,
        )
        game.play()
        points.append(round(game.points(asked["me"]), 6))
    return Par(points)
