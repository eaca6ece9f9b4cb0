"""What a command prints arrives on any terminal, fails in one line where it cannot, and is nobody else's."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from negotiation.cli import main
from negotiation.commands import streams
from negotiation.formats import bundled

ENCODINGS = ("cp932", "cp949", "latin-1", "cp437", "cp1251", "ascii")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


def shell(command, **env):
    """The exit code, output and errors of a line of shell in which NEG is our command."""
    line = command.replace("NEG", f"{sys.executable} -m negotiation")
    done = subprocess.run(["bash", "-c", line], capture_output=True, env={**os.environ, **env}, check=False)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


class Terminal(io.TextIOWrapper):
    def __init__(self, encoding, errors="strict"):
        super().__init__(io.BytesIO(), encoding=encoding, errors=errors)

    def shown(self):
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)


@pytest.fixture
def terminal(monkeypatch):
    def made(*arguments):
        screen = Terminal(*arguments)
        monkeypatch.setattr(sys, "stdout", screen)
        return screen

    return made


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "cases"],
        ["list", "strategies"],
        ["list", "model"],
        ["run", "electric-quay"],
        ["run", "electric-quay", "--json"],
        ["analyze", "cloud-for-two", "--sensitivity", "5"],
        ["analyze", "any-two-of-three", "--json"],
        ["check", "electric-quay"],
        ["schema"],
        ["schema", "--plan"],
    ],
)
def test_every_terminal_can_show_it(terminal, encoding, arguments):
    screen = terminal(encoding)
    assert main(arguments) == 0
    if "--json" in arguments or arguments[0] == "schema":
        assert json.loads(screen.shown())
    else:
        assert len(screen.shown()) > 200


def test_what_a_terminal_lacks_becomes_what_is_nearest(terminal):
    screen = terminal("ascii")
    streams.ready()
    print("Škoda – “Émile” · ±5 × €3 → 日 \udcff")
    assert screen.shown() == 'Skoda - "Emile" | +/-5 x EUR3 -> ? ?\n'
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", streams.NEAR)


def test_who_says_how_to_show_it_is_obeyed(terminal):
    screen = terminal("ascii", "xmlcharrefreplace")
    streams.ready()
    print("±")
    assert screen.shown() == "&#177;\n"


def test_json_is_escaped_only_where_it_must_be(terminal):
    terminal("ascii")
    assert streams.dumps({"a": "–"}) == '{"a": "\\u2013"}'
    terminal("utf-8")
    assert streams.dumps({"a": "–"}) == '{"a": "–"}'
    assert streams.dumps("\udcff") == '"\\udcff"'


def test_closed_streams_lead_nowhere(monkeypatch):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert main(["list", "protocols"]) == 0
    assert main(["check", "none.yaml"]) == 1
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


@FULL
@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("NEG list cases >&-", 0, ""),
        ("NEG list cases <&- >&- 2>&-", 0, ""),
        ("NEG list cases >/dev/full", 1, "negotiation: the output cannot be written: No space left on device\n"),
        *(
            (
                f"{buffered}NEG {words} >/dev/full",
                1,
                "negotiation: the output cannot be written: No space left on device\n",
            )
            for buffered in ("PYTHONUNBUFFERED=1 ", "PYTHONUNBUFFERED= ")
            for words in ("--help", "--version", "run --help")
        ),
        ("NEG run 2>/dev/full", 2, ""),
        ("NEG --help | true", 0, ""),
        ("NEG check none.yaml 2>/dev/full", 1, ""),
        ("NEG check none.yaml 2>&-", 1, ""),
        ("NEG list cases | true", 0, ""),
        ("NEG check none.yaml 2>&1 | true; exit ${PIPESTATUS[0]}", 1, ""),
    ],
)
def test_closed_and_full_streams_are_no_traceback(command, code, told):
    assert shell(command) == (code, b"", told)


def test_what_fails_for_want_of_memory_or_a_file_is_one_line(capsys, monkeypatch):
    for problem, told in (
        (MemoryError(), "this takes more memory than there is"),
        (PermissionError(13, "Permission denied", "x.yaml"), "x.yaml: Permission denied"),
        (OSError("odd\nthing"), "the output cannot be written: odd thing"),
        (OSError(36, "File name too long", "n" * 5000), f"{'n' * 100}...{'n' * 99}: File name too long"),
        (
            UnicodeEncodeError("utf-8", "a\udcff", 1, 2, "no"),
            r"'a\udcff': holds a name that is no text in UTF-8; choose another",
        ),
    ):

        def fails(_, problem=problem):
            raise problem

        monkeypatch.setattr("negotiation.commands.listing.run", fails)
        assert main(["list", "cases"]) == 1
        assert capsys.readouterr().err == f"negotiation: {told}\n"


def test_a_stream_that_is_no_file_is_let_be(monkeypatch):
    class Stuck(io.StringIO):
        def flush(self):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Stuck())
    assert main(["list", "protocols"]) == 1


def test_a_case_of_somebody_commands_no_terminal(tmp_path, capsys):
    file = tmp_path / "evil.yaml"
    text = bundled()["cloud-for-two"].read_text(encoding="utf-8")
    title = 'title: "red \\e[31m \\r \\x9b \\a"'
    file.write_text(text.replace(next(line for line in text.split("\n") if line.startswith("title:")), title), "utf-8")
    for arguments in (["analyze", str(file)], ["check", str(file)]):
        assert main(arguments) == 1
        told = capsys.readouterr()
        assert "holds U+001B" in told.err
        assert not {"\x1b", "\x9b", "\x07"} & {*told.err, *told.out}
    assert main(["check", "\x1b[31m.yaml"]) == 1
    assert capsys.readouterr().err == "negotiation: \\x1b[31m.yaml: No such file or directory\n"


LOUD = """
import os
from negotiation.strategies.concession import Linear

print("imported")

class Loud(Linear):
    def decide(self, view, dice):
        print("thinking")
        os.write(1, b"deeper\\n")
        return super().decide(view, dice)
"""


@pytest.mark.parametrize(
    "command",
    [
        "run cloud-for-two --strategy loud.py:Loud --json",
        "tournament --cases cloud-for-two --strategies loud.py:Loud easy --out cup --workers 2",
        "batch plan.yaml --out few --workers 2",
        "batch plan.yaml --out few --dry-run",
    ],
)
def test_what_strategies_print_is_not_what_the_command_prints(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loud.py").write_text(LOUD, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(
        "format: negotiation-plan/1\ncases: [cloud-for-two]\nlineups: {loud: {others: loud.py:Loud}}\n"
        "factors: {rounds: [1]}\nreplications: 21\n",  # two chunks, for two workers
        encoding="utf-8",
    )
    code, out, err = shell(f"NEG {command}")
    assert code == 0, err
    assert not {b"imported", b"thinking", b"deeper"} & set(out.split(b"\n"))
    assert {"imported", "thinking", "deeper"} <= set(err.split("\n"))
