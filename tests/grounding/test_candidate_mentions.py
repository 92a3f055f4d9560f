"""Where an article names its actors: whole names only, the longest that fits, word for word. All sentences are invented."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding.candidates import candidates, find_mentions
from tests.grounding.candidates_of import propose, quotes


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
