"""Which sentences a summary restates, and how they are shown."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from summarizer.grounding.candidates import candidates
from summarizer.grounding.passages import MOST, choose
from summarizer.grounding.proposals import propose
from summarizer.grounding.standalone import standalone
from tests.recording import ROOT

PARTS = [
    "The army shelled the northern town on Monday, killing 12 people, officials said.",
    "It rained.",
    "President Ada Moss warned that her country would strike back.",
    "The town lies by a river.",
    "Last year the two sides signed an agreement.",
]


def test_what_bears_on_the_conflict_comes_before_what_does_not() -> None:
    article = Article.from_text(
        " ".join(
            [
                "A long first sentence opens this article about the border and what happened there on Monday, as it does nearly every year.",
                *PARTS,
            ]
        )
    )

    chosen = choose(article, propose(article))

    assert chosen.lead[0] == 1
    assert {2, 4} <= set(chosen.points)
    assert 3 not in chosen.points


def test_the_reference_seed_gets_three_to_five_points() -> None:
    article = Article.from_text((ROOT / "seeds" / "gerasimov-brown-call.txt").read_text(encoding="utf-8"))

    assert 3 <= len(choose(article, propose(article)).points) <= 5


@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=40))
def test_passages_are_in_order_distinct_and_no_more_than_the_limit(parts: list[str]) -> None:
    article = Article.from_text(" ".join(["The first sentence has more than enough words in it.", *parts]))

    chosen = choose(article, propose(article))
    numbers = [*chosen.lead, *chosen.points]

    assert numbers == sorted(set(numbers))
    assert len(chosen.points) <= MOST
    assert numbers[-1] <= len(article.sentences)


def test_an_opening_pronoun_is_shown_as_the_person_it_stands_for() -> None:
    article = Article.from_text("President Joe Biden spoke on Monday. He authorized the use of missiles.")

    assert standalone(article, 2, candidates(article)) == "Joe Biden authorized the use of missiles."


def test_a_bare_quotation_is_shown_with_its_speaker() -> None:
    article = Article.from_text(
        '"We will not stop there," President Vladimir Putin said on Monday. "We are developing new missiles."'
    )

    assert standalone(article, 2, candidates(article)).endswith('Putin: "We are developing new missiles."')
