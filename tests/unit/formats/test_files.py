"""Files are written whole or not at all: their permissions, what is no plain file, and disks that are full."""

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from negotiation.errors import LogError, ScenarioError
from negotiation.formats.files import inside, read_limited, write_whole


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_a_new_file_gets_what_the_umask_leaves_and_an_old_one_keeps_what_it_had(tmp_path, umask):
    new, secret = tmp_path / "new.txt", tmp_path / "secret.txt"
    write_whole(new, "a", LogError)
    assert mode(new) == 0o640
    secret.touch(0o600)
    write_whole(secret, b"\x00b", LogError)
    assert (mode(secret), secret.read_bytes()) == (0o600, b"\x00b")
    assert sorted(os.listdir(tmp_path)) == ["new.txt", "secret.txt"]


def test_a_link_stays_one(tmp_path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    link.symlink_to(real)
    for text in ("first", "second"):
        write_whole(link, text, LogError)
        assert (link.is_symlink(), real.read_text(encoding="utf-8")) == (True, text)


def test_a_name_may_be_as_long_as_any(tmp_path):
    longest = tmp_path / ("n" * 250)
    write_whole(longest, "x", LogError)
    assert longest.read_text(encoding="utf-8") == "x"


def test_a_name_that_is_no_text_is_escaped(tmp_path):
    write_whole(tmp_path / "log", '"\udcff"', LogError)
    assert (tmp_path / "log").read_text(encoding="utf-8") == r'"\udcff"'


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_what_cannot_be_finished_leaves_everything_as_it_was(tmp_path, monkeypatch, fault):
    file = tmp_path / "report.html"
    file.write_text("old", encoding="utf-8")

    def full(_):
        raise fault

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises((LogError, KeyboardInterrupt)) as problem:
        write_whole(file, "new", LogError)
    if isinstance(fault, OSError):
        assert str(problem.value) == f"{file}: cannot be written: No space left on device"
    assert os.listdir(tmp_path) == ["report.html"]
    assert file.read_text(encoding="utf-8") == "old"


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(LogError, match=r"cannot be written: Is a directory"):
        write_whole(tmp_path, "x", LogError)
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_plain_file_is_written_straight_into(tmp_path):
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    listener = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    listener.start()
    write_whole(pipe, "straight", LogError)
    listener.join()
    assert heard == [b"straight"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_stays_one():
    write_whole(Path("/dev/null"), "x", LogError)
    with pytest.raises(LogError, match=r"/dev/full: cannot be written: No space left on device"):
        write_whole(Path("/dev/full"), "x", LogError)
    assert all(stat.S_ISCHR(os.stat(device).st_mode) for device in ("/dev/null", "/dev/full"))


def test_what_is_too_large_says_how_large_if_it_ends(tmp_path):
    file = tmp_path / "large"
    file.write_bytes(bytes(11))
    with pytest.raises(ScenarioError, match=r"large: 11 bytes, must be at most 10 \(0 MiB\)"):
        read_limited(file, 10, ScenarioError)
    assert read_limited(file, 11, ScenarioError) == bytes(11)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_what_never_ends_is_not_read_to_the_end():
    with pytest.raises(ScenarioError, match=r"/dev/zero: endless, must be at most 1,048,576 \(1 MiB\)"):
        read_limited(Path("/dev/zero"), 2**20, ScenarioError)


def test_a_link_out_of_a_folder_or_round_in_a_ring_is_no_file_of_it(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    assert inside(folder, folder / "own.txt", LogError) == folder / "own.txt"
    (folder / "out").symlink_to(tmp_path / "other")
    with pytest.raises(LogError, match=r"out: is a link that leads out of .*folder; copy the file there"):
        inside(folder, folder / "out", LogError)
    with pytest.raises(LogError, match="null"):
        inside(folder, folder / "n\0", LogError)
