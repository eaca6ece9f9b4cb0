"""The notebook in the docs runs from its first cell to its last; Mesa's own batch runner takes our model."""

import json
from pathlib import Path

import mesa
import pytest

import negotiation
from negotiation.model import NegotiationModel

NOTEBOOK = Path(negotiation.__file__).parents[1] / "docs" / "notebook.ipynb"


def test_every_cell_of_the_notebook_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    cells = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    names = {}
    for number, cell in enumerate(cells):
        assert cell["outputs"] == [], "commit it without outputs"
        exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    assert names["told"]["outcome"]["contract"]
    assert len(names["frame"]) == len(names["signed"]) == 400
    assert not names["model"].running


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="this Mesa has no batch_run any more")
@pytest.mark.filterwarnings("ignore")
def test_mesa_runs_our_model_in_its_own_batches():
    rows = mesa.batch_run(  # noqa: TID251 - what users of Mesa know
        NegotiationModel,
        {"case": "cloud-for-two", "strategy": ["linear", "conceder"], "protocol": "alternating"},
        number_processes=1,
        data_collection_period=-1,
        display_progress=False,
    )
    assert {row["strategy"] for row in rows} == {"linear", "conceder"}
    for row in rows:
        model = NegotiationModel("cloud-for-two", strategy=row["strategy"], protocol="alternating")
        while model.running:
            model.step()
        assert (row["round"], row["signed"]) == (model.state.round, len(model.state.bound))
        assert row["points"] == model.seated[row["party"]].points


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="this Mesa has no batch_run any more")
@pytest.mark.filterwarnings("ignore")
def test_every_row_of_mesas_batches_tells_of_one_moment():
    rows = mesa.batch_run(  # noqa: TID251 - what users of Mesa know
        NegotiationModel,
        {"case": "cloud-for-two", "strategy": "linear", "rounds": 12},
        number_processes=1,
        data_collection_period=1,
        display_progress=False,
    )
    model = NegotiationModel("cloud-for-two", seed=rows[0]["seed"], strategy="linear", rounds=12)
    then = {0: {party: agent.points for party, agent in model.seated.items()}}
    while not model.state.over:
        model.step()
        then[model.steps] = {party: agent.points for party, agent in model.seated.items()}
    assert [row["Step"] for row in rows] == [step for step in then for _ in model.seated]
    assert [row["points"] for row in rows] == [then[row["Step"]][row["party"]] for row in rows]
