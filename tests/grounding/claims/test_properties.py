"""What must hold for any text: no crash, a sentence carries itself, a `not` and a number never slip through."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding.claims import best_sentences, check_claim

FILLER = (
    "The summit in Almora ended without a joint statement. Delegates left the old harbour hall before noon."
)
ACTORS = (
    "The army",
    "The rebels",
    "Norvania",
    "President Tesfa",
    "The coast guard",
    "Two ministers",
    "Protesters",
)
DEEDS = {
    "attack": "attacked",
    "approve": "approved",
    "block": "blocked",
    "leave": "left",
    "accept": "accepted",
    "return": "returned",
    "close": "closed",
    "support": "supported",
}
OBJECTS = (
    "the border post",
    "the peace plan",
    "the northern port",
    "the city of Ostrel",
    "the prisoners",
    "the treaty",
)
TIMES = ("on Monday", "last week", "in March", "after the vote", "near the river")

texts = st.text(max_size=300)
sentences = st.tuples(
    st.sampled_from(ACTORS), st.sampled_from(sorted(DEEDS)), st.sampled_from(OBJECTS), st.sampled_from(TIMES)
)
counts = st.integers(min_value=2, max_value=9_999)


def article(*said: str) -> Article:
    return Article.from_text(" ".join((*said, FILLER)))


def asserted(parts: tuple[str, str, str, str]) -> str:
    actor, deed, thing, time = parts
    return f"{actor} {DEEDS[deed]} {thing} {time}."


def denied(parts: tuple[str, str, str, str]) -> str:
    actor, deed, thing, time = parts
    return f"{actor} did not {deed} {thing} {time}."


@given(claim=texts, said=texts, cited=st.none() | st.lists(st.integers(-3, 12), max_size=4))
def test_any_text_gets_a_verdict(claim: str, said: str, cited: list[int] | None):
    """Whatever the characters, the check answers, gives a reason for every refusal, and gives it in the limits."""
    found = check_claim(claim, article(said), sentences=cited)
    assert found.verdict in {"supported", "altered", "unsupported"}
    assert bool(found.issues) == (found.verdict != "supported")


@given(claim=texts, said=texts)
def test_the_same_input_gives_the_same_verdict(claim: str, said: str):
    assert check_claim(claim, article(said)) == check_claim(claim, article(said))


@given(said=st.lists(sentences, min_size=1, max_size=4), negated=st.booleans(), cite=st.booleans())
def test_a_sentence_of_the_article_carries_itself(
    said: list[tuple[str, str, str, str]], *, negated: bool, cite: bool
):
    written = article(*(denied(parts) if negated else asserted(parts) for parts in said))
    for sentence in written.sentences:
        found = check_claim(sentence.text, written, sentences=[sentence.number] if cite else None)
        assert (found.verdict, found.issues, found.repaired) == ("supported", (), False)


@given(parts=sentences)
def test_a_removed_not_is_caught(parts: tuple[str, str, str, str]):
    found = check_claim(asserted(parts), article(denied(parts)), sentences=[1])
    assert found.verdict == "altered"
    assert "negation" in {issue.kind for issue in found.issues}


@given(parts=sentences)
def test_an_added_not_is_caught(parts: tuple[str, str, str, str]):
    found = check_claim(denied(parts), article(asserted(parts)), sentences=[1])
    assert found.verdict == "altered"
    assert "negation" in {issue.kind for issue in found.issues}


@given(
    told=counts,
    claimed=counts,
    what=st.sampled_from(["soldiers", "civilians", "tanks", "people", "villages"]),
)
def test_a_changed_number_is_caught(told: int, claimed: int, what: str):
    written = article(f"The ministry said {told:,} {what} were brought to the capital on Monday.")
    found = check_claim(f"{claimed:,} {what} were brought to the capital", written, sentences=[1])
    assert found.verdict == ("supported" if told == claimed else "altered")
    assert [issue.kind for issue in found.issues] == ["number"] * (told != claimed)


@given(claim=texts, limit=st.integers(1, 4))
def test_the_best_sentences_are_few_distinct_and_there(claim: str, limit: int):
    written = article("The army attacked the border post.")
    found = best_sentences(claim, written, limit=limit)
    assert len(found) == len(set(found)) <= limit
    assert set(found) <= {sentence.number for sentence in written.sentences}
