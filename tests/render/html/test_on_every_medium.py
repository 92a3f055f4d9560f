"""The page in a real headless Chromium: on a telephone, on paper, in the dark, without script, and under attack."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarizer.render.html import note_to_html
from summarizer.types.note import Note
from tests.render.html import invented
from tests.render.html.browsing import (
    TELEPHONE,
    Open,
    active,
    background,
    contrast,
    is_in_view,
    lit,
    luminance,
)
from tests.render.html.hostile import HOSTILE, note_full_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_on_a_telephone_nothing_is_wider_than_the_screen(open_page: Open, page: str) -> None:
    opened = open_page(page, viewport=TELEPHONE, is_mobile=True, has_touch=True)

    assert opened.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    wide = opened.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((e) => !e.closest('svg, .spoken, .skip') && e.getBoundingClientRect().right > innerWidth + 1)
            .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert wide == []


def test_on_a_telephone_one_goes_to_the_evidence_and_back(open_page: Open, page: str) -> None:
    opened = open_page(page, viewport=TELEPHONE, is_mobile=True, has_touch=True)

    opened.tap("#k5 .said")
    assert is_in_view(opened, "#d1-8 mark")
    assert active(opened) == "d1-8"
    opened.tap("#next")
    assert is_in_view(opened, "#d3-4 mark")
    opened.tap("#back")
    assert is_in_view(opened, "#k5 .said")
    assert active(opened) == "k5"


def test_paper_carries_the_quotes_and_every_signal(open_page: Open, note: Note, page: str) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed (make test-browser)")
    opened = open_page(page, color_scheme="dark")
    opened.check("#filter input[value=de_escalatory]")
    opened.click("#k1 .said")
    path = Path(opened.url.removeprefix("file://").partition("#")[0]).with_suffix(".pdf")
    opened.pdf(path=path, prefer_css_page_size=True)

    text = "".join("".join(sheet.extract_text() for sheet in pypdf.PdfReader(path).pages).split())
    said = {point.text: point.evidence for point in [note.bottom_line, *note.key_points]}
    said |= {signal.description: signal.evidence for signal in note.escalation_signals}
    for claim, evidence in said.items():
        assert all(
            "".join(words.split()) in text for words in [claim, *(quoted.quote for quoted in evidence)]
        )
    assert "Whoeverfired" not in text
    assert "Selectanysentence" not in text


def test_paper_is_white_though_the_screen_is_dark(open_page: Open, page: str) -> None:
    opened = open_page(page, color_scheme="dark")
    assert luminance(background(opened, "body")) < 0.1

    opened.emulate_media(media="print")

    assert luminance(background(opened, "body")) > 0.99
    assert luminance(opened.eval_on_selector("h1", "element => getComputedStyle(element).color")) < 0.1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_as_wcag_aa_asks(open_page: Open, page: str, scheme: str) -> None:
    """Every visible text against the nearest filled ground below it, at rest and selected."""
    opened = open_page(page, color_scheme=scheme)
    opened.click("#k3 .said")
    pairs = opened.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((e) => !e.closest('svg, script, :disabled') && e.checkVisibility() &&
                [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .map((e) => {
                let ground = e;
                while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
                return [e.className, getComputedStyle(e).color, getComputedStyle(ground).backgroundColor];
            })"""
    )

    assert len(pairs) > 100
    assert [pair for pair in pairs if contrast(pair[1], pair[2]) < 4.5] == []


def test_without_the_script_the_links_still_jump_both_ways(open_page: Open, page: str) -> None:
    opened = open_page(page, java_script_enabled=False, viewport={"width": 1280, "height": 420})

    assert opened.locator("#filter").is_hidden()
    opened.click("#k5 .cite >> nth=1")
    box = opened.locator("#d3-4 mark").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 420
    opened.click("#d3-4 .refs a >> nth=0")
    assert opened.url.endswith("#k5")


def test_foreign_script_does_not_run_even_if_it_gets_into_the_page(
    browser: "Browser", note: Note, tmp_path: Path
) -> None:
    """The policy is the second wall: here the first one, escaping, is torn down."""
    hostile = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    path = tmp_path / "hostile.html"
    path.write_text(note_to_html(note).replace("<main", hostile + "<main"), encoding="utf-8")
    said: list[str] = []
    context = browser.new_context()
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(path.as_uri())

    assert opened.title() == note.title
    assert len([line for line in said if "Content Security Policy" in line]) >= 2
    context.close()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_does_nothing_in_the_browser(open_page: Open, note: Note, text: str) -> None:
    opened = open_page(note_to_html(note_full_of(text, note)))

    opened.click("#k1 .said")

    assert opened.title() != "owned"
    assert "evidence" in (opened.get_attribute("#articles", "aria-label") or "").lower()
    assert lit(opened) == ["d1-1", "d2-1"]


def test_a_word_of_100_kilobytes_does_not_widen_the_page(open_page: Open, note: Note) -> None:
    word = "x" * 100_000
    quoted = invented.span("d1", 1).model_copy(update={"start": 35, "end": 35 + len(word), "quote": word})
    point = note.bottom_line.model_copy(update={"evidence": [quoted], "text": "y" * 2000})
    only = note.model_copy(
        update={
            "bottom_line": point,
            "key_points": [],
            "escalation_signals": [],
            "comparisons": [],
            "title": "z" * 2000,
        }
    )
    opened = open_page(note_to_html(only), viewport=TELEPHONE)

    assert opened.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    opened.click("#bl .cite")
    assert is_in_view(opened, "#d1-1 mark")
