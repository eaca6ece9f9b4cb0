"""Summaries count right, chunk by chunk; indices find the factor that decides; the report says both."""

import re
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest

from negotiation.cli import main
from negotiation.errors import LogError, SetupError
from negotiation.formats import load
from negotiation.lab import charts, influence_charts
from negotiation.lab import results as module
from negotiation.lab.plan import read_plan
from negotiation.lab.report import frontier_gains, interval, report
from negotiation.lab.results import open_results, schemas
from negotiation.lab.runner import run
from negotiation.lab.sobol import Influence, influences
from negotiation.lab.summary import summarise
from negotiation.reports.palette import PAINT

BASE = {"format": "negotiation-plan/1", "cases": ["cloud-for-two"]}
PLAN = read_plan(
    {
        **BASE,
        "lineups": {"firm": "boulware", "mixed": {"kaido": "linear", "others": "random"}},
        "factors": {"noise": [0.0, 0.2], "delay.kaido": {"least": 0, "most": 1.5}, "links": [True, False]},
        "design": {"kind": "random", "samples": 12},
        "replications": 5,
    }
)
SALTELLI = read_plan(
    {
        **BASE,
        "lineups": {"even": "linear"},
        "factors": {"unsigned.kaido.contract": {"least": 0, "most": 30}, "delay.nimbus": {"least": 0, "most": 0.01}},
        "design": {"kind": "saltelli", "samples": 16},
        "replications": 2,
    }
)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    out = tmp_path_factory.mktemp("summary") / "out"
    run(PLAN, out)
    return open_results(out)


@pytest.fixture(scope="module")
def varied(tmp_path_factory):
    out = tmp_path_factory.mktemp("saltelli") / "out"
    run(SALTELLI, out)
    return open_results(out)


@pytest.mark.parametrize("at_once", [1, 50])
def test_however_the_chunks_are_looked_at_the_summary_is_the_same(results, monkeypatch, at_once):
    whole = summarise(results, by="factor.delay.kaido")
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    assert summarise(results, by="factor.delay.kaido") == whole
    assert sum(row["runs"] for row in whole.map) == whole.runs == 120


def test_a_column_with_too_many_values_is_refused(results, monkeypatch):
    from negotiation.lab import summary

    monkeypatch.setattr(summary, "MOST_GROUPS", 100)
    with pytest.raises(SetupError, match="key splits the runs into more than 100 groups; take another column"):
        summarise(results, by="key")


def test_groups_are_what_pandas_says(results):
    frame, found = results.frame(), summarise(results)
    assert (found.runs, found.planned, found.errors, found.engines) == (120, 120, 0, {"compiled": 120})
    for row in found.groups:
        here = frame[frame["lineup"] == row["group"]]
        assert row["runs"] == len(here) == 60
        assert row["gain.kaido"]["mean"] == pytest.approx(here["gain.kaido"].mean())
        seeds = here.groupby("seed")["gain.kaido"].mean()
        assert row["gain.kaido"]["error"] == pytest.approx(seeds.std() / np.sqrt(5))
        assert row["gain.kaido"]["half"] == pytest.approx(2.776445 * row["gain.kaido"]["error"])
        assert row["frontier_distance"]["count"] == here["frontier_distance"].notna().sum()


def test_shares_of_options_add_up_and_are_right(results):
    found, tables = summarise(results), results.frame("tables").merge(results.frame()[["key", "lineup"]], on="key")
    for lineup in ("firm", "mixed"):
        shares = {o["option"]: o["share"] for o in found.options if (o["group"], o["issue"]) == (lineup, "price")}
        assert sum(shares.values()) == pytest.approx(1)
        here = tables[tables["lineup"] == lineup]["contract.price"]
        assert shares.get("", 0) == pytest.approx(here.isna().mean())
        often = here.mode()[0]
        assert shares[often] == pytest.approx((here == often).mean())


def test_factors_are_means_by_value_or_part_of_the_range(results):
    frame, found = results.frame(), summarise(results, pair=("nimbus", "kaido"))
    links = {
        row["value"]: row["mean"]
        for row in found.factors
        if (row["factor"], row["outcome"]) == ("links", "gain.nimbus")
    }
    assert links == pytest.approx(frame.groupby("factor.links")["gain.nimbus"].mean().to_dict())
    parts = [row for row in found.factors if (row["factor"], row["outcome"]) == ("delay.kaido", "agreement")]
    assert sum(row["count"] for row in parts) == 120
    assert all(0 < row["value"] < 1.5 for row in parts)
    assert sum(row["runs"] for row in found.map) == 120
    assert found.pair == ("nimbus", "kaido")


def test_some_of_the_runs(results):
    frame = results.frame()
    found = summarise(results, by="factor.links", where={"lineup": ["firm"], "factor.delay.kaido": [0, 0.5]})
    assert found.runs == ((frame["lineup"] == "firm") & (frame["factor.delay.kaido"] <= 0.5)).sum()
    assert [row["group"] for row in found.groups] == [False, True]
    nothing = summarise(results, where={"lineup": ["none"]})
    assert (nothing.runs, nothing.groups, nothing.map) == (0, [], [])
    with pytest.raises(SetupError, match="unknown column 'line'; did you mean 'lineup'"):
        summarise(results, by="line")
    with pytest.raises(SetupError, match="unknown party 'nissan'"):
        summarise(results, pair=("nissan", "kaido"))
    with pytest.raises(SetupError, match="a map has two parties, not kaido, kaido"):
        summarise(results, pair=("kaido", "kaido"))


def test_a_batch_of_failures_has_a_summary_too(results, tmp_path, monkeypatch):
    from negotiation.lab import plain_engine

    monkeypatch.setattr(plain_engine, "_played", lambda *_, **__: 1 / 0)
    run(read_plan({**BASE, "lineups": {"a": "tough"}, "factors": {"rounds": [2, 3]}}), tmp_path / "out")
    found = summarise(open_results(tmp_path / "out"))
    assert (found.errors, found.map, found.groups[0]["gain.kaido"], found.factors) == (2, [], None, [])
    assert "2 could not be played" in report(open_results(tmp_path / "out"))


def test_the_factor_that_decides_is_found(varied):
    found = {(one.outcome, one.factor): one for one in influences(varied)}
    decides, hardly = (found["gain.kaido", f] for f in SALTELLI.factors)
    assert decides.total > 0.8 > 0.2 > hardly.total
    assert decides.low < decides.total < decides.high
    assert influences(varied, ("tables",)) == []  # the same in every run


def test_indices_are_over_types_by_their_odds_and_other_seeds(tmp_path, monkeypatch):
    """Games without dice: whichever seeds were played, the indices are the same; with noise their intervals are wider."""
    plan = {
        "format": "negotiation-plan/1",
        "cases": ["alliance-2023"],
        "lineups": {"even": "linear"},
        "factors": {"weight.renault.alliance.stakes": {"least": 0.5, "most": 2.0}, "delay": {"least": 0, "most": 1.0}},
        "design": {"kind": "saltelli", "samples": 8},
        "replications": 12,
    }
    found = []
    for seed in (0, 100):
        run(read_plan({**plan, "seed": seed}), tmp_path / str(seed))
        found.append(influences(open_results(tmp_path / str(seed)), ("gain.renault",)))
    assert found[0] == found[1]
    assert len(found[0]) == 2
    noisy = {**plan, "factors": {**plan["factors"], "noise": 0.5}}
    run(read_plan(noisy), tmp_path / "noisy")
    both = influences(open_results(tmp_path / "noisy"), ("gain.renault",))
    monkeypatch.setattr("negotiation.lab.sobol.MOST_NUMBERS", 1)
    points = influences(open_results(tmp_path / "noisy"), ("gain.renault",))
    assert [one.total for one in points] == pytest.approx([one.total for one in both])
    assert sum(one.high - one.low for one in both) > sum(one.high - one.low for one in points)


def test_indices_need_the_whole_of_their_design(results, tmp_path):
    with pytest.raises(SetupError, match="the design is random; Sobol indices need a plan with saltelli"):
        influences(results)
    run(SALTELLI, tmp_path / "out", limit=1)
    with pytest.raises(SetupError, match="holds 20 of 124 runs; Sobol indices need them all"):
        influences(open_results(tmp_path / "out"))
    assert "of 124: the batch is not finished" in report(open_results(tmp_path / "out"))


def test_the_report_is_one_page_with_its_figures(results, varied, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(results.out), "--html", "page.html", "--by", "factor.links"]) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 1 + 1 + 3 + 1
    assert not re.search(r'(src|href)="?http', page)
    assert "120 of 120 planned negotiations" in page
    assert "Line-up mixed: kaido: linear; others: random." in page
    assert "delay.kaido from 0 to 1.5; links True, False" in page
    assert "Scores are the authors&#x27; own" in page or "Scores are the authors' own" in page
    assert main(["report", str(varied.out), "--svg", "figures"]) == 0
    drawn = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert drawn == [
        f"cloud-for-two-{name}.svg" for name in ("contract", "gains", "influence-even-alternating", "together")
    ]
    assert all(ElementTree.parse(path).getroot().tag.endswith("svg") for path in (tmp_path / "figures").iterdir())
    assert "Which factor decides: even, alternating" in (varied.out / "report.html").read_text(encoding="utf-8")
    assert main(["report", str(results.out), "--html", str(tmp_path / "no" / "page.html")]) == 1
    assert capsys.readouterr().err.endswith("page.html: cannot be written: No such file or directory\n")
    assert main(["report", str(results.out), "--svg", str(tmp_path / "page.html" / "figures")]) == 1
    assert capsys.readouterr().err.endswith("figures: Not a directory\n")


def test_many_factors_and_three_parties(tmp_path):
    factors = {
        "unsigned.kaido.contract": [0, 1],
        **{f"delay.{p}": [0, 1] for p in ("kaido", "nimbus")},
        "rounds": [2, 3],
    }
    weights = {
        f"weight.kaido.contract.{issue.name}": [0.5, 1]
        for issue in load("cloud-for-two").scenario.tables["contract"].issues
    }
    more = {f"weight.nimbus.contract.{k.rpartition('.')[2]}": [0.5, 1] for k in weights}
    plan = {**BASE, "factors": {**factors, **weights, **more, "links": [True, False]}, "lineups": {"a": "linear"}}
    run(read_plan({**plan, "design": {"kind": "latin-hypercube", "samples": 4}}), tmp_path / "out")
    with pytest.raises(SetupError, match="unknown reference 'nowhere'"):
        report(open_results(tmp_path / "out"), reference="nowhere")
    page = report(open_results(tmp_path / "out"))
    assert "The first 12 of" in page
    assert "kaido: cost of delay" in page.lower() or "cost of delay" in page


def test_factors_in_words():
    case = load("alliance-2023")
    told = [
        charts.spoken(case, n)
        for n in ("weight.nissan.alliance.stakes", "unsigned.nissan.cloud", "delay.nissan", "rounds", "delay")
    ]
    assert told[0].startswith("Nissan Motor: weight of ")
    assert told[1].startswith("Nissan Motor: ")
    assert told[1].endswith(" unsigned")
    assert told[2:] == ["Nissan Motor: cost of delay", "rounds", "delay"]


def test_cases_with_other_parties_are_told_apart(tmp_path, monkeypatch):
    from negotiation.lab import report as module

    monkeypatch.setattr(module, "MEMORY", 1)
    run(
        read_plan({**BASE, "cases": ["cloud-for-two", "any-two-of-three"], "lineups": {"a": "linear"}}),
        tmp_path / "out",
    )
    page = report(open_results(tmp_path / "out"))
    assert page.count("<h2>Together</h2>") == 1
    assert "exact frontier of the two" not in page


def test_a_frontier_that_is_too_large_is_left_out(monkeypatch):
    case = load("cloud-for-two")
    assert frontier_gains(case, ("kaido", "nimbus"))
    from negotiation.lab import report as module

    monkeypatch.setattr(module, "MEMORY", 1)
    assert frontier_gains(case, ("kaido", "nimbus")) == []


def test_nothing_finished_is_said(tmp_path):
    with pytest.raises(LogError, match="holds no batch"):
        summarise(open_results(tmp_path))


def test_a_column_that_is_not_everywhere(tmp_path):
    """What is missing is a group like others, and a case of which nothing was played yet is no error."""
    plan = read_plan(
        {**BASE, "cases": ["cloud-for-two", "any-two-of-three"], "lineups": {"l": "linear"}, "replications": 300}
    )
    run(plan, tmp_path / "out", limit=1)
    page = report(open_results(tmp_path / "out"), "strategy.kaido")
    assert page.count("Nothing of this case has been played yet.") == 1
    run(plan, tmp_path / "out")
    found = summarise(open_results(tmp_path / "out"), "strategy.kaido")
    assert [(row["case"], row["group"], row["runs"]) for row in found.groups] == [
        ("any-two-of-three", None, 300),
        ("cloud-for-two", "linear", 300),
    ]
    shares = [o["share"] for o in found.options if o["case"] == "any-two-of-three" and o["issue"] == "members"]
    assert sum(shares) == pytest.approx(1)
    for by in ("strategy.kaido", "error"):
        assert "–</t" in report(open_results(tmp_path / "out"), by)


def test_results_from_before_lost_turns_were_counted_still_open(tmp_path, monkeypatch):
    from negotiation.lab import worker

    def older(runs):
        names = [name for name in schemas(runs)["runs"].names if not name.startswith(("lost.", "why."))]
        shapes = schemas(runs)
        return {**shapes, "runs": pa.schema([shapes["runs"].field(name) for name in names])}

    monkeypatch.setattr(worker, "schemas", older)
    run(read_plan({**BASE, "lineups": {"a": "linear"}, "replications": 2}), tmp_path / "out")
    results = open_results(tmp_path / "out")
    assert summarise(results).lost is None
    assert "Whether strategies lost turns is not known" in report(results)


def test_one_seed_has_no_interval_and_says_so(tmp_path):
    run(read_plan({**BASE, "lineups": {"a": "linear", "b": "boulware"}}), tmp_path / "out")
    results = open_results(tmp_path / "out")
    found = summarise(results)
    assert {row["gain.kaido"]["half"] for row in found.groups} == {None}
    assert {row["half"] for row in found.differences} == {None}
    assert "No mean has an interval: what is drawn at random was drawn once only." in report(results)
    assert summarise(results, by="seed").groups[0]["gain.kaido"]["half"] is None


def test_a_group_of_one_seed_and_seeds_that_came_out_alike_have_no_interval(results):
    """That a few throws of dice came to the same proves nothing: without noise it would."""
    frame = results.frame()
    by_seed = summarise(results, by="seed")
    assert {row["gain.kaido"]["half"] for row in by_seed.groups} == {None}
    signed = frame.groupby(["lineup", "seed"])["agreement"].mean().groupby("lineup").nunique()
    halves = {row["group"]: row["agreement"]["half"] for row in summarise(results).groups}
    assert {name: half is None for name, half in halves.items()} == (signed == 1).to_dict()
    assert True in (signed == 1).to_dict().values()


def test_the_map_of_influences_shows_their_intervals(varied):
    case, found = load("cloud-for-two"), influences(varied)
    assert all(one.first_low <= one.first_high and one.over_seeds for one in found)
    drawn = influence_charts.influence(case, found, PAINT)["data"]["values"]
    told = {(row["outcome"], row["factor"]): (row["number"], row["interval"]) for row in drawn}
    assert len(told) == len(found)
    by = {one.outcome: one for one in found if one.factor == "unsigned.kaido.contract"}
    some = by["gain.kaido"]
    assert (f"{some.total:.2f}", f"{some.low:.2f}–{some.high:.2f}") in told.values()
    faint = Influence("c", "p", "l", "agreement", "delay", 0.0, 0.004, -0.002, 0.01, -0.1, 0.1, over_seeds=True)
    (row,) = influence_charts.influence(case, [faint], PAINT)["data"]["values"]
    assert (row["number"], row["interval"]) == ("(0.00)", "0.00–0.01")
    page = report(varied)
    assert "over other points of the design and other seeds; in brackets what is not told apart from 0" in page
    assert page.count("95 % interval</t") == 2


def test_where_noise_decides_nothing_is_a_copy(results):
    assert summarise(results).different is None
    page = report(results, "factor.noise")
    assert "different games" not in page
    assert "<td class=n>–</td>" in page or "–</td>" in page


def test_games_without_dice_are_copies_and_types_count_by_their_odds(tmp_path, monkeypatch):
    """The flagship among linear agents is four games, one for each pair of types; however often each was drawn."""
    plan = {
        "format": "negotiation-plan/1",
        "cases": ["alliance-2023"],
        "lineups": {"even": "linear", "firm": "boulware"},
    }
    exact = read_plan(
        {**plan, "factors": {"type.renault": ["base", "float_pressed"], "type.nissan": ["pragmatic", "hawk"]}}
    )
    run(exact, tmp_path / "exact")
    odds = {"base": 0.7, "float_pressed": 0.3, "pragmatic": 0.6, "hawk": 0.4}
    frame = open_results(tmp_path / "exact").frame()
    weights = frame["type.renault"].map(odds) * frame["type.nissan"].map(odds)
    run(read_plan({**plan, "replications": 20}), tmp_path / "out")
    found = summarise(open_results(tmp_path / "out"))
    assert (found.runs, found.different) == (40, 8)
    for row in found.groups:
        here = frame["lineup"] == row["group"]
        for party in ("renault", "nissan", "nimbus"):
            mean = row[f"gain.{party}"]
            assert mean["mean"] == pytest.approx((weights * frame[f"gain.{party}"])[here].sum())
            assert mean["error"] == 0
    assert {row["error"] for row in found.differences} == {0}
    assert {option["error"] for option in found.options} == {0}
    assert "They are 8 different games" in report(open_results(tmp_path / "out"))
    assert found.undrawn == 0
    run(read_plan({**plan, "replications": 3}), tmp_path / "few")
    page = report(open_results(tmp_path / "few"))
    assert "They are 4 different games" in page
    assert "No seed drew 2 of the combinations of types" in page
    monkeypatch.setattr("negotiation.lab.tally.MOST_DIFFERENT", 3)
    assert summarise(open_results(tmp_path / "out")).different is None
    hawks = {row["group"]: row for row in summarise(open_results(tmp_path / "out"), "type.nissan").groups}
    both = (frame["lineup"] == "even", frame["lineup"] == "firm")
    wanted = (
        sum((weights * frame["gain.nissan"])[here & (frame["type.nissan"] == "hawk")].sum() for here in both) / 2 / 0.4
    )
    assert hawks["hawk"]["gain.nissan"]["mean"] == pytest.approx(wanted)


def test_a_number_and_how_sure_it_is():
    def told(mean, error, **how):
        return interval({"mean": mean, "half": error}, **how)

    assert told(1.25, 0.98) == "+1.3 ± 1.0"
    assert told(-0.04, 0.04) == "0.0 ± 0.04"
    assert told(-3, None) == "−3.0"
    assert told(0.123, 0.0, times=100, sign=False) == "12.3 ± 0"


def test_means_round_halves_up_as_all_figures_do():
    assert interval({"mean": 0.625, "half": 0.125}, 100, 0, sign=False) == "63 ± 13"
    assert interval({"mean": 31.25, "half": None}) == "+31.3"
    assert interval({"mean": -16.25, "half": 0.04}) == "−16.3 ± 0.04"
    assert interval({"mean": -0.04, "half": 0.0}) == "0.0 ± 0"
