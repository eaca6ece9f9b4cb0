"""What the table screen costs the server: CPU time of one run of the page by what a person does. Prints, never fails.

And what of it is slow by itself: the map, an opening draft at the largest table, a figure as a file, and reading what was
typed. The page runs in Streamlit's own test harness, which also reads what it draws: the same for all versions compared.
"""

import os
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from statistics import median

os.environ["NEGOTIATION_DATABASE"] = str(Path(tempfile.mkdtemp()) / "games.db")

from streamlit.testing.v1 import AppTest

import negotiation.ui
from negotiation.formats import load
from negotiation.game import Game
from negotiation.strategies.opening_drafts import opening_draft
from negotiation.talk.reading.understanding import understood
from negotiation.ui.jobs.processes import drawn
from negotiation.ui.play.alliance_map import picture
from negotiation.ui.play.solo_games import solo

TABLES = ("ampere", "tech", "cloud", "alliance")


def timed(app):
    """CPU time of a run in milliseconds, after which nothing may have gone wrong."""
    started = time.process_time()
    app.run()
    spent = (time.process_time() - started) * 1e3
    assert not app.exception, [problem.value for problem in app.exception]
    return spent


def pressed(app, label):
    """CPU time of a click, in milliseconds, with that of the question that it may ask."""
    next(one for one in app.button if one.label == label).click()
    spent = timed(app)
    again = [one for one in app.button if one.label in (f"{label} all the same", "Send it all the same")]
    if again:
        again[0].click()
        spent += timed(app)
    return spent


def drafts(app):
    """The controls of the composer, whatever kind they are."""
    return [one for one in [*app.radio, *app.selectbox] if (one.key or "").startswith("draft-")]


def week(app, found):
    """Measure what is done in a week at the table."""
    for table in TABLES:
        next(one for one in app.segmented_control if one.label == "Table").set_value(table)
        found.setdefault("switch to another table", []).append(timed(app))
        found.setdefault("draw it again", []).append(timed(app))
    for control in drafts(app)[:3]:
        control.set_value((control.value + 1) % 3)
        found.setdefault("change an option", []).append(timed(app))
    if any(one.label == "Send offer" and not one.disabled for one in app.button):
        found.setdefault("send an offer, with all answers", []).append(pressed(app, "Send offer"))
    found.setdefault("end a week, with all answers", []).append(pressed(app, "End my week"))


def parts():
    """Time in milliseconds of what the page is made of, each done six times, the first left out.

    Time on the clock, since a figure is drawn by another process.
    """
    case = load("alliance-2023")
    game = Game(case, seed=1)
    view = game.view("nissan")
    typed = ("we would like the cloud and then " * 1000)[:1000]
    widths = count(300)  # each figure is another one: a drawn one is kept
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": [{"x": x, "y": x} for x in range(100)]},
        "mark": "point",
        "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}},
    }
    work = {
        "the map": lambda: picture(view.state, "nissan", preferences=view.preferences, choice=True),
        "an opening draft at the largest table": lambda: opening_draft(view, "alliance"),
        "a thousand characters, read": lambda: understood(typed, case.scenario, "nissan"),
        "a figure as a file": lambda: drawn({**spec, "width": next(widths)}, "svg"),
    }
    for name, do in work.items():
        times = []
        for _ in range(6):
            before = time.perf_counter()
            do()
            times.append((time.perf_counter() - before) * 1e3)
        print(f"{name:<40} {median(times[1:]):7.1f} ms (worst {max(times[1:]):.1f}, n 5)")


def main():
    """Play the first weeks of the flagship as Nissan against agents that talk."""
    game = solo().start(case="alliance-2023", seats={"nissan": "person"}, seed=1, talk="en")
    app = AppTest.from_file(str(Path(negotiation.ui.__file__).parent / "app.py"), default_timeout=600).run()
    next(one for one in app.button if one.label == "Take a seat").click()
    app.run()
    app.query_params["game"] = game
    timed(app)
    found = {}
    next(one for one in app.button if one.label == "Go to the table").click()
    found["open the table"] = [timed(app)]
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 4):
        week(app, found)
    for name, times in found.items():
        print(f"{name:<40} {median(times):7.1f} ms (worst {max(times):.1f}, n {len(times)})")
    parts()


if __name__ == "__main__":
    main()
