"""A sentence of a note stands on the sentences it cites, in whichever articles these are."""

import pytest

from summarizer.article import Article
from summarizer.notes.checking import check_across
from summarizer.notes.estimates import estimate_issues
from summarizer.notes.weekdays import absolute
from summarizer.types.note import SourceSpan

FIRST = Article.from_text(
    "A patrol boat fired on a trawler near Gull Island on Tuesday. The harbor master called it an accident.",
    published="2026-06-10",
)
SECOND = Article.from_text(
    "Five fishermen were buried in the town of Tessen on Tuesday. The bells rang for an hour.",
    published="2026-06-17",
)
ARTICLES = {"d1": FIRST, "d2": SECOND}


def cited(source: str, number: int) -> SourceSpan:
    sentence = ARTICLES[source].sentence(number)
    return SourceSpan(
        source=source, sentence=number, start=sentence.start, end=sentence.end, quote=sentence.text
    )


BOTH = [cited("d1", 1), cited("d2", 1)]


def test_a_sentence_that_one_article_carries_is_supported_and_that_one_comes_first() -> None:
    point = check_across("Five fishermen were buried in Tessen on June 16.", BOTH, ARTICLES)

    assert point.verdict == "supported"
    assert [span.source for span in point.evidence] == ["d2", "d1"]


def test_a_sentence_that_two_articles_carry_together_is_supported() -> None:
    point = check_across(
        "A patrol boat fired on a trawler on June 9, and five fishermen were buried in Tessen on June 16.",
        BOTH,
        ARTICLES,
    )

    assert point.verdict == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "A patrol boat fired on a trawler on June 16, and five fishermen were buried in Tessen on June 9.",
        "Six fishermen were buried in Tessen on June 16.",
        "A patrol boat did not fire on a trawler near Gull Island.",
        "Five fishermen were buried in Norrgate on June 16.",
    ],
)
def test_a_changed_day_number_name_or_negation_is_found_across_articles(claim: str) -> None:
    point = check_across(claim, BOTH, ARTICLES)

    assert point.verdict != "supported"
    assert point.issues


def test_a_sentence_that_cites_nothing_known_is_unsupported() -> None:
    point = check_across("The lake froze.", [], ARTICLES)

    assert (point.verdict, point.evidence) == ("unsupported", [])
    assert point.issues[0].kind == "citation"


def test_a_likelihood_that_is_none_of_icd_203_is_altered() -> None:
    article = Article.from_text(
        "The minister said that a new attack was highly likely. He left for the coast."
    )
    span = SourceSpan(source="d1", sentence=1, start=0, end=10, quote=article.text[:10])

    point = check_across("The minister said that a new attack was highly likely.", [span], {"d1": article})

    assert point.verdict == "altered"
    assert "ICD 203" in point.issues[-1].message


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("A new attack is likely.", 0),
        ("A new attack is very unlikely.", 0),
        ("A new attack is possible and may come soon.", 0),
        ("A new attack is highly likely.", 1),
        ("There is a realistic possibility of an attack.", 1),
        ("There is a 70 percent chance of an attack.", 1),
        ("An attack is likely, and talks are probable.", 1),
        ("An attack is likely; we say so with high confidence.", 1),
        ("We have moderate confidence in these reports.", 0),
        ("The talks were an unlikely success.", 0),
    ],
)
def test_likelihood_words_are_those_of_one_row_and_beside_no_confidence(text: str, issues: int) -> None:
    assert len(list(estimate_issues(text))) == issues


@pytest.mark.parametrize(
    ("said", "absolutely"),
    [
        ("It fired on Tuesday.", "It fired on June 9."),
        ("It fired late on Tuesday.", "It fired late on June 9."),
        ("It fired yesterday.", "It fired on June 9."),
        ("It fired on Tuesday morning.", "It fired on the morning of June 9."),
        ("It denied Tuesday that it fired.", "It denied June 9 that it fired."),
        ("It fired on June 1 and on Monday.", "It fired on June 1 and on June 8."),
        ("It fired last year.", "It fired last year."),
        ("Tuesday's fire was brief.", "Tuesday's fire was brief."),
        ("It never fired.", "It never fired."),
    ],
)
def test_days_are_written_out(said: str, absolutely: str) -> None:
    assert absolute(said, "2026-06-10", year=2026) == absolutely


def test_the_year_is_said_unless_it_is_known_and_nothing_is_guessed() -> None:
    assert absolute("It fired on Tuesday.", "2026-06-10") == "It fired on June 9, 2026."
    assert absolute("It fired on Tuesday.", None) == "It fired on Tuesday."
    assert absolute("It fired on Tuesday.", "2026-06") == "It fired on Tuesday."
