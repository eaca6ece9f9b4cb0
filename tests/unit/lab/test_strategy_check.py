"""The trial of somebody's own strategy finds what it breaks."""

import pytest

from negotiation.lab.strategy_check import check_strategy

AGENTS = '''
from dataclasses import dataclass
from negotiation.actions import Accept, Offer, Pass
from negotiation.strategies import Strategy
from negotiation.strategies.concession import Linear

@dataclass(frozen=True)
class Fine(Linear):
    """Nothing wrong."""

@dataclass(frozen=True)
class Raises(Linear):
    """Falls over once."""
    def decide(self, view, dice):
        if view.state.round == 2:
            raise ZeroDivisionError("oops")
        return super().decide(view, dice)

@dataclass(frozen=True)
class Remembers(Linear):
    """Does something else each time."""
    def decide(self, view, dice):
        act = super().decide(view, dice)
        COUNT.append(1)
        return Offer(act.deals, f"number {len(COUNT)}") if isinstance(act, Offer) else act

COUNT = []

@dataclass(frozen=True)
class Generous(Linear):
    """Offers its worst deal."""
    def decide(self, view, dice):
        for table in view.due:
            if (view.me, table) not in view.state.acted:
                there, points = view.scenario.tables[table], view.preferences.points[table][:-1]
                worst = there.deal(int(points.argmin()))
                if view.state.scenario.breaks({**view.state.bound, table: worst}) is None:
                    return Offer({table: worst})
        return Pass(view.due[0] if view.state.one_paper and view.due else "")
'''


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("agents") / "agents.py"
    path.write_text(AGENTS, encoding="utf-8")
    return path


def test_a_fine_strategy_breaks_nothing(file):
    verdict = check_strategy(f"{file}:Fine", seeds=1)
    assert verdict.broken == {}
    assert verdict.games == 12
    lines = list(verdict.lines())
    assert len(lines) == 6
    assert all(line.startswith("  ok ") for line in lines[1:])


@pytest.mark.parametrize(
    ("name", "law", "where"),
    [
        ("Raises", "turns", "ZeroDivisionError: oops"),
        ("Remembers", "pure", "event"),
        ("Generous", "floor", "does offer"),
    ],
)
def test_what_a_strategy_breaks_is_named_with_its_place(file, name, law, where):
    verdict = check_strategy(f"{file}:{name}", seeds=1)
    assert where in verdict.broken[law]
    assert any(line.startswith("  FAILS ") and where in line for line in verdict.lines())


def test_a_strategy_is_tried_only_where_it_fits():
    assert check_strategy("compat", seeds=1).games == 1
