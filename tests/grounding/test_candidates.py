"""Who is proposed as an actor, under which names, and where the article names them. All sentences are invented."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate, candidates, find_mentions


def propose(*sentences: str, title: str | None = None, source: str | None = None) -> dict[str, Candidate]:
    """The candidates of an article made of these sentences, by name."""
    article = Article.from_text(" ".join(sentences), title=title, source=source)
    return {candidate.name: candidate for candidate in candidates(article)}


def quotes(candidate: Candidate) -> list[str]:
    """The words of its mentions."""
    return [span.quote for span in candidate.mentions]


def test_the_seed_article_yields_its_actors_with_their_countries() -> None:
    text = (Path(__file__).parents[2] / "seeds" / "gerasimov-brown-call.txt").read_text(encoding="utf-8")
    found = {candidate.name: candidate for candidate in candidates(Article.from_text(text))}
    wanted = {
        "Valery Gerasimov": ("person", "RUS", "MIL"),
        "Charles Q. Brown Jr.": ("person", "USA", "MIL"),
        "Mark A. Milley": ("person", "USA", "MIL"),
        "Jereal Dorsey": ("person", "USA", "MIL"),
        "Vladimir Putin": ("person", "RUS", "GOV"),
        "Joe Biden": ("person", "USA", "GOV"),
        "Russia": ("state", "RUS", "GOV"),
        "Ukraine": ("state", "UKR", "GOV"),
        "United States": ("state", "USA", "GOV"),
        "Joint Chiefs of Staff": ("armed_force", "USA", "MIL"),
    }
    assert {name: (found[name].kind, found[name].country, found[name].sector) for name in wanted} == wanted
    assert found["Charles Q. Brown Jr."].role == "chair of the Joint Chiefs of Staff"
    assert found["Jereal Dorsey"].role == "spokesperson for Brown"
    assert set(found["United States"].aliases) == {"Biden administration", "U.S."}
    assert set(found) - set(wanted) == {"the West"}


def test_a_title_and_a_surname_are_the_person_named_in_full_before() -> None:
    found = propose(
        "Gen. Arvid K. Lindqvist Jr., the head of the Swedish coast guard, spoke on Monday.",
        "Lindqvist said nothing more, and General Lindqvist left the room.",
    )
    general = found["Arvid K. Lindqvist Jr."]
    assert general.kind == "person"
    assert (general.country, general.sector) == ("SWE", "MIL")
    assert general.role == "head of the Swedish coast guard"
    assert {"Lindqvist", "Gen. Arvid K. Lindqvist Jr.", "General Lindqvist"} <= set(general.aliases)
    assert quotes(general) == ["Gen. Arvid K. Lindqvist Jr.", "Lindqvist", "General Lindqvist"]


@pytest.mark.parametrize(
    ("sentence", "name", "surname"),
    [
        ("Foreign Minister Tariq al-Hamdani of Oman warned the two sides.", "Tariq al-Hamdani", "al-Hamdani"),
        (
            "Prime Minister Joost van der Velde of the Netherlands warned them.",
            "Joost van der Velde",
            "van der Velde",
        ),
        ("President Ruy de Almeida of Brazil warned the two sides again.", "Ruy de Almeida", "de Almeida"),
        ("Crown Prince Nayef bin Faris of Bahrain warned the two sides.", "Nayef bin Faris", "bin Faris"),
    ],
)
def test_particles_belong_to_the_name(sentence: str, name: str, surname: str) -> None:
    found = propose(sentence)
    assert found[name].kind == "person"
    assert surname in found[name].aliases


def test_a_family_name_that_comes_first_stands_for_the_person() -> None:
    found = propose(
        "South Korean envoy Park Min-seo arrived in Oslo.", "Park said the talks would go on for a week."
    )
    assert quotes(found["Park Min-seo"])[-1] == "Park"


def test_a_name_that_speaks_is_a_person_without_any_title() -> None:
    found = propose("The bridge is closed, Ingrid Solheim told a crowd outside the town hall on Friday.")
    assert found["Ingrid Solheim"].kind == "person"


def test_a_misspelt_surname_is_still_the_same_person() -> None:
    found = propose(
        "Senator Rodrigo Castellanos objected.", "Later Castelanos said that he would not vote at all."
    )
    assert "Castelanos" in found["Rodrigo Castellanos"].aliases


def test_a_spokesperson_belongs_to_whom_they_speak_for() -> None:
    found = propose(
        "Peruvian General Hugo Salas ordered the patrols.",
        "Capt. Dana Whitlock, a spokesperson for Salas, said the patrols would stop.",
    )
    speaker = found["Dana Whitlock"]
    assert (speaker.country, speaker.sector, speaker.role) == ("PER", "MIL", "spokesperson for Salas")


def test_an_office_beside_a_name_is_not_taken_from_the_next_person() -> None:
    found = propose(
        "The strike killed Samir Haddad, Interior Ministry spokesman Karim Nasser said on Tuesday."
    )
    assert found["Karim Nasser"].role == "Interior Ministry spokesman"
    assert "Samir Haddad" not in found or found["Samir Haddad"].role is None


def test_a_state_is_one_actor_by_name_capital_seat_and_officials() -> None:
    found = propose(
        "Norway closed the strait on Monday after a week of warnings.",
        "Oslo said the step was lawful, and Norwegian officials repeated it.",
    )
    assert found["Norway"].kind == "state"
    assert found["Norway"].country == "NOR"
    assert quotes(found["Norway"]) == ["Norway", "Oslo", "Norwegian officials"]


def test_a_capital_where_something_happens_is_no_government() -> None:
    found = propose(
        "Norway sent a note.", "The ministers met in Oslo and dined near the harbour until late at night."
    )
    assert quotes(found["Norway"]) == ["Norway"]


def test_a_nationality_alone_is_no_mention_of_the_state() -> None:
    found = propose(
        "Kenya held a parade in which Kenyan music, Kenyan dances and Kenyan food could be enjoyed."
    )
    assert quotes(found["Kenya"]) == ["Kenya"]


def test_an_administration_is_the_state_of_whoever_leads_it() -> None:
    found = propose(
        "Brazilian President Ana Prado spoke.", "The Prado administration agreed to send more doctors."
    )
    assert (found["Prado administration"].kind, found["Prado administration"].country) == ("state", "BRA")


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


def test_the_office_without_a_name_is_its_holder() -> None:
    found = propose(
        "Kenyan President Otieno Barasa refused.", "Later the Kenyan president flew home without a word."
    )
    assert "Kenyan president" in found["Otieno Barasa"].aliases


@pytest.mark.parametrize(
    "sentence",
    [
        "The army fired a Tempest missile and three Kestrel rockets from Falcon Island on Thursday.",
        "They gathered in Harbour Square, crossed Mill Bridge and reached Lake Orta by Sunday in June.",
        "Both signed the Lakeland Peace Treaty and the Paris Agreement before the Easter holiday.",
        "Perhaps nothing will change. Meanwhile the rain goes on. Nonetheless, there is hope.",
        "The flood took the homes of 300 families and left many residents without water or light.",
    ],
)
def test_weapons_places_treaties_days_and_backdrop_are_no_actors(sentence: str) -> None:
    assert propose(sentence) == {}


def test_the_outlet_is_not_an_actor_of_its_own_article() -> None:
    text = "Kenya told Reuters and the BBC that the port would open again on Monday."
    assert "Reuters" in propose(text)
    assert "Reuters" not in propose(text, source="Reuters")


def test_credits_name_nobody() -> None:
    found = propose(
        "Kenya opened the port again on Monday.", "Reporting by Ellen Marsh and Tom Hale; editing by Ida Boe."
    )
    assert list(found) == ["Kenya"]


def test_the_west_bank_does_not_mention_the_west() -> None:
    found = propose(
        "He accused the West of bias.",
        "Settlers in the West Bank and on the Golan Heights were told to wait.",
    )
    assert quotes(found["the West"]) == ["the West"]


def test_a_country_of_two_words_is_mentioned_with_and_without_its_article() -> None:
    found = propose(
        "New Zealand and the United States agreed.", "The United States and New Zealand signed on Monday."
    )
    assert len(found["United States"].mentions) == len(found["New Zealand"].mentions) == 2


def test_the_headline_the_lead_and_verbs_decide_the_order() -> None:
    sentences = (
        "Peru closed its border on Monday.",
        "Peru said the step was needed, and Peru asked for calm.",
        "Lorries from Ecuador waited at the gate, a driver named Juan Quispe said.",
    )
    names = list(propose(*sentences, title="Peru Closes Border"))
    assert names[0] == "Peru"
    assert names.index("Juan Quispe") < names.index("Ecuador")


def test_a_candidate_without_any_actor_in_the_article_is_not_made_up() -> None:
    assert propose("it rained all day and the streets were empty until the evening came.") == {}


def test_a_name_inside_a_longer_one_is_not_mentioned() -> None:
    article = Article.from_text(
        "The Peru-based firm met Ruiz-Ortega, and Peru\u2019s envoy praised Sana'a for its anti-Peru vote."
    )
    assert [span.quote for span in find_mentions(article, ["Peru", "Ruiz", "Sana"])] == ["Ruiz", "Peru"]


def test_the_longest_name_that_fits_is_mentioned() -> None:
    article = Article.from_text(
        "Ana Prado met Ana Pradova and then Ana, while the Ana  Prado\nfund paid for all of it."
    )
    found = find_mentions(article, ["Ana", "Ana Prado"])
    assert [span.quote for span in found] == ["Ana Prado", "Ana", "Ana", "Ana  Prado"]


def test_the_dateline_mentions_nobody() -> None:
    article = Article.from_text("LIMA, PERU -- The president of Peru spoke for an hour to an empty room.")
    assert [span.quote for span in find_mentions(article, ["Peru", "PERU", "LIMA"])] == ["Peru"]


_WORDS = st.sampled_from(
    [
        "Peru",
        "Lima's",
        "the U.S.",
        "U.S.",
        "Gen.",
        "Ana",
        "Prado",
        "al-Hadi",
        "said.",
        "troops",
        "-",
        "(PDF)",
        "or",
        "\n\n",
        "“No,”",
        "Peru-based",
    ]
)
_NAMES = st.lists(
    st.sampled_from(["Peru", "U.S.", "the U.S.", "Ana Prado", "Ana", "al-Hadi", " ", "(", "troops", "said."])
)


@given(st.lists(_WORDS, min_size=8, max_size=40), _NAMES)
def test_mentions_are_verbatim_within_one_sentence_and_never_overlap(
    words: list[str], names: list[str]
) -> None:
    article = Article.from_text(" ".join([*words, *["and so on"] * 3]))
    found = find_mentions(article, names)
    for span in found:
        sentence = article.sentence(span.sentence)
        assert article.text[span.start : span.end] == span.quote
        assert sentence.start <= span.start < span.end <= sentence.end
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.lists(_WORDS, min_size=8, max_size=40))
def test_the_mentions_of_all_candidates_are_verbatim_and_never_overlap(words: list[str]) -> None:
    article = Article.from_text(" ".join([*words, *["and so on"] * 3]))
    spans = sorted((span for c in candidates(article) for span in c.mentions), key=lambda span: span.start)
    assert all(article.text[span.start : span.end] == span.quote for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.text(max_size=300))
def test_any_text_yields_candidates_without_failing(text: str) -> None:
    article = Article.from_text(f"{text} and so on until the end of the day")
    assert all(candidate.mentions for candidate in candidates(article))


def test_a_state_that_no_table_knows_is_told_by_what_only_states_have() -> None:
    found = propose(
        "Karvelia moved two brigades to the border on Monday, the Karvelian Defense Ministry said.",
        "Karvelia said that it would wait. But Ruiz said nothing, and Ruiz warned that the forces of Ruiz would stay.",
    )

    assert found["Karvelia"].kind == "state"
    assert found["Ruiz"].kind == "person"
