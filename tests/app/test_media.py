"""Files that are made only when somebody clicks are for the pages that offer them, too."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from negotiation.ui.server import media
from negotiation.ui.server.identity import LOGIN, SEAT


@pytest.fixture
def manager(monkeypatch):
    """The files of a server on which one page is open, of somebody with the login `mine`."""
    made = MediaFileManager(MemoryMediaFileStorage("/media"))
    page = SimpleNamespace(client_context=SimpleNamespace(cookies={LOGIN: "mine"}))
    server = SimpleNamespace(media_file_mgr=made, get_client=lambda session: page if session == "dontcare" else None)
    monkeypatch.setattr(media.runtime, "get_instance", lambda: server)
    monkeypatch.setattr(media.runtime, "exists", lambda: True)
    return made


def test_a_figure_that_is_drawn_on_a_click_is_for_the_page_that_offers_it(manager):
    offered = manager.add_deferred(lambda: b"<svg/>", "image/svg+xml", "1.2.3", "figure.svg")
    address = manager.execute_deferred(offered)
    mine = {LOGIN: "mine", SEAT: ""}
    assert media._offered(address, mine)
    for other in ({LOGIN: "", SEAT: ""}, {LOGIN: "theirs", SEAT: ""}, {LOGIN: "mine", SEAT: "a seat"}):
        assert not media._offered(address, other)
    assert not media._offered("/media/unknown.svg", mine)
    manager.clear_session_refs("dontcare")
    manager.remove_orphaned_files()
    assert not media._offered(address, mine), "gone with the page"


def test_before_the_server_runs_there_are_no_files(monkeypatch):
    monkeypatch.setattr(media.runtime, "exists", lambda: False)
    assert not media._offered("/media/a.svg", {LOGIN: "", SEAT: ""})
