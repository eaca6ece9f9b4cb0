"""A learnt policy sits at a table like any strategy, and a wrong file is one line."""

import json
from itertools import pairwise

import numpy as np
import pytest

from negotiation.cli import main
from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.provenance import files, source
from negotiation.strategies import strategy
from negotiation.strategies.menu import LEVELS, menu
from negotiation.strategies.policy import MOST_LAYERS, policy_bytes


def layers_of(case, every_deal=False, hidden=8, seed=0):
    sizes = menu(case.scenario, every_deal=every_deal)
    dice = np.random.default_rng(seed)
    steps = [sizes.seen, hidden, sizes.choices]
    return [(dice.normal(size=(out, into)), dice.normal(size=out)) for into, out in pairwise(steps)]


@pytest.fixture
def written(tmp_path):
    def write(case="alliance-2023", every_deal=False, change=lambda data: data, layers=None):
        made = load(case)
        layers = layers_of(made, every_deal) if layers is None else layers
        path = tmp_path / "a.policy"
        path.write_bytes(change(policy_bytes(made.scenario, every_deal=every_deal, layers=layers, note="by chance")))
        return path

    return write


@pytest.mark.parametrize("protocol", ["open-floor", "alternating"])
@pytest.mark.parametrize("every_deal", [False, True])
def test_a_policy_plays_to_the_end_the_same_each_time(written, protocol, every_deal):
    text = f"policy:{written(every_deal=every_deal)}"
    ends = [Game(seats={"nissan": text}, protocol=protocol, rounds=4, seed=2) for _ in range(2)]
    first, second = (game.play() for game in ends)
    assert first.over
    assert first.events == second.events
    assert any(event.party == "nissan" for event in first.events)


def test_what_it_rates_highest_is_what_it_does(written):
    """It asks for the deal best for itself at every table: a rating set by hand."""
    case = load("cloud-for-two")
    sizes = menu(case.scenario, every_deal=False)
    rates = np.zeros(sizes.choices)
    rates[2 * sizes.pairs + LEVELS] = 1.0
    path = written("cloud-for-two", layers=[(np.zeros((sizes.choices, sizes.seen)), rates)])
    game = Game("cloud-for-two", seats={"kaido": f"policy:{path}", "nimbus": "person"})
    game.advance()
    (offer,) = game.state.events
    deal = offer.action.deals["contract"]
    points = game.seated["kaido"].role.preferences.points["contract"][:-1]
    assert points[case.scenario.tables["contract"].index(deal)] == points.max()


def test_it_sits_at_no_other_tables(written):
    path = written("cloud-for-two")
    with pytest.raises(SetupError, match="it has learnt at other tables: contract, of kaido, nimbus"):
        Game(seats={"nissan": f"policy:{path}"})
    with pytest.raises(SetupError, match="it cannot vote"):
        Game("cloud-for-two", seats={"kaido": f"policy:{path}"}, protocol="single-text")


def test_run_plays_it_and_a_batch_writes_down_its_digest(written, capsys):
    path = written()
    assert main(["run", "alliance-2023", "--rounds", "2", "--seat", f"nissan=policy:{path}"]) == 0
    assert "nissan" in capsys.readouterr().out
    text = f"policy:{path}"
    assert source(text) == text
    assert len(files([text])[text]) == 64


def cut(data):
    return data[:-4]


def with_head(change):
    """The file with its head changed."""

    def changed(data):
        many = int.from_bytes(data[:8], "little")
        head = json.loads(data[8 : 8 + many])
        head = change(head) or head
        text = json.dumps(head).encode()
        return len(text).to_bytes(8, "little") + text + data[8 + many :]

    return changed


def about(**changes):
    return with_head(lambda head: head["__metadata__"].update(changes))


WRONG = [
    (lambda data: b"", "it is cut short, or no safetensors file"),
    (lambda data: b"\x80\x04pickled" * 20, "it is cut short, or no safetensors file"),
    (lambda data: data[:8] + b"\xff" * (len(data) - 8), "no policy file"),
    (cut, "stands outside the file"),
    (with_head(lambda head: [1]), "does not hold what such a file holds"),
    (with_head(lambda head: head.pop("__metadata__") and None), "does not hold"),
    (about(format="other/9"), "its format is 'other/9'"),
    (about(parties="[1]"), "parties and tables must be names"),
    (about(tables='{"contract": "270"}'), "tables must have their numbers of deals"),
    (about(tables='{"contract": 1, "more": 2}'), "from 23 numbers seen"),
    (with_head(lambda head: head.pop("added1") and None), "it holds 3 arrays"),
    (
        with_head(lambda head: {"__metadata__": head["__metadata__"]}),
        f"it holds 0 arrays, must be two a layer, of 1 to {MOST_LAYERS}",
    ),
    (with_head(lambda head: head["weights0"].update(dtype="F64")), "not of 32-bit numbers"),
    (with_head(lambda head: head["weights0"].update(shape=[10**12, 10**12])), "no policy file"),
    (with_head(lambda head: head["weights0"].update(head["weights1"])), "layer"),
    (lambda data: data[:-4] + b"\xff\xff\xff\x7f", "a weight is no number"),
]


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_a_wrong_file_is_one_line(written, change, said):
    path = written("cloud-for-two", change=change)
    with pytest.raises(SetupError, match=said) as problem:
        strategy(f"policy:{path}")
    assert str(problem.value).startswith(str(path))
    assert "\n" not in str(problem.value)
    assert len(str(problem.value)) < 400


def test_a_missing_file_is_one_line():
    for text in ("policy:", "policy:nowhere", "policy:a\0b"):
        with pytest.raises(SetupError):
            strategy(text)
