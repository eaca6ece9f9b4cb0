"""Texts in the reader's language, and catalogues that are whole."""

import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from negotiation import language
from negotiation.language import LANGUAGES, SOURCE, accepted, closest, decimal, phrase, plural, speak, speaking, tr

ROOT = Path(__file__).parents[2]
FIELD = re.compile(r"\{[^}]*\}")
CATALOGUES = sorted((ROOT / "negotiation/locale").glob("*/*.po"))


@pytest.fixture(autouse=True)
def english():
    with speaking(SOURCE):
        yield


def test_a_phrase_is_english_and_can_be_told_later(monkeypatch):
    told = phrase("{who} waits for {what}", who="Google", what=phrase("the others"))
    assert told == "Google waits for the others"
    assert tr(told) == told

    class Backwards:
        def gettext(self, text):
            return {"{who} waits for {what}": "{what} <- {who}", "the others": "les autres"}[text]

    monkeypatch.setattr(language, "catalogue", lambda code: Backwards())
    assert tr(told) == "les autres <- Google"
    again = pickle.loads(pickle.dumps(told))
    assert (again, tr(again)) == (told, "les autres <- Google")


def test_braces_without_parts_stand_for_themselves():
    assert tr("{x}") == "{x}"
    assert tr("") == ""
    assert phrase("{x}") == "{x}"


@pytest.mark.parametrize(
    ("code", "told", "less"),
    [
        ("en", "1,234.5", "-0.4"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}234,5", "\N{MINUS SIGN}0,4"),
        ("ja", "1,234.5", "\N{MINUS SIGN}0.4"),
    ],
)
def test_numbers_are_written_as_in_the_language(code, told, less):
    with speaking(code):
        assert decimal("1,234.5") == told
        assert decimal("-0.4") == less


def test_numbers_among_the_parts_of_a_text_are_written_so_too():
    with speaking("fr"):
        assert (
            tr("{a:,} {b:.1f} {c} {d}", a=1234, b=2.5, c=2023, d=True) == "1\N{NARROW NO-BREAK SPACE}234 2,5 2023 True"
        )
    assert tr("{a:,} {b:.1f}", a=1234, b=2.5) == "1,234 2.5"


def test_the_page_says_the_language_where_none_is_set(monkeypatch):
    monkeypatch.setattr(language, "_ask", [])
    token = language._set.set(None)
    try:
        assert language.language() == "en"
        asked = []
        language.ask_page(lambda: asked.append(1) or "")
        assert [language.language() for _ in range(2)] == ["en", "en"]  # no page here yet
        language.ask_page(lambda: asked.append(1) or "ja")
        assert [language.language() for _ in range(3)] == ["ja"] * 3
        assert len(asked) == 3  # once a run
        speak("fr-CA")
        assert language.language() == "fr"
    finally:
        language._set.reset(token)


@pytest.mark.parametrize(
    ("header", "code"),
    [("ja,en;q=0.5", "ja"), ("de;q=1,fr;q=0.2", "fr"), ("en;q=x,fr", "fr"), ("", "en"), ("*;q=0.1", "en")],
)
def test_what_a_browser_accepts(header, code):
    assert accepted(header) == code


def test_the_closest_language():
    assert closest("pt-BR", None, "fr_FR") == "en"
    assert closest("pt-BR", None, "FR-fr") == "fr"


def test_every_language_has_the_same_catalogues():
    names = {
        code: [path.name for path in CATALOGUES if path.parent.name == code] for code in LANGUAGES if code != SOURCE
    }
    assert len({tuple(found) for found in names.values()}) == 1
    assert all(names.values())


def test_catalogues_are_whole_and_those_of_today():
    done = subprocess.run([sys.executable, ROOT / "scripts/strings.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_translation_names_the_same_parts(path):
    with path.open("rb") as written:
        for message in read_po(written, locale=path.parent.name):
            wanted = message.id if isinstance(message.id, tuple) else (message.id,)
            found = message.string if isinstance(message.string, tuple) else (message.string,)
            many = sorted(FIELD.findall(wanted[-1]))
            for n, text in enumerate(found if message.id else ()):
                assert sorted(FIELD.findall(text)) in (many, sorted(FIELD.findall(wanted[min(n, len(wanted) - 1)]))), (
                    text
                )


def test_one_text_has_one_translation():
    found = {}
    for path in CATALOGUES:
        with path.open("rb") as written:
            for message in read_po(written, locale=path.parent.name):
                if message.id:
                    key = (path.parent.name, message.id)
                    assert found.setdefault(key, message.string) == message.string, key


def test_the_catalogues_are_read():
    language.catalogue.cache_clear()
    for code in LANGUAGES:
        with speaking(code):
            assert plural("{n} table", "{n} tables", 2)
