"""Spoilt files of every kind that is read: `python benchmarks/hostile_files.py [FILES] [SEED]`.

Each is a sound folder or file with some of its bytes flipped, cut, repeated or replaced by what has broken readers elsewhere: tags of
YAML, entities, pickles, paths and links out of the folder, bottomless nesting, endless numbers. Prints what became of them: what was
neither taken nor refused in one line, what took longer than 10 s or more than 1 GB, and what ran code or opened a file elsewhere.
All three must be 0; the files that did it are kept in `hostile-files/`.
"""

import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from negotiation.errors import NegotiationError
from negotiation.formats import load, log
from negotiation.formats.import_tree import import_tree
from negotiation.formats.importing import Wish
from negotiation.formats.scenario_yaml import bundled
from negotiation.game import Game
from negotiation.lab.plan import load_plan
from negotiation.record import heading, reopen, result

FILES, SEED, LONGEST, MOST = 10_000, 1, 10, 2**30
DATA = Path(__file__).parents[1] / "tests" / "data"
KEPT = Path("hostile-files")
FORBIDDEN = (
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "subprocess.Popen",
    "pickle.find_class",
    "socket.connect",
)
"""What no file may bring about."""

NEGMAS = {
    "shop.yml": "type: DiscreteCartesianOutcomeSpace\nname: shop\nissues:\n- {name: hue, type: CategoricalIssue, values: [red, blue]}\n"
    "- {name: days, type: ContiguousIssue, values: [2, 6]}\n",
    "anna.yml": "type: LinearAdditiveUtilityFunction\nreserved_value: 0.25\nvalues:\n- {type: TableFun, mapping: {red: 0.1, blue: 1.0}}\n"
    "- {type: PolynomialFun, coefficients: [0.1, 0.01], bias: 0.2}\nweights: [0.4, 0.6]\n",
    "bert.yml": "type: ExpDiscountedUFun\ndiscount: 0.9\nfactor: relative_time\nufun:\n  type: LinearAdditiveUtilityFunction\n  values:\n"
    "  - {type: TableFun, mapping: {red: 1, blue: 0}}\n  - {type: ExponentialFun, tau: -0.3}\n  weights: [0.4, 0.6]\n",
}
NASTY = [
    '!!python/object/apply:os.system ["touch PWNED"]',
    "!!python/name:os.system ",
    "!!python/object/new:os.system [touch PWNED]",
    "!!binary gASVHAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAR0cnVllIWUUpQu",
    "&a [*a]", "*a", "<<: {a: 1}", "? [a, {b: c}]\n: d", "!!set {a}", "!!omap [a: b]", "2001-01-99",
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>', "&c;", "<![CDATA[", "<?xml version='1.0'?>",
    "../../etc/passwd", "/etc/passwd", "..", "\\..\\x", "con", "\0", "\ufeff", "\u202e", "\ud7ff\u0301", "\x85", "日本",
    "NaN", "-Infinity", ".inf", "-.inf", "1e999", "-1e999", "1e-999", "5e-324", "9" * 400, "9" * 5000, "0x1f", "1:30", "0777", "-0.0",
    "[" * 5000, "{" * 500, '{"a":' * 3000, "<a>" * 3000, "- " * 800, "a" * 70_000, ",", ":", '"', "'", "#", "\n", "null", "true", "{}", "[]",
    "LambdaFun", "negmas.preferences.value_fun.LambdaFun", "os.system", "BiasedFun", "ContinuousIssue", "type", "real", "integer",
]  # fmt: skip


def kinds(folder):
    """Return sound folders by kind, each as the texts of its files by name."""
    found = {name: _read(DATA / name) for name in ("genius", "geniusweb", "negolog")}
    found["scorable"] = _read(DATA / "scorable" / "orchard")
    found["negmas"] = {name: text.encode() for name, text in NEGMAS.items()}
    found["bargaining"] = {"pool.txt": b"1,2,3 8,1,0 4,0,2\n2,2,1 1,1,6 0,4,2\n"}
    found["case"] = {"case.yaml": bundled()["cloud-for-two"].read_bytes()}
    found["log"] = {"game.jsonl": _log()}
    found["plan"] = {
        "plan.yaml": b"format: negotiation-plan/1\ncases: [cloud-for-two]\nlineups: {all: tough}\nfactors: {noise: [0.0, 0.1]}\n"
    }
    return found


def _read(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _log():
    game = Game(load("cloud-for-two"), rounds=3, seed=1)
    game.play()
    return log.dumps(heading(game), result(game)["events"]).encode()


def spoilt(data, others, dice):
    """Return the bytes of a file with one to four things done to them."""
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        at, to = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        nasty = dice.choice(NASTY).encode("utf-8", "surrogatepass")
        to = min(to, at + dice.choice((1, 4, 20, 400)))
        what = dice.randrange(9)
        if what == 0:
            data = data[:at] + bytes(dice.randrange(256) for _ in range(to - at)) + data[to:]
        elif what == 1:
            data = data[:at] + data[to:]
        elif what == 2:
            data = data[:to] + data[at:to] * dice.choice((1, 2, 50)) + data[to:]
        elif what == 3:
            data = data[:at]
        elif what == 4:
            data = data[:at] + nasty + data[at:]
        elif what == 5:
            data = _swapped(data, nasty, dice)
        elif what == 6:
            data = data[:at] + dice.choice(others)[at:]
        elif what == 7:
            data = data.decode("utf-8", "replace").encode(dice.choice(("utf-16", "latin-1", "utf-8-sig")), "replace")
        else:
            data = _swapped(data, str(dice.choice((-1, 0, 2, 1e9, 10**18, 0.1 + 0.2))).encode(), dice)
        data = data[: 2**21]
    return data


def _swapped(data, new, dice):
    """Return data with one of its words or numbers replaced."""
    words = list(re.finditer(rb"[\w.+-]+", data))
    if not words:
        return data + new
    word = dice.choice(words)
    return data[: word.start()] + new + data[word.end() :]


def tried(kind, folder, out):
    """Return what became of a folder: taken or refused, and the message."""
    try:
        if kind == "case":
            load(folder / "case.yaml")
        elif kind == "plan":
            load_plan(folder / "plan.yaml")
        elif kind == "log":
            reopen(*log.read(folder / "game.jsonl"), "game.jsonl")
        else:
            told = [line.refused for line in import_tree(folder, out, Wish(), force=True) if line.refused]
            return ("refused", told[0]) if told else ("taken", "")
    except NegotiationError as problem:
        return "refused", str(problem)
    return "taken", ""


class Crash:
    """What went through a block that nothing should go through, as text."""

    def __init__(self):
        self.told = ""

    def __enter__(self):
        return self

    def __exit__(self, kind, problem, _):
        if problem is not None and not isinstance(problem, KeyboardInterrupt):
            self.told = "".join(traceback.format_exception(problem))
        return bool(self.told)


def main(files, seed):
    dice, counts, seen = random.Random(seed), Counter(), Counter()
    home = Path(tempfile.mkdtemp(prefix="hostile-"))
    found, watch = kinds(home), {"place": "", "on": False}
    every = [data for texts in found.values() for data in texts.values()]
    sys.addaudithook(lambda event, arguments: _watched(event, arguments, watch, counts, home))
    signal.signal(signal.SIGALRM, _late)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    began = time.monotonic()
    for n in range(files):
        kind = list(found)[n % len(found)]
        folder = home / f"{kind}-in"
        shutil.rmtree(folder, ignore_errors=True)
        _written(folder, found[kind], every, dice)
        watch.update(place=f"{kind} {n}", on=True)
        signal.alarm(LONGEST)
        with Crash() as crash:
            what, told = tried(kind, folder, home / "out")
        signal.alarm(0)
        watch["on"] = False
        if crash.told:
            what, told = "crashed", crash.told
        elif "\n" in told or len(told) > 2000:
            what = "not in one line"
        if what not in ("taken", "refused"):
            _keep(folder, kind, n, told)
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - base > MOST:
            what, base = "too much memory", base + MOST
            _keep(folder, kind, n, "memory")
        counts[what] += 1
        seen[kind, what] += 1
    shutil.rmtree(home)
    print(f"{files:,} files of {len(found)} kinds, {time.monotonic() - began:.0f} s; seed {seed}")
    for what in ("crashed", "not in one line", "too much memory", "code run", "opened elsewhere", "taken", "refused"):
        print(f"{what:>18}: {counts[what]:,}")
    for (kind, what), count in sorted(seen.items()):
        print(f"{kind:>12} {what}: {count:,}")
    return sum(
        counts[what] for what in ("crashed", "not in one line", "too much memory", "code run", "opened elsewhere")
    )


def _written(folder, texts, every, dice):
    """Write a folder with some of its files spoilt; now and then one is a link out of it, or has an odd name."""
    victims = dice.sample(sorted(texts), dice.choice((1, 1, len(texts))))
    for name, data in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(spoilt(data, every, dice) if name in victims else data)
    if dice.random() < 0.05:
        path = folder / dice.choice(sorted(texts))
        path.unlink()
        path.symlink_to(dice.choice(("/etc/passwd", "/dev/zero", path.name, "../..", "/")))


def _watched(event, arguments, watch, counts, home):
    if not watch["on"]:
        return
    if event in FORBIDDEN:
        counts["code run"] += 1
        print(f"{watch['place']}: {event} {arguments!r:.200}", file=sys.stderr)
    elif event == "open" and isinstance(arguments[0], str):
        path, elsewhere = arguments[0], ("/etc/passwd", "/dev/zero", "PWNED")
        if path.endswith(elsewhere) or (set(str(arguments[1])) & set("wax+") and not path.startswith(str(home))):
            counts["opened elsewhere"] += 1
            print(f"{watch['place']}: open {path[:200]}", file=sys.stderr)


def _late(*_):
    raise TimeoutError(f"longer than {LONGEST} s")


def _keep(folder, kind, n, told):
    place = KEPT / f"{kind}-{n}"
    shutil.copytree(folder, place, symlinks=True, dirs_exist_ok=True)
    (place / "told.log").write_text(told, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    os.environ["COLUMNS"] = "120"
    numbers = [int(text) for text in sys.argv[1:3]]
    sys.exit(main(*[*numbers, *(FILES, SEED)[len(numbers) :]]) > 0)
