"""The escalation chart as shapes, and painted."""

import itertools
from io import BytesIO

import pytest
from PIL import Image

from summarizer.render.chart import Box, Chart, Dot, Label, Line, escalation_chart
from summarizer.render.chart_png import chart_png
from summarizer.types.note import LevelOnDate
from tests.render.invented_note import level


def _chart(*levels: tuple[str, float]) -> Chart:
    found = escalation_chart(
        level(7.7, "high", "s1"), [LevelOnDate(date=on, escalation=level(x, "high")) for on, x in levels]
    )
    assert found is not None
    return found


def _dots(chart: Chart) -> list[Dot]:
    return [shape for shape in chart.shapes if isinstance(shape, Dot)]


def _texts(chart: Chart) -> list[str]:
    return [shape.text for shape in chart.shapes if isinstance(shape, Label)]


def test_days_lie_apart_as_in_the_calendar() -> None:
    one, two, three = _dots(_chart(("2031-05-01", 2), ("2031-05-02", 4), ("2031-05-05", 6)))

    assert three.x - two.x == pytest.approx(3 * (two.x - one.x))
    assert one.y > two.y > three.y


def test_days_too_close_to_tell_apart_are_set_evenly_and_said_to_be() -> None:
    chart = _chart(("2014", 2), ("2031-05-02", 4), ("2031-05-03", 6))
    one, two, three = _dots(chart)

    assert three.x - two.x == pytest.approx(two.x - one.x)
    assert "not to scale" in _texts(chart)


def test_a_level_holds_until_the_next_day() -> None:
    chart = _chart(("2031-05-01", 2), ("2031-05-03", 6))
    line = next(shape for shape in chart.shapes if isinstance(shape, Line) and len(shape.points) == 3)

    (x0, y0), (x1, y1), (x2, y2) = line.points
    assert (y0, x1) == (y1, x2)
    assert x0 < x1
    assert y2 < y1


def test_one_day_makes_a_gauge_and_no_signal_makes_nothing() -> None:
    gauge = _chart(("2031-05-01", 7.7))

    assert len(_dots(gauge)) == 1
    assert gauge.alt == "Escalation level high: 7.7 on a scale from 0 to 10."
    nothing = level(0, "none").model_copy(update={"direction": None})
    assert escalation_chart(nothing, []) is None


def test_every_level_is_named_beside_its_band() -> None:
    for chart in (_chart(), _chart(("2031-05-01", 2), ("2031-05-02", 4))):
        assert {"minimal", "low", "moderate", "high", "severe"} <= set(_texts(chart))
        assert sum(isinstance(shape, Box) for shape in chart.shapes) == 5


@pytest.mark.parametrize(
    "dates", [["2031", "2031-02"], ["2031-02-30", "2031-03-01"], ["0000", "9999"], ["2031-05-01"] * 2]
)
def test_dates_of_any_precision_have_a_place(dates: list[str]) -> None:
    chart = _chart(*((on, 5.0) for on in dates))

    assert all(0 < dot.x < chart.width for dot in _dots(chart))


def test_labels_of_many_days_do_not_run_into_each_other() -> None:
    chart = _chart(*((f"2031-05-{day:02}", 5.0) for day in range(1, 32)))
    at = sorted(s.x for s in chart.shapes if isinstance(s, Label) and s.text.startswith("2031"))

    assert len(at) > 3
    assert all(after - before >= 50 for before, after in itertools.pairwise(at))


def test_everything_lies_on_the_picture() -> None:
    chart = _chart(("2031-05-01", 0.0), ("2031-05-02", 10.0))
    image = Image.open(BytesIO(chart_png(chart)))

    assert image.size == (round(chart.width * 3), round(chart.height * 3))
    assert len(image.convert("RGB").getcolors(10**6) or []) > 10
    for shape in chart.shapes:
        if isinstance(shape, Label | Dot):
            assert 0 <= shape.x <= chart.width
            assert 0 <= shape.y <= chart.height
