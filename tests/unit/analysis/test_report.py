import json
from dataclasses import replace

import pytest
from unit_small import SMALL

from negotiation.analysis.figure_data import frontier_data
from negotiation.analysis.findings import Analysis, Core, read, rows
from negotiation.analysis.report import Wish, analyse, wished
from negotiation.errors import SetupError
from negotiation.formats import load, loads
from negotiation.reports import terminal
from negotiation.reports.analysis import document
from negotiation.table import UNSIGNED, Constraint

CARMAKERS = ("renault", "nissan", "mitsubishi")


@pytest.fixture(scope="module")
def flagship():
    case = load("alliance-2023")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("negotiation.analysis.report.MOST_TIES", 1)
        return case, analyse(case, Wish(parties=CARMAKERS))


def test_the_flagship_for_people_and_machines(flagship):
    _, found = flagship
    assert read(Analysis, json.loads(json.dumps(rows(found)))) == found
    assert found.frontier.points == 696
    assert found.frontier.exact is True
    assert found.never_below_unsigned == ("google", "geely", "nimbus")
    nash = found.solutions["nash"].points
    assert [(point.scores["renault"], point.outcomes) for point in nash] == [(82.76, 2)]
    assert nash[0].gains["renault"] == pytest.approx(82.76 - 41.9)
    assert found.references["history_2023"].equal_gain == 3.1
    assert found.references["zero_zero"].needed["renault"].at["alliance"] == 35.0
    assert found.core.empty is False
    assert sum(found.nucleolus.values()) == pytest.approx(found.coalitions[-1].worth, abs=1e-4)


def test_each_table_alone(flagship):
    _, found = flagship
    tables = {name: {row.signers: row for row in some} for name, some in found.tables.items()}
    assert set(tables["cloud"]) == {("nissan", "google"), ("nissan", "nimbus")}
    gains = tables["ampere"][CARMAKERS].solutions["nash"].points[0].gains
    assert gains == {"renault": 10.36, "nissan": 6.6, "mitsubishi": 11.8}
    assert tables["horse"]["renault", "geely"].points == 6


def test_of_many_ties_a_few_are_told_and_all_are_counted(flagship):
    total = flagship[1].solutions["utilitarian"]
    assert (total.ties, len(total.points)) == (2, 1)


def test_what_if_and_roughly():
    case = load("alliance-2023")
    wish = Wish(("renault", "nissan", "geely"), {"nissan": "hawk"}, without=("horse",), linked=False, epsilon=9.0)
    found = analyse(case, wish)
    assert found.types["nissan"] == "hawk"
    assert "horse" not in found.tables
    assert found.frontier.highest["geely"] == 55
    assert found.references["history_2023"].scores["geely"] == 55
    assert all(b.table != "horse" for row in found.references.values() for b in row.improvements)
    assert (found.frontier.exact, 0 < found.frontier.epsilon <= 9) == (False, True)


def test_where_nobody_can_gain(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL.replace("adjust: {anna: 10}", "adjust: {anna: 1000}"), encoding="utf-8")
    found = analyse(load(str(file)), Wish())
    groups = [group for some in found.tables.values() for group in some]
    assert all("nash" not in group.solutions or group.solutions["nash"].value == 0 for group in groups)


def test_a_case_that_allows_nothing_is_refused():
    case = load("cloud-for-two")
    price = case.scenario.tables["contract"].issues[0]
    nothing = Constraint("no", {f"contract.{price.name}": (*price.options, UNSIGNED)})
    case = replace(case, scenario=replace(case.scenario, constraints=(nothing,)))
    with pytest.raises(SetupError, match="cloud-for-two: no outcome meets all constraints"):
        analyse(case, Wish())


def test_outcomes_may_be_too_many_to_count(monkeypatch):
    monkeypatch.setattr("negotiation.analysis.report.FEW", 10.0)
    case = load("any-two-of-three")
    found = analyse(case, Wish())
    assert found.solutions["nash"].points[0].outcomes is None


def test_progress_is_told():
    heard = []
    analyse(load("any-two-of-three"), Wish(), lambda share, what: heard.append(what))
    assert any("coalition aster, boreal" in what for what in heard)


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Wish(parties=("nisan",)), "unknown party 'nisan'; did you mean 'nissan'"),
        (Wish(parties=("nissan", "nissan")), "named twice: nissan, nissan"),
        (Wish(without=("hors",)), "unknown table 'hors'; did you mean 'horse'"),
        (Wish(epsilon=-1.0), "epsilon is -1: it must be 0"),
        (Wish(epsilon=float("nan")), "epsilon is nan"),
        (Wish(memory=0.0), "memory is 0 GB"),
        (Wish(memory=1e4), "this analysis needs more than the 0.00001 GB"),
    ],
)
def test_wishes_that_cannot_be_fulfilled(wish, message):
    with pytest.raises(SetupError, match=message):
        analyse(load("alliance-2023"), wish)


def test_coalitions_of_many_parties_are_left_out(monkeypatch):
    monkeypatch.setattr("negotiation.analysis.report.MOST_IN_COALITIONS", 2)
    found = analyse(load("any-two-of-three"), replace(Wish(), parties=("aster", "cygne")))
    assert found.coalitions is found.shapley is found.core is found.nucleolus is None


HUGE = """
format: negotiation-scenario/1
id: tiny
title: Tiny
clock: {rounds: 5}
parties: {a: {name: Ann}, b: {name: Bo}}
tables:
  t:
    title: T
    signers: {always: [a, b]}
    issues: {x: {title: X, options: {lo: Low, hi: High}}}
    if_unsigned: {adjust: {a: -1.0e+30}}
preferences:
  a: {t.x: {weight: 100, scores: {lo: 0, hi: 100}}}
  b: {t.x: {weight: 100, scores: {lo: 100, hi: 0}}}
"""


def test_a_party_that_would_lose_hugely_and_numbers_in_full():
    case = loads(HUGE, "tiny.yaml")
    found = analyse(case, Wish())
    assert found.core == Core(empty=False, slack=5e29, division={"a": 5e29, "b": 5e29})
    assert found.nucleolus == {"a": 5e29, "b": 5e29}
    text = terminal.text(document(case, found, frontier_data(case, wished(case, Wish()), {})))
    assert "as large as it can be (Nash 1950). Here it is 100" + ",000" * 10 in " ".join(text.split())
    assert "e+" not in text
