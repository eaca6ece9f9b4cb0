"""People at a bundled case, for tests of what the coach says to one of them."""

from negotiation.actions import Offer, Pass, Say
from negotiation.analysis.coaching.review import review
from negotiation.formats import load
from negotiation.game import Game
from negotiation.moves import Term
from negotiation.reports.coach_text import told

MINE = dict(price="p14", data="buyer", term="y2", migration="vendor", volume="indexed")
"""Kaido's best: 100 points, 53 more than with nothing signed."""
THEIRS = dict(price="p30", data="vendor", term="y7", migration="buyer", volume="fixed")
"""Nimbus' best: 3.2 points for Kaido, 43.8 fewer than with nothing signed."""
FAIR = dict(price="p22", data="buyer", term="y7", migration="half", volume="indexed")
"""17 + 28 + 3.2 + 8.8 + 14 = 71 points for Kaido, 24 more."""


CAPITAL = dict(stakes="trust_15", votes="capped", purchasing="project", regions="all", platforms="project")
TECH = dict(joint_ip="ring", ssb="exclusive", adas="exclusive", ee_sdv="europe")
HORSE = dict(split="even", tech_base="joint", markets="world", supply="arms", centre="dual")
AMPERE = dict(nissan_stake="s7", mmc_stake="m2", engineers="none", tech_access="alacarte", condition="firm")
CLOUD = dict(vendor="nimbus", scope="full", price="mid", data="nissan", term="y5")


class Table:
    """People at a bundled case, and what is said to one of them."""

    def __init__(self, case="cloud-for-two", me="kaido", *, protocol="open-floor", rounds=None, variant=""):
        seats = dict.fromkeys(load(case, variant).roles, "person")
        self.game = Game(case, seats=seats, protocol=protocol, rounds=rounds, variant=variant, talk="en")
        self.me, self.scenario = me, self.game.case.scenario

    @property
    def view(self):
        return self.game.view(self.me)

    def deal(self, options, name="contract", **changes):
        return {name: self.scenario.tables[name].parse({**options, **changes})}

    def offers(self, party, options, name="contract", **changes):
        self.game.submit(party, Offer(self.deal(options, name, **changes)))
        return len(self.game.state.events) - 1

    def says(self, party, *moves, to=()):
        self.game.submit(party, Say("…", to, moves))

    def week_ends(self):
        for party in self.game.case.roles:
            if party in self.game.protocol.to_move(self.game.state):
                self.game.submit(party, Pass())
        self.game.advance()

    def review(self, options, name="contract", estimates=None, **changes):
        return {one.kind: one for one in review(self.view, self.deal(options, name, **changes), estimates)}

    def said(self, remark):
        return told(remark, self.scenario)


def issue(name, option="", table="contract"):
    return Term(table, name, option)
