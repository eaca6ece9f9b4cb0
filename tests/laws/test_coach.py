"""The coach of a seat knows nothing of the others: with other sheets, types and private words of theirs it says the same."""

import dataclasses
import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import BUNDLED, PROTOCOLS, cases

from negotiation.actions import Say
from negotiation.analysis.coaching.advice import advice
from negotiation.analysis.coaching.plan import prepare
from negotiation.analysis.coaching.review import review
from negotiation.debrief.leaks import reworded
from negotiation.formats import load
from negotiation.game import Game
from negotiation.moves import Ask, Obstacle, Refuse, Term
from negotiation.preferences import Preferences, Sheet
from negotiation.reports.coach_text import told
from negotiation.strategies.bayes import Bayes
from negotiation.strategies.evaluation import Evaluation
from negotiation.view import view


def other(role, dice):
    """The same role with other points everywhere, another brief, and links and delay of other sizes."""
    ours = role.preferences
    sheets = {
        key: Sheet(sheet.weight * dice.uniform(0.2, 3), tuple(dice.uniform(0, 100) for _ in sheet.shares))
        for key, sheet in ours.sheets.items()
    }
    links = tuple(dataclasses.replace(link, points=dice.uniform(-20, 20)) for link in ours.links)
    adjust = {name: dice.uniform(0, 60) for name in ours.adjust}
    mind = Preferences(ours.scenario, ours.party, sheets, adjust, links, dice.uniform(0, 2))
    return dataclasses.replace(role, preferences=mind, brief="Another brief.", note="")


def swapped(case, me, dice):
    """The case in which all others want something else."""
    roles = {
        party: kinds if party == me else {name: other(role, dice) for name, role in kinds.items()}
        for party, kinds in case.roles.items()
    }
    return dataclasses.replace(case, roles=roles)


def everything(game, state, me, drafts):
    """All that the coach of a seat says in a state, drafts included, as data and in words."""
    seen = view(game.protocol, state, me, game.seated[me].role, game.talk)
    model = Evaluation(seen, Bayes())
    said = [*advice(seen)]
    for name, deal in drafts:
        said += review(seen, {name: deal}, {name: model.estimates(name)})
    return prepare(seen), said, [told(remark, seen.scenario) for remark in said]


def drafts_of(scenario, dice):
    """Two deals of each table."""
    return [
        (name, table.deal(dice.randrange(table.size)))
        for name, table in scenario.tables.items()
        for _ in range(2)
        if table.size
    ]


@pytest.mark.parametrize("name", BUNDLED)
def test_with_other_sheets_of_the_others_the_coach_says_the_same(name):
    dice = random.Random(f"coach {name}")
    game = Game(name, strategy="fair", seed=7, talk="en")
    for me in list(game.case.roles)[:3]:
        drafts = drafts_of(game.case.scenario, dice)
        kinds = {party: dice.choice(list(roles)) for party, roles in game.case.roles.items() if party != me}
        types = {party: kind for party, kind in kinds.items() if len(game.case.roles[party]) > 1}
        again = Game(
            swapped(load(name), me, dice),
            types={**types, me: game.types[me]} if me in game.types else types,
            talk="en",
            seed=7,
        )
        for number in range(80):
            if not game.advance() or number % 8:
                continue
            first = everything(game, game.state, me, drafts)
            assert first[2], "the coach always has something to say"
            assert everything(again, game.state, me, drafts) == first


def test_with_other_private_words_of_the_others_the_coach_says_the_same():
    game = Game("alliance-2023", seats=dict.fromkeys(load("alliance-2023").roles, "person"), talk="en")
    to_all, secret = Refuse((Term("ampere", "mmc_stake", "m5"),)), Refuse((Term("ampere", "mmc_stake", "m2"),))
    game.submit("renault", Say("No.", (), (to_all,)))
    open_only = game.state
    game.submit("renault", Say("Nor that.", ("mitsubishi",), (secret, Obstacle(Term("ampere", "condition")))))
    drafts = drafts_of(game.case.scenario, random.Random(3))
    said = everything(game, game.state, "nissan", drafts)
    assert everything(game, reworded(game.state, "nissan"), "nissan", drafts) == said
    assert said[2] == everything(game, open_only, "nissan", drafts)[2]
    assert said[2] != everything(game, game.state, "mitsubishi", drafts)[2]


@given(cases(), st.sampled_from(PROTOCOLS), st.integers(0, 99), st.integers(1, 60))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_the_coach_has_sentences_and_questions_that_can_be_asked(case, protocol, seed, steps):
    game = Game(case, strategy="linear", protocol=protocol, seed=seed, talk="en")
    for _ in range(steps):
        if not game.advance():
            break
    dice = random.Random(seed)
    for me in case.roles:
        plan, said, words = everything(game, game.state, me, drafts_of(case.scenario, dice))
        assert all(words)
        assert all(np.isfinite(remark.points) for remark in said)
        moves = [*plan.questions, *(remark.move for remark in said if remark.move)]
        for move in moves if not game.state.over else ():
            parties = [move.whom] if isinstance(move, Ask) else []
            assert all(party in case.scenario.parties and party != me for party in parties)
            if isinstance(move, Ask) and move in plan.questions:
                game.protocol.submit(game.state, me, Say("…", (), (move,)))
