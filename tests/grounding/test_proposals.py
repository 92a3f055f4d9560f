"""What is proposed for whole articles: the headline counts, one event is proposed once, and any text can be read."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding.proposals import propose

SEED = Path(__file__).parents[2] / "seeds" / "gerasimov-brown-call.txt"


def test_what_the_headline_says_counts_more() -> None:
    text = "The envoy left at noon for the capital. Rebels shelled the harbour at dawn on Monday."
    plain = Article.from_text(text)
    titled = Article.from_text(text, title="Rebels shell harbour at dawn")
    assert max(p.score for p in propose(titled)) > max(p.score for p in propose(plain))


def test_headline_and_detail_of_one_event_become_one_proposal() -> None:
    text = (
        "Artillery shelled the harbour of Nerin overnight, officials said.\n"
        "The mayor asked for doctors.\n"
        "The shelling of the harbour began at two and lasted an hour.\n"
    )
    shelling = [p for p in propose(Article.from_text(text)) if p.event_type == "ASSAULT"]
    assert [(p.sentence, p.also) for p in shelling] in ([(1, (3,))], [(3, (1,))])


def test_events_of_different_types_are_never_grouped() -> None:
    text = "Velnia shelled the harbour of Nerin on Monday. Ostrava and Meridia praised the harbour of Nerin on Tuesday."
    assert [p.also for p in propose(Article.from_text(text))] == [(), ()]


def test_an_article_without_events_gets_no_proposals() -> None:
    assert (
        propose(Article.from_text("The lake is calm in the morning and the hills are green all year.")) == []
    )


def test_the_seed_yields_the_signals_an_analyst_sees() -> None:
    """Call, missile launch, looser limits on missiles, mines, the claimed right to strike, and new missiles."""
    article = Article.from_text(SEED.read_text(encoding="utf-8"), published="2024-12-05")
    found: dict[tuple[str, str], set[int]] = {}
    for p in propose(article):
        found.setdefault((p.event_type, p.direction), set()).update((p.sentence, *p.also))
    assert found["CONSULT", "de_escalatory"] >= {1, 2}
    assert found["ASSAULT", "escalatory"] & {2, 3, 4, 5}
    assert found["CONCEDE", "escalatory"] & {12, 13}
    assert found["AID", "escalatory"] & {14}
    assert found["THREATEN", "escalatory"] & {9}
    assert found["MOBILIZE", "escalatory"] & {11, 14}


@given(st.text(max_size=400))
def test_any_text_is_read_and_every_trigger_is_verbatim(text: str) -> None:
    article = Article.from_text(text + " and now eight more words that say nothing much.")
    for proposal in propose(article):
        span = proposal.trigger
        assert article.text[span.start : span.end] == span.quote
        assert (
            article.sentence(span.sentence).start
            <= span.start
            < span.end
            <= article.sentence(span.sentence).end
        )
        assert 0 <= proposal.score <= 1


@given(
    st.lists(
        st.sampled_from(
            [
                "troops attacked",
                "agreed to",
                "talks",
                "refused to",
                "withdraw,",
                "if",
                "the",
                "Nerin.",
                "\n",
                "“",
            ]
        )
    )
)
def test_words_of_the_lexicon_in_any_order_give_at_most_two_proposals_a_sentence(words: list[str]) -> None:
    article = Article.from_text(" ".join([*words, "and then it was quiet in the town again."]))
    found = propose(article)
    assert len({(p.sentence, p.trigger.start) for p in found}) == len(found)
    for number in {p.sentence for p in found}:
        assert sum(p.sentence == number for p in found) <= 2
