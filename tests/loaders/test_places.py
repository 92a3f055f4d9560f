"""An offset leads back to its page or paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from summarizer.loaders import load
from summarizer.loaders.blocks import extract_of
from tests.loaders.golden import FILES


def test_an_article_without_places_knows_none() -> None:
    assert Article(text="words", id="a").place_at(3) is None


def test_an_offset_is_where_the_last_place_before_it_starts() -> None:
    article = Article(text="0123456789", id="a", places=((2, "page 1"), (5, "page 2")))

    assert [article.place_at(offset) for offset in (0, 1, 2, 4, 5, 9)] == [
        None,
        None,
        "page 1",
        "page 1",
        "page 2",
        "page 2",
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["page 1", "page 2", "page 3"]), st.text(max_size=20)), max_size=12)
)
def test_each_block_is_found_again_at_its_place(blocks: list[tuple[str, str]]) -> None:
    extract = extract_of(blocks)
    article = Article(text=extract.text, id="a", places=extract.places)

    at = 0
    for label, text in blocks:
        words = extract_of([("", text)]).text
        if words:
            at = extract.text.index(words, at)
            assert article.place_at(at) == label
            at += len(words)


def test_every_sentence_of_a_document_has_its_paragraph() -> None:
    article = load(FILES / "bridge.docx")

    sentence = next(s for s in article.sentences if s.text.startswith("She said"))
    assert article.place_at(sentence.start) == "paragraph 5"
    assert all(article.place_at(s.start) for s in article.sentences)
