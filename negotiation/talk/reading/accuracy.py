"""How well reading does on sentences whose moves somebody wrote down: precision and recall by language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from negotiation.errors import NegotiationError
from negotiation.formats.notation import MoveError, read
from negotiation.moves import Commit, Concede, Move, Refuse, Sketch, Trade
from negotiation.scenario import Scenario
from negotiation.talk.reading.understanding import Understood, understood

COLUMNS = ("case", "party that speaks", "language", "sentence", "moves")


class SentencesError(NegotiationError):
    """A file of sentences that cannot be read."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what it means.

    Attributes
    ----------
    place
        File and line.
    """

    place: str
    scenario: Scenario
    party: str
    language: str
    text: str
    moves: tuple[Move, ...]


def sentences(text: str, place: str, case: Callable[[str], Scenario]) -> list[Sentence]:
    """Return the sentences of a file with five columns, tabs between them.

    Parameters
    ----------
    case
        What gives a case by its name.

    Raises
    ------
    SentencesError
        Which line cannot be read, and why.
    """
    return [_sentence(line, f"{place}, line {n}", case) for n, line in enumerate(text.splitlines(), 1) if line.strip()]


def _sentence(line: str, place: str, case: Callable[[str], Scenario]) -> Sentence:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise SentencesError(
            f"{place}: {len(cells)} columns, must be {len(COLUMNS)} with tabs between: {', '.join(COLUMNS)}"
        )
    name, party, language, text, moves = cells
    scenario = case(name)
    if party not in scenario.parties:
        raise SentencesError(f"{place}: {party!r} is no party of {name}; possible: {', '.join(scenario.parties)}")
    try:
        return Sentence(place, scenario, party, language, text, read(moves, scenario))
    except MoveError as problem:
        raise SentencesError(f"{place}: {problem}") from None


@dataclass(slots=True)
class Accuracy:
    """Counts of moves, and the sentences where they are not what was meant, with what was read instead."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    commitments: int = 0
    misread: list[tuple[Sentence, Understood]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of moves read that were meant."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Return the share of moves meant that were read."""
        return self.right / max(self.right + self.missed, 1)


def unordered(move: Move) -> Move:
    """Return a move with its terms in one order: which of them is said first means nothing."""
    match move:
        case Refuse(options=options) | Concede(options=options) | Sketch(options=options):
            return replace(move, options=tuple(sorted(options)))
        case Trade(get=get, give=give):
            return Trade(tuple(sorted(get)), tuple(sorted(give)))
        case _:
            return move


def accuracy(
    given: Iterable[Sentence], reader: Callable[[str, Scenario, str], Understood] = understood
) -> dict[str, Accuracy]:
    """Return by language how many moves were read rightly, wrongly, not at all; and commitments that nobody made."""
    found: dict[str, Accuracy] = {}
    for sentence in given:
        count = found.setdefault(sentence.language, Accuracy())
        read = reader(sentence.text, sentence.scenario, sentence.party)
        meant, found_here = ([*map(unordered, moves)] for moves in (sentence.moves, read.moves))
        wrong = [move for move in found_here if move not in meant]
        missed = [move for move in meant if move not in found_here]
        count.right += len(read.moves) - len(wrong)
        count.wrong += len(wrong)
        count.missed += len(missed)
        count.commitments += sum(isinstance(move, Commit) for move in wrong)
        if wrong or missed:
            count.misread.append((sentence, read))
    return found
