"""Articles in other languages, and briefings in other languages, on a scripted model."""

from pathlib import Path
from typing import Any

import pytest

from summarizer import Article, Briefing, brief, summarize
from summarizer.loaders import load
from summarizer.notes.note import note_of
from summarizer.proof import verify
from summarizer.render.html import note_to_html
from summarizer.testing import ScriptedModel

HOME = Path(__file__).parent / "foreign"
HOSTED = "openai/gpt-5-mini"
EMBEDDED = "local/qwen2.5-coder-1.5b"
ACTORS: dict[str, Any] = {
    "add": [
        {"name": "Étienne Marchal", "kind": "person", "country": None},
        {"name": "Karim Belval", "kind": "person", "country": None},
        {"name": "Volodymyr Nobody", "kind": "person", "country": None},
        {"name": "Russie", "kind": "state", "country": "RUS"},
    ]
}
SUMMARY: dict[str, Any] = {
    "headline": "Rocket attack kills three soldiers at the border of Valmont",
    "bottom": "A rocket attack on a border post near Montclair killed three soldiers of Valmont on Tuesday.",
    "s3": "Defence minister Étienne Marchal accused the Northern Front militia of firing 14 rockets from Russia.",
    "s4": "Moscow denied any involvement and called the accusations absurd.",
    "s5": "France condemned the attack and announced it would send 200 more soldiers to the region.",
}
EVENTS: dict[str, Any] = {
    "more": [
        {
            "s": [2],
            "what": "A rocket attack on a border post killed three soldiers.",
            "type": "ASSAULT",
            "direction": "escalatory",
            "status": "occurred",
            "by": [],
            "to": [],
        },
        {
            "s": [3],
            "what": "Marchal accused the militia of firing 15 rockets from Russia.",
            "type": "ACCUSE",
            "direction": "escalatory",
            "status": "occurred",
            "by": [3],
            "to": [1],
        },
    ]
}
REVISION: dict[str, Any] = {"c6": "Marchal accused the militia of firing 14 rockets from Russian territory."}


def french() -> Article:
    return load(HOME / "fr.txt", published="2026-03-04")


def briefed(model: ScriptedModel, *, language: str = "en") -> Briefing:
    return summarize(french(), model=model, language=language)


def hosted() -> ScriptedModel:
    drafts: dict[str, Any] = {
        "actors": ACTORS,
        "summary": SUMMARY | {"more": []},
        "signals": EVENTS,
        "revision": REVISION,
    }
    return ScriptedModel(drafts, fill=True, model=HOSTED)


def test_a_model_that_judges_finds_the_events_and_actors_that_code_cannot() -> None:
    briefing = briefed(hosted())

    assert briefing.language == "en"
    assert briefing.article.language == "fr"
    assert [actor.name for actor in briefing.actors] == [
        "Russia",
        "France",
        "Étienne Marchal",
        "Karim Belval",
    ]
    assert [signal.event_type for signal in briefing.escalation_signals] == ["ASSAULT", "ACCUSE"]
    assert briefing.escalation_signals[1].actor_ids == ["a3"]
    assert briefing.escalation_signals[1].target_ids == ["a1"]
    assert {signal.attribution.type for signal in briefing.escalation_signals} == {"unspecified"}
    assert briefing.escalation.level != "none"


def test_nothing_is_supported_that_code_could_not_read_and_the_reader_is_told() -> None:
    briefing = briefed(hosted())
    claims = [briefing.summary.bottom_line, *briefing.summary.key_points, *briefing.escalation_signals]

    assert {claim.verdict for claim in claims} == {"unchecked"}
    assert all(claim.issues for claim in claims)
    assert briefing.gaps == []
    assert any("this article is in French" in limit for limit in briefing.coverage.limits)
    assert "What was not checked" in briefing.to_markdown()
    assert "(not checked)" in briefing.to_markdown()


def test_a_number_that_differs_is_asked_for_again() -> None:
    model = hosted()
    briefing = briefed(model)

    asked = next(question for question in model.asked if question.name == "revision")
    assert "The claim says 15, the source 14." in asked.user
    assert "15" not in briefing.escalation_signals[1].description


def test_quotes_stay_in_the_original_and_the_briefing_proves_itself() -> None:
    briefing, article = briefed(hosted()), french()

    assert briefing.summary.bottom_line.evidence[1].quote == article.sentence(2).text
    assert verify(briefing, article) == []
    assert verify(Briefing.model_validate_json(briefing.to_json()), article) == []


def test_a_model_that_restates_is_read_in_english_and_coded_by_code() -> None:
    signals = {
        "s6": "Marchal told the press that the aggression will not stay without an answer.",
        "s7": "The European Union is preparing sanctions against seven leaders.",
        "s8": "About 1,200 residents were evacuated from nearby villages.",
        "s9": "Talks between the two parties are to be held in Geneva on March 12.",
    }
    model = ScriptedModel(
        {"actors": ACTORS, "summary": SUMMARY, "signals": signals}, fill=True, model=EMBEDDED
    )
    briefing = briefed(model)

    found = {signal.evidence[0].sentence: signal for signal in briefing.escalation_signals}
    assert found[3].event_type == "ACCUSE"
    assert found[5].event_type in {"ACCUSE", "MOBILIZE", "AID"}
    assert all(signal.verdict == "unchecked" for signal in found.values())
    assert any("Events were looked for in sentences" in limit for limit in briefing.coverage.limits)
    assert verify(briefing, french()) == []


def test_the_prompts_name_both_languages() -> None:
    model = hosted()
    briefed(model, language="de")
    users = {question.name: question.user for question in model.asked}

    assert "Translate: write every sentence in German, none in French." in users["summary"]
    assert "Translate: write every sentence in German, none in French." in users["signals"]
    assert "letter by letter as the article writes it" in users["actors"]


def test_a_sentence_left_in_the_original_is_asked_for_again() -> None:
    copied: dict[str, Any] = SUMMARY | {"s4": french().sentence(4).text, "more": []}
    model = ScriptedModel(
        {"actors": ACTORS, "summary": copied, "revision": {"c3": SUMMARY["s4"]}}, fill=True, model=HOSTED
    )
    briefing = briefed(model)

    asked = next(question for question in model.asked if question.name == "revision")
    assert "not written in en" in asked.user
    assert SUMMARY["s4"] in [point.text for point in briefing.summary.key_points]


def test_an_english_article_is_briefed_in_the_language_asked_for() -> None:
    text = (
        "Three soldiers died on Tuesday in a rocket attack near Montclair, the ministry said. "
        "Defence minister Anna Marchal accused Russia of firing 14 rockets. Moscow denied it."
    )
    model = ScriptedModel(fill=True, model=EMBEDDED)
    briefing = summarize(text, model=model, language="fr")

    assert briefing.language == "fr"
    assert all("Write every sentence in French, not in English." in asked.user for asked in model.asked)
    claims = [briefing.summary.bottom_line, *briefing.summary.key_points, *briefing.escalation_signals]
    assert "supported" not in {claim.verdict for claim in claims}
    assert {signal.event_type for signal in briefing.escalation_signals} >= {"ACCUSE"}


def test_an_english_briefing_of_an_english_article_is_asked_for_as_ever() -> None:
    text = "Three soldiers died on Tuesday in a rocket attack near Montclair, the ministry said. Moscow denied it."
    plain, named = ScriptedModel(fill=True, model=HOSTED), ScriptedModel(fill=True, model=HOSTED)
    briefing = summarize(text, model=plain)
    summarize(text, model=named, language="en-GB")

    assert [asked.user for asked in plain.asked] == [asked.user for asked in named.asked]
    assert not any("every sentence in" in asked.user for asked in plain.asked)
    assert briefing.coverage.limits == []


@pytest.mark.parametrize("name", ["es", "ru"])
def test_the_states_of_an_article_are_found_without_a_model(name: str) -> None:
    briefing = summarize(load(HOME / f"{name}.txt"), model=ScriptedModel(fill=True, model=EMBEDDED))
    codes = {actor.country for actor in briefing.actors}

    assert codes >= ({"USA", "MEX", "NOR", "VEN"} if name == "es" else {"UKR", "USA", "TUR", "FRA"})


def test_a_page_says_which_language_text_and_quotes_are_in() -> None:
    briefing = briefed(hosted(), language="de")
    page = note_to_html(note_of(briefing))

    assert '<html lang="en">' in page  # headings and labels
    assert 'dir="auto" lang="de"' in page
    assert '<div class="text" lang="fr">' in page
    assert "looked for in articles in English only" in page


def test_a_note_on_articles_in_other_languages_stays_unchecked_and_says_its_language() -> None:
    lead = {
        "bottom": {
            "t": "A rocket attack killed three soldiers near Montclair, and Russia denied it.",
            "c": [1],
        },
        "points": [{"t": "The government of Cordalia signed a truce with the rebels.", "c": [1]}],
        "headline": "Attack near Montclair",
    }
    script: dict[str, Any] = {"actors": {}, "note": lead}
    with ScriptedModel(script, fill=True, model=HOSTED) as model:
        note = brief([french(), load(HOME / "es.txt")], model=HOSTED, language="en")

    assert note.language == "en"
    assert len(note.sources) == 2
    assert [asked.name for asked in model.asked].count("note") == 1
    assert note.bottom_line.verdict == "unchecked"
    assert "What was not checked" in note.to_markdown()
