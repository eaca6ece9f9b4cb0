"""A finished game from one of its seats: which papers one's own signature would have made binding, and what if it had.

All that is told here is exact, under one condition that every sentence made of it states: all else as it came out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from negotiation.actions import Accept, Event, Offer, Say
from negotiation.analysis.transcript import Step, steps
from negotiation.moves import Ask
from negotiation.preferences import Preferences
from negotiation.scenario import Outcome, Scenario
from negotiation.state import Paper, State


@dataclass(frozen=True)
class Chance:
    """A paper that lacked one's own signature alone, in front of the party whenever it acted.

    Attributes
    ----------
    seq, round
        The first own act while it lay there, and its round from 0.
    rounds
        In how many rounds the party acted while it lay there.
    took
        The event by which the party signed it; None if it never did.
    took_in
        The round of that event.
    """

    paper: Paper
    seq: int
    round: int
    rounds: int
    took: int | None = None
    took_in: int = -1


@dataclass(frozen=True)
class OwnGame:
    """A game that is over, the seat it is looked at from, and everybody's sheets, which are open then."""

    me: str
    sheets: Mapping[str, Preferences]
    told: tuple[Step, ...]
    end: State

    @staticmethod
    def of(me: str, sheets: Mapping[str, Preferences], opening: State, events: Iterable[Event]) -> OwnGame:
        """Return the game of a log, which must be over."""
        told = tuple(steps(opening, events))
        return OwnGame(me, sheets, told, told[-1].after if told else opening)

    @property
    def scenario(self) -> Scenario:
        """Return the public half of the case."""
        return self.end.scenario

    @property
    def mine(self) -> Preferences:
        """Return the sheet of the seat."""
        return self.sheets[self.me]

    @property
    def signed(self) -> tuple[str, ...]:
        """Return the tables that bind with the signature of the seat."""
        return tuple(name for name, parties in self.end.signed.items() if self.me in parties)

    @cached_property
    def bound_by(self) -> Mapping[str, int]:
        """Return by signed table the event that made it binding."""
        return {name: seq for seq, step in enumerate(self.told) for name in step.came.get("signed", ())}

    def paid(self, party: str, also: Mapping[str, int], without: Collection[str] = ()) -> int:
        """Return the rounds of delay of a party had it also signed tables in these rounds (from 0), and not others."""
        end = self.end
        mine = {name: end.bound_in[name] for name, parties in end.signed.items() if party in parties}
        kept = {name: number for name, number in mine.items() if name not in without} | dict(also)
        return max(kept.values()) + 1 if kept else end.rounds_played

    def points(self, party: str, outcome: Outcome, paid: int) -> float:
        """Return the points of an outcome to a party that pays for so many rounds."""
        return self.sheets[party].score(outcome, paid, paid / (self.end.rounds + 1))

    def got(self, party: str) -> float:
        """Return the points with which a party ended, delay taken off."""
        return self.points(party, self.end.outcome, self.end.rounds_paid(party))

    def instead(self, party: str, deals: Outcome, number: int) -> float | None:
        """Return how much more a party would have had with these deals signed in a round; None if they break a rule.

        All else as it came out: what was signed at these tables is replaced; a deal of None leaves its table unsigned.
        """
        outcome = {**self.end.outcome, **deals}
        if self.scenario.breaks(outcome):
            return None
        tables = self.scenario.tables
        also = {name: number for name, deal in deals.items() if deal and tables[name].signs(party, deal)}
        return self.points(party, outcome, self.paid(party, also, deals)) - self.got(party)

    @cached_property
    def chances(self) -> tuple[Chance, ...]:
        """Return the papers that lacked the signature of the seat alone, in the order in which they first did."""
        found: dict[int, Chance] = {}
        seen: dict[int, set[int]] = {}
        for seq, (before, event, _, _) in enumerate(self.told):
            if event.party != self.me:
                continue
            for paper in before.papers.values():
                if paper.draft or not before.signable(self.me, paper):
                    continue
                if before.lacking(paper.deals, (*paper.signed, self.me)):
                    continue
                took = isinstance(event.action, Accept) and event.action.paper == paper.id
                seen.setdefault(paper.id, set()).add(before.round)
                first = found.get(paper.id, Chance(paper, seq, before.round, 0))
                where = (seq, before.round) if took else (None, -1)
                found[paper.id] = Chance(paper, first.seq, first.round, len(seen[paper.id]), *where)
        return tuple(found.values())

    def offers(self, table: str = "") -> list[tuple[int, Offer]]:
        """Return the own offers, with their events; at one table if it is named."""
        return [
            (seq, step.event.action)
            for seq, step in enumerate(self.told)
            if step.event.party == self.me
            and isinstance(step.event.action, Offer)
            and (not table or table in step.event.action.deals)
        ]

    @cached_property
    def talkative(self) -> bool:
        """Return whether the others spoke at all, so that asking them could have helped."""
        return any(self.end.events[seq].party != self.me for seq in self.end.spoken)

    def asked(self, party: str) -> bool:
        """Return whether the seat ever asked a party, or everybody, something that it heard."""
        return any(
            step.event.party == self.me
            and isinstance(step.event.action, Say)
            and step.event.action.heard_by(party)
            and any(isinstance(move, Ask) and move.whom in ("", party) for move in step.event.action.moves)
            for step in self.told
        )

    def matters(self, party: str, table: str) -> str:
        """Return the issue of a table that matters more to a party than to the seat, by most; empty if none does.

        What matters is the share of all that is at stake for each of them at the table.
        """
        theirs, mine = self._stakes(party, table), self._stakes(self.me, table)
        ahead = {name: round(theirs[name] - mine[name], 9) for name in theirs}
        most = max(ahead, key=ahead.__getitem__)
        return most if ahead[most] > 0 else ""

    def _stakes(self, party: str, table: str) -> dict[str, float]:
        issues, points = self.scenario.tables[table].issues, self.sheets[party].by_option[table]
        stakes = {issue.name: max(some) - min(some) for issue, some in zip(issues, points, strict=True)}
        total = sum(stakes.values()) or 1.0
        return {name: stake / total for name, stake in stakes.items()}
