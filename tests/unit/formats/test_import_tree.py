"""Whole trees of strangers' folders: a line says what became of each domain, and nothing stops at the first refusal."""

import shutil
from pathlib import Path

import pytest

from negotiation.cli import main
from negotiation.errors import ScenarioError
from negotiation.formats import load
from negotiation.formats.gathering import gathered
from negotiation.formats.importing import imported

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "theirs"
    for kind in ("genius", "geniusweb", "negolog", "scorable"):
        shutil.copytree(DATA / kind, root / "deep" / kind)
    (root / "notes").mkdir()
    (root / "notes" / "read.txt").write_text("nothing to import", encoding="utf-8")
    (root / "notes" / "other.json").write_text('{"Name": "specs"}', encoding="utf-8")
    (root / "bad").mkdir()
    (root / "bad" / "anna.xml").write_text("<utility_space>", encoding="utf-8")
    (root / "pool.txt").write_text("1,2,3 8,1,0 4,0,2\n2,2,1 1,1,6 0,4,2\n", encoding="utf-8")
    return root


def test_every_domain_has_a_line_and_refusals_stop_nothing(capsys, tree, tmp_path, monkeypatch):
    out = tmp_path / "ours"
    assert main(["import", str(tree), "--to", str(out)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        f"{tree}: imported as {out / 'theirs' / '1.yaml'} and 1 more",
        f"{tree / 'bad'}: refused: {tree / 'bad' / 'anna.xml'}: not XML: no element found: line 1, column 15",
        f"{tree / 'deep' / 'genius'}: imported as {out / 'deep' / 'genius.yaml'}",
        f"{tree / 'deep' / 'geniusweb'}: imported as {out / 'deep' / 'geniusweb.yaml'}",
        f"{tree / 'deep' / 'negolog'}: imported as {out / 'deep' / 'negolog.yaml'}",
        f"{tree / 'deep' / 'scorable' / 'orchard'}: imported as {out / 'deep' / 'scorable' / 'orchard.yaml'}",
        "5 imported, 1 refused",
    ]
    assert load(out / "deep" / "negolog.yaml").name == "negolog"
    shutil.rmtree(tree / "bad")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["import", str(tree), "--to", str(out)]) == 1
    printed = capsys.readouterr()
    assert printed.out.count("exists already; --force replaces it") == 5
    assert "6 folders" in printed.err
    assert main(["import", str(tree), "--to", str(out), "--force"]) == 0
    assert "5 imported, 0 refused" in capsys.readouterr().out


def test_a_file_a_folder_without_domain_and_none_at_all(capsys, tree, tmp_path):
    out = tmp_path / "ours"
    assert main(["import", str(tree / "pool.txt"), "--to", str(out), "--line", "2"]) == 0
    assert load(out / "pool.yaml").scenario.rounds == 5
    assert main(["import", str(tree / "notes"), "--to", str(out)]) == 1
    assert "no domain found" in capsys.readouterr().out
    assert main(["import", str(tree / "none"), "--to", str(out)]) == 1
    assert "none: there is no such folder" in capsys.readouterr().err
    assert main(["import", str(tree / "notes"), "-o", str(tmp_path / "x.yaml")]) == 1
    assert "notes: holds no domain; possible: GENIUS XML" in capsys.readouterr().err
    assert main(["import", str(tree)]) == 1
    assert "-o CASE.yaml for one case, or --to DIR for whole trees" in capsys.readouterr().err
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert main(["import", str(tree / "deep"), "--to", str(tmp_path / "file")]) == 1
    assert "cannot be made: " in capsys.readouterr().out


def test_of_many_profiles_some_are_chosen_or_every_two_play(capsys, tmp_path):
    folder = tmp_path / "many"
    shutil.copytree(DATA / "negolog", folder)
    for n in range(12):
        shutil.copy(folder / "ada.json", folder / f"zoe_{n}.json")
    with pytest.raises(ScenarioError, match=r"14 profiles, and a case has 2 to 12 parties: --profiles A B"):
        imported([folder], "many")
    one = tmp_path / "one.yaml"
    assert main(["import", str(folder), "-o", str(one), "--profiles", "zoe_3", "ben"]) == 0
    assert list(load(one).scenario.parties) == ["zoe_3", "ben"]
    assert main(["import", str(folder), "-o", str(one), "--profiles", "zoe_99", "ben", "--force"]) == 1
    assert "--profiles: unknown profile 'zoe_99'; did you mean" in capsys.readouterr().err
    three = ["--profiles", "ada", "ben", "zoe_3", "--all-pairs"]
    assert main(["import", str(folder), "--to", str(tmp_path / "out"), *three]) == 0
    assert sorted(path.name for path in (tmp_path / "out" / "many").iterdir()) == [
        "ada-ben.yaml",
        "ada-zoe-3.yaml",
        "ben-zoe-3.yaml",
    ]
    assert main(["import", str(folder), "-o", str(one), *three, "--force"]) == 1
    assert "makes several cases; --profiles A B chooses two, --to DIR" in capsys.readouterr().err
    web = tmp_path / "web.yaml"
    assert main(["import", str(DATA / "geniusweb"), "-o", str(web), "--profiles", "bert", "anna"]) == 0
    assert main(["import", str(DATA / "genius"), "-o", str(web), "--profiles", "bert", "anna", "--force"]) == 0
    assert [issue.title for issue in load(web).scenario.tables["contract"].issues][:2] == ["Fence", "Trees"]


def test_a_folder_that_cannot_be_read_is_refused_not_passed_over(capsys, tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "anna.json").symlink_to(DATA / "negolog" / "ada.json")
    assert main(["import", str(tmp_path / "theirs"), "--to", str(tmp_path / "ours")]) == 1
    assert "0 imported, 1 refused" in capsys.readouterr().out


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "anna.json").symlink_to(DATA / "negolog" / "ada.json")
    with pytest.raises(ScenarioError, match=r"anna.json: is a link that leads out of "):
        gathered(folder)
    with pytest.raises(ScenarioError, match="none: No such file"):
        gathered(tmp_path / "none")
