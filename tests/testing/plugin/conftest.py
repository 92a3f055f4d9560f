"""A fake server, and a project whose tests ask it."""

from collections.abc import Iterator

import pytest

from summarizer.testing import FakeServer, fake_server
from summarizer.testing.fake_server import answer
from tests.testing.plugin.projects import ASKING


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """Says two things, then repeats the second."""
    with fake_server(answer("Lisbon"), answer("1755")) as running:
        yield running


@pytest.fixture
def project(
    pytester: pytest.Pytester, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    """A project whose tests ask the server."""
    for name in ("CI", "SUMMARIZER_RECORD"):
        monkeypatch.delenv(name, raising=False)
    # Named instead, because the plugins of whoever runs these tests are no part of them.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.syspathinsert()
    pytester.makepyfile(asking=ASKING.format(origin=server.base_url))
    pytester.makeini("[pytest]\n")
    return pytester
