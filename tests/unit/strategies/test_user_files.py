"""Strategies in files of users: their names, their neighbours, and what they raise."""

import importlib
import importlib.util
import json
import os
import re
import sys
from types import ModuleType

import numpy as np
import pytest

import negotiation as ng
from negotiation.errors import SetupError
from negotiation.game import Game
from negotiation.lab.provenance import digest
from negotiation.strategies import strategy
from negotiation.strategies.user_files import classes_of_file, raised
from negotiation.strategies.user_imports import texts

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
    kinds = [classes_of_file(str(file))["Mine"] for file in [*files, files[0]]]
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
    assert classes_of_file(str(file))["Mine"]
    assert not {"kit", "kit.tool", "helper_of_ours"} & set(sys.modules)
    assert sys.modules.pop("installed_below")


def later(folder, body, files):
    """A strategy file with a method `ask` that runs these lines, and neighbours by their names."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        file = folder / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    lines = "".join(f"        {line}\n" for line in body.splitlines())
    text = f"from negotiation.strategies.concession import Linear\n\nclass Mine(Linear):\n    def ask(self):\n{lines}"
    (folder / "agent.py").write_text(text, encoding="utf-8")
    return folder / "agent.py"


WAYS = {
    "in a function": "import helper\nreturn helper.WHO",
    "one name": "from helper import WHO\nreturn WHO",
    "importlib": "import importlib\nreturn importlib.import_module('helper').WHO",
    "import_module": "from importlib import import_module\nreturn import_module('helper').WHO",
    "relative importlib": "import importlib.util\nreturn importlib.import_module('.helper', __package__).WHO",
    "relative": "from . import helper\nreturn helper.WHO",
    "relative name": "from .helper import WHO\nreturn WHO",
    "dunder": "return __import__('helper').WHO",
    "exec": "space = {}\nexec('import helper', space)\nreturn space['helper'].WHO  # 'helper'\nimport helper",
    "package": "import kit.tool\nreturn kit.tool.WHO",
    "package, one name": "from kit import tool\nreturn tool.WHO",
    "package, renamed": "import kit.tool as saw\nreturn saw.WHO",
    "package, importlib": "import importlib\nreturn importlib.import_module('kit.tool').WHO",
    "package, relative": "import importlib\nreturn importlib.import_module('.tool', 'kit').WHO",
    "package, all": "import kit\nreturn kit.WHO",
    "folder": "from shed.tool import WHO\nreturn WHO",
}


@pytest.mark.parametrize("body", WAYS.values(), ids=WAYS.keys())
def test_neighbours_imported_late_are_ones_own_and_as_they_were_when_loaded(tmp_path, body):
    def neighbours(who):
        tool = "from ..helper import WHO\n"
        return {
            "helper": f"WHO = {who!r}\n",
            "kit/__init__": "from .tool import *\n",
            "kit/tool": tool,
            "shed/tool": f"import helper\nWHO = {who!r}\n",
        }

    files = {who: later(tmp_path / who, body, neighbours(who)) for who in ("ann", "bob")}
    kinds = {who: classes_of_file(str(file))["Mine"] for who, file in files.items()}
    before = digest(files["ann"])
    later(tmp_path / "ann", body, neighbours("eve"))
    assert digest(files["ann"]) != before
    assert {who: kind().ask() for who, kind in kinds.items()} == {"ann": "ann", "bob": "bob"}
    assert classes_of_file(str(files["ann"]))["Mine"]().ask() == "eve"
    assert not {"helper", "kit", "kit.tool", "shed", "shed.tool"} & set(sys.modules)


def test_every_load_begins_anew(tmp_path):
    file = later(
        tmp_path, "import helper\nhelper.COUNT.append(1)\nreturn len(helper.COUNT)", {"helper": "COUNT = []\n"}
    )
    assert [classes_of_file(str(file))["Mine"]().ask() for _ in range(2)] == [1, 1]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "import importlib\nreturn importlib.import_module('hel' + 'per')",
            "helper.py stands beside agent.py, but is not",
        ),
        ("return __import__('hel' + 'per')", "helper.py stands beside agent.py, but is not named in an import there"),
        ("import kit\nreturn __import__('kit.' + 'tool')", "kit/tool.py stands beside agent.py, but is not named"),
        ("import built", "built.so stands beside agent.py, but is not named"),
        ("import nobody_has_this", "No module named 'nobody_has_this'"),
        ("from . import nobody", "cannot import name 'nobody' from 'agent_"),
        ("import kit.nobody", "nobody'"),
        ("import importlib\nreturn importlib.import_module('')", "Empty module name"),
        ("import importlib\nreturn importlib.import_module('.helper')", "the 'package' argument is required"),
    ],
)
def test_what_no_text_names_is_not_imported(tmp_path, body, said):
    file = later(tmp_path, body, {"helper": "", "kit/__init__": "", "kit/tool": ""})
    (tmp_path / "built.so").touch()
    with pytest.raises((ImportError, TypeError, ValueError), match=re.escape(said)):
        classes_of_file(str(file))["Mine"]().ask()


def test_a_neighbour_stands_in_for_nothing_that_strategies_are_made_of(tmp_path):
    wrong = "raise RuntimeError('mine')\n"
    body = "import json, numpy, secretly, agent\nfrom importlib import util\nreturn json, numpy, util, agent.Mine"
    file = later(tmp_path, body, {"json": wrong, "numpy": wrong, "secretly": "import agent\n"})
    sys.modules["agent"] = theirs = ModuleType("agent")
    theirs.Mine = None
    try:
        found = classes_of_file(str(file))["Mine"]().ask()
    finally:
        del sys.modules["agent"]
    assert found == (json, np, importlib.util, None)
    later(
        tmp_path,
        "from . import json\nfrom .kit import json as theirs\nreturn json.WHO, theirs.WHO",
        {"json": "WHO = 1\n"},
    )
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "json.py").write_text("import json\nWHO = json.loads('2')\n", encoding="utf-8")
    assert classes_of_file(str(file))["Mine"]().ask() == (1, 2)
    named = tmp_path / "agent.v2.py"
    named.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    assert classes_of_file(str(named))["Mine"]


def test_no_text_in_a_file_is_too_long_or_too_strange_for_a_name(tmp_path):
    file = later(tmp_path, f"return {'a' * 5000!r}, 'a\\0b', '...', '../helper.py', 'shed/tool.py'", {"helper": ""})
    assert {found.name for found in texts(file)} == {"agent.py", "helper.py"}
    later(tmp_path, "return 'shed/tool.py'", {"shed/tool": "", "shed/helper": ""})
    assert {found.name for found in texts(file)} == {"agent.py", "tool.py"}


def test_a_pipe_is_no_strategy_file(tmp_path):
    os.mkfifo(tmp_path / "agent.py")
    with pytest.raises(SetupError, match="is no plain file"):
        digest(tmp_path / "agent.py")
    with pytest.raises(SetupError, match="there is no such file"):
        classes_of_file(str(tmp_path / "agent.py"))


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
