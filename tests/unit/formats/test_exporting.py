"""A case as files of other programs: read again, every utility is the same to the last bit; else it is refused."""

import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from negotiation.cli import main
from negotiation.errors import ScenarioError
from negotiation.formats import load, loads
from negotiation.formats.export_genius import _lines
from negotiation.formats.export_writers import geniusweb_json
from negotiation.formats.exporting import exported
from negotiation.formats.importing import imported
from negotiation.formats.profiles import Profile, case_text
from negotiation.formats.scenario_yaml import bundled
from negotiation.preferences import Link

DATA = Path(__file__).parents[2] / "data"
GENIUS = [DATA / "genius" / f"{name}.xml" for name in ("garden", "anna", "bert")]
NEGOLOG = [DATA / "negolog" / f"{name}.json" for name in ("ada", "ben")]


def calm():
    """A case of ours in which waiting costs nothing."""
    text = bundled()["cloud-for-two"].read_text(encoding="utf-8")
    return loads(text.replace("  delay_cost_per_round: {kaido: 0.6, nimbus: 0.4}\n", ""), "calm")


def case_of(*profiles, agenda=None):
    agenda = agenda or {"Price": ("low & <odd>", "high"), "Day": ("1", '2 "b"', "日")}
    parties = {f"p{n}": profile for n, profile in enumerate(profiles, 1)}
    return loads(case_text("swap", "Swap", agenda, parties, 10), "swap.yaml")


def profile(reservation=0.0, discount=1.0, weights=(0.3, 0.7)):
    shares = {"Price": (1 / 3, 1.0), "Day": (1.0, 0.1, 0.0)}
    return Profile(dict(zip(shares, weights, strict=True)), shares, reservation, discount)


@pytest.mark.parametrize("kind", ["genius", "geniusweb", "negmas"])
def test_what_is_written_reads_back_to_the_last_bit(kind, tmp_path, capsys):
    case = case_of(profile(0.3 * (1 / 3)), profile(0.7 * 0.1), profile())
    for name, text in exported(case, kind).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    again = loads(imported([tmp_path], "swap"), "again")
    assert again.scenario.parties.keys() == case.scenario.parties.keys()
    for party in case.scenario.parties:
        ours, theirs = case.role(party).preferences, again.role(party).preferences
        assert np.array_equal(ours.given("contract", {}), theirs.given("contract", {}))
    assert [i.texts for i in again.scenario.tables["contract"].issues] == [
        ("low & <odd>", "high"),
        ("1", '2 "b"', "日"),
    ]


def test_a_garden_with_a_cap_and_a_discount_goes_out_as_it_came(tmp_path, capsys):
    shutil.copytree(DATA / "genius", tmp_path / "in")
    assert main(["import", *map(str, GENIUS), "-o", str(tmp_path / "garden.yaml")]) == 0
    out = tmp_path / "out"
    assert main(["export", str(tmp_path / "garden.yaml"), "--to", "genius", str(out)]) == 0
    assert "bytes" in capsys.readouterr().out
    assert main(["import", str(out), "-o", str(tmp_path / "again.yaml")]) == 0
    first, second = load(tmp_path / "garden.yaml"), load(tmp_path / "again.yaml")
    for party in ("anna", "bert"):
        ours, theirs = first.role(party).preferences, second.role(party).preferences
        assert (ours.discount, ours.given("contract", {}).tolist()) == (
            theirs.discount,
            theirs.given("contract", {}).tolist(),
        )
    assert main(["export", str(tmp_path / "garden.yaml"), "--to", "genius", str(out)]) == 1
    assert "garden-domain.xml: exists already; --force replaces it" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "garden.yaml"), "--to", "genius", str(out), "--force"]) == 0
    assert main(["export", "--to", "genius", str(out)]) == 1
    assert "say what: negotiation export CASE --to genius" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "garden.yaml"), "--to", "genius", str(tmp_path / "again.yaml" / "x")]) == 1
    assert "again.yaml/x: Not a directory" in capsys.readouterr().err


def test_discounts_and_points_of_a_hundred_are_told_to_negmas():
    files = exported(case_of(profile(0.1, 0.9), profile(0.2)), "negmas")
    assert "ExpDiscountedUFun" in files["p1.yml"]
    assert next(iter(exported(calm(), "negmas"))) == "cloud-for-two-domain.yml"


@pytest.mark.parametrize(
    ("case", "kind", "why"),
    [
        ("alliance-2023", "genius", "it has 6 tables, a domain has one"),
        ("cloud-for-two", "genius", "kaido pays for every round of delay; a profile has only a discount"),
        ("", "genius", "kaido has a deal worth 100, and no utility counts above 1 there"),
        ("", "geniusweb", "kaido: weights sum to 5, must be 1 there"),
        ("any-two-of-three", "negmas", "not every deal needs all parties"),
        ("cloud-for-two", "excel", "--to: unknown kind 'excel'; possible: genius, geniusweb, negmas"),
    ],
)
def test_what_has_no_words_there_is_refused_with_the_reason(case, kind, why):
    with pytest.raises(ScenarioError, match=why):
        exported(load(case) if case else calm(), kind)


def test_what_a_profile_of_others_cannot_say():
    plain = case_of(profile(), profile())
    table = plain.scenario.tables["contract"]

    def changed(**changes):
        return replace(plain, scenario=replace(plain.scenario, tables={"contract": replace(table, **changes)}))

    for case, kind, why in [
        (changed(unsigned={"price": "high"}), "negmas", "options in force while nothing is signed"),
        (changed(issues=(table.issues[0], replace(table.issues[1], title="Price"))), "negmas", "have the same text"),
        (
            replace(plain, roles={**plain.roles, "p1": {"hawk": plain.roles["p1"]["base"]}}),
            "negmas",
            "p1 has private types",
        ),
        (
            case_of(profile(0.25), profile()),
            "geniusweb",
            "p1: the reservation there is a bid, and none has a utility of 0.25",
        ),
        (case_of(profile(0.0, 0.5), profile()), "geniusweb", "p1: has a discount, for which there are no words there"),
        (case_of(profile(weights=(0.3, 0.8)), profile()), "geniusweb", "p1: weights sum to 1.1, must be 1 there"),
    ]:
        with pytest.raises(ScenarioError, match=why):
            exported(case, kind)
    many = {f"i{n}": tuple(1 / (3 + (n + 1) * k) for k in range(60)) for n in range(5)}
    agenda = {issue: tuple(map(str, range(60))) for issue in many}
    with pytest.raises(ScenarioError, match="the reservation there is a bid"):
        geniusweb_json("x", agenda, {"p": Profile(dict.fromkeys(many, 0.2), many, 0.123)})


def test_evaluations_are_found_where_no_value_has_the_whole_weight():
    shares = {"Price": (0.3, 0.9), "Day": (0.0, 0.0, 0.0)}
    low = Profile({"Price": 0.7, "Day": 0.3}, shares)
    files = exported(case_of(low, profile()), "genius")
    assert 'evaluation="1.0"' in files["p1.xml"]
    refused = 0
    for n in range(1, 60):
        odd = Profile({"Price": 0.7, "Day": 0.3}, {**shares, "Price": (n / 61, 0.9)})
        try:
            exported(case_of(odd, profile()), "genius")
        except ScenarioError as problem:
            refused += 1
            assert "no evaluation gives a value its utility to the last bit" in str(problem)
    assert refused < 20


def test_links_between_options_have_no_words_there():
    plain = case_of(profile(), profile())
    role = plain.roles["p1"]["base"]
    link = Link("both", {"contract.price": ("high",)}, 0.1)
    linked = replace(role, preferences=replace(role.preferences, links=(link,)))
    with pytest.raises(
        ScenarioError, match="utilities of p1 would not be the same to the last bit; the links of this case"
    ):
        exported(replace(plain, roles={**plain.roles, "p1": {"base": linked}}), "negmas")


@pytest.mark.parametrize(
    ("values", "shares", "found"),
    [
        (("1", "2", "3"), (0.9, 0.9 + -0.2, 0.9 + -0.4), True),
        (("1", "2", "3", "4"), (0.3, 0.3 + 0.4, 1.0, 1.0), True),
        (("7",), (0.5,), True),
        (("1", "3"), (0.1, 0.2), False),
        (("1", "2", "3"), (0.1, 0.5, 0.1), False),
        (("a", "b"), (0.1, 0.2), False),
    ],
)
def test_whole_numbers_in_order_are_a_line_if_all_lie_on_it(values, shares, found):
    assert bool(_lines(values, "x", {"p": Profile({"x": 1.0}, {"x": shares})})) == found


@pytest.mark.skipif(not find_spec("negmas"), reason="needs the extra [negmas]")
def test_negmas_itself_reads_what_we_write(tmp_path):
    from negmas.inout import Scenario

    for number, case in enumerate(
        [loads(imported(NEGOLOG, "sale"), "sale"), calm(), case_of(profile(0.1, 0.9), profile(0.2))]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, text in exported(case, "negmas").items():
            (folder / name).write_text(text, encoding="utf-8")
        scenario = Scenario.load(folder)
        (table,) = case.scenario.tables.values()
        for ufun in scenario.ufuns:
            ours = case.role(ufun.name).preferences
            points = ours.given(table.name, {}).tolist()
            plain = getattr(ufun, "ufun", ufun)
            assert plain.reserved_value == points[-1]
            for deal, mine in zip(table.deals, points, strict=False):
                assert plain(tuple(i.texts[o] for i, o in zip(table.issues, deal, strict=True))) == mine
