"""Strategies in files of users: their names, their neighbours, and what they raise."""

import importlib
import sys

import numpy as np
import pytest

import negotiation as ng
from negotiation.errors import SetupError
from negotiation.game import Game
from negotiation.strategies import strategy
from negotiation.strategies.outside import outside, raised

AGENT = """
from dataclasses import dataclass
from pathlib import Path
import {neighbour}
from negotiation.strategies.concession import Linear

@dataclass(frozen=True)
class Mine(Linear):
    how: str = ""
    loud: bool = False
    many: tuple = ()

    home = Path(__file__).parent
    who = {neighbour}.WHO

    def __post_init__(self):
        if self.how == "born":
            raise RuntimeError("not today,\\n  sorry")
        if self.how == "gone":
            raise SystemExit(4)

    def unfit(self, scenario, protocol):
        if self.how == "unfit":
            return 1 / 0
"""


@pytest.fixture(autouse=True)
def same_path(monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))


def agent(folder, name="agent.py", neighbour="helper", who="me"):
    folder.mkdir(exist_ok=True)
    (folder / f"{neighbour}.py").write_text(f"WHO = {who!r}\n", encoding="utf-8")
    (folder / name).write_text(AGENT.format(neighbour=neighbour), encoding="utf-8")
    return folder / name


def test_a_file_may_be_called_like_any_module_and_hides_none(tmp_path):
    file = agent(tmp_path / "a", "numpy.py")
    mine = strategy(f"{file}:Mine")
    assert mine.home == tmp_path / "a"
    assert sys.modules["numpy"] is np
    assert ng.run("cloud-for-two", seats={"kaido": f"{file}:Mine"}, strategy="easy")["over"]


def test_neighbours_of_the_same_name_stay_apart(tmp_path):
    files = [agent(tmp_path / who, who=who) for who in ("ann", "bob")]
    kinds = [outside(str(file))["Mine"] for file in [*files, files[0]]]
    assert [kind.who for kind in kinds] == ["ann", "bob", "ann"]
    assert "helper" not in sys.modules


def test_a_package_beside_it_is_a_neighbour_and_what_is_installed_below_is_none(tmp_path):
    file = agent(tmp_path, neighbour="helper_of_ours")
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "__init__.py").write_text("from kit.tool import NAME\n", encoding="utf-8")
    (tmp_path / "kit" / "tool.py").write_text("NAME = 'saw'\n", encoding="utf-8")
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "installed_below.py").write_text("", encoding="utf-8")
    sys.path.append(str(tmp_path / "venv"))
    file.write_text(f"import kit, installed_below\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    assert outside(str(file))["Mine"]
    assert not {"kit", "kit.tool", "helper_of_ours"} & set(sys.modules)
    assert sys.modules.pop("installed_below")


def test_what_is_imported_later_is_found_too(tmp_path):
    outside(str(agent(tmp_path, neighbour="found_later")))
    assert importlib.import_module("found_later").WHO == "me"
    assert sys.path[-1] == str(tmp_path)
    del sys.modules["found_later"]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("how=born", "agent.py:Mine:how=born: RuntimeError: not today, sorry (agent.py, line 18)"),
        ("how=gone", "agent.py:Mine:how=gone: SystemExit: 4 (agent.py, line 20)"),
        ("how=unfit", "agent.py:Mine:how=unfit: ZeroDivisionError: division by zero (agent.py, line 24)"),
        ("loud=maybe", "agent.py: parameter loud is 'maybe', must be a bool such as loud=False"),
        ("many=1", "agent.py: parameter many cannot be given as text; its default must be a number, a word, True or"),
        ("how=a,how=b", "agent.py: parameter how is given twice: 'a' and 'b'"),
    ],
)
def test_whose_fault_what_and_where_in_one_line(tmp_path, how, message):
    file = agent(tmp_path)
    with pytest.raises(SetupError) as problem:
        Game("cloud-for-two", seats={"kaido": f"{file}:Mine:{how}"})
    assert message in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import sys\nsys.exit(3)", "cannot be imported: SystemExit: 3 (own.py, line 2)"),
        ("x = (", "cannot be imported: SyntaxError: '(' was never closed (own.py, line 1)"),
        (
            "import no_such_neighbour",
            "cannot be imported: ModuleNotFoundError: No module named 'no_such_neighbour' (own",
        ),
    ],
)
def test_what_cannot_be_imported_says_why_and_where(tmp_path, text, message):
    file = tmp_path / "own.py"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError) as problem:
        strategy(f"{file}:Mine")
    assert message in str(problem.value)


def test_a_negmas_class_that_is_none_is_told():
    with pytest.raises(SetupError, match=r"^negmas:"):
        strategy("negmas:..none.Such")


@pytest.mark.parametrize(("text", "value"), [("true", True), ("No", False), ("0", False), ("1", True)])
def test_true_and_false_are_read_as_people_write_them(tmp_path, text, value):
    assert strategy(f"{agent(tmp_path)}:Mine:loud={text}").loud is value


def test_an_error_without_words_or_place():
    class Mute(Exception):
        def __str__(self):
            raise ValueError

    assert raised(Mute()) == "Mute"
    try:
        importlib.import_module("negotiation.no_such_module_here")
    except ImportError as problem:
        assert raised(problem, "of.nobody").startswith("ModuleNotFoundError: No module named")
