"""The files of a class to take away: each of its kind, the same as the parts that they are made of."""

import io
import zipfile

import pytest
from support_class import played

from negotiation.analysis.findings import read
from negotiation.debrief.certificate import certify
from negotiation.debrief.class_data import gather
from negotiation.debrief.downloads import KINDS, made
from negotiation.debrief.export import export
from negotiation.debrief.jobs import Replayed, agents_wanted, answered, joined, seat_key, shares, twins_wanted
from negotiation.debrief.report import findings


@pytest.fixture(scope="module")
def cloud(rooms):
    """A small class in the debrief, and the question for its files."""
    room = rooms()
    one, _ = played(room, 2, case="cloud-for-two", protocol="alternating")
    pair = list(gather(room, one.id).case.roles)
    return room, one, {"session": one.id, "names": True, "pair": pair, "agents": None, "twins": None, "language": "en"}


def test_every_kind_is_what_it_says(cloud):
    room, one, asked = cloud
    files, told = {}, []
    for kind in KINDS:
        files[kind] = made(room, {**asked, "kind": kind}, lambda share, what: told.append((share, what)))
    assert files["html"].startswith(b"<!doctype html>")
    assert b"Person 1" in files["html"]
    assert files["pdf"].startswith(b"%PDF-")
    assert files["zip"] == export(room, one.id)
    assert "csv/people.csv" in zipfile.ZipFile(io.BytesIO(files["zip"])).namelist()
    assert files["certificate"].decode() == certify(room, one.id).text()
    assert all(0 <= share <= 1 for share, _ in told)
    assert "0 seats checked" in {what for _, what in told}


def test_a_debrief_has_what_the_replays_found_and_no_names_unless_wanted(cloud):
    room, one, asked = cloud
    found = findings(gather(room, one.id))
    quiet = lambda _share, _what: None  # noqa: E731
    agents = answered(agents_wanted(found.klass, 20), quiet)
    wanted = twins_wanted(found)
    parts = [read(Replayed, answered(part, quiet)) for part in shares(wanted, 0, 20, 1)]
    _, twins = joined(wanted, {}, parts)
    assert seat_key(next(iter(one.now.groups)), asked["pair"][0]) in twins
    page = made(room, {**asked, "kind": "html", "names": False, "agents": agents, "twins": twins}, quiet)
    assert b"Luck and skill" in page
    assert b"Person 1" not in page
