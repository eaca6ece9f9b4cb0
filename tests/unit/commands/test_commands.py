"""`negotiation tournament`, `new` and `check` of one's own agent, as a user types them."""

import json
import sys

import pytest

from negotiation.cli import main
from negotiation.lab import strategy_check


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def few_cases(monkeypatch):
    """Trials on two small cases; tests of the trial itself take all of them."""
    monkeypatch.setattr(strategy_check, "bundled", lambda: ("cloud-for-two", "any-two-of-three"))


def test_from_a_new_agent_to_a_tournament(here, few_cases, capsys):
    assert main(["new", "strategy"]) == 0
    assert "negotiation check my_agent.py" in capsys.readouterr().out
    assert main(["check", "my_agent.py"]) == 0
    assert capsys.readouterr().out.count("  ok ") == 5
    arguments = ["tournament", "--cases", "cloud-for-two", "--strategies", "my_agent.py:MyAgent", "linear"]
    assert main([*arguments, "--out", "cup"]) == 0
    told = capsys.readouterr().out
    assert "| my_agent.py:MyAgent |" in told
    assert (here / "cup" / "report.md").read_text(encoding="utf-8") == told


def test_progress_is_shown_to_people_only(here, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["tournament", "--cases", "cloud-for-two", "--strategies", "linear", "easy", "--out", "cup"]) == 0
    assert "4 of 4 games (100%)" in capsys.readouterr().err


def test_stopped_it_says_what_is_kept_and_goes_on(here, capsys, monkeypatch):
    from negotiation.lab import tournament

    asked = ["tournament", "--cases", "cloud-for-two", "--strategies", "linear", "easy", "--out", "cup"]

    def stopped(game, play=tournament.play):
        if len(games.read_text(encoding="utf-8").splitlines()) == 2:
            raise KeyboardInterrupt
        return play(game)

    games = here / "cup" / "games.jsonl"
    with monkeypatch.context() as patched:
        patched.setattr(tournament, "play", stopped)
        assert main(asked) == 130
    told = "negotiation: stopped; what was finished is kept, the same command goes on with cup\n"
    assert capsys.readouterr() == ("", told)
    before = games.read_bytes()
    assert main(asked) == 0
    assert games.read_bytes().startswith(before)
    assert len(games.read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["new", "strategy", "my agent.txt"], "my agent.txt: must be a Python file whose name makes a class"),
        (["new", "strategy", "no/such/agent.py"], "no/such/agent.py: cannot be written: No such file or directory"),
        (["new", "strategy", "there.py"], "there.py: is there already; choose another name"),
        (["new", "strategy", "none.py"], "none.py: must be a Python file whose name makes a class"),
        (
            ["tournament", "--cases", "x", "--strategies", "a", "--workers", "0", "--out", "o"],
            "workers is 0, must be at",
        ),
        (
            ["tournament", "--cases", "x", "--strategies", "a", "person", "--out", "o"],
            "nobody sits at a screen in a tour",
        ),
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


FICKLE = """
from negotiation.actions import Accept, Pass
from negotiation.strategies.concession import Linear
asked = []
class Fickle(Linear):
    def decide(self, view, dice):
        asked.append(view.state.round)
        if len(asked) % 2 == 0:
            raise LookupError("asked already")
        return super().decide(view, dice)
class Gone(Linear):
    def decide(self, view, dice):
        raise SystemExit(3)
class Cheat(Linear):
    def decide(self, view, dice):
        return Accept(99)
"""


def test_an_agent_that_fails_when_asked_again_is_told(here, few_cases, capsys):
    (here / "bad.py").write_text(FICKLE, encoding="utf-8")
    assert main(["check", "bad.py"]) == 1
    told = capsys.readouterr().out
    assert "FAILS  asked twice, it does the same: it remembers nothing but the log: cloud-for-two" in told
    assert "LookupError: asked already (bad.py, line 9)" in told


@pytest.mark.parametrize(
    ("kind", "why"), [("Gone", "SystemExit: 3 (bad.py, line 13)"), ("Cheat", "kaido cannot sign paper 99")]
)
def test_a_game_with_an_agent_that_fails_is_told_and_says_so(here, capsys, kind, why):
    (here / "bad.py").write_text(FICKLE, encoding="utf-8")
    assert main(["run", "cloud-for-two", "--rounds", "2", "--seat", f"kaido=bad.py:{kind}", "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["over"] is True
    assert printed.err.startswith(f"negotiation: kaido, played by bad.py:{kind}, lost turns: 2; the first: {why}")
    assert printed.err.count("\n") == 1
