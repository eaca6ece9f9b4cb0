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
    for row in rows:  # up to Mesa 3.4.2 the last step that it reports is the one before the last
        model = NegotiationModel("cloud-for-two", strategy=row["strategy"], protocol="alternating")
        while model.running:
            model.step()
        frame = model.datacollector.get_agent_vars_dataframe().xs(row["Step"], level="Step").set_index("party")
        assert row["Step"] >= model.steps - 1
        assert row["points"] == pytest.approx(frame.loc[row["party"], "points"])
