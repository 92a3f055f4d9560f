"""Claims across languages: numbers accuse, nothing supports but the article's own words, and the reason is given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from summarizer.grounding.claims import check_claim
from summarizer.grounding.foreign.common_words import reads_like
from summarizer.grounding.foreign.figures import figures_in, unmatched

FRENCH = Article(
    text="Le ministre Durand a dit mardi que 40 soldats sont morts et 1 200 personnes ont fui. La Russie a démenti.",
    id="fr",
    language="fr",
)
RUSSIAN = Article(
    text="Министр Ткаченко заявил, что сбиты 18 из 23 беспилотников. Уехали около 4 тысяч жителей.", id="ru", language="ru"
)  # fmt: skip
ENGLISH = Article(text="The ministry said 40 soldiers died near Montclair on Tuesday.", id="en")


@pytest.mark.parametrize(
    ("article", "claim", "language", "verdict"),
    [
        (FRENCH, "Minister Durand said that 40 soldiers died and 1,200 people fled.", "en", "unchecked"),
        (FRENCH, "Durand said that 50 soldiers died.", "en", "altered"),
        (FRENCH, "Durand did not say that soldiers died.", "en", "unchecked"),
        (FRENCH, FRENCH.sentence(1).text, "fr", "supported"),
        (FRENCH, "Selon Durand, 40 soldats ont péri.", "fr", "unchecked"),
        (FRENCH, "Selon Durand, 60 soldats ont péri.", "fr", "altered"),
        (RUSSIAN, "Tkachenko said 18 of 23 drones were shot down.", "en", "unchecked"),
        (RUSSIAN, "Tkachenko said 19 of 23 drones were shot down.", "en", "altered"),
        (ENGLISH, "Selon le ministère, 40 soldats sont morts près de Montclair.", "fr", "unchecked"),
        (ENGLISH, "Selon le ministère, 70 soldats sont morts près de Montclair.", "fr", "altered"),
        (ENGLISH, ENGLISH.text, "fr", "unchecked"),
    ],
)
def test_only_numbers_accuse_and_only_the_articles_own_words_support(
    article: Article, claim: str, language: str, verdict: str
) -> None:
    found = check_claim(claim, article, sentences=[1], language=language)
    assert found.verdict == verdict
    assert found.issues or verdict == "supported"


def test_the_reason_names_both_languages_and_what_was_compared() -> None:
    found = check_claim("Durand said that 40 soldiers died.", FRENCH, sentences=[1])
    (issue,) = found.issues
    assert issue.kind == "language"
    assert issue.message.startswith(
        "Written in en, source in fr: only numbers in digits and names were compared"
    )
    assert "40" in issue.message
    assert "Durand" in issue.message


@pytest.mark.parametrize(
    "claim",
    [
        "Le ministre Durand a dit mardi que 40 soldats sont morts.",
        "Министр сказал, что солдаты погибли.",
        "Selon le ministre, les soldats ont péri dans une attaque.",
    ],
)
def test_a_sentence_in_another_language_than_asked_for_is_told_so(claim: str) -> None:
    found = check_claim(claim, FRENCH, sentences=[1], language="en")
    assert found.verdict == "unchecked"
    assert [issue.message for issue in found.issues] == ["The sentence is not written in en."]


def test_a_number_that_the_source_may_spell_does_not_accuse() -> None:
    spelled = Article(
        text="Une trentaine de soldats et 45 civils sont morts hier à Montclair.", id="fr", language="fr"
    )
    assert (
        check_claim("About 30 soldiers and 45 civilians died.", spelled, sentences=[1]).verdict == "unchecked"
    )
    thousands = check_claim("About 4,000 people left.", RUSSIAN, sentences=[2])
    assert thousands.verdict == "unchecked"
    assert "4,000" in thousands.issues[0].message


def test_a_claim_without_citation_finds_the_sentence_that_shares_its_numbers() -> None:
    assert check_claim("18 drones of 23 were shot down.", RUSSIAN).sentences[0] == 1
    assert check_claim("Nothing of this is there.", RUSSIAN).verdict == "unchecked"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 200", [{1200.0}]),
        ("1.200", [{1200.0, 1.2}]),
        ("12.000.000", [{12e6}]),
        ("3,5", [{3.5}]),
        ("٤٥", [{45.0}]),
        ("1’500", [{1500.0}]),
        ("le 12 mars 2026", [{12.0}, {2026.0}]),
    ],
)
def test_numbers_are_read_as_languages_write_them(text: str, values: list[set[float]]) -> None:
    assert [figure.values for figure in figures_in(text)] == values


@given(st.text(alphabet="0123456789., '\u00a0٤aя亿", max_size=40))
def test_a_text_has_every_number_that_it_has(text: str) -> None:
    same, lacking, left = unmatched(text, [text])
    assert len(same) == len(figures_in(text))
    assert lacking == left == []


@pytest.mark.parametrize(
    ("claim", "language", "other"),
    [
        ("Gerasimov calls the adviser of Biden about security and the war.", "fr", "en"),
        ("Gerasimov a appelé le conseiller de Biden au sujet de la guerre.", "fr", None),
        ("The Front du Nord and the army of Valmont signed a truce.", "en", None),
        ("Die Armee von Valmont und der Minister sind in der Stadt.", "de", None),
        ("Anything at all that was said of the war.", "sw", None),
    ],
)
def test_a_language_shows_in_its_commonest_words(claim: str, language: str, other: str | None) -> None:
    assert reads_like(claim, language) == other


def test_a_day_that_the_source_does_not_have_is_an_altered_date() -> None:
    found = check_claim("Durand said 40 soldiers died on February 2nd.", FRENCH, sentences=[1])
    assert found.verdict == "altered"
    assert [issue.kind for issue in found.issues] == ["date"]


def test_names_are_compared_across_cyrillic_and_latin_and_accuse_nobody() -> None:
    right = check_claim("Minister Tkachenko said 18 of 23 drones were shot down.", RUSSIAN, sentences=[1])
    wrong = check_claim("Minister Oleg Tuchkin said 18 of 23 drones were shot down.", RUSSIAN, sentences=[1])
    assert "Tkachenko" in right.issues[0].message
    assert "Not found" not in right.issues[0].message
    assert wrong.verdict == "unchecked"
    assert "Not found: Oleg, Tuchkin." in wrong.issues[0].message
