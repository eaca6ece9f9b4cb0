"""A batch on Ray: the same bytes as here, from a cluster of two nodes; clear lines where there is none."""

import os
import subprocess
import sys
import textwrap
from concurrent.futures import Future

import pytest

from negotiation.cli import main
from negotiation.errors import LogError, SetupError
from negotiation.lab import cluster, provenance
from negotiation.lab.dispatcher import WorkerDied
from negotiation.lab.plan import read_plan
from negotiation.lab.provenance import read, stamp
from negotiation.lab.runner import run
from negotiation.lab.runs import Runs

PLAN = read_plan(
    {
        "format": "negotiation-plan/1",
        "cases": ["cloud-for-two"],
        "lineups": {"firm": "boulware", "mixed": {"kaido": "linear", "others": "random"}},
        "factors": {"noise": [0.0, 0.2], "delay.kaido": {"least": 0, "most": 1.5}},
        "design": {"kind": "sobol", "samples": 4},
        "replications": 10,
        "events": True,
    }
)


def parts(out):
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.glob("*/part-*")}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN.text(), encoding="utf-8")
    return tmp_path


TWO_NODES = """
    import os, sys
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "1"
    from ray.cluster_utils import Cluster
    found = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    found.add_node(num_cpus=1)
    print(found.address, flush=True)
    sys.stdin.read()
    found.shutdown()
"""


@pytest.fixture(scope="module")
def address():
    """A Ray cluster of two nodes, each with processes of its own, in nobody's way."""
    for name in ("ray", "grpc"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install 'alliance-negotiation[cluster]'")
    environment = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0"}
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(TWO_NODES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        lines = (line.strip() for line in process.stdout)
        yield next(line for line in lines if line.startswith(("127.", "10.", "172.", "192.")) or line[:1].isdigit())
        process.stdin.close()
        process.wait(30)


@pytest.mark.filterwarnings("ignore")
def test_two_nodes_play_the_same_bytes(here, address, capsys):
    assert main(["batch", "plan.yaml", "--out", "ray", "--backend", "ray", "--address", address]) == 0
    assert capsys.readouterr().out == "ray: 80 runs\n"
    assert run(PLAN, here / "local") == (80, 0)
    assert parts(here / "ray") == parts(here / "local")
    assert len(parts(here / "ray")) == 3 * 4
    assert run(PLAN, here / "ray", backend="ray", address="nowhere") == (80, 0)  # nothing to do: nobody is asked


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_would_play_something_else_is_refused(here, address, monkeypatch):
    monkeypatch.setattr(provenance, "__version__", "9")
    with pytest.raises(
        SetupError, match=r"a machine of the cluster would not play the same: negotiation is 0\S+, here 9"
    ):
        run(PLAN, here / "out", backend="ray", address=address)


DYING = """
import os
from pathlib import Path
from negotiation.actions import Pass
from negotiation.strategies import Strategy

class Once(Strategy):
    name = about = "dies once"
    def decide(self, view, dice):
        mark = Path(__file__).with_name("died")
        if not mark.exists():
            mark.touch()
            os._exit(9)
        return Pass("")
"""


STUCK = """
import time
from pathlib import Path
import ray
from negotiation.actions import Pass
from negotiation.strategies import Strategy

class Stuck(Strategy):
    name = about = "thinks until its machine is gone"
    def decide(self, view, dice):
        place = Path(__file__).parent
        if ray.get_runtime_context().get_node_id() == (place / "doomed").read_text():
            (place / "begun").touch()
            time.sleep(600)
        return Pass("")
"""

LOSING = """
import os, threading, time
from pathlib import Path
os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "1"
from ray.cluster_utils import Cluster
from negotiation.lab.plan import load_plan
from negotiation.lab.runner import run

def lose(cluster, node):
    while not Path("begun").exists():
        time.sleep(0.1)
    time.sleep(1)
    cluster.remove_node(node, allow_graceful=False)

if __name__ == "__main__":
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    Path("doomed").write_text(node.node_id)
    threading.Thread(target=lose, args=(cluster, node), daemon=True).start()
    print(run(load_plan("stuck.yaml"), Path("out"), workers=2, backend="ray", address=cluster.address), flush=True)
    os._exit(0)
"""


@pytest.mark.filterwarnings("ignore")
def test_a_player_that_dies_is_made_anew(here, address):
    (here / "dying.py").write_text(DYING, encoding="utf-8")
    plan = {"format": "negotiation-plan/1", "cases": ["cloud-for-two"], "replications": 30}
    lineups = {"once": f"{here}/dying.py:Once", "well": "linear"}
    assert run(read_plan({**plan, "lineups": lineups}), here / "out", backend="ray", address=address) == (60, 0)
    with pytest.raises(SetupError, match=r"a machine of the cluster .*dying.py: No such file or directory"):
        run(read_plan({**plan, "lineups": {"a": "dying.py:Once"}}), here / "other", backend="ray", address=address)


def test_what_may_become_of_a_player(tmp_path):
    ray = pytest.importorskip("ray")
    errors = ray.exceptions
    failed = errors.RayTaskError("play", "Traceback\n  negotiation.errors.LogError: no space left", LogError("x"))

    def after(problem):
        future = Future()
        future.set_exception(problem)
        return future

    node = cluster.Node(ray, Runs(PLAN), tmp_path, "{}", "waiting")
    with pytest.raises(WorkerDied):
        node.take(after(errors.RayActorError()))
    with pytest.raises(WorkerDied):
        node.take(after(errors.NodeDiedError("gone")))
    with pytest.raises(LogError, match="could not finish a chunk: negotiation.errors.LogError: no space left"):
        node.take(after(failed))
    with pytest.raises(WorkerDied, match=": The actor"):
        node.opened(after(errors.RayActorError()))
    with pytest.raises(SetupError, match="a machine of the cluster cannot play: .*no space left"):
        node.opened(after(failed))


@pytest.mark.filterwarnings("ignore")
def test_a_machine_that_is_lost_costs_its_chunk_a_second_try_by_whoever_is_left(here):
    """The one processor that is left has a player on it, which is idle: the lost chunk is its to play."""
    pytest.importorskip("ray")
    pytest.importorskip("grpc")
    (here / "losing.py").write_text(LOSING, encoding="utf-8")
    (here / "stuck.py").write_text(STUCK, encoding="utf-8")
    plan = {**PLAN.model_dump(mode="json"), "lineups": {"a": f"{here}/stuck.py:Stuck"}, "factors": {}, "design": {}}
    (here / "stuck.yaml").write_text(read_plan({**plan, "replications": 40}).text(), encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "losing.py"], capture_output=True, text=True, check=False, timeout=240
    )
    assert found.stdout.splitlines()[-1:] == ["(40, 0)"], found.stderr


@pytest.mark.filterwarnings("ignore")
def test_a_machine_without_the_program_is_refused(here, address, monkeypatch):
    class Elsewhere(cluster.Player):
        def unlike(self, asked):
            import gone  # noqa: F401

    monkeypatch.setattr(cluster, "Player", Elsewhere)
    with pytest.raises(SetupError, match=r"a machine of the cluster cannot play: .*No module named 'gone'"):
        run(PLAN, here / "out", backend="ray", address=address)


def test_a_player_is_a_worker_whose_parts_travel(here):
    assert run(PLAN, here / "local", limit=1) == (20, 0)
    mark = stamp(read(here / "local"))
    player = cluster.Player(PLAN.text(), mark)
    alike = cluster.likeness(Runs(PLAN))
    assert player.unlike({**alike, "code": "x"}) == f"code is {alike['code']}, here x"
    assert player.unlike(alike) == ""
    done, files = player.chunk(0)
    assert (done.chunk, done.runs) == (0, 20)
    assert dict(files) == parts(here / "local")
    assert not player.worker.out.exists()
    other = cluster.Player(PLAN.model_copy(update={"cases": ["gone.yaml"]}).text(), "{}")
    assert "gone.yaml" in other.unlike({})


def test_where_nothing_can_be_played(here):
    with pytest.raises(SetupError, match="head:6379: the cluster offers no processors"):
        cluster._places({"memory": 1.0}, 2, "head:6379")

    class Mute:
        def init(self, **_):
            raise ConnectionError

    with pytest.raises(SetupError, match="auto: no Ray cluster answers: ConnectionError"):
        cluster._connect(Mute(), "auto", 1)


def test_a_secured_cluster_is_asked_by_ray_alone(monkeypatch):
    class Ray:
        def init(self, address, **_):
            raise OSError(f"Ray asked {address}")

    monkeypatch.setenv("RAY_USE_TLS", "1")
    with pytest.raises(SetupError, match="127.0.0.1:1: no Ray cluster answers: Ray asked 127.0.0.1:1"):
        cluster._connect(Ray(), "127.0.0.1:1", 1)


def test_without_ray_the_line_says_what_to_install(here, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SetupError, match=r"the backend ray needs Ray: pip install 'alliance-negotiation\[cluster\]'"):
        run(PLAN, here / "out", backend="ray")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nowhere", "address 'nowhere': must be auto, HOST:PORT or ray://HOST:PORT"),
        ("127.0.0.1:1", "127.0.0.1:1: no Ray cluster answers: Connection refused"),
        ("ray://127.0.0.1:1", "ray://127.0.0.1:1: no Ray cluster answers: Connection refused"),
    ],
)
def test_an_address_that_does_not_answer_is_one_line(here, capsys, address, message):
    pytest.importorskip("grpc")
    assert main(["batch", "plan.yaml", "--out", "out", "--backend", "ray", "--address", address]) == 1
    assert capsys.readouterr().err.startswith(f"negotiation: {message}")
