"""Games by hand on the flagship, event by event, with worths that can be worked out on paper."""

from negotiation.actions import Accept, Event, Offer, Tick
from negotiation.protocols import protocols
from negotiation.rules import apply
from negotiation.view import view
from negotiation.worth import worth

HORSE = {"split": "even", "tech_base": "own", "markets": "ex_us_cn", "supply": "none", "centre": "dual"}
"""Renault: 2.4 + 0.4 + 2.0 + 0 + 0.7 = 5.5 points; unsigned 3.5: it gains 2.0."""

SDV = {"openness": "renault", "cofunding": "shared"}
"""Renault: 1.2 + 0.6 = 1.8 points; unsigned 1.4: it gains 0.4."""


class Talks:
    """A game by hand."""

    def __init__(self, case):
        self.case, self.state = case, protocols()["open-floor"]().opening(case.scenario, case.scenario.rounds)

    def deal(self, table, options):
        return {table: self.case.scenario.tables[table].parse(options)}

    def do(self, party, action):
        self.state = apply(self.state, Event(party, action))

    def until(self, week):
        while self.state.round + 1 < week:
            self.do("", Tick())

    def signed(self, week, table, options, *parties):
        self.until(week)
        number = len(self.state.events)
        self.do(parties[0], Offer(self.deal(table, options)))
        for party in parties[1:]:
            self.do(party, Accept(number))

    def view(self, party):
        return view(protocols()["open-floor"](), self.state, party, self.case.role(party))

    def worth(self, party, table, options):
        return worth(self.state, self.case.role(party).preferences, self.deal(table, options))
