"""Taking something out of a case with all that speaks of it, so that no name is left without what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from negotiation.authoring.document import Document, Path, at, dropped, listing, mapping, matching, put

SHEETS = (
    ("preferences", "*"),
    ("types", "*", "*", "known"),
    ("types", "*", "*", "overrides"),
    ("variants", "*", "overrides", "*"),
)
"""Where score sheets stand, each under `table.issue`."""

TOLD = (("aliases", "*"), ("parties", "*", "reasons", "*"))
"""Where texts stand under the names of what they are about."""

PATTERNS = (("links", "when"), ("constraints", "forbid"))
"""Lists of what depends on options, and the key under which it says on which."""


def without_option(document: Document, table: str, issue: str, option: str) -> Document:
    """Return the case without an option of an issue; a link or named outcome that needs it goes too."""
    key, place = f"{table}.{issue}", ["tables", table, "issues", issue, "options", option]
    document = dropped(document, place)
    for path in _each(document, SHEETS, key, "scores", option):
        document = dropped(document, path)
    document = _told(document, lambda name: name.replace("!=", "=") == f"{key}={option}")
    document = _patterns(document, lambda name, options: name == key and option in options, option)
    for path in matching(document, "references", "*"):
        if at(document, [*path, table, issue]) == option:
            document = dropped(document, path)
    if at(document, (rest := ["tables", table, "if_unsigned", "options", issue])) == option:
        document = dropped(document, rest)

    def kept(when: Any) -> Any:
        if not isinstance(when, dict) or when.get("issue") != issue:
            return when
        options = [one for one in when.get("options", ()) if one != option]
        return {**when, "options": options} if options else None

    return translated(_signers(document, table, kept))


def without_issue(document: Document, table: str, issue: str) -> Document:
    """Return the case without an issue; a link that depends on it goes too."""
    key = f"{table}.{issue}"
    document = dropped(document, ["tables", table, "issues", issue])
    for path in _each(document, SHEETS, key):
        document = dropped(document, path)
    document = _told(document, lambda name: name.replace("!=", "=").partition("=")[0] == key)
    document = _patterns(document, lambda name, _: name == key)
    document = dropped(document, ["tables", table, "if_unsigned", "options", issue])
    for path in matching(document, "references", "*", table, issue):
        document = dropped(document, path)

    def kept(when: Any) -> Any:
        return None if isinstance(when, dict) and when.get("issue") == issue else when

    return translated(_signers(document, table, kept))


def without_table(document: Document, table: str) -> Document:
    """Return the case without a table; links between it and others go too."""
    inside = f"{table}."
    document = dropped(document, ["tables", table])
    for sheets in SHEETS:
        for path in matching(document, *sheets, "*"):
            if str(path[-1]).startswith(inside):
                document = dropped(document, path)
    document = _told(document, lambda name: name == table or name.startswith(inside))
    document = _patterns(document, lambda name, _: name.startswith(inside))
    for path in (
        *matching(document, "references", "*", table),
        *matching(document, "clock", "news", "*", "when", table),
    ):
        document = dropped(document, path)
    return translated(_unlisted(document, table, [("clock", "*", "*", "about")]))


def without_party(document: Document, party: str) -> Document:
    """Return the case without a party; a link that gives points to nobody else goes too."""
    gone = (
        ("parties", party),
        ("preferences", party),
        ("types", party),
        ("variants", "*", "overrides", party),
        ("clock", "delay_cost_per_round", party),
        ("clock", "discount", party),
        ("tables", "*", "if_unsigned", "adjust", party),
        ("links", "*", "effect", party),
    )
    for path in [path for pattern in gone for path in matching(document, *pattern)]:
        document = dropped(document, path)
    document = _filtered(document, "links", lambda link: at(link, ["effect"]) != {})
    document = _told(document, lambda name: name == party)
    for name in mapping(document, "tables"):
        document = _signers(
            document, name, lambda when: None if isinstance(when, dict) and when.get("party") == party else when
        )
        quorum = ["tables", name, "signers", "quorum"]
        of = [one for one in listing(document, *quorum, "of") if one != party]
        if of != listing(document, *quorum, "of"):
            most = at(document, [*quorum, "min"])
            least = min(most, len(of)) if isinstance(most, int) else len(of)
            document = put(document, quorum, {"of": of, "min": least}) if of else dropped(document, quorum)
    lists = (("tables", "*", "signers", "always"), ("tables", "*", "affected"), ("tables", "*", "shadow_veto"))
    return translated(_unlisted(document, party, [*lists, ("variants", "*", "include")]))


def translated(document: Document) -> Document:
    """Return the case without translations of texts that do not stand in it any more."""
    for path in matching(document, "translations", "*", "*"):
        if not _text(document, str(path[-1])):
            document = dropped(document, path)
    return document


def _text(document: Document, address: str) -> object:
    """Return the text at the address of a translation: a path, or `table.issue` and `table.issue=option`."""
    key, _, option = address.partition("=")
    table, _, issue = key.partition(".")
    inside = ["tables", table, "issues", issue]
    if at(document, inside) is not None:
        return at(document, [*inside, "options", option] if option else [*inside, "title"])
    return at(document, address.split("."))


def _each(document: Document, patterns: Iterable[tuple[str, ...]], *more: str) -> list[list[str | int]]:
    return [path for pattern in patterns for path in matching(document, *pattern, *more)]


def _told(document: Document, about: Callable[[str], bool]) -> Document:
    """Return the case without the texts under names that are about something."""
    for path in _each(document, TOLD, "*"):
        if about(str(path[-1])):
            document = dropped(document, path)
    return document


def _patterns(document: Document, needs: Callable[[str, list[Any]], bool], option: str = "") -> Document:
    """Return the case without the links and constraints that need something; if they need one of several options, with those."""

    def kept(entry: Any, pattern: str) -> bool:
        return not any(needs(str(key), listing(options)) for key, options in mapping(entry, pattern).items())

    for section, pattern in PATTERNS:
        for path in matching(document, section, "*", pattern, "*") if option else []:
            options = listing(document, *path)
            if needs(str(path[-1]), options) and len(options) > 1:
                document = put(document, path, [one for one in options if one != option])
        document = _filtered(document, section, lambda entry, pattern=pattern: kept(entry, pattern))  # type: ignore[misc]
    return document


def _filtered(document: Document, section: str, kept: Callable[[Any], bool]) -> Document:
    entries = listing(document, section)
    left = [entry for entry in entries if kept(entry)]
    return document if len(left) == len(entries) else put(document, [section], left)


def _signers(document: Document, table: str, kept: Callable[[Any], Any]) -> Document:
    """Return the case with the conditions under which a party must sign at a table as `kept` leaves them."""
    place: Path = ["tables", table, "signers", "when"]
    before = listing(document, *place)
    after = [new for when in before if (new := kept(when)) is not None]
    if after == before:
        return document
    return put(document, place, after) if after else dropped(document, place)


def _unlisted(document: Document, name: str, patterns: Iterable[tuple[str, ...]]) -> Document:
    """Return the case with a name taken out of lists."""
    for path in _each(document, patterns):
        names = listing(document, *path)
        if name in names:
            document = put(document, path, [one for one in names if one != name])
    return document
