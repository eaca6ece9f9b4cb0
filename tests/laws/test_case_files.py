"""Whatever a case file can say survives being written down and read back, and what came later orphans no game."""

import types
import typing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from unit_small import SMALL

from negotiation.formats import bundled, load, loads
from negotiation.formats.invisible_characters import unseen
from negotiation.formats.schema import FOR_PEOPLE, LATER, ScenarioFile
from negotiation.formats.yaml_text import dump, parse

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8).filter(
    lambda text: not unseen(text) and "\ufeff" not in text
)


def drawn(kind, limits=()):
    """Anything that a declared type can hold: a field that is new is drawn too."""
    if typing.get_origin(kind) is typing.Annotated:
        kind, *more = typing.get_args(kind)
        return drawn(kind, [*limits, *more])
    said = [one for limit in limits for one in (limit.metadata if isinstance(limit, FieldInfo) else [limit])]
    known = {name: value for one in said for name, value in getattr(one, "__dict__", {}).items()}
    known |= {
        name: getattr(one, name) for one in said for name in ("ge", "gt", "le", "min_length") if hasattr(one, name)
    }
    inner, least = typing.get_args(kind), known.get("min_length") or 0
    match typing.get_origin(kind) or kind:
        case typing.Literal:
            return st.sampled_from(inner)
        case typing.Union | types.UnionType:
            return st.one_of(*map(drawn, inner))
        case kinds if kinds is dict:
            return st.dictionaries(
                drawn(inner[0]).filter(lambda key: str(key).strip()),
                drawn(inner[1]),
                min_size=least,
                max_size=least + 1,
            )
        case kinds if kinds is list:
            return st.lists(drawn(inner[0]), min_size=least, max_size=least + 1)
        case kinds if kinds is str:
            pattern = known.get("pattern")
            long = texts.filter(lambda text: len(text) >= least)
            return st.from_regex(pattern.replace("*", "{0,8}"), fullmatch=True) if pattern else long
        case kinds if kinds is int:
            return st.integers(known.get("ge", 0), known.get("le", 99))
        case kinds if kinds is float:
            low, high = known.get("ge", known.get("gt", -1e9)), known.get("le", 1e9)
            return st.floats(low, high, exclude_min="gt" in known)
        case model if isinstance(model, type) and issubclass(model, BaseModel):
            return st.builds(model, **{n: drawn(f.annotation, f.metadata) for n, f in model.model_fields.items()})
    return {bool: st.booleans(), types.NoneType: st.none()}[kind]


@given(drawn(ScenarioFile))
@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_field_is_read_back_as_it_was_written(file):
    assert ScenarioFile.model_validate(parse(dump(file.model_dump(exclude_unset=True)), "x.yaml")) == file


def test_a_case_written_again_is_the_same_case():
    for name in bundled():
        case = load(name)
        file = ScenarioFile.model_validate(parse(case.text, name))
        again = loads(dump(file.model_dump(exclude_defaults=True)), name)
        assert again.digest == case.digest
        assert repr(again.scenario) == repr(case.scenario)
        assert repr(again.roles) == repr(case.roles)


def models(kind=ScenarioFile):
    found = {kind: None}
    for field in kind.model_fields.values():
        parts = [field.annotation]
        while parts:
            part = parts.pop()
            parts += typing.get_args(part)
            if isinstance(part, type) and issubclass(part, BaseModel) and part not in found:
                found |= dict.fromkeys(models(part))
    return list(found)


def test_what_came_later_is_explained_where_editors_show_it():
    later = [
        (m, n) for m in models() for n, f in m.model_fields.items() if {LATER, FOR_PEOPLE} & {*map(str, f.metadata)}
    ]
    assert {name for _, name in later} >= {"scoring", "discount"}
    for model, name in later:
        assert f"`{name}`" in model.__doc__


def test_what_came_later_counts_once_it_is_said():
    plain, said = loads(SMALL, "s"), loads(SMALL.replace("rounds: 5", "rounds: 5, discount: {anna: 0.5}"), "s")
    empty = loads(SMALL.replace("rounds: 5", "rounds: 5, discount: {}"), "s")
    assert plain.digest == empty.digest != said.digest
