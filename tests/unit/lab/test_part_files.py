"""Parts as they were written, or not: whatever happens to a file is seen, named, left out, and played again."""

import json
import random

import pyarrow.parquet as pq
import pytest

from negotiation.errors import LogError, SetupError
from negotiation.lab.part_files import LEDGER, Done, checked, damage_text, finished, ledger, note
from negotiation.lab.plan import read_plan
from negotiation.lab.report import report
from negotiation.lab.results import open_results
from negotiation.lab.runner import run
from negotiation.lab.worker import Worker

PLAN = read_plan(
    {
        "format": "negotiation-plan/1",
        "cases": ["cloud-for-two"],
        "lineups": {"a": "linear"},
        "factors": {"rounds": list(range(3, 23))},
        "replications": 3,
    }
)


@pytest.fixture
def out(tmp_path):
    assert run(PLAN, tmp_path / "out") == (60, 0)
    return tmp_path / "out"


def contents(out):
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.glob("*/part-*")}


@pytest.mark.parametrize("kind", ["runs", "tables"])
@pytest.mark.parametrize("size", [0, 100, -1])
def test_a_part_cut_short_is_named_left_out_and_played_again(out, capfd, kind, size):
    whole, file = contents(out), out / kind / "part-0000001.parquet"
    file.write_bytes(file.read_bytes()[:size])
    name = f"{kind}/part-0000001.parquet is not what was written"
    assert open_results(out).checked.broken == {f"{kind}/part-0000001.parquet": "is not what was written"}
    assert len(open_results(out).frame()) == 40
    page = report(open_results(out))
    assert f"Left out: {name}; the command of the batch plays it again." in page
    assert "40 negotiations of 60: the batch is not finished" in page
    capfd.readouterr()
    assert run(PLAN, out) == (60, 0)
    assert capfd.readouterr().err == f"{out}: {name}; played again\n"
    assert contents(out) == whole


def test_no_flipped_bit_passes_unseen(out):
    dice, file = random.Random(1), out / "runs" / "part-0000002.parquet"
    whole = file.read_bytes()
    for _ in range(400):
        at, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
        file.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        assert open_results(out).checked.chunks == (0, 1), (at, bit)
    file.write_bytes(whole)
    assert open_results(out).checked.chunks == (0, 1, 2)


def test_many_broken_parts_are_one_line(out):
    assert damage_text({}) == ""
    assert damage_text({"a": "is missing", "b": "x", "c": "y"}) == "a is missing, and 2 more like it"
    for file in out.glob("runs/part-*"):
        file.unlink()
    with pytest.raises(
        LogError, match="holds no runs of a batch .yet.: runs/part-0000000.parquet is missing, and 2 more"
    ):
        report(open_results(out))


def test_a_chunk_counts_once_it_stands_in_the_ledger(out):
    whole, lines = contents(out), (out / LEDGER).read_bytes().splitlines(keepends=True)
    (out / LEDGER).write_bytes(lines[0] + b"not json\n" + lines[2][:50])
    assert finished(out) == [0]
    assert run(PLAN, out) == (60, 0)
    assert contents(out) == whole
    kept = (out / LEDGER).read_bytes().splitlines()
    assert kept[1:3] == [b"not json", lines[2][:50]]
    assert sorted(ledger(out)) == [0, 1, 2]
    for line in ("[]", '{"chunk": "x", "runs": 1, "errors": 0, "seconds": 0}', '{"chunk": 9}'):
        with (out / LEDGER).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    assert sorted(ledger(out)) == [0, 1, 2]
    (out / LEDGER).unlink()
    assert finished(out) == []


def test_rows_that_say_that_a_worker_died_are_tried_again(out):
    whole, versions = contents(out), open_results(out).versions
    note(out, Worker(PLAN, out, json.dumps({"code": versions["code"]}), lambda: False).bury(1))
    assert checked(out).again == {1}
    assert open_results(out).frame()["error"].notna().sum() == 20
    assert run(PLAN, out) == (60, 0)
    assert contents(out) == whole
    assert checked(out).again == frozenset()


def test_a_folder_from_before_the_ledger_still_opens(out, tmp_path):
    versions = json.loads((out / "versions.json").read_text(encoding="utf-8"))
    del versions["code"]
    (out / "versions.json").write_text(json.dumps(versions), encoding="utf-8")
    (out / LEDGER).unlink()
    (out / "cases" / "0.yaml").unlink()
    assert finished(out) == [0, 1, 2]
    assert len(open_results(out).frame()) == 60
    assert "60 negotiations" in report(open_results(out))
    (out / "tables" / "part-0000001.parquet").unlink()
    (out / "runs" / "part-0000002.parquet").write_bytes(b"PAR1")
    assert open_results(out).checked.broken == {
        "tables/part-0000001.parquet": "is missing",
        "runs/part-0000002.parquet": "cannot be read",
    }
    with pytest.raises(SetupError, match="was begun with other code"):
        run(PLAN, out)


def test_a_part_says_what_made_it(out):
    versions = open_results(out).versions
    for kind in ("runs", "tables"):
        said = json.loads(pq.read_schema(out / kind / "part-0000000.parquet").metadata[b"negotiation"])
        assert said == {
            what: versions[what] for what in ("negotiation", "code", "git", "numba", "platform", "cases", "files")
        }


def test_a_worker_that_would_play_something_else_does_not(out):
    with pytest.raises(SetupError, match="numba changed while games were played"):
        Worker(PLAN, out, json.dumps({"numba": "0"}), lambda: False)


def test_the_ledger_that_cannot_be_written(tmp_path):
    with pytest.raises(LogError, match=r"gone/chunks.jsonl: No such file"):
        note(tmp_path / "gone", Done(0, 1, 0, 0.0))
