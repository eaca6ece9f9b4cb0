"""Whole games written down: any change of the rules or of an agent shows as a difference in a file.

`make golden` writes them again. Read the difference before you commit it, and tell users under "Rules changed".
"""

import json
from pathlib import Path

import pytest
from support import BUNDLED, PROTOCOLS

from negotiation.formats.log import parse
from negotiation.game import Game
from negotiation.record import reopen, result, setup

HERE = Path(__file__).parent
LINE_UP = ("linear", "boulware", "conceder", "random", "hardliner")
"""Strategies by seat, around the table."""


def game(case, protocol):
    model = Game(case, protocol=protocol, seed=1)
    mixed = {party: LINE_UP[n % len(LINE_UP)] for n, party in enumerate(model.seats)}
    model = Game(case, protocol=protocol, seats=mixed, seed=1)
    model.play()
    return model


def written(model):
    told = result(model)
    lines = [{"format": "negotiation-log/1", **setup(model), "events": len(told["events"])}, *told["events"]]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("case", BUNDLED)
def test_a_game_goes_as_written(case, protocol, rewrite):
    file = HERE / f"{case}--{protocol}.jsonl"
    model = game(case, protocol)
    if rewrite:
        file.write_text(written(model), encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    assert written(model) == text
    again = reopen(*parse(text, file.name), source=file.name)
    assert result(again) == result(model)
