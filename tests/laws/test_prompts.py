"""No question to a model holds what its seat may not know: others' sheets and briefs, private words, sealed votes."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import BUNDLED, PROTOCOLS, STRATEGIES, cases, preferences

from negotiation.actions import Event, Say, Vote
from negotiation.case import Case, Role
from negotiation.errors import IllegalAction
from negotiation.formats import load
from negotiation.game import Game
from negotiation.llm.acts import kinds_for
from negotiation.llm.prompt import messages

OTHER_WORDS = "What only the two of us know."


def asked(game, state, party):
    """What a model at a seat is asked at a state."""
    view = game.at(state).view(party)
    return messages(view, kinds_for(view))


def turned(state, me):
    """The same state, had others said something else in private, and voted the other way in the ballot under way."""
    votes = {n: {p: yes if p == me else not yes for p, yes in cast.items()} for n, cast in state.votes.items()}
    return replace(state, votes=votes, events=tuple(_turned(event, votes, me) for event in state.events))


def _turned(event, votes, me):
    match event.action:
        case Vote(paper, yes) if paper in votes and event.party != me:
            return Event(event.party, Vote(paper, not yes))
        case Say(to=to) if to and me not in (event.party, *to):
            return Event(event.party, Say(OTHER_WORDS, to))
    return event


@st.composite
def talks(draw):
    """A game of agents in which some words were said, some of them in private, and all its states."""
    case, protocol = draw(cases()), draw(st.sampled_from(PROTOCOLS))
    parties = list(case.roles)
    options = dict(
        seats={party: draw(st.sampled_from(STRATEGIES)) for party in parties},
        protocol=protocol,
        seed=draw(st.integers(0, 99)),
    )
    game, states = Game(case, **options), []
    said = draw(
        st.lists(st.tuples(st.sampled_from(parties), st.sets(st.sampled_from(parties), max_size=2)), max_size=6)
    )
    while True:
        states.append(game.state)
        if said and len(states) % 3 == 0:
            speaker, to = said.pop()
            with suppress(IllegalAction):
                game.submit(speaker, Say(f"Between us: {speaker}", tuple(sorted(to - {speaker}))))
        elif not game.advance():
            return case, options, game, states


@given(talks(), st.data())
@settings(max_examples=60)
def test_what_others_want_is_in_no_prompt(played, data):
    case, options, game, states = played
    me = data.draw(st.sampled_from(list(case.roles)))
    others = {
        party: roles
        if party == me
        else {"other": Role("other", data.draw(preferences(case.scenario, party)), "secret", note="secret")}
        for party, roles in case.roles.items()
    }
    changed = Game(Case("small", case.scenario, others), **options)
    for state in states:
        assert asked(changed, state, me) == asked(game, state, me)


@given(talks(), st.data())
@settings(max_examples=60)
def test_what_others_said_in_private_or_voted_is_in_no_prompt(played, data):
    case, _, game, states = played
    me = data.draw(st.sampled_from(list(case.roles)))
    for state in states:
        assert asked(game, turned(state, me), me) == asked(game, state, me)


@pytest.mark.parametrize("name", BUNDLED)
def test_no_prompt_of_a_bundled_case_holds_another_brief_or_type(name):
    case = load(name)
    game = Game(case, strategy="fair", seed=3, talk="en")
    for state in list(game.protocol.replay(case.scenario, game.play().events))[::9]:
        for me in case.roles:
            text = "\n".join(message["content"] for message in asked(game, state, me))
            for party, roles in case.roles.items():
                for role in roles.values():
                    secret = role.brief if party != me or role is not game.seated[me].role else ""
                    assert not secret or secret not in text
