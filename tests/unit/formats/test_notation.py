"""Moves in writing: whatever can be meant can be written and read back, and what cannot be read says what is possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.formats import load
from negotiation.formats.notation import FORMS, MoveError, read, write
from negotiation.moves import (
    KINDS,
    Alternative,
    Ask,
    Commit,
    Concede,
    Courtesy,
    Obstacle,
    Prefer,
    Rank,
    Refuse,
    Sketch,
    Term,
    Trade,
    tables_of,
)

CASE = load("alliance-2023").scenario
TABLES, PARTIES = st.sampled_from(list(CASE.tables)), st.sampled_from(list(CASE.parties))
ISSUES = st.sampled_from([Term(name, issue.name) for name, table in CASE.tables.items() for issue in table.issues])


def options(issue):
    table = CASE.tables[issue.table]
    names = table.issues[table.by_name[issue.issue]].options
    return st.sampled_from([Term(issue.table, issue.issue, name) for name in names])


OPTIONS = ISSUES.flatmap(options)
SOME = ISSUES.flatmap(lambda issue: st.lists(options(issue), min_size=1, unique=True)).map(tuple)
TERMS = st.lists(ISSUES | OPTIONS, min_size=1, max_size=4).map(tuple)
MOVES = st.one_of(
    st.builds(
        Ask,
        st.sampled_from(["priority", "obstacle", "alternative"]),
        TABLES | st.just(""),
        st.none(),
        PARTIES | st.just(""),
    ),
    st.builds(Ask, st.just("option"), st.just(""), OPTIONS, PARTIES | st.just("")),
    st.builds(Rank, ISSUES, ISSUES),
    ISSUES.flatmap(lambda issue: st.builds(Prefer, options(issue), options(issue))),
    st.builds(Refuse, SOME),
    st.builds(Concede, SOME | ISSUES.map(lambda issue: (issue,))),
    st.lists(OPTIONS, min_size=1, unique_by=lambda term: (term.table, term.issue)).map(tuple).map(Sketch),
    st.builds(Trade, TERMS, TERMS),
    st.builds(Commit, st.booleans(), TABLES, st.just("walk"), TABLES, st.none() | st.integers(1, CASE.rounds)),
    st.builds(Commit, st.booleans(), TABLES, st.just("sign"), TABLES, st.none(), PARTIES | st.just("")),
    st.builds(Alternative, TABLES),
    st.builds(Obstacle, ISSUES),
    st.builds(Courtesy, st.sampled_from(["thanks", "regret", "greeting", "hurry"])),
)


@given(st.lists(MOVES, max_size=4).map(tuple))
def test_what_is_meant_can_be_written_and_read_back(moves):
    assert read(write(moves), CASE) == moves
    for move in moves:
        assert set(tables_of(move)) >= {term.table for term in move.terms()}


def test_a_sentence_without_meaning_is_written_so_too():
    assert write(()) == "none"
    assert read("none", CASE) == read("  ", CASE) == ()


def test_every_kind_has_its_form():
    assert FORMS.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("askk priority", "unknown kind of move 'askk'; did you mean 'ask'?"),
        ("ask priorities", "unknown ask 'priorities'; did you mean 'priority'?"),
        ("ask", "this is no ask; it is written ask priority"),
        ("ask priority ampere -> nisan", "unknown party 'nisan'; did you mean 'nissan'?"),
        ("ask priority ampere renault", "this is no ask"),
        ("ask option ampere.nissan_stake", "this is no ask"),
        ("rank ampere.nissan_stake=s7 > tech.ssb", "this is no rank; it is written rank TABLE.ISSUE > TABLE.ISSUE"),
        ("rank ampere.nissan_stake < tech.ssb", "this is no rank"),
        ("prefer alliance.regions india > all", "this is no prefer"),
        ("refuse alliance.stakes", "this is no refuse"),
        ("refuse alliance.stakes=merge", "unknown option of alliance.stakes 'merge'; did you mean 'merger'?"),
        ("open alliance.stake", "unknown issue of alliance 'stake'; did you mean 'stakes'?"),
        ("sketch", "this is no sketch"),
        ("sketch ampere.nissan_stake=s7 ampere.nissan_stake=s15", "this is no sketch"),
        ("trade get alliance.votes=capped", "this is no trade"),
        ("trade get alliance.votes=capped give", "this is no trade"),
        ("commit unless alliance by 17 then walk cloud", "week '17' is none of this case; possible: 1 to 16"),
        ("commit unless alliance by ² then walk cloud", "week '²' is none of this case"),
        ("commit when alliance then walk cloud", "this is no commit"),
        ("commit if alliance then walk cloud google", "this is no commit"),
        ("commit if alliance then dance cloud", "unknown commit 'dance'"),
        ("alternative clouds", "unknown table 'clouds'; did you mean 'cloud'?"),
        ("courtesy thanks; ", "unknown kind of move ''"),
    ],
)
def test_what_cannot_be_read_says_what_is_possible(text, why):
    with pytest.raises(MoveError) as told:
        read(text, CASE)
    assert why in str(told.value)
