"""What an author does to a case: each edit returns the case after it, and leaves alone what it does not name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from negotiation.authoring.document import Document, Path, at, dropped, listing, mapping, matching, put, words
from negotiation.authoring.forgetting import SHEETS, translated, without_option
from negotiation.authoring.naming import name_of
from negotiation.table import UNSIGNED

WHOLE = 100
"""Points that the weights of a party sum to, and the score of the best option."""


def written(document: Document, path: Path, text: str) -> Document:
    """Return the case with a text; an empty one where none stood is not written down, and takes translations along."""
    if not text and at(document, path) is None:
        return document
    document = put(document, path, text)
    return document if text.strip() else translated(document)


def listed(document: Document, path: Path, entries: Sequence[str]) -> Document:
    """Return the case with a list of names or texts; an empty one where none stood is not written down."""
    if not entries and at(document, path) is None:
        return document
    return put(document, path, list(entries))


def add_party(document: Document, title: str) -> tuple[Document, str]:
    """Return the case with one more party, which has no points yet, and its name."""
    name = name_of(title, [*mapping(document, "parties"), *mapping(document, "tables")], "party")
    document = put(document, ["parties", name], {"name": title})
    return put(document, ["preferences", name], {}), name


def add_table(document: Document, title: str, issue: str, options: Sequence[str]) -> tuple[Document, str]:
    """Return the case with one more table, which has one issue and is signed by all parties, and its name."""
    name = name_of(title, [*mapping(document, "tables"), *mapping(document, "parties")], "table")
    made: dict[str, object] = {"title": title, "signers": {"always": list(mapping(document, "parties"))}, "issues": {}}
    document, _ = add_issue(put(document, ["tables", name], made), name, issue, options)
    return document, name


def add_issue(document: Document, table: str, title: str, options: Sequence[str]) -> tuple[Document, str]:
    """Return the case with one more issue at a table, worth nothing to anybody yet, and its name."""
    name = name_of(title, mapping(document, "tables", table, "issues"), "issue")
    named: dict[str, str] = {}
    for text in options:
        named[name_of(text, named, "option")] = text
    return put(document, ["tables", table, "issues", name], {"title": title, "options": named}), name


def add_option(document: Document, table: str, issue: str, text: str) -> Document:
    """Return the case with one more option of an issue, which scores nothing on all sheets."""
    options = ["tables", table, "issues", issue, "options"]
    name = name_of(text, mapping(document, *options), "option")
    document = put(document, [*options, name], text)
    for sheets in SHEETS:
        for path in matching(document, *sheets, f"{table}.{issue}", "scores"):
            document = put(document, [*path, name], 0)
    return document


def change_option(document: Document, table: str, issue: str, number: int, text: str) -> Document:
    """Return the case with another text of an option, by its place; an empty one takes it out, one past the last adds it."""
    path = ["tables", table, "issues", issue, "options"]
    names = list(mapping(document, *path))
    if number >= len(names):
        return add_option(document, table, issue, text) if text else document
    if text:
        return put(document, [*path, names[number]], text)
    return without_option(document, table, issue, names[number]) if len(names) > 1 else document


def set_weight(document: Document, party: str, key: str, weight: float | None) -> Document:
    """Return the case with the weight of an issue for a party; None: the issue is worth nothing to it, and has no scores."""
    sheet = ["preferences", party, key]
    if weight is None:
        return dropped(document, sheet)
    return put(_with_sheet(document, party, key), [*sheet, "weight"], whole(weight))


def set_score(document: Document, party: str, key: str, option: str, score: float) -> Document:
    """Return the case with the score of an option for a party, on a sheet that is made if there is none."""
    return put(_with_sheet(document, party, key), ["preferences", party, key, "scores", option], whole(score))


def _with_sheet(document: Document, party: str, key: str) -> Document:
    sheet = ["preferences", party, key]
    if at(document, sheet) is not None:
        return document
    table, _, issue = key.partition(".")
    options = mapping(document, "tables", table, "issues", issue, "options")
    return put(document, sheet, {"weight": 0, "scores": dict.fromkeys(options, 0)})


def whole(number: float) -> float:
    """Return a number as one writes it: whole if it is."""
    return int(number) if float(number).is_integer() else number


def weights(document: Document, party: str) -> dict[str, float]:
    """Return the weights of a party by issue, as far as they are numbers."""
    found = {key: at(sheet, ["weight"]) for key, sheet in mapping(document, "preferences", party).items()}
    return {key: weight for key, weight in found.items() if _number(weight)}


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def to_a_hundred(document: Document, party: str) -> Document:
    """Return the case with the weights of a party scaled to sum to 100, in tenths; what rounding leaves goes to the largest."""
    before = weights(document, party)
    total = sum(before.values())
    if total <= 0:
        return document
    after = {key: round(weight * WHOLE / total, 1) for key, weight in before.items()}
    largest = max(after, key=lambda key: after[key])
    after[largest] = round(after[largest] + WHOLE - sum(after.values()), 1)
    for key, weight in after.items():
        document = put(document, ["preferences", party, key, "weight"], whole(weight))
    return document


def set_by_party(document: Document, path: Path, party: str, points: float | None) -> Document:
    """Return the case with a number of a party, such as its points at a table that stays unsigned; None takes it out."""
    if points is None:
        return dropped(document, [*path, party])
    return put(document, [*path, party], whole(points))


def set_quorum(document: Document, table: str, of: Sequence[str], least: int) -> Document:
    """Return the case where so many of these must sign at a table besides those who always do; nobody: no such rule."""
    place = ["tables", table, "signers", "quorum"]
    if not of:
        return dropped(document, place)
    return put(document, place, {"of": list(of), "min": min(max(least, 1), len(of))})


def add_link(
    document: Document, title: str, when: Mapping[str, Sequence[str]], effect: Mapping[str, float]
) -> Document:
    """Return the case with one more link: points for parties where issues take certain options."""
    taken = [words(link, "id") for link in listing(document, "links")]
    made = {
        "id": name_of(title, taken, "link"),
        "when": {key: list(options) for key, options in when.items()},
        "effect": dict(effect),
    }
    return put(document, ["links"], [*listing(document, "links"), made])


def add_constraint(document: Document, title: str, forbid: Mapping[str, Sequence[str]]) -> Document:
    """Return the case with one more combination that cannot be signed together."""
    before = listing(document, "constraints")
    taken = [words(one, "id") for one in before]
    made = {"id": name_of(title, taken, "barred"), "forbid": {key: list(options) for key, options in forbid.items()}}
    return put(document, ["constraints"], [*before, made])


def pattern(chosen: Collection[str]) -> dict[str, list[str]]:
    """Return options chosen as `table.issue=option` by issue, as links and constraints name them.

    Examples
    --------
    >>> pattern(["contract.price=low", "works.site=quay", "works.site=hill"])
    {'contract.price': ['low'], 'works.site': ['quay', 'hill']}
    """
    found: dict[str, list[str]] = {}
    for one in chosen:
        key, _, option = one.partition("=")
        found.setdefault(key, []).append(option)
    return found


def choices(document: Any, path: Path) -> list[str]:
    """Return the pattern at a path as `table.issue=option` each."""
    return [f"{key}={option}" for key, options in mapping(document, *path).items() for option in listing(options)]


def all_options(document: Document, unsigned: str) -> dict[str, str]:
    """Return every option of the case as `table.issue=option`, with its text: `Price: 14 · Contract`.

    `unsigned` says what it is called that a table stays unsigned, which stands with the first issue of each.
    """
    found = {}
    for table, at_table in mapping(document, "tables").items():
        title = words(at_table, "title")
        for n, (issue, model) in enumerate(mapping(at_table, "issues").items()):
            for option, text in mapping(model, "options").items():
                found[f"{table}.{issue}={option}"] = f"{words(model, 'title')}: {text} · {title}"
            if n == 0:
                found[f"{table}.{issue}={UNSIGNED}"] = f"{title}: {unsigned}"
    return found
