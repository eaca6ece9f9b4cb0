"""Moves of every kind for a case, as hypothesis draws them."""

from hypothesis import strategies as st

from negotiation.moves import (
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
)


def moves(scenario, at=None):
    """Return moves of every kind, at the tables `at` (all if None)."""
    names = list(scenario.tables) if at is None else list(at)
    issues = [Term(name, issue.name) for name in names for issue in scenario.tables[name].issues]
    options = [
        Term(name, issue.name, option)
        for name in names
        for issue in scenario.tables[name].issues
        for option in issue.options
    ]
    table, issue, option = st.sampled_from(names), st.sampled_from(issues), st.sampled_from(options)
    party = st.sampled_from(["", *scenario.parties])
    some = st.lists(st.one_of(issue, option), min_size=1, max_size=3).map(tuple)
    alike = option.flatmap(
        lambda one: st.lists(
            st.sampled_from([other for other in options if (other.table, other.issue) == (one.table, one.issue)]),
            min_size=1,
            max_size=3,
            unique=True,
        ).map(tuple)
    )
    return st.one_of(
        st.builds(
            lambda what, at, whom: Ask(what, at, None, whom),
            st.sampled_from(["priority", "obstacle", "alternative"]),
            st.one_of(st.just(""), table),
            party,
        ),
        st.builds(lambda one, whom: Ask("option", "", one, whom), option, party),
        st.builds(Rank, issue, issue),
        st.builds(lambda pair: Prefer(pair[0], pair[-1]), alike),
        st.builds(Refuse, alike),
        st.builds(Concede, st.one_of(alike, issue.map(lambda one: (one,)))),
        st.builds(Sketch, st.lists(option, min_size=1, max_size=3, unique_by=lambda o: (o.table, o.issue)).map(tuple)),
        st.builds(Trade, some, some),
        st.builds(
            lambda unless, at, act, where, by, who: Commit(unless, at, act, where, by, who if act == "sign" else ""),
            st.booleans(),
            table,
            st.sampled_from(["walk", "sign"]),
            table,
            st.none() | st.integers(1, scenario.rounds),
            party,
        ),
        st.builds(Alternative, table),
        st.builds(Obstacle, issue),
        st.builds(Courtesy, st.sampled_from(["thanks", "regret", "greeting", "hurry"])),
    )
