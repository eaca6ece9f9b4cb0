"""`negotiation talk`: sentences in, moves out, at a terminal, through a pipe, and from a file that is judged."""

import io
import sys

import pytest
from support_llm import act, environment, says, serving

from negotiation.cli import main


@pytest.fixture
def typed(monkeypatch):
    def typed(text, *, terminal=False):
        stream = io.TextIOWrapper(io.BytesIO(text if isinstance(text, bytes) else text.encode()), encoding="utf-8")
        monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)
        monkeypatch.setattr(sys, "stdin", stream)

    return typed


def test_through_a_pipe(typed, capsys):
    typed("What do you need at Amp\u00e8re?\n\nblah blah\nMerci !\n" + "a" * 3000)
    assert main(["talk", "alliance-2023", "--as", "nissan"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  en: ask priority ampere",
        "  en: none",
        "  not understood: blah blah",
        "  fr: courtesy thanks",
        "  en: none",
        "  not understood: 3,000 characters; of more than 2,000 nothing is read",
    ]


def test_at_a_terminal_an_empty_line_ends_it(typed, capsys):
    typed("22 dollars, 4 years?\n\nnever read\n", terminal=True)
    assert main(["talk", "cloud-for-two"]) == 0
    welcome, said = capsys.readouterr().out.split("An empty line ends it.\n")
    assert welcome.startswith("You speak for kaido (Kaido Motors (buyer)) to nimbus.\nTables: contract.")
    assert said == "kaido>   en: sketch contract.price=p22 contract.term=y4\nkaido> "


def test_the_end_of_the_input_ends_it_too(typed, capsys):
    typed("", terminal=True)
    assert main(["talk", "cloud-for-two", "--language", "fr"]) == 0
    assert capsys.readouterr().out.endswith("kaido> \n")


def test_a_table_and_a_language_may_be_given(typed, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("We have another partner.\n7%?\n"))
    assert main(["talk", "alliance-2023", "--as", "nissan", "--table", "cloud", "--language", "ja"]) == 0
    assert capsys.readouterr().out.splitlines() == ["  en: alternative cloud", "  ja: sketch ampere.nissan_stake=s7"]


def test_bytes_that_are_no_text_and_commands_to_the_terminal_do_no_harm(typed, capsys):
    typed(b"\xff\xfe \x1b[2J hello\n")
    assert main(["talk", "cloud-for-two"]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "name a case, or a file of sentences with --file"),
        (["nowhere"], "unknown case 'nowhere'"),
        (["cloud-for-two", "--as", "nobody"], "--as: unknown party 'nobody'"),
        (["cloud-for-two", "--table", "none"], "--table: unknown table 'none'"),
        (["--file", "missing.tsv"], "missing.tsv"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(arguments, problem, typed, capsys):
    typed("")
    assert main(["talk", *arguments]) == 1
    told = capsys.readouterr().err
    assert problem in told
    assert told.count("\n") == 1


def test_a_file_of_sentences_is_judged(tmp_path, capsys):
    file = tmp_path / "some.tsv"
    file.write_text(
        "cloud-for-two\tkaido\ten\t22 dollars, 4 years?\tsketch contract.price=p22 contract.term=y4\n\n"
        "cloud-for-two\tkaido\ten\tThanks\tcourtesy regret\n"
        "cloud-for-two\tkaido\tfr\tMerci\tcourtesy thanks\n",
        encoding="utf-8",
    )
    assert main(["talk", "--file", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{file}, line 3: Thanks",
        "  meant: courtesy regret",
        "  read:  courtesy thanks",
        "en: precision 0.500, recall 0.500 (1 right, 1 wrong, 1 missed; commitments that nobody made: 0)",
        "fr: precision 1.000, recall 1.000 (1 right, 0 wrong, 0 missed; commitments that nobody made: 0)",
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"cloud-for-two\tkaido\n", "line 1: 2 columns, must be 5"),
        (b"cloud-for-two\tanna\ten\tHello\tnone\n", "line 1: 'anna' is no party of cloud-for-two"),
        (b"cloud-for-two\tkaido\ten\tHello\twave\n", "line 1: unknown kind of move 'wave'"),
        (b"\xff\xff\n", "is no text in UTF-8"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_line(line, problem, tmp_path, capsys):
    file = tmp_path / "bad.tsv"
    file.write_bytes(line)
    assert main(["talk", "--file", str(file)]) == 1
    assert problem in capsys.readouterr().err


def test_a_language_model_reads(typed, capsys, monkeypatch, tmp_path):
    answer = says(act(moves=["refuse alliance.stakes=merger"]))
    text = "Nobody here would survive such a wedding."
    with serving(lambda *_: answer) as server:
        environment(monkeypatch, server)
        typed(text)
        assert main(["talk", "alliance-2023", "--as", "nissan", "--reader", "llm:qwen"]) == 0
        assert capsys.readouterr().out == "  en: refuse alliance.stakes=merger\n"
        file = tmp_path / "sentences.tsv"
        file.write_text(f"alliance-2023\tnissan\ten\t{text}\trefuse alliance.stakes=merger\n", encoding="utf-8")
        assert main(["talk", "--file", str(file), "--reader", "llm"]) == 0
        assert "precision 1.000, recall 1.000" in capsys.readouterr().out
    assert main(["talk", "alliance-2023", "--reader", "fair"]) == 1
    assert capsys.readouterr().err == "negotiation: --reader 'fair': must be grammar, llm or llm:NAME\n"
