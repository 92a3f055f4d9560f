"""The search through a long article finds what reading each sentence of it would."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from summarizer.grounding.claims.article import read_article
from summarizer.grounding.claims.evidence import carried_by, carriers
from summarizer.grounding.claims.reading import read

SENTENCES = (
    "Karvelia moved two armored brigades to its northern border on Monday, the Defense Ministry said.",
    "Russian troops did not withdraw from the unpopular base near Tarsk.",
    "The foreign minister rejected the offer, and Ukraine accepted it.",
    "He denied that 14 soldiers had been wounded when shells hit a checkpoint.",
    "Sales of bread fell while the price rose.",
    "It was never safe to cross the river at Port Ellan.",
)
sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8)


@given(sentences, st.permutations(" ".join(SENTENCES).replace("denied", "unsafe").split()))
def test_the_index_has_exactly_what_the_sentences_carry(told: list[str], words: list[str]) -> None:
    known, claim = read_article(Article.from_text(" ".join(told))), read(" ".join(words[:12]))

    for i in claim.content:
        found = carriers(claim, i, known.index)
        each = {number: carried_by(claim, i, reading) for number, reading in known.readings.items()}
        assert found == {number: carried for number, carried in each.items() if carried}
