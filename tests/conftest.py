"""What holds for every test: an environment without our variables, and a loopback device for the fake servers.

`make test` has to stay under a minute, so it makes few random examples and leaves out the tests with a mark of `APART`.
"""

import contextlib
import gc
import os
import socket
import struct
import sys
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

APART = {
    "browser": "make test-browser",
    "crash": "make test-apart",
    "thorough": "make test-apart",
    "wheel": "make test-apart",
}
"""Marks of tests that are too slow for every run, and what runs them. `-m MARK` does as well."""

BUSY = [HealthCheck.too_slow]  # which is a machine's fault more often than a test's
settings.register_profile("quick", max_examples=15, deadline=None, suppress_health_check=BUSY)
settings.register_profile("thorough", max_examples=200, deadline=None, suppress_health_check=BUSY)
settings.load_profile(os.environ.get("SUMMARIZER_EXAMPLES", "quick"))

_FLAGS, _GET, _SET, _UP = "16sh14x", 0x8913, 0x8914, 0x1


def pytest_configure() -> None:
    """Switch loopback on where it is off: `unshare -n make test` starts in a network without any device up."""
    if not sys.platform.startswith("linux"):
        return
    from fcntl import ioctl

    # Without the right to do so, the tests that need a fake server will say that it cannot be reached.
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        _, flags = struct.unpack(_FLAGS, ioctl(control, _GET, struct.pack(_FLAGS, b"lo", 0)))
        if not flags & _UP:
            ioctl(control, _SET, struct.pack(_FLAGS, b"lo", flags | _UP))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what runs apart, visibly: a test that is only left out would be forgotten."""
    asked_for = str(config.getoption("markexpr"))
    for mark, command in APART.items():
        if mark in asked_for:
            continue
        for item in items:
            if item.get_closest_marker(mark) is not None:
                item.add_marker(pytest.mark.skip(reason=f"`{command}` runs it"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are cores, since tests also wait: for sockets, timers and processes."""
    return min(8, (os.cpu_count() or 1) * 3 // 2)


def pytest_collection_finish() -> None:
    """Collecting garbage is a twentieth of the time if all modules and tests are looked at again each time."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "SUMMARIZER_MODEL",
        "SUMMARIZER_MODEL_FILE",
        "SUMMARIZER_OFFLINE",
    ):
        monkeypatch.delenv(name, raising=False)
    # Not the user's cache, and none that another test has filled.
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path_factory.getbasetemp() / uuid4().hex))
