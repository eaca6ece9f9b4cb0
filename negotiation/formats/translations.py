"""The texts of a scenario file in other languages: where they stand, which there are, and who may read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negotiation.case import BASE
from negotiation.errors import ScenarioError, unknown
from negotiation.formats.schema import ScenarioFile
from negotiation.translations import Translations

LONGEST_SHORT = 24
"""Characters of a title for where there is little room, in every language."""


def texts(file: ScenarioFile) -> dict[str, str]:
    """Return what people read of a case, by address, in the order of the file; without dates and what links say, which have their own languages."""
    return {address: text.strip() for address, text in _texts(file) if text.strip()}


def _texts(file: ScenarioFile) -> Iterator[tuple[str, str]]:
    yield "title", file.title
    yield "teaches", ", ".join(file.teaches)
    for name in ("disclaimer", "synopsis", "public_brief"):
        yield name, getattr(file, name)
    yield "clock.unit", file.clock.unit
    for who, model in file.parties.items():
        for part in ("name", "public_brief", "confidential_brief"):
            yield f"parties.{who}.{part}", getattr(model, part)
    for name, table in file.tables.items():
        for part in ("title", "short", "about"):
            yield f"tables.{name}.{part}", getattr(table, part)
        for key, issue in table.issues.items():
            yield f"{name}.{key}", issue.title
            yield from ((f"{name}.{key}={option}", text) for option, text in issue.options.items())
        yield f"tables.{name}.if_unsigned.means", table.if_unsigned.means
    for party, types in file.types.items():
        for name, kind in types.items():
            yield f"types.{party}.{name}.name", "" if name == BASE else name.replace("_", " ")
            yield f"types.{party}.{name}.note", kind.note
            yield f"types.{party}.{name}.brief", kind.brief
    for name, variant in file.variants.items():
        yield f"variants.{name}.note", variant.note
    for name, reference in file.references.items():
        yield f"references.{name}.title", str(reference.get("title") or "")
        yield f"references.{name}.note", str(reference.get("note") or "")


def check_translations(file: ScenarioFile) -> None:
    """Raise `ScenarioError` for a translation of a text that the case does not have, or one that says nothing."""
    known = texts(file) if file.translations else {}
    for language, told in file.translations.items():
        for address, text in told.items():
            path = f"translations.{language}"
            if address not in known:
                raise ScenarioError(f"{path}: {unknown('text', address, _near(address, known))}")
            if not text.strip():
                raise ScenarioError(f"{path}.{address}: is empty; leave it out, and it is told as it is")
            if address.endswith(".short") and len(text) > LONGEST_SHORT:
                raise ScenarioError(f"{path}.{address}: has {len(text)} characters, must have at most {LONGEST_SHORT}")


def _near(address: str, known: Mapping[str, str]) -> list[str]:
    """Return the addresses that begin as one does, as far as any of them do."""
    parts = address.replace("=", ".").split(".")
    for count in range(len(parts) - 1, 0, -1):
        start = parts[:count]
        if near := [one for one in known if one.replace("=", ".").split(".")[:count] == start]:
            return near
    return list(known)


def every(file: ScenarioFile) -> dict[str, dict[str, str]]:
    """Return all translations of a file, without surrounding blanks."""
    return {
        str(language): {at: text.strip() for at, text in told.items()} for language, told in file.translations.items()
    }


def public(file: ScenarioFile) -> Translations:
    """Return the translations of what all parties may read."""
    return {
        language: {address: text for address, text in told.items() if _public(address)}
        for language, told in every(file).items()
    }


def _public(address: str) -> bool:
    section, *rest = address.split(".")
    hidden = section in ("types", "variants", "references") or rest[-1:] == ["confidential_brief"]
    return len(rest) < 2 or not hidden or (section == "types" and rest[-1] == "name")


def of_role(file: ScenarioFile, party: str, kind: str, brief: tuple[str, str], note: str) -> Translations:
    """Return brief and note of a role in other languages.

    Parameters
    ----------
    brief
        That of the party and that of its type, in the language of the case.
    """
    found = {}
    for language, told in every(file).items():
        ours, its = f"parties.{party}.confidential_brief", f"types.{party}.{kind}"
        whole = composed(told.get(ours, brief[0]), told.get(f"{its}.brief", brief[1]))
        found[language] = {"brief": whole, "note": told.get(f"{its}.note", note)}
    return found


def composed(*parts: str) -> str:
    """Return the parts of a brief as one text."""
    return "\n\n".join(filter(None, (part.strip() for part in parts)))


def untold(file: ScenarioFile) -> dict[str, tuple[str, ...]]:
    """Return by language, of those in which the case is told, the addresses of texts that nobody has translated.

    A text without letters, such as a number, needs no translation.
    """
    known = {address: text for address, text in texts(file).items() if any(map(str.isalpha, text))}
    dated = [(f"clock.events.{one.id}", one.texts) for one in file.clock.events]
    dated += [(f"clock.news.{one.id}", one.texts) for one in file.clock.news]
    found: dict[str, tuple[str, ...]] = {}
    for language, told in file.translations.items():
        lacking = [address for address in known if address not in told]
        lacking += [f"{address}.texts.{language}" for address, there in dated if language not in there]
        if lacking:
            found[language] = tuple(lacking)
    return found
