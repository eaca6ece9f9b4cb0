"""Laws of talk: nobody is met with silence, nobody talks without end, and words in private stay there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import BUNDLED
from support_moves import moves

from negotiation.actions import SEALED, Accept, Offer, Pass, Say, Tick
from negotiation.errors import IllegalAction
from negotiation.formats import load
from negotiation.game import Game
from negotiation.moves import Ask, Courtesy
from negotiation.record import heading, reopen, result
from negotiation.strategies import PERSON
from negotiation.unanswered import unanswered
from negotiation.view import sealed

PLAYERS = ("easy", "fair", "tough", "linear", "conceder")
WORDS_A_ROUND = 4
"""Texts of agents in a round, for each pair of them that shares a table: a question and its answer, and a reason each."""


def pairs(scenario):
    return sum(len(table.seats) * (len(table.seats) - 1) for table in scenario.tables.values())


def game(case, protocol, seed, **options):
    mixed = {party: PLAYERS[(n + seed) % len(PLAYERS)] for n, party in enumerate(load(case).roles)}
    return Game(case, protocol=protocol, seed=seed, talk="en", **{"seats": mixed, **options})


def told(played):
    """Yield the state before every event of a game, and the event."""
    states = played.protocol.replay(played.case.scenario, played.state.events, played.state.rounds)
    yield from zip(states, played.state.events, strict=False)


@pytest.mark.parametrize("protocol", ["open-floor", "alternating", "single-text"])
@pytest.mark.parametrize("case", BUNDLED)
@pytest.mark.parametrize("seed", [1, 2])
def test_agents_answer_before_the_round_ends_and_not_without_end(case, protocol, seed):
    played = game(case, protocol, seed)
    played.play()
    agents, spoken = [*played.seated], 0
    for state, event in told(played):
        spoken += isinstance(event.action, Say)
        if isinstance(event.action, Tick):
            owed = unanswered(state, agents)
            assert not any(mine.total for mine in owed.values()), (state.round, owed)
            assert spoken <= WORDS_A_ROUND * pairs(state.scenario), spoken
            spoken = 0
    assert played.unsaid == {}
    again = reopen(heading(played), result(played)["events"])
    assert again.state.events == played.state.events
    assert again.talk == "en"


@pytest.mark.parametrize("case", BUNDLED)
def test_nobody_says_the_same_twice_running(case):
    played = game(case, "open-floor", 3)
    played.play()
    last = {}
    for event in played.state.events:
        text = getattr(event.action, "text", "") or getattr(event.action, "words", "")
        if text:
            assert text != last.get(event.party)
            last[event.party] = text
    assert all("We move" not in text for text in last.values())


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_whatever_a_person_says_or_offers_an_agent_answers_at_once(data):
    case = data.draw(st.sampled_from(BUNDLED))
    protocol = data.draw(st.sampled_from(["open-floor", "single-text"]))
    scenario = load(case).scenario
    me = data.draw(st.sampled_from(list(scenario.parties)))
    played = game(case, protocol, data.draw(st.integers(0, 5)))
    played = Game(case, protocol=protocol, seed=1, talk="en", seats={**played.seats, me: PERSON})
    agents = [party for party in played.seated if party != me]
    for _ in range(data.draw(st.integers(1, 6))):
        if me not in played.waiting_for and played.play().over:
            break
        what = data.draw(st.sampled_from(["say", "say", "offer", "pass"]))
        to = data.draw(st.lists(st.sampled_from(agents), unique=True, max_size=3))
        text = data.draw(st.sampled_from(["Well?", "Qu'en dites-vous ?", "いかがですか。"]))
        table = scenario.tables[data.draw(st.sampled_from(scenario.at(me)))]
        act = {
            "say": Say(text, tuple(to), tuple(data.draw(st.lists(moves(scenario, scenario.at(me)), max_size=2)))),
            "offer": Offer({table.name: table.deal(data.draw(st.integers(0, table.size - 1)))}),
            "pass": Pass(),
        }[what]
        before = len(played.state.events)
        try:
            played.submit(me, act)
        except IllegalAction:
            continue
        played.play()
        owed = unanswered(played.state, agents)
        assert not any(owed[party].total for party in agents)
        since = played.state.events[before + 1 :]
        if (
            isinstance(act, Say)
            and not all(isinstance(m, Courtesy) for m in act.moves)
            and to
            and not played.state.over
        ):
            heard = [e for e in since if isinstance(e.action, Say) and e.party != me and e.action.heard_by(me)]
            others = [m for m in act.moves if isinstance(m, Ask) and m.whom not in ("", *to)]
            assert heard or others
        assert len(since) < 200


@settings(deadline=None, max_examples=20)
@given(case=st.sampled_from(BUNDLED), seed=st.integers(0, 50))
def test_words_in_private_are_read_by_those_alone_who_heard_them(case, seed):
    played = game(case, "open-floor", seed)
    played.play()
    state = played.state
    for party in ("", *played.seated):
        for seq, event in enumerate(sealed(state, party).events):
            true = state.events[seq]
            if isinstance(true.action, Say) and true.action.to and party not in (true.party, *true.action.to):
                assert event.action == Say(SEALED, true.action.to)
            elif not isinstance(true.action, Say | Accept):
                assert event == true
    assert sealed(state, ended=True).events == state.events
