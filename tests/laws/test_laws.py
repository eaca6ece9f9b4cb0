"""What must always hold, over every protocol, strategy and case."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import (
    BULLIES,
    BUNDLED,
    COMPOSED,
    PROTOCOLS,
    STRATEGIES,
    cases,
    every_outcome,
    outcomes,
    plain_score,
    preferences,
)

from negotiation.actions import CLOCK, MEDIATOR, Accept, Event, Offer, Open, Pass, Say, Tick, Vote, Walk, Withdraw
from negotiation.case import Case, Role
from negotiation.errors import IllegalAction
from negotiation.formats import load
from negotiation.game import Game
from negotiation.record import result
from negotiation.scenario import Party, Scenario
from negotiation.strategies.expectations import expectations
from negotiation.table import Issue, Signers, Table
from negotiation.view import view

any_protocol = st.sampled_from(PROTOCOLS)


@st.composite
def games(draw, protocols=any_protocol):
    case = draw(cases())
    seats = {party: draw(st.sampled_from((*STRATEGIES, *BULLIES, *COMPOSED))) for party in case.roles}
    return case, dict(seats=seats, protocol=draw(protocols), seed=draw(st.integers(0, 2**40)))


def play(case, options, events=()):
    model = Game(case, **options, events=events)
    model.play()
    return model


def game_of(name, protocol, strategy, seed=5):
    return play(name, dict(strategy=strategy, protocol=protocol, seed=seed))


every_bundled = pytest.mark.parametrize("name", BUNDLED)
every_protocol = pytest.mark.parametrize("protocol", PROTOCOLS)
every_strategy = pytest.mark.parametrize("strategy", STRATEGIES)
every_composition = pytest.mark.parametrize("strategy", COMPOSED)


@pytest.mark.parametrize("name", BUNDLED)
@every_protocol
def test_bullies_play_the_bundled_cases_by_the_laws(name, protocol):
    """All of them, each once at a seat of every case, among themselves; no turn is lost and no floor broken."""
    parties = load(name).roles
    for first in range(0, len(BULLIES), len(parties)):
        seats = {party: BULLIES[(first + n) % len(BULLIES)] for n, party in enumerate(parties)}
        model = play(name, dict(seats=seats, protocol=protocol, seed=5))
        assert model.state.over
        assert not any(isinstance(e.action, Pass) and e.action.words for e in model.state.events)
        floors_hold(model)
        bonds_hold(model)


@every_composition
@every_protocol
def test_a_composition_plays_the_flagship_by_the_laws(protocol, strategy):
    model = game_of("alliance-2023", protocol, strategy)
    assert model.state.over
    assert not any(isinstance(e.action, Pass) and e.action.words for e in model.state.events)
    floors_hold(model)
    bonds_hold(model)


@given(games())
@settings(max_examples=60)
def test_1_every_game_ends(game):
    model = play(*game)
    assert model.state.over
    assert model.protocol.to_move(model.state) == ()
    assert model.state.rounds_played <= model.state.rounds


@every_bundled
@every_protocol
@every_strategy
def test_1_every_bundled_game_ends_and_no_turn_is_lost(name, protocol, strategy):
    state = game_of(name, protocol, strategy).state
    assert state.over
    assert not any(isinstance(e.action, Pass) and e.action.words for e in state.events)


@given(games(), st.data())
@settings(max_examples=60)
def test_2_a_log_replays_and_resumes_to_the_same_end(game, data):
    case, options = game
    model = play(case, options)
    *_, again = model.protocol.replay(case.scenario, model.state.events)
    assert again == model.state
    cut = data.draw(st.integers(0, len(model.state.events)))
    assert play(case, options, model.state.events[:cut]).state == model.state


@every_bundled
@every_protocol
def test_2_a_bundled_game_resumes_from_anywhere(name, protocol):
    whole = game_of(name, protocol, "random")
    for cut in range(0, len(whole.state.events), 17):
        options = dict(strategy="random", protocol=protocol, seed=5)
        assert play(name, options, whole.state.events[:cut]).state == whole.state


actions = st.one_of(
    st.builds(Offer, st.dictionaries(st.sampled_from(["t0", "t1", "x"]), st.tuples(st.integers(-1, 3)), max_size=2)),
    st.builds(Accept, st.integers(-1, 9)),
    st.builds(Withdraw, st.integers(-1, 9)),
    st.builds(Pass, st.sampled_from(["", "t0", "x"])),
    st.builds(Walk, st.sampled_from(["t0", "t1", "x"])),
    st.builds(Say, st.sampled_from(["", "hello", "x" * 2000])),
    st.builds(Vote, st.integers(-1, 9), st.sampled_from([True, False, None])),
    st.just(Tick()),
    st.just(Open()),
)


@given(
    cases(),
    any_protocol,
    st.lists(st.tuples(st.sampled_from(["p0", "p1", "p2", "q", CLOCK, MEDIATOR]), actions), max_size=25),
)
@settings(max_examples=150)
def test_3_an_illegal_act_says_who_and_why_and_changes_nothing(case, protocol, acts):
    model = Game(case, protocol=protocol)
    for party, action in acts:
        before = model.state
        kept = dataclasses.replace(before)
        try:
            model.submit(party, action)
        except IllegalAction as refusal:
            assert model.state is before
            assert before == kept
            assert party in str(refusal)
            assert "\n" not in str(refusal)
        else:
            assert model.state.events == (*before.events, Event(party, action))
    *_, again = model.protocol.replay(case.scenario, model.state.events)
    assert again == model.state


@given(games(), st.data())
@settings(max_examples=60)
def test_4_what_others_want_changes_nothing_in_my_view_or_my_acts(game, data):
    case, options = game
    model = play(case, options)
    me = data.draw(st.sampled_from(list(case.roles)))
    others = {
        party: roles
        if party == me
        else {"other": Role("other", data.draw(preferences(case.scenario, party)), "secret")}
        for party, roles in case.roles.items()
    }
    changed = Game(Case("small", case.scenario, others), **options)
    for state in model.protocol.replay(case.scenario, model.state.events):
        mine = view(model.protocol, state, me, model.seated[me].role)
        assert changed.at(state).view(me) == mine
        if mine.allowed:
            assert changed.at(state).decision(me) == model.at(state).decision(me)


def turned(state, me):
    """The same state, had all others voted the other way in the ballot under way."""
    votes = {n: {p: yes if p == me else not yes for p, yes in cast.items()} for n, cast in state.votes.items()}
    events = tuple(
        Event(e.party, Vote(e.action.paper, not e.action.yes))
        if isinstance(e.action, Vote) and e.action.paper in votes and e.party != me
        else e
        for e in state.events
    )
    return dataclasses.replace(state, votes=votes, events=events)


@given(games(protocols=st.just("single-text")), st.data())
@settings(max_examples=60)
def test_4_how_others_voted_changes_nothing_in_my_view_before_the_ballot_is_opened(game, data):
    case, options = game
    model = play(case, options)
    me = data.draw(st.sampled_from(list(case.roles)))
    under_way = [state for state in model.protocol.replay(case.scenario, model.state.events) if state.votes]
    for state in under_way:
        mine = view(model.protocol, state, me, model.seated[me].role)
        assert mine == view(model.protocol, turned(state, me), me, model.seated[me].role)
    for state in under_way[:1] + under_way[-1:]:
        assert result(model.at(turned(state, ""))) == result(model.at(state))


def test_4_a_view_holds_no_sheet_but_my_own():
    model = game_of("alliance-2023", "open-floor", "linear")
    secrets = [
        role.preferences for party, roles in model.case.roles.items() for role in roles.values() if party != "nissan"
    ]
    seen, todo = [], [model.view("nissan")]
    while todo:
        thing = todo.pop()
        if any(thing is known for known in seen) or isinstance(thing, str | int | float | type | None):
            continue
        seen.append(thing)
        assert not any(thing is secret for secret in secrets)
        if dataclasses.is_dataclass(thing):
            todo += [getattr(thing, field.name) for field in dataclasses.fields(thing)]
            todo += list(getattr(thing, "__dict__", {}).values())
        elif isinstance(thing, dict):
            todo += [*thing.keys(), *thing.values()]
        elif isinstance(thing, tuple | list | frozenset):
            todo += list(thing)


@given(cases())
@settings(max_examples=60)
def test_5_scores_equal_a_plain_reading(case):
    for n, outcome in enumerate(every_outcome(case.scenario)):
        if n > 200:
            break
        for roles in case.roles.values():
            ours = roles["base"].preferences
            assert ours.score(outcome) == pytest.approx(plain_score(ours, outcome), abs=1e-9)


@given(cases(), st.data())
@settings(max_examples=100)
def test_5_given_equals_a_plain_reading_with_certainty_and_with_lotteries(case, data):
    ours = data.draw(st.sampled_from([roles["base"].preferences for roles in case.roles.values()]))
    name = data.draw(st.sampled_from(list(case.scenario.tables)))
    first, second = data.draw(outcomes(case.scenario)), data.draw(outcomes(case.scenario))
    table = case.scenario.tables[name]
    chance = data.draw(st.integers(0, 4)) / 4
    mixed = {
        t: first[t] if first[t] == second[t] else {first[t]: chance, second[t]: 1 - chance}
        for t in case.scenario.tables
    }
    split = [t for t in case.scenario.tables if t != name and first[t] != second[t]]
    certain, lottery = ours.given(name, first), ours.given(name, mixed)
    assert certain.shape == lottery.shape == (table.size + 1,)
    for n in range(table.size + 1):
        deal = None if n == table.size else table.deal(n)
        assert certain[n] == pytest.approx(ours.score({**first, name: deal}), abs=1e-9)
        expected = 0.0
        for mask in range(2 ** len(split)):
            draw = {t: (first if mask >> k & 1 else second)[t] for k, t in enumerate(split)}
            odds = 1.0
            for k in range(len(split)):
                odds *= chance if mask >> k & 1 else 1 - chance
            expected += odds * ours.score({**first, **draw, name: deal})
        assert lottery[n] == pytest.approx(expected, abs=1e-9)


def expected_gain(preferences, state, deals):
    """What a paper gains over leaving its tables unsigned, by adding up every way the other tables may end."""
    context = expectations(state)
    ways = [(1.0, {})]
    for name, there in context.items():
        if name not in deals:
            options = there.items() if isinstance(there, dict) else [(there, 1.0)]
            ways = [(p * q, {**way, name: deal}) for p, way in ways for deal, q in options]
    total = 0.0
    for odds, way in ways:
        total += odds * (preferences.score({**way, **deals}) - preferences.score(way))
    return total


def floors_hold(model):
    states = list(model.protocol.replay(model.case.scenario, model.state.events, model.state.rounds))
    for before, event in zip(states, model.state.events, strict=False):
        if isinstance(event.action, Offer | Accept) and event.party != MEDIATOR:
            deals = event.action.deals if isinstance(event.action, Offer) else before.papers[event.action.paper].deals
            ours = model.seated[event.party].role.preferences
            delay = ours.delay * before.rounds_more(event.party)
            assert expected_gain(ours, before, deals) >= delay - 1e-6, (event, before.round)


@given(games())
@settings(max_examples=60)
def test_6_nobody_offers_or_signs_below_its_floor(game):
    floors_hold(play(*game))


@every_bundled
@every_protocol
@every_strategy
def test_6_nor_in_a_bundled_game(name, protocol, strategy):
    floors_hold(game_of(name, protocol, strategy))


def bonds_hold(model):
    bound = {}
    for state in model.protocol.replay(model.case.scenario, model.state.events, model.state.rounds):
        assert all(state.bound.get(name) == deal for name, deal in bound.items())
        bound = dict(state.bound)
        assert state.scenario.breaks(state.outcome) is None
        for name, deal in bound.items():
            table = state.scenario.tables[name]
            assert table.index(deal) >= 0
            assert table.binds(deal, state.signed[name])
        for paper in state.papers.values():
            assert not set(paper.deals) & set(bound)
            assert state.scenario.breaks({**state.outcome, **paper.deals}) is None
            assert paper.lacks == state.lacking(paper.deals, paper.signed) > 0
            assert MEDIATOR not in paper.signed
            assert not (paper.draft and paper.signed)


@given(games())
@settings(max_examples=60)
def test_7_nothing_bound_is_unbound_and_no_constraint_is_broken(game):
    bonds_hold(play(*game))


@every_bundled
@every_protocol
@every_strategy
def test_7_nor_in_a_bundled_game(name, protocol, strategy):
    bonds_hold(game_of(name, protocol, strategy))


def relabelled(case):
    """The same case with every party, table, issue and option under another name."""

    def key(text):
        table, _, issue = text.partition(".")
        return f"table_{table}.issue_{issue}"

    def pattern(old):
        return {key(k): tuple(o if o == "unsigned" else f"option_{o}" for o in options) for k, options in old.items()}

    def amounts(old):
        return {o if o == "unsigned" else f"option_{o}": amount for o, amount in old.items()}

    old = case.scenario
    new_tables = {
        f"table_{n}": Table(
            f"table_{n}",
            t.title,
            tuple(
                Issue(f"issue_{i.name}", i.title, tuple(f"option_{o}" for o in i.options), i.texts) for i in t.issues
            ),
            Signers(
                tuple(f"party_{p}" for p in t.signers.always),
                tuple((f"party_{p}", f"issue_{i}", tuple(f"option_{o}" for o in os)) for p, i, os in t.signers.when),
                tuple(f"party_{p}" for p in t.signers.of),
                t.signers.quorum,
                t.signers.least,
            ),
            unsigned={f"issue_{i}": f"option_{o}" for i, o in t.unsigned.items()},
            forbidden=tuple(dataclasses.replace(c, name="e", pattern=pattern(c.pattern)) for c in t.forbidden),
        )
        for n, t in old.tables.items()
    }
    scenario = Scenario(
        "other",
        "Another name",
        {f"party_{p}": Party(f"party_{p}", about.title) for p, about in old.parties.items()},
        new_tables,
        old.rounds,
        constraints=tuple(dataclasses.replace(c, name="d", pattern=pattern(c.pattern)) for c in old.constraints),
        announcements=old.announcements,
    )
    roles = {}
    for p, kinds in case.roles.items():
        ours = kinds["base"].preferences
        links = tuple(
            dataclasses.replace(link, name=link.name * 2, pattern=pattern(link.pattern)) for link in ours.links
        )
        totals = tuple(
            dataclasses.replace(total, amounts={key(k): amounts(adds) for k, adds in total.amounts.items()})
            for total in ours.totals
        )
        sheets = {key(k): sheet for k, sheet in ours.sheets.items()}
        adjust = {f"table_{t}": points for t, points in ours.adjust.items()}
        told = {"sheets": sheets, "adjust": adjust, "links": links, "totals": totals}
        changed = dataclasses.replace(ours, scenario=scenario, party=f"party_{p}", **told)
        roles[f"party_{p}"] = {"base": Role("base", changed)}
    return Case("other", scenario, roles)


@given(games())
@settings(max_examples=60)
def test_9_relabelling_relabels_the_result(game):
    case, options = game
    plain = result(play(case, options))
    options = {**options, "seats": {f"party_{p}": s for p, s in options["seats"].items()}}
    other = result(play(relabelled(case), options))
    assert list(plain["scores"].values()) == pytest.approx(list(other["scores"].values()))
    assert list(plain["signed_in"].values()) == list(other["signed_in"].values())
    assert [e["kind"] for e in plain["events"]] == [e["kind"] for e in other["events"]]
    assert [e["party"] for e in plain["events"]] == [e["party"].removeprefix("party_") for e in other["events"]]
    assert [list(d.values()) if d else d for d in plain["outcome"].values()] == [
        [o.removeprefix("option_") for o in d.values()] if d else d for d in other["outcome"].values()
    ]
