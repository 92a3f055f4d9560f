"""Quantities: what digits and words mean, and when one may stand for another."""

import pytest

from summarizer.grounding.claims.numbers import Quantity, agree, quantities
from summarizer.grounding.claims.reading import read


def only(text: str) -> Quantity:
    found = quantities(read(text))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("ten men", 10, ""),
        ("twenty-two thousand three hundred and five men", 22_305, ""),
        ("1,250 refugees", 1_250, ""),
        ("3.3 million people", 3_300_000, ""),
        ("$1.8bn", 1_800_000_000, "dollar"),
        ("$584 million", 584_000_000, "dollar"),
        ("8 percent", 8, "percent"),
        ("8%", 8, "percent"),
        ("eight per cent", 8, "percent"),
        ("six kilometres", 6, "km"),
        ("a week", 1, "week"),
        ("a month-long siege", 1, "month"),
        ("the past decade", 10, "year"),
        ("a dozen tanks", 12, ""),
        ("two thirds of them", 0.667, "share"),
        ("half of them", 0.5, "share"),
    ],
)
def test_the_value_and_the_unit_are_read(text: str, low: float, unit: str):
    found = only(text)
    assert (found.low, found.unit) == (low, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("eight to 10 jets", 8, 10),
        ("between 5 and 7 men", 5, 7),
        ("tens of thousands of people", 10_000, 99_990),
    ],
)
def test_ranges_and_vague_quantities_have_two_ends(text: str, low: float, high: float):
    assert (only(text).low, only(text).high) == (low, pytest.approx(high))


@pytest.mark.parametrize("text", ["no one came", "one of the men", "the one that failed", "some of them"])
def test_a_pronoun_counts_nothing_but_its_own(text: str):
    assert all(quantity.low == 1 for quantity in quantities(read(text)))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("10 men", "ten men"),
        ("more than 50 men", "57 men"),
        ("about 1,000 men", "1,012 men"),
        ("dozens of men", "45 men"),
        ("more than 900 people", "more than 900 people"),
        ("10 years", "the past decade"),
        ("three days", "72 hours"),
    ],
)
def test_a_claim_may_put_it_so(claim: str, source: str):
    assert agree(only(claim), only(source))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("50 men", "57 men"),
        ("about 1,000 men", "1,500 men"),
        ("more than 60 men", "57 men"),
        ("hundreds of men", "thousands of men"),
        ("8 percent", "8 km"),
        ("72 days", "72 hours"),
        ("the third brigade", "three brigades"),
    ],
)
def test_a_claim_may_not_put_it_so(claim: str, source: str):
    assert not agree(only(claim), only(source))
