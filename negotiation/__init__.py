"""An open laboratory and game of multi-party negotiation.

>>> import negotiation as ng
>>> ng.run("cloud-for-two", seed=1)["outcome"]["contract"]["term"]
'y7'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from negotiation.case import Case
    from negotiation.lab.display import Batch, Tournament
    from negotiation.notebook import Analyzed, Played

__version__ = "0.1.0"


def load(case: Case | Path | str = "alliance-2023", variant: str = "") -> Case:
    """Return the bundled case of a name, or the one in a scenario file; `variant` is one of its variants."""
    from negotiation.formats import case_from

    return case_from(case, variant)


def import_(*files: Path | str, name: str = "imported", rounds: int = 100, capped: bool = True) -> Case:
    """Return the case that profiles of GENIUS (XML) or GeniusWeb (JSON) make, with their domain if it is a file too.

    Parameters
    ----------
    name, rounds
        What the case is called, and how many rounds it has. Its `text` is the scenario file.
    capped
        Whether no utility counts above 1, as in GENIUS.
    """
    from pathlib import Path

    from negotiation.formats import loads
    from negotiation.formats.importing import imported

    return loads(imported([Path(file) for file in files], name, rounds, capped=capped), name)


def run(case: Case | Path | str = "alliance-2023", **options: Any) -> Played:
    """Play a whole game between agents and return the dictionary that `negotiation run --json` prints.

    Parameters
    ----------
    case
        A case, or the name or path of one.
    options
        What `negotiation.game.Game` takes: `seats`, `strategy`, `protocol`, `rounds`, `seed`, `types`, ...; agents speak
        English, as on the command line, unless `talk` says otherwise.

    Returns
    -------
    the dictionary, with `.frame()` (a row for each party), `.plot()` and `.game`
    """
    from negotiation.game import Game
    from negotiation.notebook import Played
    from negotiation.seating import headless

    game = Game(case, **{"talk": "en", **options})
    headless(game.seated.values())
    game.play()
    return Played(game)


def analyze(
    case: Case | Path | str = "alliance-2023",
    parties: Sequence[str] | str = (),
    types: Mapping[str, str] | None = None,
    **options: Any,
) -> Analyzed:
    """Return what could be had in a case, exactly: the findings of `negotiation analyze`.

    Parameters
    ----------
    case
        A case, or the name or path of one.
    parties
        The parties whose frontier is computed; all if empty.
    types
        Private types by party; the first of each party where none is given.
    options
        What `negotiation.analysis.report.Wish` takes besides: `without`, `linked`, `epsilon`, `memory`.

    Returns
    -------
    the findings as `.report`, with `.frame()` (points of everything by party), `.plot()` and `.front`
    """
    from negotiation.analysis.report import Wish, analyse, wished
    from negotiation.notebook import Analyzed
    from negotiation.seating import check

    check({}, {"types": types or {}})
    found, wish = load(case), Wish(parties=_names(parties), types=types or {}, **options)
    front = wished(found, wish)
    return Analyzed(found, analyse(found, wish, front=front), front)


def batch(plan: Path | str | Mapping[str, Any], out: Path | str, **options: Any) -> Batch:
    """Play many games as a plan says and keep them in a folder; what is there already is not played again.

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
    the folder, opened: `.frame()` is a pandas data frame of all runs, `.dataset()` an Arrow data set, and `.plot()`
    """
    from pathlib import Path

    from negotiation.lab.display import Batch
    from negotiation.lab.plan import load_plan, read_plan
    from negotiation.lab.runner import run

    run(load_plan(plan) if isinstance(plan, str | Path) else read_plan(plan), Path(out), **options)
    return Batch(Path(out))


def tournament(
    cases: Sequence[str] | str,
    strategies: Sequence[str],
    out: Path | str | None = None,
    *,
    workers: int = 1,
    **options: Any,
) -> Tournament:
    """Let strategies play each other over cases, every one in every seat.

    Parameters
    ----------
    cases, strategies
        Names or paths of cases, and strategies as `--seat` takes them.
    out
        A folder that keeps the games, so that a tournament that was stopped goes on; none if left out.
    options
        What `negotiation.lab.tournament.Plan` takes besides: `seeds`, `rounds`, `protocol`.

    Returns
    -------
    the standings as `.report`, with `.frame()` (a row for each strategy), `.plot()` and `.rows` of all games
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from negotiation.lab.display import Tournament
    from negotiation.lab.standings import report
    from negotiation.lab.tournament import Plan, run

    plan = Plan(_names(cases), tuple(dict.fromkeys(_names(strategies))), **options)
    with TemporaryDirectory() as folder:
        rows = run(plan, Path(folder if out is None else out), workers=workers)
    return Tournament(report(rows, plan.strategies), rows)


def _names(given: Sequence[str] | str) -> tuple[str, ...]:
    """Return names given one by one, or a single one."""
    return (given,) if isinstance(given, str) else tuple(given)
