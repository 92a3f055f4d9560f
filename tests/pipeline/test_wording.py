"""A model's sentence as it is published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.pipeline.wording import tidy

ARTICLE = Article.from_text("The envoys met in Ulm on Monday. They left on Friday.")


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("Karvelia moved two brigades to the airbase it had seized from the", "Karvelia moved two brigades to the airbase it had seized."),
        ("Dorn said the launch was in response to Ostrava's", "Dorn said the launch was in response."),
        ("Both sides hope for a cessation of hostilities that is", "Both sides hope for a cessation of hostilities."),
        ("Karvelia vacated the airbase it had seized last week from the.", "Karvelia vacated the airbase it had seized last week."),
        ("Dorn denied the launch and called for", "Dorn denied the launch."),
        ("Karvelia tested the missile that Dorn said was in response to Ostrava's", "Karvelia tested the missile."),
        ("The envoys came and went with the", "The envoys came and went."),
        ("They left Ulm, Halden and", "They left Ulm, Halden."),
        ("The envoys met in Ulm,  ", "The envoys met in Ulm."),
        ("The envoys met in Ulm", "The envoys met in Ulm."),
    ],
)  # fmt: skip
def test_a_sentence_that_was_cut_off_ends_where_it_still_says_something(said: str, published: str) -> None:
    assert tidy(said, ARTICLE) == published


@pytest.mark.parametrize(
    "said",
    [
        "The truce goes on.",
        "Talks between the two sides are due",
        "The column pulled out",
        "He asked what the deal was for.",
        "The patrol was called off",
        "The fault is Oskara's",
        "The president of Karvelia rejected that",
        "The envoys of both sides met her",
        "Soldaterne bor i en by",
        "The town is under the control of the U.S.",
    ],
)
def test_a_sentence_that_is_whole_keeps_its_last_word(said: str) -> None:
    assert tidy(said, ARTICLE).rstrip(".") == said.rstrip(".")


def test_words_that_the_model_has_run_together_are_parted() -> None:
    article = Article.from_text(
        "The officer said that two boats were held up on the western shore of the lake."
    )
    assert tidy("Boats wait on the westernshore", article) == "Boats wait on the western shore."


def test_initials_are_written_as_the_article_writes_them() -> None:
    joined = Article.from_text("The envoy of the U.S. met J. R. Okar at the U.N. on Monday in Varn.")
    assert tidy("A U. S. envoy met J. R. Okar", joined) == "A U.S. envoy met J. R. Okar."
    assert tidy("J. R. meets the U. K. envoy", joined) == "J. R. meets the U. K. envoy."


def test_a_word_of_its_own_is_not_parted_into_what_means_the_reverse() -> None:
    article = Article.from_text(
        "In direct talks they were in action, and it was a typical day. He is in direct contact."
    )
    for said in ("They held indirect talks.", "Inaction and inaction follow.", "It was atypical."):
        assert tidy(said, article) == said


@given(
    st.lists(
        st.sampled_from(["the", "of", "envoys", "Ulm's", "met", "and", "that", "is", "U.S.", ","]), max_size=8
    )
)
def test_what_is_published_is_what_the_model_said_up_to_some_word(words: list[str]) -> None:
    said = " ".join(words)
    published = tidy(said, ARTICLE)
    assert said.startswith(published.removesuffix(".")) or said == published
    assert tidy(published, ARTICLE) == published
