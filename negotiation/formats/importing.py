"""From the domains and profiles of other negotiation programs to a scenario file of this one."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from negotiation.errors import ScenarioError, unknown
from negotiation.formats import anl2025, bargaining, genius, geniusweb, negmas_files, negolog, scorable
from negotiation.formats.files import read_limited, write_whole
from negotiation.formats.fitting import normed
from negotiation.formats.gathering import LARGEST_PROFILE, gathered, is_domain, kind_of
from negotiation.formats.profiles import Agenda, Profile, case_text, ids
from negotiation.formats.scenario_yaml import LARGEST_FILE, loads

READERS = {
    "GENIUS XML": genius.read,
    "GeniusWeb JSON": geniusweb.read,
    "NegoLog JSON": negolog.read,
    "a scenario of NegMAS": negmas_files.read,
}
"""What reads the files of a kind."""

FOLDERS: tuple[tuple[Callable[[Path], bool], Callable[[Path, str, int], str]], ...] = (
    (scorable.is_scorable, scorable.case_of),
    (anl2025.is_multi_deal, anl2025.case_of),
)
"""What tells a folder that is a case as a whole, and what makes the case of it."""

ROUNDS = 100
"""Rounds of an imported case, as is usual there."""

MOST_PARTIES = 12
"""Parties of one case."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How domains are to be imported.

    Attributes
    ----------
    rounds
        How many; None: as is usual where they come from.
    capped
        Whether no utility counts above 1, as in GENIUS; else sums stay as they are.
    normed
        Whether utilities are mapped to 0..1, the worst deal of each party 0 and the best 1.
    profiles
        Those that take part, in seating order, by the names of their files; none: all of them.
    pairs
        Whether each pair of profiles makes a case.
    line
        Which line of a file that has an instance a line; 0: all of them.
    """

    rounds: int | None = None
    capped: bool = True
    normed: bool = False
    profiles: tuple[str, ...] = ()
    pairs: bool = False
    line: int = 0


def imported(files: Sequence[Path], name: str, rounds: int = ROUNDS, *, capped: bool = True) -> str:
    """Return the text of a scenario file with the one domain and the profiles in these files, one party a profile.

    Parameters
    ----------
    files
        GENIUS XML, GeniusWeb JSON, NegoLog JSON or a scenario of NegMAS, told by content: profiles in seating order, each named
        after its file, and the domain file among them, if the order of its issues and values shall count. Or a folder of them.
    name
        The id of the case.
    capped
        Whether no utility counts above 1, as in GENIUS; else sums stay as they are.

    Raises
    ------
    ScenarioError
        When a file, an issue or a value does not fit; the message says which and why.
    """
    return one(files, name, Wish(rounds, capped))


def one(files: Sequence[Path], name: str, wish: Wish) -> str:
    """Return the text of the one case that these files make, or raise `ScenarioError` if they make several."""
    made = list(itertools.islice(cases(files, name, wish), 2))
    if len(made) > 1:
        hint = (
            "--profiles A B chooses two, --to DIR writes them all"
            if wish.pairs
            else "--line N chooses one, --to DIR writes them all"
        )
        raise ScenarioError(f"{files[0]}: makes several cases; {hint}")
    return made[0][1]


def cases(files: Sequence[Path], name: str, wish: Wish) -> Iterator[tuple[str, str]]:
    """Yield the cases that these files make, each as its name and the text of its scenario file.

    Raises
    ------
    ScenarioError
        When a file, an issue or a value does not fit; the message says which and why.
    """
    if len(files) == 1 and (made := whole(files[0])):
        yield name, _loaded(made(files[0], name, _usual(wish.rounds, ROUNDS)), str(files[0]))
        return
    files = [found for path in files for found in (gathered(path) if path.is_dir() else [path])]
    data = {str(path): read_limited(path, LARGEST_PROFILE, ScenarioError) for path in files}
    if len(data) == 1 and bargaining.is_bargaining(next(iter(data.values()))):
        ((source, content),) = data.items()
        yield from _instances(source, content, name, wish)
        return
    agenda, profiles = _read(_chosen(data, wish))
    for group in _groups(profiles, wish):
        called = "-".join([name, *ids(group, "p")]).replace("_", "-")[:60] if wish.pairs else name
        yield called, _case(called, agenda, {who: profiles[who] for who in group}, wish, list(data))


def whole(folder: Path) -> Callable[[Path, str, int], str] | None:
    """Return what makes a case of a folder that is one as a whole, or None."""
    return next((make for tells, make in FOLDERS if tells(folder)), None)


def import_files(files: Sequence[Path], out: Path, name: str = "", wish: Wish = Wish(), *, force: bool = False) -> None:
    """Write the one case that these files make to `out`, whole or not at all; another file there stays unless `force`.

    Raises
    ------
    ScenarioError
        As `one`, and when `out` exists or cannot be written.
    """
    if out.exists() and not force:
        raise ScenarioError(f"{out}: exists already; --force replaces it")
    write_whole(out, one(files, name or case_id(out.stem), wish), ScenarioError)


def case_id(text: str) -> str:
    """Return the id of a case that is named after a file or folder."""
    return ids([text], "case_")[0].replace("_", "-")


def read_back(data: dict[str, bytes], name: str) -> str:
    """Return the text of the case that files make which are not on disk, by their names."""
    agenda, profiles = _read(data)
    return _case(name, agenda, profiles, Wish(), list(data))


def _instances(source: str, content: bytes, name: str, wish: Wish) -> Iterator[tuple[str, str]]:
    found = bargaining.lines(source, content)
    if wish.line and wish.line not in found:
        raise ScenarioError(f"{source}: line {wish.line} holds nothing; possible: 1 to {max(found)}")
    for number in [wish.line] if wish.line else found:
        agenda, profiles = bargaining.instance(source, number, found[number])
        called = name if len(found) == 1 or wish.line else f"{name}-{number}"
        usual = replace(wish, rounds=_usual(wish.rounds, bargaining.ROUNDS))
        yield called, _case(called, agenda, profiles, usual, [f"{source}: line {number}"])


def _chosen(data: dict[str, bytes], wish: Wish) -> dict[str, bytes]:
    """Return the files of the profiles that were asked for, and the domain: the others need not even be readable."""
    if not wish.profiles:
        return data
    domains = {source for source, content in data.items() if is_domain(source, content)}
    stems = [Path(source).stem for source in data if source not in domains]
    for name in wish.profiles:
        if name not in stems:
            raise ScenarioError(f"--profiles: {unknown('profile', name, stems)}")
    return {s: content for s, content in data.items() if s in domains or Path(s).stem in wish.profiles}


def _read(data: dict[str, bytes]) -> tuple[Agenda, dict[str, Profile]]:
    """Return the agenda, and the profiles by the names of their files."""
    kinds = {source: kind_of(source, content) for source, content in data.items()}
    first = next(iter(kinds), "")
    for source, kind in kinds.items():
        if kind != kinds[first]:
            raise ScenarioError(f"{source}: is {kind}, but {first} is {kinds[first]}; one case has one kind")
    if not first:
        raise ScenarioError("no file to import")
    agenda, profiles = READERS[kinds[first]](data)
    if len(profiles) < 2:
        raise ScenarioError(f"{len(profiles)} profiles among {', '.join(data)}; a negotiation has at least 2 parties")
    parties = {Path(source).stem: profile for source, profile in profiles.items()}
    if len(parties) < len(profiles):
        raise ScenarioError("two profiles have the same file name; parties are named after their files")
    return agenda, parties


def _groups(profiles: dict[str, Profile], wish: Wish) -> list[tuple[str, ...]]:
    """Return who sits at the table, for every case that is to be made."""
    chosen = tuple(dict.fromkeys(wish.profiles)) or tuple(profiles)
    if wish.pairs:
        return list(itertools.combinations(chosen, 2))
    if not 2 <= len(chosen) <= MOST_PARTIES:
        raise ScenarioError(
            f"{len(chosen)} profiles, and a case has 2 to {MOST_PARTIES} parties: --profiles A B ... chooses some of "
            f"{', '.join(list(profiles)[:20])}; --all-pairs makes a case of every two"
        )
    return [chosen]


def _case(name: str, agenda: Agenda, profiles: dict[str, Profile], wish: Wish, sources: list[str]) -> str:
    parties = {who: profile if wish.capped else replace(profile, most=math.inf) for who, profile in profiles.items()}
    if wish.normed:
        parties = {who: normed(who, profile) for who, profile in parties.items()}
    text = case_text(name, _title(name), agenda, parties, _usual(wish.rounds, ROUNDS))
    if len(text.encode()) > LARGEST_FILE:
        raise ScenarioError(f"{sources[0]}: makes a scenario file of more than {LARGEST_FILE:,} bytes")
    return _loaded(text, " + ".join(sources))


def _loaded(text: str, source: str) -> str:
    loads(text, source)
    return text


def _usual(rounds: int | None, usual: int) -> int:
    return usual if rounds is None else rounds


def _title(name: str) -> str:
    return re.sub(r"[-_]+", " ", name).capitalize()
