"""The figures say in words and shapes what they say in colour, and lay out any dates."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.html.dates_axis import ticks
from summarizer.render.html.figures import gauge, over_time
from summarizer.types.note import Note
from summarizer.types.signals import Escalation
from tests.render.html.dom import attributes, every, one, parsed, shown

DATES = st.one_of(
    st.dates().map(lambda day: f"{day.year:04}-{day:%m-%d}"),
    st.dates().map(lambda day: f"{day.year:04}-{day:%m}"),
    st.integers(1, 9999).map(lambda year: f"{year:04}"),
    st.sampled_from(["2024-13", "2024-00", "2024-02-31", "0000"]),
)


def test_a_figure_has_a_name_and_tells_all_it_shows(note: Note) -> None:
    drawing = one(parsed(f"<!DOCTYPE html><title>x</title>{over_time(note, width=700, id_='f')}"), "svg")

    assert attributes(drawing)["role"] == "img"
    assert attributes(drawing)["aria-labelledby"] == "f-title f-desc"
    assert shown(one(drawing, "#f-title")) == "Escalation level and signals over time"
    assert "13 April 2031: high, 7.8 of 10. 6 dated signals on 4 dates" in shown(one(drawing, "#f-desc"))


def test_direction_is_a_shape_and_certainty_its_filling(note: Note) -> None:
    drawing = one(parsed(f"<!DOCTYPE html><title>x</title>{over_time(note, width=700, id_='f')}"), "svg")
    marks = {attributes(mark)["data-signal"]: mark for mark in every(drawing, "[data-signal]")}

    assert set(marks) == {"s1", "s2", "s3", "s5", "s6", "s7"}
    assert len(attributes(marks["s1"])["d"].split("L")) == 3
    assert "hollow" in attributes(marks["s3"])["class"]
    assert "hollow" not in attributes(marks["s1"])["class"]
    assert shown(marks["s1"]).startswith("S1, escalatory: Gunmen")


def test_nothing_dated_makes_no_figure(note: Note) -> None:
    assert over_time(note.model_copy(update={"timeline": [], "levels": []}), width=700, id_="f") is None


def test_a_crowded_date_counts_what_it_cannot_show(note: Note) -> None:
    many = [note.escalation_signals[0].model_copy(update={"id": f"s{n}"}) for n in range(1, 21)]
    entry = note.timeline[0].model_copy(update={"signals": [signal.id for signal in many]})
    crowded = note.model_copy(update={"escalation_signals": many, "timeline": [entry], "levels": []})
    drawing = one(parsed(f"<!DOCTYPE html><title>x</title>{over_time(crowded, width=700, id_='f')}"), "svg")

    assert len(every(drawing, "[data-signal]")) == 6
    assert "+14" in [shown(text) for text in every(drawing, "text")]


def test_the_gauge_fills_up_to_the_score_and_names_the_level() -> None:
    escalation = Escalation(level="high", score=7.0, direction="escalatory", drivers=[])
    drawing = parsed(f"<!DOCTYPE html><title>x</title>{gauge(escalation, 'plover-2.0/1')}")
    filled = [float(attributes(one(drawing, f"rect.step-{n}"))["width"]) for n in range(1, 6)]

    assert shown(one(drawing, "text.now")) == "high"
    assert filled[0] == filled[2] > filled[3] > filled[4] == 0


def test_a_note_of_another_codebook_gets_a_plain_scale() -> None:
    """Its levels may begin elsewhere than this installation's."""
    escalation = Escalation(level="high", score=7.0, direction="escalatory", drivers=[])
    drawing = parsed(f"<!DOCTYPE html><title>x</title>{gauge(escalation, 'house-1')}")

    assert not every(drawing, "text.now")


@given(st.lists(DATES, max_size=40))
def test_dates_keep_their_order_and_stay_on_the_line(dates: list[str]) -> None:
    laid = ticks(dates, start=80, end=680, room=52)

    xs = [tick.x for tick in laid]
    assert len(laid) == len(set(dates))
    assert xs == sorted(xs)
    assert all(79 < x < 681 for x in xs)
    labelled = [tick.x for tick in laid if tick.label or tick.year]
    assert all(after - before >= 51 for before, after in pairwise(labelled))


def test_a_long_silence_is_shortened_and_marked() -> None:
    laid = ticks(["1962-10-22", "2031-04-09", "2031-04-10", "2031-04-11"], start=0, end=600, room=50)

    assert [tick.is_after_break for tick in laid] == [False, True, False, False]
    assert laid[1].x == 400
