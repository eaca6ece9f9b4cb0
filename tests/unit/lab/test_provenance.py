"""What made results: every source that a worker loads counts, an edit is seen, and nothing goes on under another name."""

import importlib
import json
import subprocess
import sys

import pytest

from negotiation.errors import LogError, SetupError
from negotiation.lab import provenance
from negotiation.lab.plan import read_plan
from negotiation.lab.provenance import agree, code, digest, files, read, revision, settle, source, sources
from negotiation.lab.runs import Runs

PLAN = read_plan({"format": "negotiation-plan/1", "cases": ["cloud-for-two"], "lineups": {"a": "linear"}})

PLAY = """
import sys
from negotiation.lab.compiled import engine
from negotiation.lab.plan import read_plan
from negotiation.lab.plain_engine import play
from negotiation.lab.runs import Runs
from negotiation.lab.worker import Worker
list(play(Runs(read_plan({"format": "negotiation-plan/1", "cases": ["cloud-for-two"], "lineups": {"a": "linear"}})).of(0), events=True))
files = [getattr(module, "__file__", "") for name, module in sys.modules.items() if name.split(".")[0] == "negotiation"]
print("\\n".join(files))
"""


def test_all_that_a_worker_loads_counts():
    loaded = subprocess.run([sys.executable, "-c", PLAY], capture_output=True, text=True, check=True).stdout.split("\n")
    counted = {str(path) for _, path in sources()}
    assert {path for path in loaded if path} <= counted
    assert len(counted) > 80
    assert not any("/ui/" in path or "/classroom/" in path for path in counted)


def test_an_edit_changes_keys_and_a_line_end_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(provenance, "FOLDER", tmp_path)
    file = tmp_path / "rules.py"
    seen = []
    for text in (b"a = 1\nb = 2\n", b"a = 1\r\nb = 2\r\n", b"a = 1\nb = 3\n"):
        file.write_bytes(text)
        code.cache_clear()
        seen.append((code(), Runs(PLAN).cell(0).key))
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "page.py").write_text("shown = 1\n", encoding="utf-8")
    code.cache_clear()
    seen.append((code(), Runs(PLAN).cell(0).key))
    code.cache_clear()
    assert seen[0] == seen[1]
    assert seen[2] == seen[3]
    assert seen[0][0] != seen[2][0]
    assert seen[0][1] != seen[2][1]


@pytest.mark.parametrize("what", ["numba", "platform"])
def test_compiler_and_machine_stand_in_the_keys(monkeypatch, what):
    before = Runs(PLAN).cell(0).key
    elsewhere = {**provenance.machine(), what: "another"}
    monkeypatch.setattr("negotiation.lab.runs.machine", lambda: elsewhere)
    assert Runs(PLAN).cell(0).key != before


def test_a_strategy_file_counts_with_what_it_imports_beside_it(tmp_path):
    (tmp_path / "pack" / "deep").mkdir(parents=True)
    (tmp_path / "mine.py").write_text(
        "import json, helper\nfrom pack.deep import one\nfrom . import near\n", encoding="utf-8"
    )
    for name in ("helper", "near", "aside", "pack/__init__", "pack/deep/__init__", "pack/deep/one", "pack/two"):
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    (tmp_path / "pack/deep/one.py").write_text("from ..two import three\nimport helper\n", encoding="utf-8")
    before = digest(tmp_path / "mine.py")
    for name in ("helper", "near", "pack/__init__", "pack/deep/__init__", "pack/deep/one", "pack/two", "mine"):
        file = tmp_path / f"{name}.py"
        text = file.read_text(encoding="utf-8")
        file.write_text(text + "# edited\n", encoding="utf-8")
        assert digest(tmp_path / "mine.py") != before, name
        file.write_text(text, encoding="utf-8")
    (tmp_path / "aside.py").write_text("nobody = 'imports this'\n", encoding="utf-8")
    assert digest(tmp_path / "mine.py") == before
    (tmp_path / "mine.py").write_text("no python: at all (\n", encoding="utf-8")
    assert digest(tmp_path / "mine.py") != before


def test_what_cannot_be_read_is_one_line(tmp_path):
    with pytest.raises(SetupError, match="gone.py: No such file"):
        digest(tmp_path / "gone.py")
    with pytest.raises(SetupError, match="a.x00.py': embedded null byte"):
        files(["a\0.py:A"])
    with pytest.raises(SetupError, match="aaa.py: File name too long"):
        files([f"{'a' * 300}.py:A"])


def test_a_negotiator_of_negmas_counts_by_its_version_and_somebody_elses_by_its_file(monkeypatch, tmp_path):
    assert [source(text) for text in ("linear", "compose:bidding=micro", "x.py:A:b=1", "negmas:Some")] == [
        *("", ""),
        *("x.py", "negmas:Some"),
    ]
    monkeypatch.setattr(provenance.metadata, "version", lambda name: {"negmas": "0.16"}[name])
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "own_agents.py").write_text("", encoding="utf-8")
    found = files(["negmas:MiCRONegotiator", "negmas:own_agents.Mine", "negmas:no_such.place.Mine", "linear"])
    assert found["negmas:MiCRONegotiator"] == "0.16"
    assert found["negmas:own_agents.Mine"] == f"0.16 {digest(tmp_path / 'own_agents.py')}"
    assert found["negmas:no_such.place.Mine"] == "not there"
    assert len(found) == 3
    monkeypatch.setattr(provenance.metadata, "version", lambda name: {}[name])
    monkeypatch.setattr(provenance.metadata, "PackageNotFoundError", KeyError)
    assert files(["negmas:MiCRONegotiator"]) == {"negmas:MiCRONegotiator": "not there"}


def test_a_negotiator_that_was_edited_after_it_was_imported_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(provenance.metadata, "version", lambda name: {"negmas": "0.16"}[name])
    monkeypatch.setattr(provenance, "_first", {})
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "agents_of_a_package" / "sub").mkdir(parents=True)
    inner = tmp_path / "agents_of_a_package" / "sub" / "rules.py"
    for file in (tmp_path / "agents_of_a_package" / "__init__.py", inner):
        file.write_text("", encoding="utf-8")
    asked = ["negmas:agents_of_a_package.sub.rules.Mine"]
    before = files(asked)
    assert files(asked) == before
    inner.write_text("edited = True\n", encoding="utf-8")
    assert files(asked) != before
    monkeypatch.setitem(sys.modules, "agents_of_a_package", importlib.import_module("agents_of_a_package"))
    with pytest.raises(
        SetupError, match=r"__init__.py: was edited after this program had imported it; start the program"
    ):
        files(asked)


def test_the_revision_is_that_of_this_package_or_none(monkeypatch, tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b"]
    monkeypatch.setattr(provenance, "FOLDER", tmp_path)
    assert revision() == ""
    (tmp_path / "__init__.py").write_text("", encoding="utf-8")
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "somebody's own repository"], check=True)
    assert revision() == ""
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "ours"], check=True)
    clean = revision()
    assert len(clean) == 40
    (tmp_path / "__init__.py").write_text("# edited\n", encoding="utf-8")
    assert revision() == f"{clean}-dirty"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert revision() == ""


def test_a_folder_that_does_not_say_what_made_it_is_no_new_one(tmp_path):
    mine = {"code": "one", "numba": "1"}
    known = settle(tmp_path, mine, begun=False)
    assert set(known) > {"code", "numba", "git", "python", "numpy"}
    assert settle(tmp_path, mine, begun=True) == known == read(tmp_path)
    for what in mine:
        with pytest.raises(SetupError, match=f"was begun with other {what} .see versions.json there."):
            settle(tmp_path, {**mine, what: "two"}, begun=True)
    (tmp_path / "versions.json").write_bytes(b"\xff")
    with pytest.raises(LogError, match="is not JSON any more"):
        settle(tmp_path, mine, begun=True)
    (tmp_path / "versions.json").unlink()
    with pytest.raises(SetupError, match="holds results, but not what made them"):
        settle(tmp_path, mine, begun=True)


def test_what_changes_while_games_are_played_stops_them():
    agree({"code": "one", "git": "a"}, {"code": "one", "files": {}})
    with pytest.raises(SetupError, match="code changed while games were played; what was finished stays"):
        agree({"code": "one"}, {"code": "two"})


def test_the_stamp_of_a_part_is_short_json():
    text = provenance.stamp({"code": "one", "git": "", "python": "3.11"})
    assert json.loads(text) == {"code": "one", "git": ""}
