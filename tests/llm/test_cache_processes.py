"""The reply cache across processes that share its file, and ones that are killed."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.llm.cache import ReplyCache
from tests.llm.cached import do

pytestmark = pytest.mark.crash


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "replies.sqlite"


_WRITER = """
import asyncio, sys
from pathlib import Path
from summarizer.llm.cache import ReplyCache
from summarizer.llm.keeping import Kept
from summarizer.llm.usage import Sent

async def main():
    cache = ReplyCache(Path(sys.argv[1]))
    for number in range(int(sys.argv[3])):
        row = Sent(call=number, name="pass", attempt=1)
        for name in (sys.argv[2], "shared"):
            key = f"{name}-{number}"
            await cache.recall(key)
            await cache.sending(key, row, None)
            await cache.received(key, row, Kept(body=key.encode() * 99, model="m"))
            print(key, flush=True)
asyncio.run(main())
"""


def writer(path: Path, name: str, count: int) -> "subprocess.Popen[str]":
    """Another process that stores replies, and names each once it is stored."""
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), name, str(count)], stdout=subprocess.PIPE, text=True
    )


async def missing(path: Path, keys: list[str]) -> list[str]:
    """Which of the replies that were reported as stored are not there as they were."""
    cache = ReplyCache(path)
    kept = {key: await cache.recall(key) for key in keys}
    cache.close()
    return [key for key, reply in kept.items() if reply is None or reply.body != key.encode() * 99]


def test_a_killed_process_leaves_every_reply_that_it_stored(path: Path) -> None:
    stored: list[str] = []
    for kill in range(3):
        process = writer(path, f"life-{kill}", 10**6)
        assert process.stdout
        stored += [process.stdout.readline().strip() for _ in range(40 + kill)]
        process.kill()
        stored += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.stdout.close()
        process.wait()
    assert len(stored) > 120
    assert do(missing(path, stored)) == []
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_several_processes_make_and_fill_the_file_at_once(path: Path) -> None:
    processes = [writer(path, f"process-{number}", 30) for number in range(4)]
    reports = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert [len(report) for report in reports] == [60, 60, 60, 60]
    assert do(missing(path, [key for report in reports for key in report])) == []
