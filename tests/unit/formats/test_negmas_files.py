"""NegMAS scenarios, bargaining instances and folders of many profiles: utilities to the last bit, else one clear sentence."""

import json
import math
from importlib.util import find_spec
from itertools import product

import pytest

from negotiation.errors import ScenarioError
from negotiation.formats import loads
from negotiation.formats.foreign_yaml import document
from negotiation.formats.importing import Wish, cases, imported, one

DOMAIN = """
name: shop
type: DiscreteCartesianOutcomeSpace
issues:
- {name: colour, type: CategoricalIssue, values: &two [red, blue]}
- {name: days, type: negmas.outcomes.contiguous_issue.ContiguousIssue, values: [2, 6]}
- {name: size, type: ContiguousIssue, values: [0, 4], step: 2}
"""
ANNA = """
name: anna
type: LinearAdditiveUtilityFunction
reserved_value: 0.25
bias: 0.125
values:
- {type: TableFun, mapping: {red: 0.1, blue: 0.3}}
- {type: AffineFun, slope: 0.1, bias: 0.2}
- {type: negmas.preferences.value_fun.TableFun, mapping: {"0": 1.0, "2": 0.7, 4: 0.1}}
weights: [0.1, 0.2, 0.7]
"""
BERT = """
type: AffineUtilityFunction
reserved_value: -.inf
weights: [0.3, 0.1, 0.2]
bias: 0.7
"""


def folder(tmp_path, **texts):
    for name, text in texts.items():
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    return tmp_path


def preferences(text):
    case = loads(text, "case")
    return case.scenario.tables["contract"], {p: case.role(p).preferences for p in case.scenario.parties}


def test_a_deal_is_worth_the_same_to_the_last_bit(tmp_path):
    numeric = DOMAIN.replace("[red, blue]", "[1, 7]")
    anna = ANNA.replace("red", "1").replace("blue", "7")
    table, of = preferences(imported([folder(tmp_path, shop=numeric, anna=anna, bert=BERT)], "shop"))
    assert [issue.texts for issue in table.issues] == [("1", "7"), ("2", "3", "4", "5", "6"), ("0", "2", "4")]
    for deal in table.deals:
        colour, days, size = (1, 7)[deal[0]], 2 + deal[1], 2 * deal[2]
        utility = 0.125
        utility += 0.1 * (0.1, 0.3)[deal[0]]
        utility += 0.2 * (days * 0.1 + 0.2)
        utility += 0.7 * (1.0, 0.7, 0.1)[deal[2]]
        assert of["anna"].score({"contract": deal}) == utility
        assert of["bert"].score({"contract": deal}) == ((0.3 * colour + 0.1 * days) + 0.2 * size) + 0.7
    assert of["anna"].score({}) == 0.25
    assert of["bert"].score({}) == min(of["bert"].score({"contract": deal}) for deal in table.deals)


FUNCTIONS = [
    ({"type": "ConstFun", "bias": 0.4}, lambda x: 0.4),
    ({"type": "LinearFun", "slope": 0.3}, lambda x: x * 0.3),
    ({"type": "IdentityFun"}, lambda x: x),
    ({"type": "QuadraticFun", "a2": 0.1, "a1": 0.2, "bias": 0.3}, lambda x: 0.1 * x * x + 0.2 * x + 0.3),
    ({"type": "PolynomialFun", "coefficients": [0.1, 0.2], "bias": 0.5}, lambda x: 0.5 + 0.1 * x + 0.2 * x**2),
    ({"type": "TriangularFun", "start": 0, "middle": 1, "end": 3}, lambda x: (0.0, 1.0, 0.5, 0.0)[x]),
    ({"type": "TriangularFun", "start": 1, "middle": 1, "end": 3, "bias": 0.1}, lambda x: 0.1 + (0, 0, 0.5, 0)[x]),
    (
        {"type": "TrapezoidalFun", "start": 1, "rise_end": 1, "fall_start": 2, "end": 3, "scale": 0.5},
        lambda x: (0.0, 0.5, 0.5, 0.0)[x],
    ),
    ({"type": "ExponentialFun", "tau": -0.3, "base": 2.0}, lambda x: 2.0 ** (-0.3 * x)),
    ({"type": "CosFun", "multiplier": 0.3}, lambda x: math.cos(0.3 * x)),
    ({"type": "SinFun", "multiplier": 0.3, "bias": 1.0}, lambda x: math.sin(0.3 * x) + 1.0),
    ({"type": "GaussianFun", "center": 1, "sigma": 0.7}, lambda x: math.exp(-((x - 1.0) ** 2) / (2 * 0.7 * 0.7))),
    ({"type": "BiasedFun", "fun": {"type": "LinearFun", "slope": 0.3}, "bias": 0.2}, lambda x: x * 0.3 + 0.2),
    ({0: 0.5, 1: 0.25, 2: 0.1, 3: 1}, lambda x: (0.5, 0.25, 0.1, 1)[x]),
]


@pytest.mark.parametrize(("function", "formula"), FUNCTIONS)
def test_every_value_function_as_its_formula_says(tmp_path, function, formula):
    domain = {"type": "DiscreteCartesianOutcomeSpace", "issues": [{"values": [0, 3], "type": "ContiguousIssue"}]}
    ufun = {"type": "LinearAdditiveUtilityFunction", "values": {"issue1": function}, "reserved_value": 0}
    other = {"type": "LinearUtilityFunction", "weights": [2.5], "reserved_value": -math.inf}
    for name, content in (("d", domain), ("anna", ufun), ("bert", other)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    _, of = preferences(imported([tmp_path], "one"))
    assert [of["anna"].score({"contract": (x,)}) for x in range(4)] == [float(formula(x)) for x in range(4)]
    assert [of["bert"].score({"contract": (x,)}) for x in range(4)] == [0.0, 2.5, 5.0, 7.5]


def test_a_logarithm_and_a_discount_in_relative_time(tmp_path):
    log = ANNA.replace("{type: AffineFun, slope: 0.1, bias: 0.2}", "{type: LogFun, tau: 1.0, base: 10.0}")
    inner = "".join(f"  {line}\n" for line in log.strip().splitlines())
    later = f"type: ExpDiscountedUFun\ndiscount: 0.9\nfactor: relative_time\nufun:\n{inner}"
    _, of = preferences(imported([folder(tmp_path, shop=DOMAIN, anna=later, bert=ANNA)], "shop"))
    assert of["anna"].discount == 0.9
    assert of["anna"].score({}) == 0.25
    utility = (0.125 + 0.1 * 0.1) + 0.2 * math.log(3.0, 10.0) + 0.7
    assert of["anna"].score({"contract": (0, 1, 0)}) == utility
    plain = imported([folder(tmp_path, anna=later.replace("0.9", "1.0").replace("relative_time", "step"))], "shop")
    assert "discount" not in plain


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("shop", "DiscreteCartesianOutcomeSpace", "LinearUtilityFunction", "no domain file among these"),
        ("anna", "LinearAdditiveUtilityFunction", "CartesianOutcomeSpace", "a second domain file; "),
        ("anna", "LinearAdditiveUtilityFunction", "MappingUtilityFunction", "a MappingUtilityFunction cannot be imported; poss"),
        ("anna", "LinearAdditiveUtilityFunction", "os.UtilityFunction", "is a class of another package, and none is ever run"),
        ("anna", "type: AffineFun", "type: AffinFun", "unknown value function 'AffinFun'; did you mean 'AffineFun'?"),
        ("anna", "type: AffineFun", "type: LambdaFun", "issue 'days': a LambdaFun is code, and none is ever run; write"),
        ("anna", "type: AffineFun", "type: 7", "issue 'days': type is 7, must be the name of a class"),
        ("anna", "slope: 0.1, ", "", "issue 'days': slope is missing, must be a number"),
        ("anna", "slope: 0.1", "slope: .nan", "issue 'days': slope is nan, must be a finite number"),
        ("anna", "slope: 0.1", f"slope: 1{'0' * 400}", "issue 'days': slope is inf, must be a finite number"),
        ("anna", "slope: 0.1", "slope: true", "issue 'days': slope is True, must be a number"),
        ("anna", "slope: 0.1", "slope: -0.3", "anna: issue 'days': a value is worth -0.32, must lie within 0 and 64; --norm"),
        ("anna", "slope: 0.1", "slope: 1.0e+300", "anna: issue 'days': a value is worth 1.2e+300, must lie within 0"),
        ("anna", "{type: AffineFun, slope: 0.1, bias: 0.2}", "AffineFun", "issue 'days': must be a value function with its type"),
        ("anna", "{type: AffineFun, slope: 0.1, bias: 0.2}", "{type: LogFun, tau: 0}", "value 2 has no finite result"),
        ("anna", "{red: 0.1, blue: 0.3}", "{red: 0.1}", "issue 'colour': value 'blue' has no number in its mapping"),
        ("anna", "{red: 0.1, blue: 0.3}", "[0.1, 0.3]", "issue 'colour': mapping is list, must have a number for every"),
        ("anna", "{type: TableFun, mapping: {red: 0.1, blue: 0.3}}", "{type: IdentityFun}", "issue 'colour': value is 'red', must"),
        ("anna", "[0.1, 0.2, 0.7]", "[0.1, 0.2]", "weights has 2 entries, must have 3, one for each issue"),
        ("anna", "[0.1, 0.2, 0.7]", "{hue: 1}", "weights: unknown issue 'hue'; possible: colour, days, size"),
        ("anna", "[0.1, 0.2, 0.7]", "0.7", "weights is float, must be a list"),
        ("anna", "reserved_value: 0.25", "reserved_value: .inf", "reserved_value is inf, must be a finite number"),
        ("anna", "reserved_value: 0.25", "reserved_outcome: [red]", "reserved_outcome is set; write what it is worth"),
        ("anna", "name: anna", "name: !!python/object/apply:os.system [true]", "line 2, column 7: not plain YAML: could not determi"),
        ("anna", "name: anna", "name: !!python/name:os.system x", "not plain YAML: could not determine a constructor"),
        ("anna", "name: anna", "name: !!python/tuple x", "line 2, column 7: not plain YAML: a tuple must be a list"),
        ("anna", "name: anna", "? {a: b}\n: c", "line 2, column 3: not plain YAML: a key must be a word"),
        ("anna", "name: anna", "? [a, [b]]\n: c", "line 2, column 3: not plain YAML: a key must be a word"),
        ("anna", "name: anna", "type: x", "not plain YAML: key 'type' stands twice"),
        ("anna", "name: anna", "name: &a [*a]", "an alias inside itself"),
        ("anna", "name: anna", f"name: {'[' * 30}{']' * 30}", "nested deeper than 20 levels"),
        ("anna", "name: anna", "name: 2001-99-99 12:00:00\nx: {", "not plain YAML"),
        ("anna", "name: anna", "name: \x07", "not plain YAML: "),
        ("shop", "type: CategoricalIssue", "type: ContinuousIssue", "issue 'colour' is real-valued: list the values it may"),
        ("shop", "values: [2, 6]", "values: [2.5, 6.5]", "issue 'days' is real-valued: list the values it may"),
        ("shop", "values: [2, 6]", "values: [6, 2]", "issue 'days': values are [6, 2], must be lowest, highest and a step"),
        ("shop", "step: 2", "step: -2", "issue 'size': values are [0, 4] in steps of -2, must be"),
        ("shop", "values: [2, 6]", "values: [0, 1000000]", "issue 'days' has 1,000,001 values, must have at most 10,000"),
        ("shop", "type: CategoricalIssue", "type: CallableIssue", "issue 'colour': unknown type 'CallableIssue'; did you mean"),
        ("shop", "[red, blue]", "[red, [blue]]", "issue 'colour': a value is ['blue'], must be a word or a number"),
        ("shop", "[red, blue]", "red", "issue 'colour': values is str, must be a list"),
        ("shop", "name: days", "name: colour", "issue 'colour' stands twice"),
        ("shop", "- {name: days", "- 7\n- {name: days", "issue 2 is int, must have name, type and values"),
        ("shop", "issues:", "issue:", "issues is missing, must be a list"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_in_one_line(tmp_path, file, old, new, message):
    texts = {"shop": DOMAIN, "anna": ANNA, "bert": ANNA}
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(ScenarioError) as problem:
        imported([folder(tmp_path, **texts)], "shop")
    text = str(problem.value)
    assert message in text
    assert "\n" not in text
    assert len(text) < 600


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("discount: 0.9\nfactor: step\n", "factor is 'step': time is counted in rounds; only relative_time can be"),
        ("discount: 0.9\nfactor: relative_time\ndynamic_reservation: false\n", "dynamic_reservation is off"),
        ("discount: 1.5\nfactor: relative_time\n", "discount is 1.5, must be above 0 and at most 1"),
    ],
)
def test_discounts_that_count_otherwise_are_refused(tmp_path, text, message):
    inner = "".join(f"  {line}\n" for line in ANNA.strip().splitlines())
    later = f"type: ExpDiscountedUFun\n{text}ufun:\n{inner}"
    with pytest.raises(ScenarioError, match=message):
        imported([folder(tmp_path, shop=DOMAIN, anna=later, bert=ANNA)], "shop")
    with pytest.raises(ScenarioError, match="ufun must be one utility function"):
        imported([folder(tmp_path, anna="type: ExpDiscountedUFun\nufun: 3\n")], "shop")
    biased = ANNA.replace("{type: AffineFun, slope: 0.1, bias: 0.2}", "{type: BiasedFun, fun: {}, normalize: true}")
    with pytest.raises(ScenarioError, match="normalize is set"):
        imported([folder(tmp_path, anna=biased)], "shop")


def test_equal_lists_may_share_an_anchor_but_not_grow_for_ever(tmp_path):
    twice = DOMAIN + "also: *two\n[1, 2]: 3\nat: !!python/tuple [1, 2]\nday: 2001-01-01\n"
    assert "red" in imported([folder(tmp_path, shop=twice, anna=ANNA, bert=ANNA)], "shop")
    bomb = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefg", "bcdefgh", strict=True)
    )
    with pytest.raises(ScenarioError, match="more than 400,000 values, aliases written out"):
        imported([folder(tmp_path, shop=bomb + DOMAIN)], "shop")
    (tmp_path / "shop.yml").write_bytes(b"name: \xff")
    with pytest.raises(ScenarioError, match="byte 6 is not UTF-8"):
        imported([tmp_path], "shop")


def test_what_is_empty_or_too_deep_for_the_reader(monkeypatch):
    assert document("x.yml", b"# nothing\n") == {}

    def deep(loader):
        raise RecursionError

    monkeypatch.setattr("negotiation.formats.foreign_yaml._Data.get_single_node", deep, raising=False)
    with pytest.raises(ScenarioError, match="x.yml: nested deeper than 20 levels"):
        document("x.yml", b"a: 1")


def test_utilities_are_mapped_to_a_unit_scale_on_request(tmp_path):
    steep = ANNA.replace("slope: 0.1", "slope: -3.0")
    files = [folder(tmp_path, shop=DOMAIN, anna=steep, bert=ANNA)]
    with pytest.raises(ScenarioError, match="value is worth -3.56, must lie within 0 and 64; --norm maps utilities"):
        imported(files, "shop")
    table, of = preferences(one(files, "shop", Wish(normed=True)))
    scores = [of["anna"].score({"contract": deal}) for deal in table.deals]
    assert (min(scores), max(scores)) == (pytest.approx(0), pytest.approx(1))
    assert all(issue in of["anna"].sheets for issue in ("contract.colour", "contract.days"))
    flat = "type: LinearUtilityFunction\nweights: {colour: 0, days: 0, size: 0}\n"
    numeric = DOMAIN.replace("[red, blue]", "[1, 7]")
    with pytest.raises(ScenarioError, match="every deal is worth 0, which cannot be mapped"):
        one([folder(tmp_path, shop=numeric, anna=flat, bert=flat)], "shop", Wish(normed=True))
    later = "type: ExpDiscountedUFun\ndiscount: 0.9\nfactor: relative_time\nufun: {type: LinearUtilityFunction, weights: [1, 1, 1]}\n"
    with pytest.raises(ScenarioError, match="--norm would change what waiting costs"):
        one([folder(tmp_path, anna=later, bert=later)], "shop", Wish(normed=True))


def test_bargaining_instances_are_cases_of_one_table(tmp_path):
    file = tmp_path / "bargaining.txt"
    file.write_text("1,2,3 8,1,0 4,0,2\n\n2,2,1 1,1,6 0,4,2\n", encoding="utf-8")
    (first, text), (third, _) = cases([file], "pool", Wish())
    assert (first, third) == ("pool-1", "pool-3")
    case = loads(text, "case")
    assert case.scenario.rounds == 5
    table = case.scenario.tables["contract"]
    for deal in product(range(2), range(3), range(4)):
        got = [case.role(party).preferences.score({"contract": deal}) for party in ("first", "second")]
        assert got == [8 * deal[0] + deal[1], 4 * (1 - deal[0]) + 2 * (3 - deal[2])]
    assert table.size == 24
    assert loads(one([file], "pool", Wish(rounds=3, line=3)), "case").scenario.rounds == 3
    with pytest.raises(ScenarioError, match="makes several cases; --line N chooses one"):
        one([file], "pool", Wish())
    with pytest.raises(ScenarioError, match="line 9 holds nothing; possible: 1 to 3"):
        one([file], "pool", Wish(line=9))
    for line, message in [
        ("1,2,3 8,1,0 4,0", "3 items, but worths for 3 and 2"),
        ("1,2,3 8,1,0", "'1,2,3 8,1,0' must be three lists of whole numbers"),
        ("1,2,99999 8,1,0 4,0,2", "has 100,000 values, must have at most 10,000"),
    ]:
        file.write_text(f"1,2,3 8,1,0 4,0,2\n{line}\n", encoding="utf-8")
        with pytest.raises(ScenarioError, match=f"line 2: .*{message}"):
            list(cases([file], "pool", Wish()))
    file.write_bytes(b"1,2,3 8,1,0 4,0,2\n\xff")
    with pytest.raises(ScenarioError, match="byte 18 is not UTF-8"):
        list(cases([file], "pool", Wish()))


@pytest.mark.skipif(not find_spec("negmas"), reason="needs the extra [negmas]")
def test_negmas_itself_reads_the_same(tmp_path):
    from negmas.inout import Scenario

    anna = ANNA.replace("bias: 0.125\n", "")
    numeric = DOMAIN.replace("[red, blue]", "[1, 7]").replace(", step: 2}", "}").replace("[0, 4]", "[0, 2]")
    anna = anna.replace("red", "1").replace("blue", "7").replace('"0": 1.0, "2": 0.7, 4: 0.1', "0: 1.0, 1: 0.7, 2: 0.1")
    scenario = Scenario.load(folder(tmp_path, shop=numeric, anna=anna, bert=BERT))
    table, of = preferences(imported([tmp_path], "shop"))
    values = [list(issue.all) for issue in scenario.outcome_space.issues]
    for ufun, ours in zip(scenario.ufuns, of.values(), strict=True):
        for deal in table.deals:
            theirs = ufun(tuple(some[option] for some, option in zip(values, deal, strict=True)))
            assert theirs == ours.score({"contract": deal})
