"""Groups and organisations as actors: told by what they are called, under their acronyms, and by their members. All sentences are invented."""

import pytest

from tests.grounding.candidates_of import propose, quotes


@pytest.mark.parametrize(
    ("sentence", "name", "kind", "country", "sector"),
    [
        (
            "Chilean troops crossed the river at dawn on Monday.",
            "Chilean troops",
            "armed_force",
            "CHL",
            "MIL",
        ),
        (
            "On Monday Kenyan police arrested four men at the border.",
            "Kenyan police",
            "government_body",
            "KEN",
            "COP",
        ),
        (
            "On Monday Basque separatists claimed the two attacks.",
            "Basque separatists",
            "armed_group",
            None,
            "REB",
        ),
        (
            "On Monday Peru's Finance Ministry denied the whole story.",
            "Finance Ministry",
            "government_body",
            "PER",
            "GOV",
        ),
        (
            "On Monday the African Fisheries Organization met in a tent.",
            "African Fisheries Organization",
            "igo",
            None,
            None,
        ),
        (
            "On Monday the Harbour Workers' Party called for a strike.",
            "Harbour Workers' Party",
            "other",
            None,
            "PTY",
        ),
        (
            "On Monday the Free Lakeland Army attacked a village there.",
            "Free Lakeland Army",
            "armed_group",
            None,
            "REB",
        ),
        ("On Monday the U.N. sent a note to all of its members.", "U.N.", "igo", None, None),
        (
            "On Monday the rebel group Ansar Talim fired on the town.",
            "Ansar Talim",
            "armed_group",
            None,
            "REB",
        ),
        ("On Monday the newspaper Nordlys reported a second leak.", "Nordlys", "media", None, "JRN"),
        (
            "On Monday a U.S.-led coalition bombed the old airfield.",
            "U.S.-led coalition",
            "armed_force",
            None,
            "MIL",
        ),
    ],
)
def test_groups_and_organisations_are_told_by_what_they_are_called(
    sentence: str, name: str, kind: str, country: str | None, sector: str | None
) -> None:
    found = propose(sentence)
    assert name in found
    assert (found[name].kind, found[name].country, found[name].sector) == (kind, country, sector)


def test_an_acronym_is_the_organisation_it_stands_for() -> None:
    found = propose(
        "The Lakeland Relief Foundation (LRF) opened two camps.",
        "The LRF said that it needed money, and LRF workers agreed with that.",
    )
    assert found["Lakeland Relief Foundation"].aliases[0] == "LRF"
    assert quotes(found["Lakeland Relief Foundation"]) == ["Lakeland Relief Foundation", "LRF", "LRF", "LRF"]


def test_a_second_name_after_or_is_an_alias_only_when_it_is_an_acronym() -> None:
    found = propose(
        "The Northern Rescue Front, or NRF, has moved.", "Talks in Quito, or Lima if need be, will follow."
    )
    assert found["Northern Rescue Front"].aliases == ("NRF",)


def test_fighters_of_a_known_group_are_that_group() -> None:
    found = propose(
        "Hamas rejected the offer.", "Two Hamas fighters were seen near the wall later that evening."
    )
    assert quotes(found["Hamas"]) == ["Hamas", "Hamas fighters"]


def test_rebels_are_the_rebels_named_before() -> None:
    found = propose(
        "Sudanese rebels took the town.", "The rebels then burned the bridge and left for the hills."
    )
    assert quotes(found["Sudanese rebels"]) == ["Sudanese rebels", "rebels"]
