"""Files that are wrong in every way we could think of: one clear line each, naming the place and what is possible."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from unit_small import SMALL, wide

from negotiation.errors import ScenarioError
from negotiation.formats import bundled, load, loads
from negotiation.formats.memory_check import LARGEST_UPLOADED, memory
from negotiation.formats.schema import ScenarioFile, schema
from negotiation.formats.validation_errors import _known
from negotiation.formats.yaml_text import dump, parse
from negotiation.table import Table

DOUBTFUL = (
    "1e2",
    "012",
    "1:30",
    "no",
    "On",
    "0x1F",
    "1_0",
    "-.5",
    "09",
    "1.0e5",
    "0o17",
    "~",
    "2001-01-01",
    ".nan",
    "=",
)
"""Texts that are numbers, switches or nothing to some reader of YAML unless they stand in quotes."""

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"))
texts = texts | st.sampled_from(DOUBTFUL)


def nested(inner):
    return st.lists(inner, max_size=3) | st.dictionaries(texts.filter(str.strip), inner, max_size=3)


def test_a_small_case_loads_with_everything_in_it():
    case = loads(SMALL, "small.yaml")
    assert list(case.scenario.parties) == ["anna", "bert"]
    assert case.scenario.tables["house"].size == 3
    assert [c.name for c in case.scenario.constraints] == ["C1"]
    assert list(case.roles["anna"]) == ["calm", "keen"]
    assert case.role("anna", "keen").brief == "Hurry."
    assert case.role("anna").preferences.score({}) == pytest.approx(10)
    assert case.role("bert").preferences.score({}) == pytest.approx(70)
    assert case.references["plan"].outcome == {"house": (0, 0), "garden": None}
    assert case.variants == {"all": "with Carl", "dear": ""}
    assert case.whys == {"preferences.anna.house.price": "money"}


def test_variants_bring_in_parties_and_change_scores():
    everybody = loads(SMALL, "small.yaml", "all")
    assert list(everybody.scenario.parties) == ["anna", "bert", "carl"]
    assert everybody.scenario.tables["house"].signers.always == ("anna", "bert", "carl")
    dear = loads(SMALL, "small.yaml", "dear")
    assert dear.role("bert").preferences.score({}) == pytest.approx(63)
    assert len({loads(SMALL, "s", v).digest for v in ("", "all", "dear")}) == 3
    with pytest.raises(ScenarioError, match="unknown variant 'cheap'"):
        loads(SMALL, "small.yaml", "cheap")


def test_who_sits_at_no_table_does_not_pay_for_waiting():
    text = SMALL.replace("{anna: 0.5}", "{anna: 0.5, carl: 2}")
    assert loads(text, "small.yaml", "all").role("carl").preferences.delay == 2
    for old, new in (("kind: shadow, optional: true", "kind: partner"), ("    shadow_veto: [carl]\n", "")):
        text = text.replace(old, new)
    case = loads(text, "small.yaml")
    assert case.scenario.at("carl") == ()
    assert [case.role(party).preferences.delay for party in case.roles] == [0.5, 0.0, 0.0]


def test_the_digest_sees_what_counts_and_nothing_else():
    digest = loads(SMALL, "s").digest
    assert loads(SMALL.replace("A small case", "Another title") + "# comment\n", "s").digest == digest
    assert loads(SMALL.replace("rounds: 5", "rounds: 6"), "s").digest != digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "negotiation-scenario/1",
            "negotiation-scenario/9",
            "format: is 'negotiation-scenario/9', must be 'negotiation-scenario/1'",
        ),
        ("title: A small case", "titel: A small case", "title: is missing"),
        ("id: small", "id: small\nteches: [x]", "teches: unknown key; did you mean 'teaches'?"),
        ("{name: Anna}", "{name: Anna, bief: x}", "parties.anna.bief: unknown key"),
        ("rounds: 5", "rounds: five", "clock.rounds: is 'five', must be a whole number"),
        ("rounds: 5", "rounds: 0", "clock.rounds: is 0, must be greater than or equal to 1"),
        ("low: 0, high: 100}, why", "low: .nan, high: 100}, why", "preferences.anna.house.price.scores.low: is nan"),
        (
            "low: 0, high: 100}, why",
            "low: 0, high: 101}, why",
            "scores.high: is 101, must be less than or equal to 100",
        ),
        ("low: 0, high: 100}, why", "low: 0, hihg: 100}, why", "unknown option 'hihg'; did you mean 'high'?"),
        ("low: 0, high: 100}, why", "low: 0}, why", "no score for high; every option has one, 0 to 100"),
        ("weight: 60", "weight: 58", "preferences.anna: weights sum to 98, must be 100"),
        ("weight: 60", "weight: 60.000002", "preferences.anna: weights sum to 100.000002, must be 100"),
        ("keen: {prob: 0.5", "keen: {prob: 0.500002", "types.anna: probabilities sum to 1.000002, must be 1"),
        ("{weight: 40, scores: {shared: 0,", "{weight: 41, scores: {shared: 0,", "types.anna.keen: weights sum to 101"),
        ("keen: {prob: 0.5", "keen: {prob: 0.4", "types.anna: probabilities sum to 0.9, must be 1"),
        (
            "always: [anna, bert]",
            "always: [anna, berta]",
            "tables.house.signers.always: unknown party 'berta'; did you mean 'bert'?",
        ),
        ("{anna: 0.5}", "{annna: 0.5}", "clock.delay_cost_per_round: unknown party 'annna'; did you mean 'anna'?"),
        ("of: [bert]", "of: [bart]", "tables.garden.signers.quorum.of: unknown party 'bart'"),
        ("shadow_veto: [carl]", "shadow_veto: [karl]", "tables.house.shadow_veto: unknown party 'karl'"),
        ("effect: {anna", "effect: {ann", "links.L1.effect: unknown party 'ann'"),
        ("include: [carl]", "include: [karl]", "variants.all.include: unknown party 'karl'"),
        ("{always: [anna, bert]}", "{}", "tables.house.signers: nobody can sign here"),
        ("of: [bert], min: 1", "of: [bert], min: 2", "tables.garden.signers.quorum.min: is 2, must be at most the 1"),
        ("house.date: [now], garden", "house.dat: [now], garden", "links.L1.when.house.dat: unknown issue 'dat'"),
        ("garden.use: [shared]}, e", "gardn.use: [shared]}, e", "links.L1.when.gardn.use: unknown table 'gardn'"),
        ("garden.use: [own]}}", "garden.use: [owned]}}", "constraints.C1.forbid.garden.use: unknown option 'owned'"),
        (
            "{house.price: [high], garden.use: [own]}",
            "{house.price: [low], garden.use: [unsigned]}",
            "constraints.C1: forbids leaving everything unsigned",
        ),
        (
            "{house.price: [high], garden.use: [own]}",
            "{house.price: [high, unsigned]}",
            "constraints.C1.forbid.house.price: names unsigned, but inside one table a constraint forbids signing",
        ),
        ("id: C2", "id: C1", "constraints.C1: this id stands twice"),
        ("{anna: 3}}", "{anna: 3}, says: Soon}", "links.0.says: is 'Soon', must be a mapping"),
        ("{anna: 3}}", "{anna: 3}, says: {fr: Tôt}}", "links.L1.says: has fr but not en; English is needed"),
        ("{anna: 3}}", "{anna: 3}, says: {en: ' '}}", "links.L1.says.en: is empty, must be one sentence on one line"),
        ("{anna: 3}}", '{anna: 3}, says: {en: "A\\nB"}}', "links.L1.says.en: has several lines, must be one sentence"),
        ("{anna: 3}}", "{anna: 3}, says: {de: Bald}}", "links.0.says: is 'de', must be 'en', 'fr' or 'ja'"),
        (
            "{anna: 3}}",
            f"{{anna: 3}}, says: {{en: {'x' * 301}}}}}",
            "links.0.says.en: has 301 characters, must have at most 300",
        ),
        (
            "house: {price: low, date: now}",
            "house: {price: low, date: then}",
            "references.plan.house: unknown option of date 'then'",
        ),
        (
            "house: {price: low, date: now}",
            "house: {price: high, date: now}",
            "references.plan.house: this deal is not legal there",
        ),
        ("garden: null", "gardn: null", "references.plan: unknown table 'gardn'"),
        (
            "{low: Low, high: High}",
            "{low: Low, true: High}",
            "tables.house.issues.price.options: YAML reads this as True; put it in quotes",
        ),
        ("{low: Low, high: High}", "{low: Low, unsigned: High}", "this name is reserved for unsigned tables"),
        ("{low: Low, high: High}", "{low: Low, High: High}", "must be a plain name: small letters"),
        ("{low: Low, high: High}", "{}", "tables.house.issues.price.options: has 0 entries, must have at least 1"),
        ("bert: {name: Bert,", "clock: {name: Bert,", "parties.clock: this name is reserved"),
        ("  carl:\n    house.date: {weight: 100, scores: {now: 0, later: 100}}\n", "", "preferences: nothing for carl"),
        ("{house.price: [high], house.date: [now]}", "{house.price: [low, high]}", "tables.house: no deal is possible"),
        ("id: small", "id: small\nid: smaller", "line 4, column 1: not YAML: key 'id' stands in line 3 already"),
        ("title: A small case", "title: [A small case", "not YAML"),
        ("name: Anna", "name: &a Anna", "YAML anchors and aliases (& and *) are not allowed"),
        ("name: Anna", "name: !!python/object:os.system x", "not YAML: could not determine a constructor"),
        ("name: Anna", "? [a, b]\n    : c", "not YAML"),
        ("parties:\n  anna: {name: Anna}", "parties:\n  anna: hello", "parties.anna: is 'hello', must be a mapping"),
        ("id: small", f"id: small\n{'x' * 900}: 1", f"small.yaml: {'x' * 597}..."),
        ("teaches", "teaches", "A small case"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(old, new, message):
    if old == new:
        assert message in loads(SMALL, "small.yaml").scenario.title
        return
    assert old in SMALL
    with pytest.raises(ScenarioError) as problem:
        loads(SMALL.replace(old, new, 1), "small.yaml")
    text = str(problem.value)
    assert text.startswith("small.yaml: ")
    assert message in text
    assert "\n" not in text
    assert len(text) < 700


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds nothing, must hold the sections of a case"),
        ("- a\n- b\n", "holds list"),
        ("[" * 5000, "nest"),
        ("[" * 30 + "]" * 30, "line 1: nested deeper than 20 levels"),
        ("a: 1\nb: \x07\n", "line 2, column 4: holds U+0007"),
        ("a: &x [1]\nb: [*x, *x]\n", "line 1: YAML anchors and aliases"),
        ("a: 9999-99-99\n", "unknown key"),
        ("{[a]: 1}", "a key must be a word"),
        ("a: 0x\n", "unknown key"),
        ("a: 1_0:99\nb: !!int x\n", "a value cannot be read"),
    ],
)
def test_what_is_no_case_at_all(text, message):
    with pytest.raises(ScenarioError) as problem:
        loads(text, "x.yaml")
    assert message in str(problem.value) or "is missing" in str(problem.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("rounds: 5", "rounds: 012", "column 28: YAML reads 012 as 10: write the number without a leading 0"),
        ("rounds: 5", "rounds: 1:30", "YAML reads 1:30 as 90: write the number without"),
        ("rounds: 5", "rounds: 1_0", "YAML reads 1_0 as 10"),
        ("rounds: 5", "rounds: 0x1F", "YAML reads 0x1F as 31"),
        ("rounds: 5", "rounds: 0b11", "YAML reads 0b11 as 3"),
        ("rounds: 5", "rounds: 1e2", "YAML reads 1e2 as text: write the number out (100, 0.5), or put it in quotes"),
        ("rounds: 5", "rounds: 09", "YAML reads 09 as text"),
        ("rounds: 5", "rounds: 0o17", "YAML reads 0o17 as text"),
        ("weight: 60", "weight: 1.0e2", "YAML reads 1.0e2 as text"),
        ("weight: 60", "weight: -.5", "YAML reads -.5 as text"),
        ("weight: 60", "weight: 1:00.5", "YAML reads 1:00.5 as 60.5"),
        ("weight: 60", "weight: 060.0", "YAML reads 060.0 as 60.0"),
        (
            "optional: true",
            "optional: yes",
            "YAML reads yes as true: write true, or put it in quotes if the word is meant",
        ),
        ("{low: Low, high: High}", "{low: Low, no: High}", "YAML reads no as false: write false, or put it in"),
        ("{low: Low, high: High}", "{low: Low, high: Off}", "YAML reads Off as false"),
        ("{low: Low, high: High}", "{low: 1e5, high: High}", "YAML reads 1e5 as text"),
        ("{low: Low, high: High}", '{low: "a\\x1bb", high: High}', "holds U+001B (a control character), which nobody"),
        ("{low: Low, high: High}", '{low: "a\\u202Eb", high: High}', "holds U+202E (right-to-left override)"),
        ("{low: Low, high: High}", '{low: "a\\uFFFEb", high: High}', "holds U+FFFE (no character)"),
        ("{low: Low, high: High}", "{low: a\x07b, high: High}", "holds U+0007 (a control character)"),
        ("{low: Low, high: High}", "{low: a\ud800b, high: High}", "holds U+D800 (half a character)"),
        ("rounds: 5", "rounds: 5  # \u2067", "holds U+2067 (right-to-left isolate), which nobody sees; take it out"),
    ],
)
def test_what_reads_otherwise_than_it_looks_is_refused_with_its_place(old, new, message):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    with pytest.raises(ScenarioError) as problem:
        loads(text, "small.yaml")
    told = str(problem.value)
    assert told.startswith("small.yaml: line ")
    assert message in told
    assert "\n" not in told


def test_the_place_of_what_nobody_sees_is_its_line_and_column():
    with pytest.raises(ScenarioError, match=r"^x.yaml: line 3, column 5: holds U\+0000"):
        parse("a: 1\r\nb: 2\r\nc: d\0", "x.yaml")


def test_what_is_seen_or_joins_letters_stays():
    text = "a: |\n  tab\there\n  \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f33e \u200f\n"
    assert parse(text, "x.yaml")["a"].startswith("tab\there\n")


def test_a_text_kept_with_a_game_reads_as_it_did_then():
    assert parse('a: "b\\x07\u202e"', "x.yaml", kept=True) == {"a": "b\x07\u202e"}
    with pytest.raises(ScenarioError, match="not YAML: unacceptable character"):
        parse("a: \x07", "x.yaml", kept=True)
    text = SMALL.replace("rounds: 5", "rounds: 1_0").replace("optional: true", "optional: yes")
    case = loads(text, "small.yaml", "all", kept=True)
    assert (case.scenario.rounds, case.scenario.parties["carl"].optional) == (10, True)
    with pytest.raises(ScenarioError, match="key 'id' stands in line 3 already"):
        loads(SMALL.replace("id: small", "id: small\nid: smaller"), "small.yaml", kept=True)


def test_what_looks_like_what_it_is_stays():
    document = """
whole: [0, -7, +5, 1000000]
broken: [0.5, .5, 5., -0.25, 1.0e+30, 1.5E-7, .inf, -.Inf]
switches: [true, False, TRUE]
words: ["012", '1e2', "no", y, n, 2001-01-01, 1.2.3, 12 months, v1_0, "", 0.5.1, e5, _1]
nothing: [null, ~, ]
"""
    found = parse(document, "x.yaml")
    assert found["whole"] == [0, -7, 5, 10**6]
    assert found["broken"] == [0.5, 0.5, 5.0, -0.25, 1e30, 1.5e-7, float("inf"), float("-inf")]
    assert found["switches"] == [True, False, True]
    words = ["012", "1e2", "no", "y", "n", "2001-01-01", "1.2.3", "12 months", "v1_0", "", "0.5.1", "e5", "_1"]
    assert found["words"] == words


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts, nested, max_leaves=8)
)
def test_what_is_written_is_read_back(value):
    text = dump({"value": value})
    assert parse(text, "x.yaml") == parse(text, "x.yaml", kept=True) == {"value": value}


def test_more_problems_are_counted():
    with pytest.raises(ScenarioError, match=r"\(and \d+ more\)"):
        loads("format: negotiation-scenario/1\n", "x.yaml")


def test_a_table_with_too_many_deals():
    issues = {f"i{n}": {"title": "I", "options": {f"o{k}": "O" for k in range(20)}} for n in range(5)}
    document = yaml.safe_load(SMALL)
    document["tables"]["garden"]["issues"] |= issues
    with pytest.raises(ScenarioError, match="tables.garden: 6,400,000 deals, must be at most 2,000,000"):
        loads(yaml.safe_dump(document, sort_keys=False), "x.yaml")


def test_too_many_parties():
    document = yaml.safe_load(SMALL)
    document["parties"] |= {f"p{n}": {"name": "P"} for n in range(12)}
    with pytest.raises(ScenarioError, match="parties: has 15 entries, must have at most 12"):
        loads(yaml.safe_dump(document, sort_keys=False), "x.yaml")


def test_files_that_cannot_be_read(tmp_path):
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a" * (10 * 2**20))
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title: Ampère".encode("latin-1"))
    for path, message in [
        (big, "must be at most 1,048,576 (1 MiB)"),
        (latin, "byte 10 is not UTF-8"),
        (tmp_path / "none.yaml", "No such file or directory"),
        (tmp_path, "Is a directory"),
    ]:
        with pytest.raises(ScenarioError) as problem:
            load(path)
        assert message in str(problem.value)
        assert str(problem.value).startswith(str(path))


def test_a_file_and_a_bundled_case_load_by_name(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert load(file).name == "small"
    assert next(iter(bundled())) == "alliance-2023"
    assert load("cloud-for-two") is load("cloud-for-two")
    with pytest.raises(ScenarioError) as problem:
        load("aliance-2023")
    assert "unknown case 'aliance-2023'; did you mean 'alliance-2023'?" in str(problem.value)
    assert "or the path of a scenario file" in str(problem.value)


def test_the_schema_is_json_and_knows_every_section():
    text = json.dumps(schema())
    assert '"if_unsigned"' in text
    assert '"delay_cost_per_round"' in text


def test_keys_are_suggested_at_any_depth():
    assert "public_brief" in _known(["parties", "anna"])
    assert "min" in _known(["tables", "t", "signers", "quorum"])
    assert "options" in _known(["tables", "t", "signers", "when", "0"])
    assert _known(["title"]) == []


def test_an_issue_may_have_more_than_a_thousand_options():
    case = loads(wide(1, 1, 1001), "x.yaml")
    assert case.scenario.tables["t0"].size == 1001
    with pytest.raises(ScenarioError, match=r"unknown option of i0 'o1001'; did you mean .*, o58, o59 and 941 more$"):
        case.scenario.tables["t0"].parse({"i0": "o1001"})
    with pytest.raises(ScenarioError, match="tables.t0.issues.i0.options: has 10001 entries, must have at most 10000"):
        loads(wide(1, 1, 10_001), "x.yaml")


def test_what_would_fill_the_memory_is_refused_before_anything_is_listed(monkeypatch):
    """Twelve tables of 1.95 million deals each are 350 KiB of file and took 5 GB."""
    text = wide(12, 3, 125)
    assert len(text) < 2**20

    def listed(*_):
        raise AssertionError("the deals were listed")

    monkeypatch.setattr(Table, "grid", property(listed))
    with pytest.raises(ScenarioError) as problem:
        loads(text, "x.yaml")
    assert str(problem.value) == (
        "x.yaml: tables: 23,437,500 deals at 12 tables for 2 parties take about 6,526 MiB of memory, must be at most 2,048"
    )
    with pytest.raises(ScenarioError, match="about 147 MiB of memory, must be at most 128$"):
        loads(wide(1, 3, 81), "x.yaml", most=LARGEST_UPLOADED)


def test_links_and_types_take_memory_too():
    when = {"t0.i0": ["o0"], "t1.i0": ["o0"]}
    links = [{"id": f"L{n}", "when": when, "effect": {"anna": 1.0, "bert": -1.0}} for n in range(400)]
    types = {"anna": {f"k{n}": {"prob": 0.25} for n in range(4)}}
    bare = ScenarioFile.model_validate(parse(wide(3, 2, 10), "x"))
    full = ScenarioFile.model_validate(parse(wide(3, 2, 10, links=links, types=types), "x"))
    deals = {"t0": 100, "t1": 100, "t2": 100}
    assert memory(bare, ["anna", "bert"], deals) == 300 * (160 + 2 * 12 + 2 * 40 + 2 * 8)
    more = memory(full, ["anna", "bert"], deals) - memory(bare, ["anna", "bert"], deals)
    assert more == 300 * 3 * 8 + 200 * (2 * 40 + 800 * 8)
    assert memory(full, ["bert"], deals) < memory(full, ["anna", "bert"], deals)


def test_what_a_link_says_is_kept_for_who_scores_it_and_changes_no_digest():
    said = SMALL.replace("{anna: 3}}", '{anna: 3}, says: {en: " It is so. ", fr: C’est ainsi.}}')
    case = loads(said, "small.yaml")
    (link,) = case.role("anna").preferences.links
    assert link.says == {"en": "It is so.", "fr": "C’est ainsi."}
    assert case.digest == loads(SMALL, "small.yaml").digest
    assert not case.role("bert").preferences.links
