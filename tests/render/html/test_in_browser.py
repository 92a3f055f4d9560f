"""The page in a real headless Chromium: selecting, going back, filtering, and all of it by keyboard.

Needs the Python package `playwright` and a Chromium of the system (Debian: `apt-get install chromium`); playwright's
own download of a browser is not used. The browser is driven through pipes, so no socket is opened.
"""

import pytest

from tests.render.html.browsing import Open, active, background, is_in_view, lit

pytestmark = pytest.mark.browser


def test_a_selected_claim_lights_up_its_evidence_and_brings_it_into_view(open_page: Open, page: str) -> None:
    opened = open_page(page, viewport={"width": 1280, "height": 420})
    before = background(opened, "#d3-4 mark")
    assert not is_in_view(opened, "#d3-4 mark")

    opened.click("#k5 .said")
    opened.click("#next")

    assert lit(opened) == ["d1-8", "d3-4"]
    assert background(opened, "#d3-4 mark") != before
    assert is_in_view(opened, "#d3-4 mark")
    assert opened.url.endswith("#k5")
    assert opened.inner_text("#selected") == "Key point 5 → source 3, sentence 4 (2 of 2)"


def test_selecting_on_a_wide_screen_leaves_the_note_where_it_is(open_page: Open, page: str) -> None:
    opened = open_page(page, viewport={"width": 1280, "height": 420})
    opened.locator("#k5").scroll_into_view_if_needed()
    before = opened.evaluate("scrollY")

    opened.click("#k5 .said")

    assert opened.evaluate("scrollY") == before
    assert is_in_view(opened, "#d1-8 mark")


def test_a_citation_brings_its_own_sentence_into_view(open_page: Open, page: str) -> None:
    opened = open_page(page, viewport={"width": 1280, "height": 420})

    opened.click("#k5 .cite >> nth=1")

    assert opened.url.endswith("#k5")
    assert is_in_view(opened, "#d3-4 mark")


def test_a_quote_leads_back_to_every_claim_that_cites_it(open_page: Open, page: str) -> None:
    opened = open_page(page)

    opened.click("#d1-8 .words")

    assert lit(opened) == ["bl", "k5", "s6"]
    assert is_in_view(opened, "#bl .said")
    assert opened.url.endswith("#d1-8")
    opened.click("#d1-8 .refs a >> nth=2")
    assert is_in_view(opened, "#s6 .said")


def test_the_address_brings_a_selection_back(open_page: Open, page: str) -> None:
    opened = open_page(page, at="#s5", viewport={"width": 1280, "height": 420})
    assert lit(opened) == ["d3-1", "d3-2"]
    assert is_in_view(opened, "#s5 .said")
    assert is_in_view(opened, "#d3-1 mark")

    opened.click("#s5 .cite >> nth=1")
    opened.click("#d3-1 .words")
    opened.go_back()

    assert lit(opened) == ["d3-1", "d3-2"]


def test_a_link_to_a_sentence_that_nothing_cites_shows_it(open_page: Open, page: str) -> None:
    opened = open_page(page, viewport={"width": 1280, "height": 420})

    opened.click("#limits .ledger a >> nth=1")

    assert is_in_view(opened, "#d1-7 .words")
    assert "chosen" in (opened.get_attribute("#d1-7", "class") or "")
    assert opened.inner_text("#selected") == "Source 1, sentence 7"


def test_an_actor_lights_up_where_it_is_named(open_page: Open, page: str) -> None:
    opened = open_page(page)

    opened.click("#n3 .said")

    assert lit(opened) == ["d1-3", "d3-3"]
    assert background(opened, "#d1-3 .words") != "rgba(0, 0, 0, 0)"


def test_the_filter_shows_what_fits_and_announces_how_many(open_page: Open, page: str) -> None:
    opened = open_page(page)
    assert opened.get_attribute("#shown", "role") == "status"

    opened.check("#filter input[value=de_escalatory]")
    assert opened.locator(".signal:visible").count() == 2
    assert opened.inner_text("#shown") == "2 of 7 signals are shown."
    opened.select_option("#filter select", label="Lake Council")
    assert opened.locator(".signal:visible").count() == 1
    opened.check("#filter input[value='']")
    opened.select_option("#filter select", label="All")
    assert opened.inner_text("#shown") == "All 7 signals are shown."


def test_a_selected_signal_is_never_hidden_by_the_filter(open_page: Open, page: str) -> None:
    opened = open_page(page)
    opened.check("#filter input[value=de_escalatory]")

    opened.click("#d3-1 .words")

    assert opened.locator(".signal:visible").count() == 7


def test_a_mark_in_the_figure_selects_its_signal(open_page: Open, page: str) -> None:
    opened = open_page(page)

    opened.click("#chart [data-signal=s5]")

    assert lit(opened) == ["d3-1", "d3-2"]
    assert is_in_view(opened, "#s5 .said")


def test_everything_can_be_done_with_the_keyboard(open_page: Open, page: str) -> None:
    opened = open_page(page)

    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the note"
    assert opened.evaluate("document.activeElement.getBoundingClientRect().height") > 20
    opened.keyboard.press("Enter")
    for _ in range(40):
        opened.keyboard.press("Tab")
        if active(opened) == "k1":
            break
    outline = opened.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    opened.keyboard.press("Space")

    assert outline == "solid"
    assert lit(opened) == ["d1-1", "d2-1"]
    assert active(opened) == "k1"
    assert opened.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
    opened.keyboard.press("Escape")
    assert lit(opened) == []
    assert not opened.is_visible("#selection")
    opened.keyboard.press("Enter")
    assert lit(opened) == ["d1-1", "d2-1"]


def test_tab_goes_through_the_whole_page_and_out_of_it(open_page: Open, page: str) -> None:
    opened = open_page(page)
    stops = opened.locator("a:visible, button:visible, select:visible, input:visible").count()
    seen: set[str] = set()

    for _ in range(stops + 5):
        opened.keyboard.press("Tab")
        seen.add(active(opened))

    assert {"k1", "s7", "n6", "d1-1", "d3-4"} <= seen
