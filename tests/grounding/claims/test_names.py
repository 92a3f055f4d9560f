"""Names: where one starts and ends, and which ones mean the same."""

import pytest

from summarizer.grounding.claims.names import Mention, mentions, same
from summarizer.grounding.claims.reading import read


def names(text: str) -> list[str]:
    return [
        " ".join(m.words)
        for m in mentions(read(text), is_common={"rebels", "analysts"}.__contains__, peoples={})
    ]


def only(text: str) -> Mention:
    (found,) = mentions(read(f"the {text}"), is_common=lambda _: False, peoples={})
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gen. Charles Brown met Vladimir Putin", ["charles brown", "vladimir putin"]),
        ("Russian President Vladimir Putin spoke", ["russian", "vladimir putin"]),
        ("a Trump-Putin call", ["trump", "putin"]),
        ("the U.S.-led coalition", ["us"]),
        ("Bank of Japan officials", ["bank japan"]),
        ("in Monday's talks in May", []),
        ("Rebels and Analysts disagree", ["analysts"]),
        ("the West and North Korea", ["west", "north korea"]),
    ],
)
def test_names_are_found_without_titles_and_days(text: str, found: list[str]):
    assert names(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moscow", "Russia"),
        ("Kremlin", "Russian"),
        ("U.S.", "United States"),
        ("Badreddine", "Mustafa Badreddine"),
        ("YPG", "Yellow Peoples Guard"),
        ("LoC", "Line of Control"),
        ("Rafik Hariri", "Rafiq Hariri"),
        ("ISIS", "Islamic State"),
        ("Zembia", "Zembian"),
    ],
)
def test_two_names_may_mean_the_same(one: str, other: str):
    assert same(only(one), only(other))
    assert same(only(other), only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moscow", "Kyiv"),
        ("White House", "Kremlin"),
        ("Ana Veil", "Ana Ruiz"),
        ("S-300", "S-400"),
        ("Iran", "Iraq"),
    ],
)
def test_two_names_that_look_alike_differ(one: str, other: str):
    assert not same(only(one), only(other))
