"""Who is proposed as an actor: persons and states under all their names, in order, and nobody else. All sentences are invented."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding.candidates import candidates
from tests.grounding.candidates_of import propose, quotes


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
