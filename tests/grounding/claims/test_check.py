"""The result: which sentences were used, and what an issue says."""

import pytest

from summarizer.article import Article
from summarizer.grounding.claims import best_sentences, check_claim

ARTICLE = Article.from_text(
    "Ten thousand troops were not deployed to the border. "
    "Nine people were killed in Ostrel on Monday, police chief Ana Veil said. "
    "Zembia denied the report. "
    "The harbour was closed because of a storm.",
    published="2031-09-02",
)


def test_a_dropped_not_names_the_words_on_both_sides():
    found = check_claim("Troops were deployed to the border", ARTICLE, sentences=[1])
    assert found.verdict == "altered"
    assert [(issue.kind, issue.claim, issue.source) for issue in found.issues] == [
        ("negation", "deployed", "not deployed")
    ]
    assert "not deployed" in found.issues[0].message


def test_a_number_in_words_equals_one_in_digits():
    assert check_claim("10,000 troops were not deployed", ARTICLE, sentences=[1]).verdict == "supported"
    assert check_claim("9 people were killed in Ostrel", ARTICLE, sentences=[2]).verdict == "supported"


def test_another_number_is_altered_even_if_all_else_is_said():
    found = check_claim("Five people were killed in Ostrel on Monday", ARTICLE, sentences=[2])
    assert [(issue.kind, issue.claim, issue.source) for issue in found.issues] == [("number", "Five", "Nine")]


def test_another_country_as_the_one_who_acts_is_caught():
    assert check_claim("Norvania denied the report", ARTICLE, sentences=[3]).verdict == "altered"


@pytest.mark.parametrize(
    "claim",
    [
        "Gotha invaded Brevia",
        "Gotha has annexed Brevia",
        "Brevia paid Gotha for its silence",
        "Gotha poisoned Lena Orlo",
        "Lena Orlo apologized to Brevia on Monday",
    ],
)
def test_what_is_said_to_happen_must_be_told_however_many_names_the_evidence_shares(claim: str):
    article = Article.from_text(
        "Foreign Minister Lena Orlo of Gotha met her counterpart from Brevia on Monday, and they agreed to keep the "
        "crossing at Ulm open. The talks lasted three hours."
    )
    found = check_claim(claim, article, sentences=[1])
    assert found.verdict == "unsupported"
    assert found.issues[-1].kind == "content"


def test_figures_in_common_do_not_tell_what_happens():
    article = Article.from_text(
        "About 9 soldiers of Gotha met 12 officials of Brevia on 4 May, and all of them dined."
    )
    for claim in ("Gotha annexed Brevia on 4 May", "Gotha poisoned 12 officials", "Gotha bombed Brevia at 9"):
        assert check_claim(claim, article, sentences=[1]).verdict != "supported"


def test_what_another_sentence_tells_plainly_is_cited_from_there():
    article = Article.from_text(
        "Gotha and Brevia sent envoys to Ulm. On Sunday Gotha blamed Brevia once more. The envoys left."
    )
    found = check_claim("Gotha blamed Brevia", article, sentences=[1])
    assert (found.verdict, found.sentences, found.repaired) == ("supported", (2,), True)


def test_a_figure_s_unit_in_another_spelling_is_no_missing_event():
    article = Article.from_text("The column has moved to within 7.5 kilometers of Ostrel, officials said.")
    assert check_claim("The column is 7.5 km from Ostrel", article, sentences=[1]).verdict == "supported"


def test_without_citations_the_best_sentences_are_looked_for():
    found = check_claim("A storm closed the harbour", ARTICLE)
    assert (found.verdict, found.sentences, found.repaired) == ("supported", (4,), False)


def test_a_wrong_citation_is_repaired_and_said_so():
    found = check_claim("A storm closed the harbour", ARTICLE, sentences=[3])
    assert (found.verdict, found.sentences, found.repaired) == ("supported", (4,), True)


def test_a_right_citation_is_kept():
    found = check_claim("The harbour was closed by a storm", ARTICLE, sentences=[4, 3])
    assert (found.sentences, found.repaired) == ((4, 3), False)


def test_numbers_of_sentences_that_do_not_exist_are_passed_over():
    found = check_claim("The harbour was closed because of a storm", ARTICLE, sentences=[99, 0, -1])
    assert (found.verdict, found.sentences) == ("supported", (4,))


def test_what_no_sentence_says_is_unsupported_and_names_what_is_missing():
    found = check_claim("Inflation reached a record in the eurozone", ARTICLE)
    assert found.verdict == "unsupported"
    content = [issue for issue in found.issues if issue.kind == "content"]
    assert "eurozone" in content[0].claim
    assert content[0].source == ""


def test_a_repeated_sentence_is_supported_whatever_its_quotation_marks():
    written = Article.from_text("He said: “We won’t leave – ever.” The talks in Almora went on for hours.")
    for sentence in written.sentences:
        plain = sentence.text.replace("“", '"').replace("”", '"').replace("’", "'").replace("–", "-")
        assert check_claim(plain, written).verdict == "supported"


def test_a_claim_without_words_is_unsupported():
    found = check_claim(" ... ", ARTICLE)
    assert found.verdict == "unsupported"
    assert found.issues[0].message == "The claim says nothing to check."


def test_a_relative_date_agrees_with_the_day_it_means():
    assert (
        check_claim("Nine people were killed in Ostrel on 2031-09-01", ARTICLE, sentences=[2]).verdict
        == "supported"
    )
    found = check_claim("Nine people were killed in Ostrel on 2031-08-25", ARTICLE, sentences=[2])
    assert "date" in {issue.kind for issue in found.issues}


def test_the_best_sentence_comes_first():
    assert best_sentences("Ana Veil said nine people died", ARTICLE)[0] == 2
    assert best_sentences("zebra", ARTICLE) == ()


@pytest.mark.parametrize(
    ("source", "claim", "kind"),
    [
        ("Meridia might send a delegation to the talks.", "Meridia will send a delegation", "modality"),
        (
            "The evidence is being analyzed by the police.",
            "The evidence has been analyzed by the police",
            "modality",
        ),
        ("The Front will leave the port and release sailors.", "The Front has released sailors", "modality"),
        ("A bomb killed a guard and wounded a nurse.", "A bomb killed a nurse and wounded a guard", "role"),
        (
            "The two plants switched from Russia to Iran for gas.",
            "The two plants switched from Iran to Russia for gas",
            "direction",
        ),
    ],
)
def test_small_words_that_change_the_meaning(source: str, claim: str, kind: str):
    found = check_claim(claim, Article.from_text(source, published="2031-09-02"), sentences=[1])
    assert (found.verdict, kind in {issue.kind for issue in found.issues}) == ("altered", True)
