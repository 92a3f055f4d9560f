"""Synchronous calls share one event loop, and Ctrl-C lets the work behind them put its things away."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from summarizer.errors import SettingsError
from summarizer.loop import run, run_or_begin

WORK = textwrap.dedent("""
    import asyncio
    from summarizer.loop import run

    async def work():
        await asyncio.sleep(0.3)  # until whoever called has begun to wait
        print("begun", flush=True)
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            print("put away", flush=True)

    run(work())
""")


async def _where() -> tuple[int, str]:
    await asyncio.sleep(0)
    return id(asyncio.get_running_loop()), threading.current_thread().name


def test_every_thread_is_served_by_the_same_loop() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = {future.result() for future in [threads.submit(run, _where()) for _ in range(8)]}
    assert found == {run(_where())}


def test_ctrl_c_waits_for_the_work_to_put_its_things_away() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WORK], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(signal.SIGINT)
        try:
            said, error = process.communicate(timeout=30)
        finally:
            process.kill()
    assert said == b"put away\n"
    assert b"KeyboardInterrupt" in error


def test_work_that_waits_for_more_work_of_the_same_loop_is_told_so_and_does_not_hang() -> None:
    async def work() -> None:
        run(_where())

    with pytest.raises(SettingsError, match="would wait for ever"):
        run(work())


def test_on_its_own_thread_the_loop_begins_what_it_cannot_wait_for() -> None:
    ended = threading.Event()

    async def put_away() -> None:
        ended.set()

    async def collect() -> bool:
        run_or_begin(put_away())
        return ended.is_set()

    assert not run(collect())
    assert ended.wait(60)


FORKED = textwrap.dedent("""
    import asyncio, os
    from summarizer.loop import run

    run(asyncio.sleep(0))
    child = os.fork()
    if not child:
        run(asyncio.sleep(0))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
""")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes of this system do not fork")
def test_a_forked_process_has_a_loop_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "0\n"
