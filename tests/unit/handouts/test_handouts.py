"""Handouts say what the case says: every point, every right, every link; and no packet holds another's secrets."""

import re
from dataclasses import replace

import pytest

from negotiation.analysis.value_claimed import Claims
from negotiation.analysis.whatif import sheets_of
from negotiation.cli import main
from negotiation.debrief.lessons import ceiling, lesson
from negotiation.errors import SetupError
from negotiation.formats import bundled, load
from negotiation.handouts import guide as teaching
from negotiation.handouts import questions
from negotiation.handouts.guide import PLAN, guide
from negotiation.handouts.packets import form, packet, public, score_sheet, without_a_deal
from negotiation.handouts.procedure import procedure
from negotiation.handouts.wording import condition, plus, rights, signing, unsigned
from negotiation.handouts.writing import handouts
from negotiation.protocols import Protocol, protocols
from negotiation.protocols.single_text import BALLOTS
from negotiation.reports import pdf_page
from negotiation.reports.blocks import Bullets, Grid
from negotiation.reports.web import page

CASES = ("alliance-2023", "any-two-of-three", "cloud-for-two", "electric-quay")


@pytest.fixture(scope="module", params=CASES)
def case(request):
    return load(request.param)


@pytest.fixture(scope="module")
def flagship():
    return load("alliance-2023")


def words(document):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(document)).replace("&#x27;", "'").replace("&amp;", "&"))


def test_a_packet_holds_every_point_and_link_of_its_role(case):
    for party, kinds in case.roles.items():
        for role in kinds.values():
            sections = score_sheet(case.scenario, role.preferences)
            told = {}
            for block in sections[0].blocks:
                if isinstance(block, Grid):
                    issue = ""
                    for first, option, points in block.rows:
                        issue = first or issue
                        told[block.head[0], issue, option] = points
            for name, table in case.scenario.tables.items():
                for one in table.issues:
                    sheet = role.preferences.sheets.get(f"{name}.{one.name}")
                    for n, text in enumerate(one.texts):
                        if sheet and sheet.weight:
                            assert told[table.title, one.title, text] == sheet.points(n)
                        else:
                            assert (table.title, one.title, text) not in told
            links = [b for s in sections[1:] for b in s.blocks if isinstance(b, Bullets)]
            items = [item for block in links for item in block.items]
            for item, link in zip(items, role.preferences.links, strict=True):
                assert item.startswith(link.says["en"] + " **")
            rest = without_a_deal(case.scenario, role.preferences).blocks[0]
            assert rest.rows[-1][1] == role.preferences.score({})
            assert party in case.roles


def test_no_packet_holds_a_secret_of_another(case):
    for party, kinds in case.roles.items():
        for role in kinds.values():
            text = words(packet(case, party, role))
            assert role.brief.split()[-1] in text
            for other, others in case.roles.items():
                for one in others.values():
                    if other != party and one.brief:
                        assert one.brief[:60] not in text
                    for link in one.preferences.links if other != party else ():
                        mine = any(link.name == own.name for own in role.preferences.links)
                        assert link.name not in text
                        assert mine or not any(said in text for said in link.says.values())
    shared = words(public(case)) + words(form(case))
    for kinds in case.roles.values():
        for role in kinds.values():
            assert not role.brief or role.brief[:60] not in shared


def test_the_guide_draws_its_questions_from_the_case(flagship):
    text = words(guide(flagship))
    for said in (
        "240.8 points",
        "115 results cannot be improved for both Renault Group and Nissan Motor at once",
        "everybody there likes “India, Latin America and Europe” best on Regional operational projects",
        "“What was signed” created",
        "Which type did you think Nissan Motor was",
        "Variant seven parties",
        "nothing binds if Renault Group stays away or if Nissan Motor stays away",
        "Nissan Motor −12 and Mitsubishi Motors −4 if Cross-shareholding is “Full merger under one holding”.",
        "Joint patents flow freely into Horse: Geely, a rival carmaker, can use what Nissan helped to develop. Nissan Motor",
        "hawk",
        "Nash",
    ):
        assert said in text, said
    assert PLAN[-1][0] == 90


def test_a_question_names_an_issue_once_with_all_to_whom_it_matters_most(case):
    sheets = sheets_of(case, {})
    for question in questions._traded(case, sheets):
        said = question.partition(": ")[2].partition(". Which")[0].split("; ")
        titles = [one.rpartition(" matters most to ")[0] or one.rpartition(" matter most to ")[0] for one in said]
        assert len(titles) == len(set(titles)) > 1


def test_what_matters_alike_to_a_party_is_said_so(flagship):
    sheets = sheets_of(flagship, {})
    scope, price = (sheets["nimbus"].sheets[f"cloud.{issue}"] for issue in ("scope", "price"))
    first = {party: replace(ours, sheets={"cloud.scope": scope}) for party, ours in sheets.items()}
    assert not questions._traded(flagship, first)
    both = {**first, "nimbus": replace(sheets["nimbus"], sheets={"cloud.price": price, "cloud.term": price})}
    (question,) = questions._traded(flagship, both)
    assert (
        "Scope matters most to Nissan Motor and Google; Price per car and year and Term matter most to Nimbus"
        in question
    )
    assert question.endswith("Which groups traded these instead of splitting each?")


def test_every_case_has_a_guide(case):
    text = words(guide(case))
    assert "Questions for the debrief" in text
    assert ("Private types" in text) is any(len(kinds) > 1 for kinds in case.roles.values())
    assert ("Coalitions" in text.split("Questions")[0]) is (len(case.roles) > 2)


def test_a_guide_to_a_bare_case():
    case = load("cloud-for-two")
    bare = replace(
        case, references={}, teaches=(), scenario=replace(case.scenario, disclaimer="", synopsis="", brief="Bare.")
    )
    text = words(guide(bare))
    assert "Bare." in text
    assert "Outcomes to compare with" not in text
    assert "fiction" not in page(public(bare)).split("</style>")[1]


def test_no_box_is_parted_from_what_it_stands_for(case):
    told = pdf_page.words(form(case))
    assert "( )" not in told
    for _, _, rest in (one.partition("(\u00a0)") for one in re.findall(r"\(\u00a0\)..", told)):
        assert rest[0] == "\u00a0"
        assert rest[1] != " "


def test_letters_without_a_font_are_named_before_anybody_prints(tmp_path, capsys):
    text = bundled()["cloud-for-two"].read_text(encoding="utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(text.replace("Kaido Motors (buyer)", "አበአ Motors"), encoding="utf-8")
    assert main(["handouts", str(own), "--out", str(tmp_path / "out")]) == 0
    assert "no font here has በ አ: printed by number, such as [U+1260]; --html shows them" in capsys.readouterr().err
    own.write_text(text.replace("Kaido Motors (buyer)", "".join(map(chr, range(0x1200, 0x120C)))), encoding="utf-8")
    assert main(["handouts", str(own), "--out", str(tmp_path / "out")]) == 0
    assert " ...: printed by number, such as [U+1200]" in capsys.readouterr().err
    assert main(["handouts", str(own), "--out", str(tmp_path / "out"), "--html"]) == 0
    assert not capsys.readouterr().err


def test_rights_in_words(flagship):
    scenario = flagship.scenario
    ampere, horse, cloud = (scenario.tables[name] for name in ("ampere", "horse", "cloud"))
    assert signing(scenario, horse).startswith("Renault Group and Geely must sign.")
    assert "A contract needs at least 2 signatures." in signing(scenario, ampere)
    assert "Google must sign if Vendor is Google." in signing(scenario, cloud)
    assert rights(scenario, horse, "geely") == "Nothing binds without your signature."
    assert rights(scenario, cloud, "google") == "Your signature is needed if Vendor is Google."
    assert rights(scenario, horse, "nissan").startswith("You cannot sign, but")
    assert rights(scenario, horse, "nimbus") == "You have no signature here."
    quay = load("electric-quay").scenario
    quorums = [table for table in quay.tables.values() if table.signers.of]
    assert quorums
    for table in quorums:
        rules = table.signers
        assert f"at least {rules.quorum} of" in signing(quay, table)
        voter = next(party for party in rules.of if party not in rules.always)
        assert rights(quay, table, voter) == f"You are one of {len(rules.of)}, of whom {rules.quorum} must sign."


def test_small_words(flagship):
    assert plus(-0.5) == "−0.5"
    scenario = flagship.scenario
    assert condition(scenario, {"horse.tech_base": ("joint",), "tech.joint_ip": ("free", "unsigned")}) == (
        "Technology contributed is “Also IP held jointly with Nissan” and Joint IP in third-party ventures (Horse, "
        "Qualcomm, Google) is “Either side may use it freely” or unsigned"
    )
    table = replace(scenario.tables["horse"], unsigned_means="", unsigned={})
    assert unsigned(scenario, table) == "Unsigned: nothing is agreed here."
    assert "Unsigned: " in unsigned(scenario, scenario.tables["alliance"])


def test_delay_and_discount_are_said(flagship):
    ours = flagship.role("renault").preferences
    assert "Each week costs you 0.3" in words_of(score_sheet(flagship.scenario, ours))
    told = words_of(score_sheet(flagship.scenario, replace(ours, delay=0.0, discount=0.9)))
    assert "to 90% of them at the very end" in told
    assert "costs you" not in told


def words_of(sections):
    return " ".join(getattr(block, "text", "") for section in sections for block in section.blocks)


def test_what_a_brief_says_of_the_procedure_comes_from_the_settings(case):
    """No case promises rounds or ballots of its own: one sentence about them, as the class was set up."""
    scenario = case.scenario
    for text in (scenario.brief, scenario.synopsis, *(table.about for table in scenario.tables.values())):
        assert not re.search(r"ballot|put to the vote|There (is|are) \S+ (round|week)", text)
    text = words(public(case, "single-text", 3))
    assert f"There are 3 {scenario.unit}s. You make no offers: a mediator drafts." in text
    assert f"Each {scenario.unit} has up to {BALLOTS} ballots" in text
    usual = words(public(case))
    assert "ballot" not in usual
    assert f"There are {scenario.rounds} {scenario.unit}s. Within a {scenario.unit} everybody acts" in usual
    party, kinds = next(iter(case.roles.items()))
    told = words(packet(case, party, next(iter(kinds.values())), "alternating", 1))
    assert f"There is 1 {scenario.unit}. In each {scenario.unit} you act once at every open table" in told


def test_the_clock_and_the_known_dates_are_those_of_the_class(flagship):
    scenario = flagship.scenario
    assert "Each week ends after 2.5 minutes at the latest." in procedure(scenario, round_seconds=150)
    assert "Each week ends after 120 minutes at the latest." in procedure(scenario, round_seconds=7200)
    assert "Each week ends after 90 seconds at the latest." in procedure(scenario, round_seconds=90)
    assert "week 13" in procedure(scenario)
    assert "week 13" not in procedure(scenario, rounds=12)
    assert "Known dates" not in procedure(scenario, rounds=10)
    with pytest.raises(SetupError, match="protocol"):
        procedure(scenario, "nonsense")
    for rounds in (0, -1, 10_001):
        with pytest.raises(SetupError, match="possible: 1 to 10,000"):
            procedure(scenario, rounds=rounds)


def test_a_protocol_that_tells_nothing_more_is_told_by_its_sentence(flagship):
    class Plain(Protocol):
        name, about = "plain", "one after the other"
        to_move = allowed = None

    assert Plain().procedure("week") == "One after the other."
    told = {one().procedure("sitting") for one in protocols().values()}
    assert len(told) == len(protocols())
    assert all("sitting" in text for text in told)


def test_nothing_on_paper_cites_a_list_that_is_not_there(case):
    for _, make in handouts(case):
        assert not re.search(r"\b[SP]\d{1,2}\b", words(make()))


def test_handouts_as_a_user_types_it(tmp_path, capsys):
    assert main(["handouts", "cloud-for-two", "--out", str(tmp_path / "out")]) == 0
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == [
        "cloud-for-two-confidential-kaido.pdf",
        "cloud-for-two-confidential-nimbus.pdf",
        "cloud-for-two-outcome-form.pdf",
        "cloud-for-two-public-brief.pdf",
        "cloud-for-two-teachers-guide.pdf",
    ]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in (tmp_path / "out").iterdir())
    told = ["--html", "--protocol", "single-text", "--rounds", "5"]
    assert main(["handouts", "any-two-of-three", "--out", str(tmp_path / "html"), *told]) == 0
    assert "any-two-of-three-teachers-guide.html" in capsys.readouterr().out
    assert "There are 5 rounds. You make no offers" in (
        tmp_path / "html" / "any-two-of-three-public-brief.html"
    ).read_text(encoding="utf-8")
    assert main(["handouts", "any-two-of-three", "--out", str(tmp_path / "html"), "--rounds", "0"]) == 1
    assert "possible: 1 to 10,000" in capsys.readouterr().err
    (tmp_path / "file").write_text("x")
    assert main(["handouts", "cloud-for-two", "--out", str(tmp_path / "file")]) == 1
    assert "negotiation: " in capsys.readouterr().err


def test_each_type_has_a_packet_of_its_own(flagship):
    names = [name for name, _ in handouts(flagship)]
    assert "confidential-nissan-hawk" in names
    assert "confidential-renault-float-pressed" in names
    assert "confidential-geely" in names
    assert "(hawk)" in dict(handouts(flagship))["confidential-nissan-hawk"]().subtitle


def test_a_case_in_which_nothing_can_be_gained(flagship):
    sheets = sheets_of(flagship, {})
    top = ceiling(flagship.scenario, sheets)
    assert "All together can gain" not in words_of([teaching._numbers(flagship, sheets, replace(top, most=None))])
    bare = {party: replace(ours, sheets={}) if party == "mitsubishi" else ours for party, ours in sheets.items()}
    assert not any("Mitsubishi Motors" in question for question in questions._traded(flagship, bare))
    seen = lesson(flagship.scenario, sheets, {}, top)
    assert len(questions._asked_of_history(flagship, "Peace", replace(seen, improvements=()))) == 1
    bad = replace(seen, claims=Claims({"renault": 1.0, "nissan": -13.34}))
    assert (
        "“War” cost all together 12.3 points by these scores." in questions._asked_of_history(flagship, "War", bad)[0]
    )
