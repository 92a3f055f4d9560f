"""What the tests of the page share."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from justhtml import JustHTML

from summarizer.render.html import note_to_html
from summarizer.types.note import Note
from tests.render.html import invented
from tests.render.html.browsing import DESK, Open
from tests.render.html.dom import parsed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_configure(config: pytest.Config) -> None:
    """The mark of the tests that need Chromium; they are skipped, with the reason, where it is not installed."""
    config.addinivalue_line("markers", "browser: drives a real headless Chromium (make test-browser)")


@pytest.fixture(scope="session")
def note() -> Note:
    return invented.note()


@pytest.fixture(scope="session")
def page(note: Note) -> str:
    """The page with the text of every article."""
    return note_to_html(note, invented.ARTICLES)


@pytest.fixture(scope="session")
def document(page: str) -> JustHTML:
    """The same, parsed; no test changes it."""
    return parsed(page)


@pytest.fixture(scope="session")
def page_of_quotes(note: Note) -> str:
    """The page without any article's text."""
    return note_to_html(note)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (make test-browser)")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine (Debian: apt-get install chromium)")
    # Chromium's sandbox does not start for root, as in a container; the page is ours.
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=as_root)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens HTML from a file; afterwards nothing may have been said on the console or asked of the network."""
    said: list[str] = []
    asked: list[str] = []

    def opened(html: str, *, at: str = "", **settings: object) -> "Page":
        path = tmp_path / "note.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **settings})  # pyright: ignore[reportArgumentType] - settings are the context's own
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri() + at)
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(tmp_path.as_uri())] == []
