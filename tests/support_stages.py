"""Games and classes in all their stages, made in this process before a server opens their database."""

from negotiation.actions import Pass
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import Settings
from negotiation.classroom.solo import Solo
from negotiation.classroom.store import Store
from negotiation.lab.plan import read_plan
from negotiation.lab.runner import run
from negotiation.ui.jobs import result_folders

STAGES = (Phase.LOBBY, Phase.READ, Phase.PREPARE, Phase.NEGOTIATE, Phase.DEBRIEF)
PASSWORD = "correct horse battery"


def with_results(folder):
    """Code that makes a server show results of the lab in a folder: `Server(..., first=with_results(folder))`."""
    return f"import os; os.environ[{result_folders.VARIABLE!r}] = {str(folder / 'results')!r}"


def results(folder, case, replications=4):
    """A result of the lab: two line-ups, and a factor."""
    plan = {
        "format": "negotiation-plan/1",
        "cases": [case],
        "replications": replications,
        "factors": {"rounds": [4, 8]},
    }
    run(read_plan({**plan, "lineups": {"fair": "fair", "firm": "boulware"}}), folder / "results" / "fair-or-firm")


def games(folder, case, seat, rounds):
    """The addresses of three games of a person in `folder`/games.db: not begun, after a round, and over."""
    store = Store(str(folder / "games.db"))
    solo = Solo(store)
    made = {
        name: solo.start(case=case, seats={seat: "person"}, seed=7, rounds=rounds) for name in ("new", "on", "over")
    }
    solo.act(made["on"], seat, Pass(), request="the first of the game that goes on")
    for number in range(rounds):
        if not solo.load(made["over"]).state.over:
            solo.act(made["over"], seat, Pass(), request=f"act {number} of the game that is over")
    store.engine.dispose()
    return {name: f"/play?game={game}" for name, game in made.items()}


def classes(folder, case="any-two-of-three", names=("Ana",)):
    """A class in every stage in `folder`/games.db: the teacher's login, and by stage the class and its first seat."""
    store = Store(str(folder / "games.db"))
    room = Classroom(store)
    room.accounts.first(room.accounts.setup_secret(), "Tea", PASSWORD)
    teacher = room.accounts.log_in("Tea", PASSWORD)
    by = room.accounts.who(teacher)
    made, seats = {}, {}
    for stage in STAGES:
        session, code = room.teaching.create(by, Settings.of({"case": case}))
        tokens = [room.seats.join(code, name, key=f"key-of-{name.lower()}-in-{stage}") for name in names]
        for phase in Phase:
            if Phase.LOBBY < phase <= stage:
                room.teaching.go(by, session.id, phase)
        made[stage], seats[stage] = session.id, tokens[0]
    store.engine.dispose()
    return teacher, made, seats
