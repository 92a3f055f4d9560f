"""How the text of a reply is read: what is repaired, what is refused, and how that is said."""

import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator

from summarizer.llm.reply import Reading, read
from summarizer.llm.wires.base import Said
from tests.llm.asking import Answer

GOOD = '{"city": "Lisbon", "year": 1755}'


def _read(content: str, shape: type[Any] = Answer) -> Reading[Any]:
    return read(Said(text=content), shape)


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{GOOD}",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```\n",
        f"Here is the answer:\n{GOOD}\nI hope that it helps.",
        '{"city": "Lisbon", "year": 1755,\n}',
    ],
)
def test_what_stands_around_one_object_is_dropped(text: str) -> None:
    reading = _read(text)
    assert (reading.outcome, reading.value) == ("repaired", Answer(city="Lisbon", year=1755))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (r"a\u0000b", "ab"),
        (r"a\u001b[2Jb", "a[2Jb"),
        (r"a\b\fb", "ab"),
        ("a\x7f\x9bb", "ab"),
        (r"a\u009bb", "ab"),
        (r"a\n\t\r\u000ab", "a\n\t\r\nb"),
        (r"a\\u0000b", r"a\u0000b"),
        (r"\u00e9\u20ac\ud83d\ude00", "\u00e9\u20ac\U0001f600"),
    ],
)
def test_control_characters_are_dropped_and_nothing_else(written: str, kept: str) -> None:
    """An escaped backslash before `u0000` is text about a control character."""
    reading = _read(f'{{"city": "{written}", "year": 1755}}')
    assert reading.value == Answer(city=kept, year=1755)
    same = json.loads(f'"{written}"') == kept if written.isprintable() else False
    assert reading.outcome == ("complete" if same else "repaired")


@pytest.mark.parametrize(
    "text",
    [
        f"{GOOD}\n{GOOD}",
        f'{GOOD}\nThe article also quotes {{"city": "Porto", "year": 1}}.',
        f"[{GOOD}]",
        f"{GOOD}}}",
        json.dumps(GOOD),
        "null",
        "Lisbon, 1755",
        '{"city": "Lisbon", "year": 1755',
        "{'city': 'Lisbon', 'year': 1755}",
        '{"city": "Lisbon", "year": "1755"}',
        '{"city": "Lisbon", "year": true}',
        '{"city": "Lisbon", "year": NaN}',
        '{"city": "Lisbon", "year": 1e999}',
        '{"city": "Lisbon", "city": "Porto", "year": 1755}',
        '{"city": "\\ud800", "year": 1755}',
        '{"city": "Lisbon", "year": ' + "9" * 5000 + "}",
        '{"city": ' + "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_what_could_be_read_in_two_ways_or_in_none_is_malformed(text: str) -> None:
    reading = _read(text)
    assert reading.outcome == "malformed"
    assert reading.value is None
    assert reading.complaints


class Part(BaseModel):
    """Everything that a complaint can be about."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["near", "far"]
    note: str = Field(max_length=5, pattern="^[a-z]+$")
    count: int = Field(ge=1, le=9)


class Whole(BaseModel):
    """Parts, and a rule of its own."""

    model_config = ConfigDict(extra="forbid")

    parts: list[Part] = Field(min_length=1, max_length=2)
    ratio: float = 0.0
    scores: dict[str, int] = Field(default_factory=dict[str, int])

    @field_validator("ratio")
    @classmethod
    def _small(cls, value: float) -> float:
        if value > 1:
            raise ValueError(f"{value} SECRET")
        return value


PARTS = [{"kind": "near", "note": "a", "count": 1}]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"parts": [{"kind": "X", "note": "a", "count": 1}]}, "parts.0.kind must be 'near' or 'far'"),
        (
            {"parts": [{"kind": "near", "note": "abcdefg", "count": 1}]},
            "parts.0.note must have at most 5 characters",
        ),
        (
            {"parts": [{"kind": "near", "note": "A", "count": 1}]},
            "parts.0.note must match the pattern ^[a-z]+$",
        ),
        ({"parts": [{"kind": "near", "note": "a", "count": 10}]}, "parts.0.count must be at most 9"),
        ({"parts": [{"kind": "near", "note": "a", "count": 0}]}, "parts.0.count must be at least 1"),
        ({"parts": [{"kind": "near", "note": "a"}]}, "parts.0.count is missing"),
        (
            {"parts": [{"kind": "near", "note": "a", "count": 1, "SECRET": 1}]},
            "parts.0 holds a field that was not asked for",
        ),
        ({"parts": []}, "parts must have at least 1 items"),
        ({"parts": {}}, "parts must be a list"),
        ({"parts": [{"kind": "near", "note": "a", "count": 1}], "ratio": 2}, "ratio is not valid"),
        ({}, "parts is missing"),
        ({"parts": PARTS, "note": "a"}, "the answer holds a field that was not asked for"),
        ({"parts": PARTS, "scores": {"SECRET": "a"}}, "scores must be a whole number"),
    ],
)
def test_a_complaint_names_the_place_and_the_rule(data: dict[str, Any], complaint: str) -> None:
    assert _read(json.dumps(data), Whole).complaints == (complaint,)


_SECRETS = st.text(alphabet="QXZ", min_size=4, max_size=12)


@given(
    st.dictionaries(_SECRETS, _SECRETS, min_size=1),
    st.lists(st.dictionaries(st.sampled_from(["kind", "note", "QQQQ"]), _SECRETS)),
)
def test_no_word_of_a_reply_is_in_a_complaint(unasked: dict[str, str], parts: list[dict[str, str]]) -> None:
    reading = _read(json.dumps({**unasked, "parts": parts}), Whole)
    assert reading.outcome == "malformed"
    assert not set("QXZ") & set("".join(reading.complaints))


@given(st.text())
def test_any_text_is_either_an_answer_or_a_complaint(text: str) -> None:
    reading = _read(text)
    assert (reading.value is None) == bool(reading.complaints)


@given(
    st.text(alphabet=st.characters(exclude_characters="{}[]", codec="utf-8")),
    st.text(alphabet=st.characters(exclude_characters="{}[]", codec="utf-8")),
)
def test_one_object_is_found_in_any_prose_without_brackets(before: str, after: str) -> None:
    assert _read(before + GOOD + after).value == Answer(city="Lisbon", year=1755)


def test_a_long_list_of_complaints_is_cut() -> None:
    reading = _read(json.dumps({"parts": [{"kind": "near"}] * 50}), Whole)
    assert 1 <= len(reading.complaints) <= 12
