"""Every command with what nobody means to give it: refused in one line, at once, and nothing is left behind."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from negotiation.classroom.store import Store
from negotiation.cli import main

INPUTS = Path(__file__).parents[2] / "data" / "faults" / "genius-minus"
CASE = "cloud-for-two"
PROFILES = ["d.xml", "ann.xml", "bob.xml"]
LONG = "n" * 300
HUGE = "9" * 400

PATHS = [
    *("", ".", "missing.yaml", "missing.py:A", "dir.yaml", "dir.py:A", "pipe", "pipe.yaml", "pipe.py:A", "empty.yaml", "empty.py:A"),
    *("noise.yaml", "noise.py:A", "loop.yaml", "dangling.yaml", "endless.yaml", "endless.py:A", "two\nlines.yaml", "\udcff.yaml"),
    *(f"{LONG}.yaml", f"{LONG}.py:A", "deep/" * 3000, "/dev/zero", "/dev/null", "text/below", "~nobody/x", "red\x1b[31m"),
]  # fmt: skip
"""What stands where a file should: as the name of a case, log, plan, profile, database or strategy, all of them are wrong."""

READ = [
    ["run", "@"],
    ["run", CASE, "--strategy", "@"],
    ["run", CASE, "--seat", "kaido=@"],
    ["replay", "@"],
    ["replay", "game.jsonl", "--case", "@"],
    ["check", "@"],
    ["analyze", "@"],
    ["import", "@", "--out", "new.yaml"],
    ["tournament", "--cases", "@", "--strategies", "linear", "easy", "--out", "new"],
    ["tournament", "--cases", CASE, "--strategies", "linear", "@", "--out", "new"],
    ["batch", "@", "--out", "new"],
    ["report", "@"],
    ["handouts", "@", "--out", "new"],
]

OUT = [".", "text", "pipe", "text/below", "/dev/null/x", f"{LONG}", "\udcff\0"]
"""What cannot be written: a folder that holds something else, a file, a place below a file."""

WRITE = [
    ["tournament", "--cases", CASE, "--strategies", "linear", "easy", "--out", "@"],
    ["batch", "plan.yaml", "--out", "@"],
    ["report", "results", "--svg", "@"],
]

NUMBERS = {
    ("run", CASE, "--rounds"): (1, ["-1", "0", HUGE]),
    ("run", CASE, "--seed"): (1, ["-1"]),
    ("analyze", CASE, "--epsilon"): (1, ["-1", "nan", "inf", HUGE]),
    ("analyze", CASE, "--memory"): (1, ["-1", "0", "nan"]),
    ("analyze", CASE, "--sensitivity"): (1, ["-1", "0", "nan", "inf", HUGE]),
    ("import", *PROFILES, "--out", "new.yaml", "--rounds"): (1, ["-1", "0", HUGE]),
    ("tournament", "--cases", CASE, "--strategies", "linear", "easy", "--out", "new", "--seeds"): (1, ["-1", "0", HUGE, "9" * 4300]),
    ("tournament", "--cases", CASE, "--strategies", "linear", "easy", "--out", "new", "--rounds"): (1, ["-1", "0", HUGE]),
    ("tournament", "--cases", CASE, "--strategies", "linear", "easy", "--out", "new", "--workers"): (1, ["-1", "0"]),
    ("batch", "plan.yaml", "--out", "new", "--workers"): (1, ["-1", "0"]),
    ("batch", "plan.yaml", "--out", "new", "--limit"): (1, ["-1", "0"]),
    ("handouts", CASE, "--html", "--out", "new", "--rounds"): (1, ["-1", "0", HUGE]),
    ("play", "--port"): (2, ["-1", "0", "65536", HUGE, "x"]),
    ("serve", "--port"): (2, ["-1", "0", "65536", HUGE, "x"]),
}  # fmt: skip

WORDS = [
    ["run", CASE, "--variant", "@"],
    ["run", CASE, "--protocol", "@"],
    ["run", CASE, "--types", "@"],
    ["run", CASE, "--types", "kaido=@"],
    ["analyze", CASE, "--parties", "@"],
    ["analyze", CASE, "--without", "@"],
    ["check", CASE, "--variant", "@"],
    ["import", *PROFILES, "--out", "new.yaml", "--name", "@"],
    ["tournament", "--cases", CASE, "--strategies", "linear", "easy", "--out", "new", "--protocol", "@"],
    ["tournament", "--cases", CASE, "--strategies", "linear", "easy", "--out", "new", "--peers", "@"],
    ["batch", "plan.yaml", "--out", "new", "--backend", "@"],
    ["batch", "plan.yaml", "--out", "new", "--address", "@"],
    ["report", "results", "--by", "@"],
    ["report", "results", "--reference", "@"],
    ["export", "@", "--out", "new.zip", "--database-url", "games.db"],
    ["export", "--database-url", "@"],
    ["handouts", CASE, "--out", "new", "--protocol", "@"],
    ["new", "strategy", "@"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Inputs that are right, and those that are not."""
    place = tmp_path_factory.mktemp("inputs")
    before = Path.cwd()
    os.chdir(place)
    for name in ("dir.yaml", "dir.py"):
        Path(name).mkdir()
    for name in ("pipe", "pipe.yaml", "pipe.py"):
        os.mkfifo(name)
    for name in ("empty.yaml", "empty.py", "text"):
        Path(name).touch()
    for name in ("noise.yaml", "noise.py"):
        Path(name).write_bytes(bytes(range(255, -1, -1)) * 20)
    for name, target in (("loop.yaml", "loop.yaml"), ("dangling.yaml", "/nowhere/at/all")):
        os.symlink(target, name)
    for name in ("endless.yaml", "endless.py"):
        os.symlink("/dev/zero", name)
    Path("two\nlines.yaml").write_text("a: 1\n", encoding="utf-8")
    for name in PROFILES:
        shutil.copy(INPUTS / name, name)
    plan = f"format: negotiation-plan/1\ncases: [{CASE}]\nlineups: {{l: linear}}\nreplications: 3\n"
    Path("plan.yaml").write_text(plan, encoding="utf-8")
    store = Store("games.db")
    store.close()
    assert main(["run", CASE, "--log", "game.jsonl"]) == main(["batch", "plan.yaml", "--out", "results"]) == 0
    yield place
    os.chdir(before)


@pytest.fixture
def refused(folder, capsys):
    """Asks for something, and sees that it is refused as it should be."""

    def ask(words, code=1):
        before = sorted(map(str, folder.rglob("*")))
        try:
            found = main(words)
        except SystemExit as stopped:
            found = stopped.code
        out, err = capsys.readouterr()
        assert (found, out) == (code, ""), (words, out, err)
        assert "\x1b" not in err
        assert max(map(len, err.split())) < 300, words
        if code == 1:
            assert err.startswith("negotiation: "), (words, err)
            assert err.count("\n") == 1, (words, err)
        else:
            assert err.startswith("usage: negotiation"), (words, err)
        assert sorted(map(str, folder.rglob("*"))) == before, words
        return err

    return ask


def told(words):
    return " ".join([words[0], *(word for word in words if word.startswith("--"))])


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes and devices among its files")
@pytest.mark.parametrize("words", READ, ids=told)
def test_no_file_that_cannot_be_read_ends_otherwise_than_in_a_line(refused, words):
    for path in PATHS[words[-2:-1] == ["--case"] :]:  # an empty text there is as good as none
        refused([word.replace("@", path) for word in words])


@pytest.mark.parametrize("words", WRITE, ids=told)
def test_no_place_that_cannot_be_written_is_half_written(refused, words):
    for path in OUT[:-1]:
        if (words[0], path) != ("report", "."):
            refused([word.replace("@", path) for word in words])


@pytest.mark.parametrize("words", NUMBERS, ids=told)
def test_no_number_is_too_small_or_too_large_to_be_refused(refused, words):
    code, numbers = NUMBERS[words]
    for number in numbers:
        refused([*words, number], code)
    for number in ("x", "", "1e", *(["9" * 5000] if words[0] != "analyze" else [])):
        refused([*words, number], 2)


@pytest.mark.parametrize("words", WORDS, ids=told)
def test_no_word_is_too_strange_to_be_refused(refused, words):
    for word in ("no such thing", "red\x1b[31m", LONG, "\udcff", "=", "sqlite:x"):
        refused([one.replace("@", word) for one in words])


def test_what_is_none_of_the_choices_is_cited_short_and_plain(refused):
    for words in (["@"], ["list", "@"], ["schema", "@"], ["new", "@"], ["run", CASE, "@"], ["run", CASE, "--@"]):
        for word in (LONG, "red\x1b[31m"):
            refused([one.replace("@", word) for one in words], 2)


def test_an_export_leaves_the_database_as_one_file(folder, capsys):
    assert main(["export", "--database-url", "games.db"]) == 0
    assert [path.name for path in folder.glob("games.db*")] == ["games.db"]
    assert capsys.readouterr().out == "there is no class in this database\n"
