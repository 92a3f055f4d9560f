"""While a pass is at work, a terminal shows what the model writes; nothing of it stays."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from summarizer.cli.drafting import PassView, sentences_in

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=30)


def test_a_draft_is_shown_as_such_and_taken_off_the_screen() -> None:
    screen = io.StringIO()
    view = PassView("summary", Console(file=screen, force_terminal=True, width=60))

    view.start()
    view.hear('{"bottom_line": {"text": "The envoys met on the bri')
    view.stop()

    drawn, end = screen.getvalue(), screen.getvalue().rsplit("The envoys met on the bri", 1)[-1]
    assert "draft, not checked yet" in drawn
    assert end.count("\x1b[2K") >= 3


def test_a_draft_cannot_steer_the_terminal() -> None:
    said = json.dumps({"text": "calm \x1b[2J now \u202e there"})

    assert sentences_in(said) == ["calm [2J now there"]


def test_codes_and_numbers_are_not_shown_and_neither_is_what_is_no_json() -> None:
    assert sentences_in('{"type": "CONSULT", "s": [1, 2], "text": ["Both sides') == ["Both sides"]
    assert sentences_in("I am sorry, but") == []


@given(st.dictionaries(WORDS, WORDS | st.lists(WORDS) | st.integers()), st.data())
def test_every_beginning_of_a_reply_can_be_shown(reply: dict[str, object], data: st.DataObject) -> None:
    text = json.dumps(reply)
    begun = sentences_in(text[: data.draw(st.integers(0, len(text)))])

    assert len(begun) <= len(sentences_in(text))
