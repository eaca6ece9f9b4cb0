"""The check of references in a scenario file: every name refers to something that exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from negotiation.errors import ScenarioError, figure, unknown
from negotiation.formats.schema import (
    A_PARTY,
    A_TABLE,
    ConstraintModel,
    LinkModel,
    ScenarioFile,
    SheetModel,
    TableModel,
    walk,
)
from negotiation.table import UNSIGNED, tables_of

RESERVED = ("clock", "mediator", "person", UNSIGNED)
"""Names that mean something else in the rules."""

Sheets = Mapping[str, SheetModel]


def whole(file: ScenarioFile) -> float:
    """Return the score of an option that earns the whole weight of its issue."""
    return 1.0 if file.scoring == "unit" else 100.0


def check_names(file: ScenarioFile) -> None:
    """Raise `ScenarioError` unless every name that refers to something refers to something that exists."""
    for section, names in (("parties", file.parties), ("tables", file.tables)):
        for name in names:
            if name in RESERVED:
                raise ScenarioError(f"{section}.{name}: this name is reserved; not possible: {', '.join(RESERVED)}")
    for path, value, kind in walk(file):
        if A_PARTY in getattr(kind, "__metadata__", ()):
            _each(file.parties, "party", [str(value)], path)
        if A_TABLE in getattr(kind, "__metadata__", ()):
            _each(file.tables, "table", [str(value)], path)
    for name, table in file.tables.items():
        _check_table(file, f"tables.{name}", table)
    for party, model in file.parties.items():
        for language, reasons in model.reasons.items():
            for about in reasons:
                _check_option(file, f"parties.{party}.reasons.{language}", about)
        if party not in file.preferences:
            raise ScenarioError(f"preferences: nothing for {party}; every party has a score sheet")
        _check_sheets(file, f"preferences.{party}", file.preferences[party])
        for kind, private in file.types.get(party, {}).items():
            _check_sheets(file, f"types.{party}.{kind}.known", private.known)
            _check_sheets(file, f"types.{party}.{kind}.overrides", private.overrides)
    for language, aliases in file.aliases.items():
        for term in aliases:
            _check_term(file, f"aliases.{language}", term)
    for name, variant in file.variants.items():
        for party, sheets in variant.overrides.items():
            _check_sheets(file, f"variants.{name}.overrides.{party}", sheets)
    for link in file.links:
        _check_pattern(file, f"links.{link.id}.when", link.when)
        _check_says(link)
    for total in file.totals:
        for key, amounts in total.amounts.items():
            path = f"totals.{total.id}.amounts"
            _each([*_check_key(file, path, key), UNSIGNED], "option", amounts, f"{path}.{key}")
    for constraint in file.constraints:
        _check_pattern(file, f"constraints.{constraint.id}.forbid", constraint.forbid)
    _once("clock.news", [item.id for item in file.clock.news])
    _once("links", [link.id for link in file.links])
    _once("totals", [total.id for total in file.totals])
    _once("constraints", [constraint.id for constraint in file.constraints])
    _check_rest(file, file.constraints)


def _check_table(file: ScenarioFile, path: str, table: TableModel) -> None:
    signers = table.signers
    for when in signers.when:
        _each(table.issues, "issue", [when.issue], f"{path}.signers.when")
        _each(table.issues[when.issue].options, "option", when.options, f"{path}.signers.when")
    if signers.quorum and signers.quorum.min > len(signers.quorum.of):
        raise ScenarioError(
            f"{path}.signers.quorum.min: is {signers.quorum.min}, must be at most the {len(signers.quorum.of)} under `of`"
        )
    if not (signers.always or signers.when or signers.quorum):
        raise ScenarioError(f"{path}.signers: nobody can sign here; name parties under always, when or quorum")
    for issue, model in table.issues.items():
        if UNSIGNED in model.options:
            raise ScenarioError(f"{path}.issues.{issue}.options.{UNSIGNED}: this name is reserved for unsigned tables")
    for issue, option in table.if_unsigned.options.items():
        _each(table.issues, "issue", [issue], f"{path}.if_unsigned.options")
        _each(table.issues[issue].options, "option", [option], f"{path}.if_unsigned.options.{issue}")


def _check_sheets(file: ScenarioFile, path: str, sheets: Sheets) -> None:
    for key, sheet in sheets.items():
        options = _check_key(file, path, key)
        _each(options, "option", sheet.scores, f"{path}.{key}.scores")
        for option in options:
            if option not in sheet.scores:
                raise ScenarioError(
                    f"{path}.{key}.scores: no score for {option}; every option has one, 0 to {whole(file):g}"
                )
        for option, score in sheet.scores.items():
            if score > whole(file):
                raise ScenarioError(
                    f"{path}.{key}.scores.{option}: is {figure(score)}, must be at most {whole(file):g}"
                    f" where `scoring` is {file.scoring}"
                )


def _check_pattern(file: ScenarioFile, path: str, pattern: Mapping[str, list[str]]) -> None:
    for key, options in pattern.items():
        _each([*_check_key(file, path, key), UNSIGNED], "option", options, f"{path}.{key}")


def _check_says(link: LinkModel) -> None:
    path = f"links.{link.id}.says"
    if link.says and "en" not in link.says:
        raise ScenarioError(f"{path}: has {', '.join(link.says)} but not en; English is needed beside other languages")
    for language, text in link.says.items():
        if len(text.splitlines()) != 1 or not text.strip():
            found = "has several lines" if text.strip() else "is empty"
            raise ScenarioError(f"{path}.{language}: {found}, must be one sentence on one line")


def _check_key(file: ScenarioFile, path: str, key: str) -> Iterable[str]:
    table, _, issue = key.partition(".")
    _each(file.tables, "table", [table], f"{path}.{key}")
    _each(file.tables[table].issues, "issue", [issue], f"{path}.{key}")
    return file.tables[table].issues[issue].options


def _check_term(file: ScenarioFile, path: str, term: str) -> None:
    key, _, option = term.partition("=")
    if "." not in key:
        _each([*file.parties, *file.tables], "party or table", [key], path)
    else:
        options = _check_key(file, path, key)
        _each(options, "option", [option] if option else [], f"{path}.{term}")


def _check_option(file: ScenarioFile, path: str, about: str) -> None:
    key, _, option = about.replace("!=", "=").partition("=")
    _each(_check_key(file, path, key), "option", [option], f"{path}.{about}")


def _check_rest(file: ScenarioFile, constraints: list[ConstraintModel]) -> None:
    """Raise `ScenarioError` if a constraint forbids leaving all the tables that it names unsigned."""
    for constraint in constraints:
        rest = {key: _rest(file, key) for key in constraint.forbid}
        if len(tables_of(rest)) > 1 and all(  # type: ignore[arg-type]
            option in constraint.forbid[key] for key, option in rest.items()
        ):
            raise ScenarioError(
                f"constraints.{constraint.id}: forbids leaving everything unsigned, which must be possible"
            )


def check_alone(file: ScenarioFile) -> None:
    """Raise `ScenarioError` if a constraint inside one table names `unsigned`: it can only forbid signing there.

    Files of games that are kept, taken before this was checked, are not refused: it does no harm there.
    """
    for constraint in file.constraints:
        for key, options in constraint.forbid.items():
            if UNSIGNED in options and len(tables_of(constraint.forbid)) == 1:  # type: ignore[arg-type]
                raise ScenarioError(
                    f"constraints.{constraint.id}.forbid.{key}: names {UNSIGNED}, but inside one table a constraint"
                    " forbids signing; leaving a table unsigned must be possible"
                )


def _rest(file: ScenarioFile, key: str) -> str:
    table, _, issue = key.partition(".")
    return file.tables[table].if_unsigned.options.get(issue, UNSIGNED)


def _each(known: Iterable[str], what: str, names: Iterable[str], path: str) -> None:
    possible = dict.fromkeys(known)
    for name in names:
        if name not in possible:
            raise ScenarioError(f"{path}: {unknown(what, name, possible)}")


def _once(path: str, names: list[str]) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            raise ScenarioError(f"{path}.{name}: this id stands twice; every id stands once")
