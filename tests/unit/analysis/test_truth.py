"""Statements against the sheet of their speaker, on the flagship, with points that stand in its file; promises beside them."""

from dataclasses import replace

import pytest
from support import BUNDLED
from support_talks import Talks

from negotiation.actions import Say, Tick, Walk
from negotiation.analysis.truth import truth
from negotiation.formats import load
from negotiation.formats.notation import read, write
from negotiation.game import Game

CASE = load("alliance-2023")


def told(talks, party, text, to=()):
    talks.do(party, Say("So.", to, read(text, CASE.scenario)))


def judged(talks):
    return truth(talks.state, {party: CASE.role(party).preferences for party in CASE.roles})


VERDICTS = {
    "google": {
        "rank cloud.scope > cloud.term": ("true", (14.4, 6.0)),
        "rank cloud.term > cloud.scope": ("false", (6.0, 14.4)),
        "rank cloud.vendor > cloud.scope": ("false", (0.0, 14.4)),
        "rank cloud.vendor > cloud.term": ("open", (0.0, 6.0)),  # links give the vendor up to 8 points more
        "prefer cloud.data: vendor > nissan": ("true", (12.0, 1.2)),
        "prefer cloud.data: nissan > vendor": ("false", (1.2, 12.0)),
        "prefer cloud.vendor: nimbus > google": ("open", (0.0, 0.0)),
        "refuse cloud.term=y3": (
            "false",
            (22.0, 28.0),
        ),  # 18 + 14 + 12 + 0, less 22 unsigned; links: up to 4, or none of -2
        "refuse cloud.term=y3,y5": ("false", (25.6, 31.6)),
        "open cloud.term=y3": ("true", (22.0, 28.0)),
        "open cloud.term": ("true", (25.6, 31.6)),
        "alternative sdv": ("true", ()),
        "refuse sdv.openness=renault": ("false", (14.0, 14.0)),  # 9 + 20, less 15
        "refuse cloud.vendor=nimbus": ("true", ()),  # Google signs no such deal
        "open cloud.vendor=nimbus": ("false", ()),
        "open cloud.vendor": ("false", ()),
    },
    "nissan": {
        "alternative cloud": ("true", ()),
        "refuse alliance.stakes=merger": ("true", (-14.3, -13.3)),
        "open alliance.stakes=merger": ("false", (-14.3, -13.3)),
        "refuse tech.joint_ip=free": ("open", (-7.0, 6.7)),
        "open tech.joint_ip=free": ("open", (-7.0, 6.7)),
    },
    "renault": {
        "refuse sdv.openness=alliance": ("open", (0.1, 1.6)),  # a gain of 0.1, which a week of delay (0.3) eats up
        "open sdv.openness=alliance": ("true", (0.1, 1.6)),
    },
}


@pytest.mark.parametrize("party", VERDICTS)
def test_a_statement_is_judged_by_the_sheet(party):
    for text, (verdict, numbers) in VERDICTS[party].items():
        talks = Talks(CASE)
        told(talks, party, text)
        (found,) = judged(talks).statements
        assert (found.verdict, found.numbers) == (verdict, pytest.approx(numbers)), text


def test_another_way_is_another_partner_or_points_without_a_deal():
    talks = Talks(CASE)
    told(talks, "nissan", "alternative cloud")
    bare = {"nissan": replace(CASE.role("nissan").preferences, adjust={})}
    assert truth(talks.state, bare).share("nissan") == 1.0  # two vendors compete
    talks = Talks(CASE)
    told(talks, "nissan", "alternative tech")
    assert judged(talks).share("nissan") == 1.0
    assert truth(talks.state, bare).share("nissan") == 0.0


def test_it_counts_what_was_possible_when_it_was_said():
    talks = Talks(CASE)
    told(talks, "nissan", "refuse cloud.vendor=google")
    talks.do("google", Walk("cloud"))
    told(talks, "nissan", "refuse cloud.vendor=google; open cloud.vendor=google")
    told(talks, "nissan", "open cloud.vendor=google")
    assert [(one.said, one.verdict) for one in judged(talks).statements] == [(0, "false"), (2, "false")]


def test_shares_and_promises_are_counted_by_party():
    talks = Talks(CASE)
    told(
        talks,
        "google",
        "rank cloud.scope > cloud.term; rank cloud.term > cloud.scope; prefer cloud.data: vendor > nissan",
    )
    told(talks, "google", "rank cloud.vendor > cloud.term; ask priority cloud")
    told(talks, "google", "commit unless sdv by 1 then walk cloud", to=("nissan",))
    told(talks, "google", "commit unless sdv by 1 then walk cloud", to=("nissan",))
    told(talks, "google", "commit unless sdv by 1 then walk cloud")
    told(talks, "google", "commit if sdv by 1 then walk cloud")
    talks.do("clock", Tick())
    talks.do("google", Walk("cloud"))
    told(talks, "google", "commit unless alliance then walk sdv", to=("nissan",))
    found = judged(talks)
    assert [found.count("google", verdict) for verdict in ("true", "false", "open")] == [2, 1, 1]
    assert found.share("google") == pytest.approx(2 / 3)
    assert found.share("nissan") is None
    assert found.made("google") == {"kept": 2, "broken": 0, "void": 1, "open": 1}
    assert [(one.said, one.round) for one in found.promises] == [(2, 0), (4, 0), (5, 0), (8, 1)]
    assert found.made("nissan") == {"kept": 0, "broken": 0, "void": 0, "open": 0}


def test_it_is_known_who_heard_a_statement():
    talks = Talks(CASE)
    told(talks, "google", "alternative cloud", to=("nissan",))
    told(talks, "google", "alternative sdv")
    secret, public = judged(talks).statements
    assert [secret.heard_by(party) for party in ("google", "nissan", "renault")] == [True, True, False]
    assert public.heard_by("renault")


@pytest.mark.parametrize("strategy", ["easy", "fair"])
def test_candid_and_guarded_agents_never_lie(strategy):
    told = 0
    for case in BUNDLED:
        for seed in range(3):
            game = Game(case, strategy=strategy, seed=seed, talk="en")
            state = game.play()
            found = truth(state, {party: seat.role.preferences for party, seat in game.seated.items()})
            told += len(found.statements)
            assert not [(case, seed, write([one.move]), one) for one in found.statements if one.verdict == "false"]
    assert told > 50
