"""GENIUS XML: small files of our own, and the peer's files and golden numbers where they are at hand."""

import json
import os
from pathlib import Path

import pytest

from negotiation.errors import ScenarioError
from negotiation.formats import loads
from negotiation.formats.importing import imported

HERE = Path(__file__).parents[2] / "data" / "genius"
PEER = Path(os.environ.get("NEGOTIATION_GENIUS", Path(__file__).parents[4] / "shared" / "peer" / "genius-xml"))


def files(folder, **changes):
    """Copies of our three files, some with one text replaced."""
    paths = []
    for name in ("garden", "anna", "bert"):
        text = (HERE / f"{name}.xml").read_text(encoding="utf-8")
        old, new = changes.get(name, ("", ""))
        assert old in text
        paths.append(folder / f"{name}.xml")
        paths[-1].write_text(text.replace(old, new, 1), encoding="utf-8")
    return paths


def test_a_deal_is_worth_what_genius_says_to_the_last_bit(tmp_path):
    case = loads(imported(files(tmp_path), "garden"), "garden.yaml")
    table = case.scenario.tables["contract"]
    anna, bert = (case.role(party).preferences for party in ("anna", "bert"))
    assert [issue.title for issue in table.issues] == ["Fence", "Trees", "Dig by", "Gnomes"]
    assert table.issues[0].texts == ('5\' "wood"', "none")
    assert table.issues[2].options == ("march", "may", "yes")
    for deal in table.deals:
        fence, trees, dig, _ = deal
        mine = 0.7 * [0.1 / 0.25, 1.0][fence]
        mine += 0.1 * (0.9 + -0.2 * trees)
        mine += 0.20005 * [1.0, 1.0 / 7, 3.0 / 7][dig]
        assert anna.score({"contract": deal}) == mine
        theirs = 0.4 * [1.0, 10 / 30][fence]
        theirs += 0.3 * [0.3, 0.3 + 0.4, 1.0, 1.0][trees]
        theirs += 0.2 * [1 / 3, 2 / 3, 1.0][dig]
        assert bert.score({"contract": deal}) == theirs + 0.1
    assert (anna.score({}), bert.score({})) == (0.3, 0.0)
    assert (anna.discount, bert.discount) == (0.5, 1.0)
    assert (case.scenario.rounds, case.scenario.decimals) == (100, 3)


def test_profiles_suffice_and_then_the_first_gives_the_order(tmp_path):
    case = loads(imported(files(tmp_path)[1:], "garden", 7), "garden.yaml")
    titles = [issue.title for issue in case.scenario.tables["contract"].issues]
    assert titles == ["Dig by", "Fence", "Trees", "Gnomes"]
    assert case.scenario.rounds == 7


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("garden", 'name="Fence" type="discrete"', 'name="Fence" type="real"', "issue 'Fence' is real-valued: list the"),
        ("garden", 'name="Gnomes"', 'name="Fence"', "issue 'Fence' stands twice"),
        ("garden", 'value="May"', 'value="March"', "issue 'Dig by': value 'March' stands twice"),
        ("garden", 'value="May"', 'value="M&#133;ay"', "issue 'Dig by': a value holds U+0085 (a control character)"),
        ("garden", 'name="Gnomes"', 'name="\u202eGnomes"', "its name holds U+202E (right-to-left override)"),
        ("garden", '<item index="1" value="0" /><item index="2" value="1.00" />', "", "issue 'Gnomes' has no values"),
        ("garden", 'upperbound="4"', 'upperbound="1000000"', "issue 'Trees' has 1,000,000 values, must have at most 10,000"),
        ("garden", 'upperbound="4"', 'upperbound="4.5"', "bounds are 1 and 4.5, must be whole and ascending"),
        ("garden", ' lowerbound="1"', "", "issue 'Trees' has no lowerbound"),
        ("garden", 'value="none"', f'value="{"x" * 300}"', "issue 'Fence': an item: its value has 300 characters"),
        ("garden", "negotiation_template>", "template>", "not XML: mismatched tag"),
        ("garden", '<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="x"?>', "not XML: unknown enc"),
        ("garden", "<?xml", "xml", "cannot be imported; possible: GENIUS XML, JSON of GeniusWeb or NegoLog"),
        ("anna", 'name="Gnomes"', 'name="Gnome"', "unknown issue 'Gnome'; did you mean 'Gnomes'?"),
        ("anna", 'name="Gnomes"', 'name="Trees"', "issue 'Trees' stands twice"),
        ("anna", 'value="May"', 'value="may"', "issue 'Dig by': value 'may' is unknown to the domain"),
        ("anna", 'value="May"', 'value="yes"', "issue 'Dig by': a value stands twice"),
        ("anna", '<item value="0" evaluation="0" />', "", "issue 'Gnomes': value '0' has no evaluation"),
        ("anna", 'value="yes" evaluation="3"', 'value="yes"', "issue 'Dig by', value 'yes' has no evaluation"),
        ("anna", 'evaluation="7"', 'evaluation="7,5"', "issue 'Dig by', value 'March': evaluation is '7,5', must be a num"),
        ("anna", 'evaluation="7"', 'evaluation="nan"', "evaluation is 'nan', must be a number"),
        ("anna", 'evaluation="7"', 'evaluation="-7"', "value 'March': evaluation is -7, must not be below 0"),
        ("anna", '<weight index="2" value="0.1" />', "", "issue 'Trees' has no weight: no weight element with index 2"),
        ("anna", '<weight index="2"', '<weight index="1"', "the weight with index 1 stands twice"),
        ("anna", 'value="0.7"', 'value="-0.7"', "issue 'Fence': weight is -0.7, must not be below 0"),
        ("anna", '<evaluator ftype="linear" slope="-0.2" offset="0.9" />', "", "issue 'Trees' has no evaluator"),
        ("anna", '<issue index="4" name="Gnomes" type="discrete">', "<x>", "not XML"),
        ("anna", 'upperbound="4"', 'upperbound="3"', "issue 'Trees': value '4' has no evaluation"),
        ("anna", 'upperbound="4"', 'upperbound="5"', "issue 'Trees': value '5' is unknown to the domain"),
        ("anna", '<reservation value="0.3" />', "<reservation />", "reservation has no value"),
        ("bert", "<utility_space>", '<utility_space type="nonlinear">', "a nonlinear profile (hyper-rectangles), which cannot"),
        ("bert", "<weight", "<utility><ufun type='PlainUfun'/></utility><weight", "a nonlinear profile (hyper-rectangles)"),
        ("bert", 'name="Fence"', 'name="Fence & gate"', "not well-formed (invalid token): line 3, column 32; write &amp; for &"),
        ("bert", 'name="Fence"', 'name="<Fence"', "write &lt; for < in a value"),
        ("garden", 'upperbound="4"', 'upperbound="1000000.5"', "bounds are 1 and 1000000.5, must be whole"),
        ("anna", 'value="0.7"', 'value="100.000001"', "weight is 100.000001, must not be below 0 (or above 100)"),
        ("bert", "<utility_space>", '<!DOCTYPE a [<!ENTITY b "c">]><utility_space>', "declares a document type or ent"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_in_one_line(tmp_path, file, old, new, message):
    with pytest.raises(ScenarioError) as problem:
        imported(files(tmp_path, **{file: (old, new)}), "garden")
    text = str(problem.value)
    assert text.startswith(f"{tmp_path / file}.xml: ")
    assert message in text
    assert "\n" not in text
    assert len(text) < 500


@pytest.mark.parametrize("before", ["<!-- mine -->\n", "\n\n", "<!-- a --> <!-- b -- c -->", "\ufeff<!-- é -->\n\n"])
def test_comments_before_the_declaration_are_passed_over(tmp_path, before):
    plain = imported(files(tmp_path), "garden")
    for name in ("garden", "anna", "bert"):
        path = tmp_path / f"{name}.xml"
        text = path.read_text(encoding="utf-8")
        declared = text if text.startswith("<?xml") else f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'
        path.write_text(before + declared, encoding="utf-8")
    assert imported(files_at(tmp_path), "garden") == plain


PIE = """<utility_space><objective><weight index="1" value="1"/>
<issue index="1" name="Pie" type="integer" lowerbound="0" upperbound="1000"><evaluator slope="{}" offset="{}"/></issue>
</objective></utility_space>"""


def test_a_pie_in_a_thousand_parts_is_one_issue_of_1001_values(tmp_path):
    for name, slope, offset in (("anna", 0.001, 0), ("bert", -0.001, 1)):
        (tmp_path / f"{name}.xml").write_text(PIE.format(slope, offset), encoding="utf-8")
    case = loads(imported([tmp_path / "anna.xml", tmp_path / "bert.xml"], "pie"), "pie.yaml")
    assert case.scenario.tables["contract"].size == 1001
    assert case.role("anna").preferences.score({"contract": (1000,)}) == 1.0


PRICE = PIE.replace('"Pie"', '"Price change"').replace('"0"', '"-2"').replace('"1000"', '"2"')


def test_values_below_zero_keep_their_sign_in_their_ids(tmp_path):
    for name, slope, offset in (("ann", -0.25, 1), ("bob", 0.25, 0)):
        (tmp_path / f"{name}.xml").write_text(PRICE.format(slope, offset), encoding="utf-8")
    case = loads(imported([tmp_path / "ann.xml", tmp_path / "bob.xml"], "minus"), "minus.yaml")
    (issue,) = case.scenario.tables["contract"].issues
    named = dict(zip(issue.options, issue.texts, strict=True))
    assert named == {"minus_2": "-2", "minus_1": "-1", "v0": "0", "v1": "1", "v2": "2"}
    ann = case.role("ann").preferences
    assert ann.score({"contract": (issue.number("minus_2"),)}) == 1.0
    assert ann.score({"contract": (issue.number("v2"),)}) == 0.0


def files_at(folder):
    return [folder / f"{name}.xml" for name in ("garden", "anna", "bert")]


def test_a_comment_without_an_end_is_no_file(tmp_path):
    paths = files(tmp_path)
    paths[1].write_text("<!-- mine\n" + paths[1].read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ScenarioError, match="anna.xml: not XML"):
        imported(paths, "garden")


def test_an_issue_that_a_profile_leaves_out(tmp_path):
    paths = files(tmp_path)
    text = paths[2].read_text(encoding="utf-8")
    start, end = text.index('  <issue index="4"'), text.index("  <weight")
    paths[2].write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(ScenarioError, match="bert.xml: issue 'Gnomes' of the domain is missing"):
        imported(paths, "garden")


BOMBS = {
    "entities": (
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
        + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 if n else str()};" * 10}">' for n in range(10))
        + "]><utility_space>&b9;</utility_space>",
        "declares a document type or entities",
    ),
    "outside": (
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><utility_space>&b;</utility_space>',
        "declares a document type or entities",
    ),
    "deep": ("<utility_space>" + "<a>" * 50_000 + "</a>" * 50_000 + "</utility_space>", "holds no issue"),
    "wide": (
        '<utility_space><issue name="i" index="1">' + '<item value="{}" />' * 50_000 + "</issue></utility_space>",
        "has 50,000 values, must have at most 10,000",
    ),
    "options": (
        '<utility_space><issue name="i">'
        + "".join(f'<item value="{n}" />' for n in range(10**6))
        + "</issue></utility_space>",
        "must be at most 4,194,304 (4 MiB)",
    ),
    "page": ("<html></html>", "the root is 'html', must be 'negotiation_template' or 'utility_space'"),
    "nameless": ("<utility_space><issue /></utility_space>", "an issue has no name"),
}


@pytest.mark.parametrize("bomb", list(BOMBS))
def test_files_made_to_do_harm_are_refused_in_one_line(tmp_path, bomb):
    text, message = BOMBS[bomb]
    path = tmp_path / f"{bomb}.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as problem:
        imported([path], "x")
    assert message in str(problem.value)
    assert len(str(problem.value)) < 300


@pytest.mark.skipif(not PEER.is_dir(), reason=f"no folder {PEER} (NEGOTIATION_GENIUS) with GENIUS files")
@pytest.mark.parametrize("folder", sorted(path for path in PEER.glob("*") if path.is_dir()), ids=lambda path: path.name)
def test_golden_utilities_of_the_peer_survive_to_the_last_bit(folder):
    golden = json.loads((PEER.parent / "golden" / f"{folder.name}.json").read_text(encoding="utf-8"))
    case = loads(imported(sorted(folder.glob("*.xml")), folder.name, capped=False), f"{folder.name}.yaml")
    table = case.scenario.tables["contract"]
    assert [issue.texts for issue in table.issues] == [tuple(issue["values"]) for issue in golden["issues"]]
    for party, known in zip(case.roles, golden["parties"], strict=True):
        preferences = case.role(party).preferences
        assert case.scenario.parties[party].title == known["name"]
        assert [sheet.weight for sheet in preferences.sheets.values()] == known["weights"]
        assert preferences.score({}) == known["reserved_value"]
        assert preferences.discount == (known["discount"] or 1.0)
    for sample in golden["modes"]["genius"]["samples"]:
        deal = {"contract": table.deal(sample["index"])}
        assert [case.role(party).preferences.score(deal) for party in case.roles] == sample["utilities"]
