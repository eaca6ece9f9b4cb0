"""What people write for a database: a path, sqlite:///PATH or postgresql://, and nothing else by mistake."""

import os

import pytest

from negotiation.classroom import addresses
from negotiation.classroom.addresses import existing, is_address, placed
from negotiation.classroom.store import Store, store
from negotiation.errors import StoreError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x.db", "x.db"),
        ("sqlite:///x.db", "x.db"),
        ("SQLite:///x.db", "x.db"),
        ("postgres.db", "postgres.db"),
        ("postgresql/x.db", "postgresql/x.db"),
        ("mysql-copy.db", "mysql-copy.db"),
        ("c/://x", "c/:/x"),
    ],
)
def test_a_file_is_meant(tmp_path, monkeypatch, text, name):
    monkeypatch.chdir(tmp_path)
    assert placed(text) == str(tmp_path / name)
    assert placed(placed(text)) == placed(text)
    assert not is_address(placed(text))


def test_an_absolute_file_as_an_address():
    assert placed("sqlite:////var/x.db") == os.path.realpath("/var/x.db")


@pytest.mark.parametrize("text", ["postgresql://me:secret@here/x", "postgres://here/x", "postgresql+psycopg://h/x"])
def test_a_server_is_meant(text):
    assert placed(text) == text
    assert is_address(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mysql://me:secret@here/x", "a database cannot be at mysql:...; possible: the path of an SQLite file, sqlite"),
        ("sqlite:x.db", "a database cannot be at sqlite:...; possible: "),
        ("sqlite://x.db", "a database cannot be at sqlite:...; possible: "),
        ("sqlite:///", "a database cannot be at sqlite:...; possible: "),
        ("sqlite:///x.db?mode=ro", "a database cannot be at sqlite:...; possible: "),
        ("sqlite:///:memory:", "a database cannot be at sqlite:...; possible: "),
        ("file:x.db?mode=ro", "a database cannot be at file:...; possible: "),
        ("postgresql:me@here/x", "a database cannot be at postgresql:...; possible: "),
        ("postgresql://me:secret@here:port/x", "the database address postgresql://... cannot be read; possible: "),
        ("~nobody-of-this-name/x.db", "database '~nobody-of-this-name/x.db': "),
        ("a\0b", "database 'a\\x00b': "),
    ],
)
def test_nothing_else_is_made_a_file_of(tmp_path, monkeypatch, text, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as problem:
        Store(text)
    assert str(problem.value).startswith(message)
    assert "secret" not in str(problem.value)
    assert os.listdir(tmp_path) == []


def test_only_what_is_there_exists(tmp_path, monkeypatch):
    monkeypatch.setenv(addresses.VARIABLE, str(tmp_path / "typo.db"))
    for text in ("", str(tmp_path / "typo.db"), f"sqlite:///{tmp_path}"):
        with pytest.raises(StoreError, match=r"there is no database at "):
            existing(text)
    assert os.listdir(tmp_path) == []
    assert store().place == existing("") == str(tmp_path / "typo.db")
    assert existing("postgresql://here/x") == "postgresql://here/x"


def test_nothing_said_is_a_file_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.delenv(addresses.VARIABLE, raising=False)
    monkeypatch.setattr(addresses.platformdirs, "user_data_dir", lambda name: str(tmp_path / name))
    assert addresses.default() == str(tmp_path / "negotiation" / "games.db")


def nowhere(_):
    raise RuntimeError("could not determine the home directory")


@pytest.mark.parametrize("found", [lambda name: f"~/.local/share/{name}", nowhere])
def test_no_home_is_told_and_no_folder_made(monkeypatch, found):
    monkeypatch.delenv(addresses.VARIABLE, raising=False)
    monkeypatch.setattr(addresses.platformdirs, "user_data_dir", found)
    with pytest.raises(StoreError, match=r"there is no home folder to keep games in; say where"):
        store()
