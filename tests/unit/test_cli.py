"""The command as people use it: what it prints, where, and how it exits."""

import json
import os
import subprocess
import sys
import tempfile

import pytest
from unit_small import SMALL

from negotiation.cli import main


def run(capsys, *arguments):
    code = main(list(arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_run_prints_one_json_object(capsys):
    code, out, err = run(capsys, "run", "cloud-for-two", "--seed", "1", "--json")
    told = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert list(told) == [
        "case", "protocol", "seed", "rounds", "rounds_played", "over", "seats", "types", "outcome", "signed_in",
        "scores", "unsigned_scores", "events",
    ]  # fmt: skip


def test_run_tells_people_what_happened(capsys):
    code, out, _ = run(capsys, "run", "alliance-2023", "--seat", "nissan=boulware:exponent=6", "--types", "nissan=hawk")
    assert code == 0
    assert "alliance  " in out
    assert "(boulware:exponent=6, hawk)" in out
    code, out, _ = run(capsys, "run", "electric-quay", "--protocol", "alternating", "--rounds", "1")
    assert "unsigned: no paper there was signed by all it needed" in out


def test_a_saved_game_replays_to_the_same_result(capsys, tmp_path):
    file = tmp_path / "game.jsonl"
    _, first, _ = run(capsys, "run", "cloud-for-two", "--seed", "3", "--json", "--log", str(file))
    assert run(capsys, "replay", str(file), "--json") == (0, first, "")
    code, out, _ = run(capsys, "replay", str(file))
    assert (code, "contract" in out) == (0, True)


def test_a_game_cut_short_is_refused_and_told_where(capsys, tmp_path):
    file = tmp_path / "game.jsonl"
    run(capsys, "run", "cloud-for-two", "--log", str(file), "--json")
    whole = file.read_text(encoding="utf-8")
    for cut in (len(whole) // 2, len(whole) - 2, len(whole.rsplit("\n", 2)[0]) + 1):
        file.write_text(whole[:cut], encoding="utf-8")
        code, out, err = run(capsys, "replay", str(file))
        assert (code, out) == (1, "")
        assert "cut short" in err
        assert err.count("\n") == 1


def test_lists(capsys):
    assert run(capsys, "list", "cases")[1].startswith("alliance-2023")
    assert "concedes late  (exponent=4.0, least=0.0, candour=guarded)" in run(capsys, "list", "strategies")[1]
    assert run(capsys, "list", "protocols")[1].startswith("alternating")
    assert "micro" in run(capsys, "list", "bidding")[1]
    assert "(concession=0.5, spread=0.2)" in run(capsys, "list", "model")[1]
    assert run(capsys, "list", "accept")[1].startswith("combi")


def test_analyze_for_people_and_machines(capsys):
    code, out, err = run(capsys, "analyze", "any-two-of-three", "--variant", "generous_trio")
    assert (code, err) == (0, "")
    assert "15 outcomes on which none of Aster, Boreal and Cygne can improve" in " ".join(out.split())
    code, out, _ = run(
        capsys, "analyze", "alliance-2023", "--parties", "renault,geely", "--types", "renault=base", "--json"
    )
    assert json.loads(out)["parties"] == ["renault", "geely"]


def test_analyze_writes_a_page(capsys, tmp_path):
    file = tmp_path / "what if.html"
    code, out, _ = run(capsys, "analyze", "any-two-of-three", "--html", str(file))
    assert (code, out) == (0, f"{file}: written\n")
    text = file.read_text(encoding="utf-8")
    assert (text.count("<svg"), text[:15]) == (3, "<!doctype html>")
    code, out, _ = run(capsys, "analyze", "any-two-of-three", "--json", "--html", str(file))
    assert json.loads(out)["frontier"]["exact"] is True
    code, _, err = run(capsys, "analyze", "any-two-of-three", "--html", str(tmp_path / "no" / "a.html"))
    assert (code, "cannot be written: No such file" in err, err.count("\n")) == (1, True, 1)


def test_analyze_tells_what_hangs_on_the_weights(capsys):
    _, out, _ = run(capsys, "analyze", "cloud-for-two", "--sensitivity", "10")
    assert "One weight at a time changed by ±10 %" in out
    _, out, _ = run(capsys, "analyze", "cloud-for-two", "--sensitivity", "10", "--json")
    effects = [row["effect"] for row in json.loads(out)["sensitivity"]["weights"]]
    assert effects == sorted(effects, reverse=True)
    code, _, err = run(capsys, "analyze", "cloud-for-two", "--sensitivity", "-3")
    assert (code, "must be per cent of a weight" in err) == (1, True)


def test_analyze_tells_a_person_how_far_it_is(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _, _, err = run(capsys, "analyze", "any-two-of-three")
    assert "%  coalition aster, boreal" in err
    assert err.endswith("\r" + " " * 80 + "\r")


def test_check_and_schema(capsys, tmp_path):
    code, out, _ = run(capsys, "check", "alliance-2023", "--variant", "seven_parties")
    assert (code, "france" in out) == (0, True)
    empty = tmp_path / "empty.yaml"
    empty.write_text(SMALL.replace("adjust: {anna: 10}", "adjust: {anna: 100}"), encoding="utf-8")
    code, out, _ = run(capsys, "check", str(empty))
    assert (code, "error: tables.house: empty bargaining zone" in out) == (1, True)
    assert json.loads(run(capsys, "schema")[1])["title"] == "ScenarioFile"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "aliance-2023"], "unknown case 'aliance-2023'; did you mean 'alliance-2023'?"),
        (["run", "alliance-2023", "--seat", "nisan=linear"], "unknown party 'nisan'"),
        (
            ["analyze", "alliance-2023", "--parties", "renault", "nisan"],
            "unknown party 'nisan'; did you mean 'nissan'?",
        ),
        (["analyze", "alliance-2023", "--parties", "nisan"], "unknown party 'nisan'; did you mean 'nissan'?"),
        (["analyze", "alliance-2023", "--without", "hors"], "unknown table 'hors'; did you mean 'horse'?"),
        (["run", "alliance-2023", "--seat", "nissan"], "--seat 'nissan': must be PARTY=NAME"),
        (["run", "alliance-2023", "--types", "=hawk"], "--types '=hawk': must be PARTY=TYPE"),
        (["run", "alliance-2023", "--seat", "nissan=linear", "--seat", "nissan=random"], "--seat names nissan twice"),
        (["run", "alliance-2023", "--seat", "nissan=person"], "nobody sits at a screen in a headless game"),
        (["run", "alliance-2023", "--strategy", "liner"], "unknown strategy 'liner'"),
        (["run", "alliance-2023", "--variant", "six"], "unknown variant 'six'"),
        (["run", "alliance-2023", "--log", "/none/x.jsonl"], "cannot be written"),
        (["run", "cloud-for-two", "--seed", "-1"], "seed is -1, must be a whole number from 0 up"),
        (
            ["play", "--database", "mysql://x"],
            "a database cannot be at mysql:...; possible: the path of an SQLite file",
        ),
        (["export", "--database-url", "typo.db"], "there is no database at "),
        (["analyze", "cloud-for-two", "--sensitivity", "0"], "must be per cent of a weight, more than 0"),
        (["replay", "none.jsonl"], "none.jsonl: No such file or directory"),
        (["check", "none.yaml"], "none.yaml: No such file or directory"),
    ],
)
def test_bad_input_is_one_line_on_stderr_and_exit_1(capsys, arguments, message):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "")
    assert err.startswith("negotiation: ")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["run"],
        ["run", "x", "--rounds", "two"],
        ["list", "people"],
        ["play", "--port", "70000"],
        ["serve", "--port", "-1"],
        ["play", "--port", "x"],
        ["serve", "--port", "0"],
    ],
)
def test_wrong_usage_is_exit_2(capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: negotiation" in capsys.readouterr().err


def test_help_is_output_like_any_other(capsys):
    for asked in ("--help", "--version"):
        with pytest.raises(SystemExit) as stopped:
            main([asked])
        assert stopped.value.code == 0
        assert "negotiation" in capsys.readouterr().out


def test_interrupting_is_no_traceback(capsys, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("negotiation.commands.listing.run", interrupted)
    assert run(capsys, "list", "cases") == (130, "", "")


def test_help_is_quick_because_it_imports_nothing_heavy():
    code = "import sys; from negotiation.cli import _parser; _parser().format_help(); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"mesa", "streamlit", "numpy", "pydantic", "yaml", "sqlalchemy"} & set(modules)


def test_output_that_nobody_reads_is_dropped(monkeypatch):
    def broken(_):
        raise BrokenPipeError

    monkeypatch.setattr("negotiation.commands.listing.run", broken)
    with open(os.devnull, "w") as nowhere:
        monkeypatch.setattr(sys, "stdout", nowhere)
        assert main(["list", "cases"]) == 0


def test_a_closed_pipe_is_no_traceback():
    command = f"{sys.executable} -m negotiation run alliance-2023 --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env={**os.environ})
    assert done.stderr == ""


def test_play_serves_with_what_it_was_told(monkeypatch):
    asked = {}

    def serve(host, port, **rest):
        asked.update(host=host, port=port, **rest)
        return 0

    monkeypatch.setattr("negotiation.ui.server.serve.serve", serve)
    assert main(["play", "--port", "9000", "--no-browser", "--database", "x.db"]) == 0
    assert asked == {"host": "127.0.0.1", "port": 9000, "browser": False, "database": "x.db"}


def test_the_package_runs_a_game_in_one_line():
    import negotiation as ng

    assert ng.run("cloud-for-two", seed=1)["outcome"]["contract"]["term"] == "y7"


def test_serve_teaches_with_what_it_was_told(monkeypatch):
    asked = {}

    def teach(host, port, **rest):
        asked.update(host=host, port=port, **rest)
        return 0

    monkeypatch.setattr("negotiation.ui.server.serve.teach", teach)
    assert (
        main(["serve", "--port", "9000", "--database-url", "postgresql://here/x", "--public-url", "https://a.b"]) == 0
    )
    assert asked == {"host": "0.0.0.0", "port": 9000, "database": "postgresql://here/x", "public_url": "https://a.b"}


def test_who_has_no_home_has_caches_as_long_as_it_lasts(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert main(["list", "protocols"]) == 0
    assert "XDG_CACHE_HOME" not in os.environ
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    later = []
    monkeypatch.setattr("atexit.register", lambda what, *given, **rest: later.append((what, given, rest)))
    assert main(["list", "protocols"]) == 0
    assert os.environ["XDG_CACHE_HOME"].startswith(str(tmp_path))
    ((what, given, rest),) = later
    what(*given, **rest)
    assert os.listdir(tmp_path) == []


def test_the_transcript_tells_who_said_what_to_whom(capsys, tmp_path):
    file = tmp_path / "game.jsonl"
    arguments = ("run", "cloud-for-two", "--strategy", "fair", "--transcript", "--log", str(file))
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert out.startswith("round 1\n  Kaido Motors offers at Connected-car cloud: Nimbus, ")
    assert "Nimbus to Kaido Motors, in private: Kaido Motors, " in out
    assert (
        "\n  → Connected-car cloud: a bilateral contract: signed" in out or "\n  → Connected-car cloud: signed" in out
    )
    assert run(capsys, "replay", str(file), "--transcript")[1] == out
    silent = run(capsys, "run", "cloud-for-two", "--transcript", "--talk", "none", "--protocol", "single-text")[1]
    assert "in private" not in silent
    assert "the mediator drafts at Connected-car cloud" in silent
    assert json.loads(run(capsys, *arguments, "--json")[1])["over"]
    assert run(capsys, "run", "cloud-for-two", "--talk", "de")[2] == (
        "negotiation: unknown language 'de'; possible: en, fr, ja\n"
    )
