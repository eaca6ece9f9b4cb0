"""Bring the catalogues of translated texts up to date: `make strings`; with `--check` only say what is stale or missing.

Each area of the program has a catalogue of its own a language, `negotiation/locale/LANGUAGE/AREA.po`. Texts that are gone
are dropped, new ones come in without a translation, in the order of the files: what is missing is found by `msgstr ""`.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from negotiation.language import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[1]
HOME = ROOT / "negotiation"
AREAS = {
    "table": ("ui/play",),
    "class": ("ui/teach", "ui/server", "ui/screens/seat", "ui/screens/teach", "classroom"),
    "debrief": ("ui/debrief", "debrief", "reports", "handouts"),
    "pages": ("",),
}
"""Which folders an area holds; what is in none of the others is in the last."""

KEYWORDS = {"tr": 1, "mark": 1, "phrase": 1, "plural": 2}
"""The calls whose first text, or first two, are translated."""


PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "ja": "nplurals=1; plural=0;"}
HEADER = """msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""


def area(path: Path) -> str:
    """Return the area to which a file belongs."""
    inside = path.relative_to(HOME).as_posix()
    return next(name for name, folders in AREAS.items() if any(inside.startswith(folder) for folder in folders))


def extracted() -> dict[str, Catalog]:
    """Return the texts of each area, in the order of files and lines."""
    found = {name: Catalog(charset="utf-8", fuzzy=False) for name in AREAS}
    for path in sorted(HOME.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for wanted in told(ast.parse(path.read_bytes())):
            if all(any(letter.isalpha() for letter in one) for one in wanted):
                found[area(path)].add(wanted if len(wanted) > 1 else wanted[0], locations=[(place, 0)])
    return found


def told(node: ast.AST) -> Iterator[tuple[str, ...]]:
    """Yield the texts in a piece of source in their order, those inside f-strings too."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in KEYWORDS:
            texts = tuple(
                one.value
                for one in args[: KEYWORDS[name]]
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )
            if len(texts) == KEYWORDS[name]:
                yield texts
    for inner in ast.iter_child_nodes(node):
        yield from told(inner)


def updated(code: str, name: str, found: Catalog) -> Catalog:
    """Return an area's texts in a language: those of today, with the translations that there are."""
    path = HOME / "locale" / code / f"{name}.po"
    before = read_po(BytesIO(path.read_bytes() if path.exists() else b""), locale=code)
    after = read_po(BytesIO(HEADER.format(code=code, plurals=PLURALS[code]).encode()), locale=code)
    for message in found:
        if message.id:
            known = before.get(message.id)
            after.add(message.id, known.string if known else None, locations=message.locations)
    return after


def as_text(catalog: Catalog) -> bytes:
    """Return a catalogue as the text of its file, without dates and lines, which change with nothing else."""
    written = BytesIO()
    write_po(written, catalog, width=0, include_lineno=False, omit_header=True)
    return HEADER.format(code=catalog.locale, plurals=PLURALS[str(catalog.locale)]).encode() + written.getvalue()


def missing(catalog: Catalog) -> Iterator[Message]:
    """Yield the texts of a catalogue that have no translation, or not in all its forms."""
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(forms):
            yield message


def main() -> int:
    """Write the catalogues, or only look; return 1 if `--check` finds any stale or not whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything is stale or missing")
    check, wrong = parser.parse_args().check, 0
    texts = extracted()
    for code in LANGUAGES:
        for name in AREAS if code != SOURCE else ():
            path, catalog = HOME / "locale" / code / f"{name}.po", updated(code, name, texts[name])
            new, lacks = as_text(catalog), list(missing(catalog))
            stale = not path.exists() or path.read_bytes() != new
            print(
                f"{code}/{name}: {len(catalog)} texts, {len(lacks)} not translated{', stale' if stale and check else ''}"
            )
            wrong += bool(lacks) or stale
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(new)
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
