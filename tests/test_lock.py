"""One writer per archive: who waits, who is named, and that a killed holder leaves the lock free."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from indexer.errors import ArchiveLockedError
from indexer.lock import WriterLock

ROOT = Path(__file__).parents[1]
HOLD = """
import sys, time
from pathlib import Path
from indexer.lock import WriterLock
with WriterLock(Path(sys.argv[1])).held(timeout=5):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock of the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.stdout.close()
    process.wait()


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path, holder) -> None:
    started = time.monotonic()
    with pytest.raises(ArchiveLockedError) as error, WriterLock(tmp_path).held(timeout=0.2):
        pass
    assert time.monotonic() - started < 5
    for part in (str(tmp_path), f"process {holder.pid}", "-c", "since 20"):
        assert part in str(error.value)


def test_a_killed_holder_leaves_the_lock_free(tmp_path, holder) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert json.loads((tmp_path / "writer.json").read_text())["pid"] == holder.pid  # it could not clean up
    with WriterLock(tmp_path).held(timeout=0) as outermost:
        assert outermost
        assert json.loads((tmp_path / "writer.json").read_text())["pid"] == os.getpid()
    assert not (tmp_path / "writer.json").exists()


def test_who_waits_gets_the_lock_when_it_is_free(tmp_path, holder) -> None:
    threading.Timer(0.3, holder.kill).start()
    with WriterLock(tmp_path).held(timeout=10) as outermost:
        assert outermost


def test_a_thread_may_take_its_lock_again_and_others_wait(tmp_path) -> None:
    lock = WriterLock(tmp_path)
    refused = []

    def other() -> None:
        try:
            with lock.held(timeout=0.05):
                pass
        except ArchiveLockedError as error:
            refused.append(str(error))

    with lock.held(timeout=0) as outermost, lock.held(timeout=0) as inner:
        assert (outermost, inner) == (True, False)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(refused) == 1
    assert "another thread" in refused[0]
    other()
    assert len(refused) == 1


def test_an_error_within_frees_the_lock(tmp_path) -> None:
    lock = WriterLock(tmp_path)
    with pytest.raises(KeyError), lock.held(timeout=0):
        raise KeyError
    with WriterLock(tmp_path).held(timeout=0):
        pass


def test_a_holder_that_wrote_nonsense_is_still_spoken_of(tmp_path) -> None:
    (tmp_path / "writer.json").write_text("{")
    assert WriterLock(tmp_path).holder() == "another process"
