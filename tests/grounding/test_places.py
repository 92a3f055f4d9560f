"""Which country a name tells, and where a text names one."""

from collections import defaultdict
from itertools import pairwise

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.grounding.country_table import country_table
from summarizer.grounding.places import country_name, country_of, place_mentions


@pytest.mark.parametrize(
    ("surface", "code"),
    [
        ("Norway", "NOR"),
        ("the Netherlands", "NLD"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("United Kingdom", "GBR"),
        ("Britain", "GBR"),
        ("North Korea", "PRK"),
        ("Democratic Republic of Congo", "COD"),
        ("Côte d\u2019Ivoire", "CIV"),
        ("Congo", "COD"),
        ("Kosovo", "KOS"),
        ("Taiwan", "TWN"),
        ("Palestinian", "PSE"),
        ("Chilean", "CHL"),
        ("Swedes", "SWE"),
        ("Peruvians", "PER"),
        ("Canberra", "AUS"),
        ("the Kremlin", "RUS"),
        ("Downing Street", "GBR"),
        ("LISBON", "PRT"),
        ("Okinawa", "JPN"),
        ("Transnistria", "MDA"),
    ],
)
def test_a_surface_form_tells_its_country(surface: str, code: str) -> None:
    assert country_of(surface) == code


@pytest.mark.parametrize(
    "surface", ["us", "turkey", "is", "Kurdish", "Europe", "Korea", "Latin American", "Smithville", ""]
)
def test_what_belongs_to_no_single_country_tells_none(surface: str) -> None:
    """Ordinary words, peoples without a state and continents are no country."""
    assert country_of(surface) is None


def test_a_code_has_the_name_that_news_text_uses() -> None:
    assert [country_name(code) for code in ("RUS", "CHL", "KOS", "XXX")] == [
        "Russia",
        "Chile",
        "Kosovo",
        "XXX",
    ]


def test_the_table_is_keyed_by_country_codes() -> None:
    """A mistyped code would silently make a country of its own."""
    known = {country.alpha_3 for country in pycountry.countries} | {"KOS"}
    assert set(country_table().rows) <= known


def test_no_spelling_of_an_actor_is_claimed_by_two_countries() -> None:
    claims: defaultdict[str, set[str]] = defaultdict(set)
    for code, row in country_table().rows.items():
        for field, actors in row.organisations.items():
            for spelling in (name for spellings in actors for name in spellings):
                claims[spelling].add(f"{code} {field}")
    assert {spelling: where for spelling, where in claims.items() if len(where) > 1} == {}


def test_the_longest_name_wins() -> None:
    """Guinea is not found in Papua New Guinea, nor America in South America."""
    found = place_mentions("Papua New Guinea and Guinea-Bissau wrote to Guinea about South America.")
    assert [(place.text, place.country) for place in found] == [
        ("Papua New Guinea", "PNG"),
        ("Guinea-Bissau", "GNB"),
        ("Guinea", "GIN"),
        ("South America", None),
    ]


def test_each_way_to_name_a_country_is_told_apart() -> None:
    found = place_mentions(
        "Chilean envoys left Santiago for the Kremlin; Chileans in Chile waited near Okinawa."
    )
    assert [place.form for place in found] == ["adjective", "capital", "metonym", "people", "name", "place"]


def test_a_possessive_is_no_part_of_the_mention() -> None:
    found = place_mentions("Kenya\u2019s parliament and the Philippines' navy agreed.")
    assert [place.text for place in found] == ["Kenya", "Philippines"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Reporters asked us to call the US again.", ["USA"]),
        ("THE GENERAL TOLD US TO LEAVE", []),
        ("Officials said Jordan Ellis met Amy Washington in Jordan.", ["JOR"]),
        ("Chad Miller flew from Chad to Israel.", ["TCD", "ISR"]),
        ("They ate a Turkey sandwich in Turkey.", ["TUR"]),
        ("Both signed the Paris Agreement and the Geneva Conventions.", []),
        ("Voters in Atlanta said Georgia would decide.", ["USA"]),
        ("From Tbilisi, Georgia asked for help.", ["GEO", "GEO"]),
    ],
)
def test_false_friends_are_no_countries(text: str, countries: list[str]) -> None:
    """Pronouns, persons, dishes, treaties and the American state of Georgia."""
    assert [place.country for place in place_mentions(text)] == countries


@given(
    st.lists(
        st.sampled_from(
            ["Peru", "the U.S.", "Kremlin's", "us", "New", "Guinea", "-", "al", "Peruvian,", "\n"]
        )
    )
)
def test_every_mention_is_verbatim_and_none_overlap(words: list[str]) -> None:
    text = " ".join(words)
    found = place_mentions(text)
    assert all(text[place.start : place.end] == place.text for place in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for place in place_mentions(text):
        assert text[place.start : place.end] == place.text
