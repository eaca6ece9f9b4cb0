"""`negotiation tournament`, `new` and `check` of one's own agent, as a user types them."""

import sys

import pytest

from negotiation.cli import main
from negotiation.lab import trial


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def few_cases(monkeypatch):
    """Trials on two small cases; tests of the trial itself take all of them."""
    monkeypatch.setattr(trial, "bundled", lambda: ("cloud-for-two", "any-two-of-three"))


def test_from_a_new_agent_to_a_tournament(here, few_cases, capsys):
    assert main(["new", "strategy"]) == 0
    assert "negotiation check my_agent.py" in capsys.readouterr().out
    assert main(["check", "my_agent.py"]) == 0
    assert capsys.readouterr().out.count("  ok ") == 4
    arguments = ["tournament", "--cases", "cloud-for-two", "--strategies", "my_agent.py:MyAgent", "linear"]
    assert main([*arguments, "--out", "cup"]) == 0
    told = capsys.readouterr().out
    assert "| my_agent.py:MyAgent |" in told
    assert (here / "cup" / "report.md").read_text(encoding="utf-8") == told


def test_progress_is_shown_to_people_only(here, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["tournament", "--cases", "cloud-for-two", "--strategies", "linear", "easy", "--out", "cup"]) == 0
    assert "4 of 4 games (100%)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["new", "strategy", "my agent.txt"], "my agent.txt: must be a Python file whose name makes a class"),
        (["new", "strategy", "no/such/agent.py"], "no/such/agent.py: No such file or directory"),
        (["new", "strategy", "there.py"], "there.py: is there already; choose another name"),
        (["check", "there.py"], "there.py: holds no strategy"),
        (["check", "broken.py"], "broken.py: cannot be imported: SyntaxError"),
        (
            ["tournament", "--cases", "x", "--strategies", "a", "--peers", "genius:B", "--out", "o"],
            "must be negmas:CLASS",
        ),
        (
            ["tournament", "--cases", "x", "--strategies", "a", "--peers", "negmas:NoSuch", "--out", "o"],
            "unknown case 'x'",
        ),
        (
            ["tournament", "--cases", "cloud-for-two", "--strategies", "fair", "easy", "--out", "taken"],
            "taken: report.md",
        ),
    ],
)
def test_bad_input_is_one_line(here, capsys, arguments, message):
    (here / "there.py").write_text("x = 1\n", encoding="utf-8")
    (here / "broken.py").write_text("def (\n", encoding="utf-8")
    if arguments[-1] == "taken":
        main(arguments)
        (here / "taken" / "report.md").unlink()
        (here / "taken" / "report.md").mkdir()
        message = "taken/report.md: cannot be written: Is a directory"
        capsys.readouterr()
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_a_failing_agent_gives_exit_code_1(here, few_cases, capsys):
    (here / "bad.py").write_text(
        "from negotiation.strategies.concession import Linear\n"
        "class Bad(Linear):\n    def decide(self, view, dice):\n        return None\n",
        encoding="utf-8",
    )
    assert main(["check", "bad.py"]) == 1
    assert "FAILS  no turn is lost" in capsys.readouterr().out
