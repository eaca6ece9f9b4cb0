"""An open laboratory and game of multi-party negotiation.

>>> import negotiation as ng
>>> ng.run("cloud-for-two", seed=1)["outcome"]["contract"]["term"]
'y7'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from negotiation.case import Case
    from negotiation.lab.results import Results

__version__ = "0.1.0"


def run(case: Case | Path | str = "alliance-2023", **options: Any) -> dict[str, Any]:
    """A whole game between agents, as one dictionary (the same that `negotiation run --json` prints).

    Parameters
    ----------
    case
        A case, or the name or path of one.
    options
        What `negotiation.game.Game` takes: `seats`, `strategy`, `protocol`, `rounds`, `seed`, `types`, ...
    """
    from negotiation.game import Game
    from negotiation.record import result
    from negotiation.seating import headless

    game = Game(case, **options)
    headless(game.seated.values())
    game.play()
    return result(game)


def batch(plan: Path | str | Mapping[str, Any], out: Path | str, **options: Any) -> Results:
    """Many games as a plan says, kept in a folder; what is there already is not played again.

    Parameters
    ----------
    plan
        A plan, or the path of one (docs/lab.md).
    out
        A new folder, or one that holds the beginning of this plan.
    options
        What `negotiation.lab.runner.run` takes: `workers` (with more than one a script needs
        `if __name__ == "__main__":`), `limit`, `backend`, `address`.

    Returns
    -------
    the folder, opened: `.frame()` is a pandas data frame of all runs, `.dataset()` an Arrow data set
    """
    from pathlib import Path

    from negotiation.lab.plan import load_plan, read_plan
    from negotiation.lab.results import open_results
    from negotiation.lab.runner import run

    run(load_plan(plan) if isinstance(plan, str | Path) else read_plan(plan), Path(out), **options)
    return open_results(out)
