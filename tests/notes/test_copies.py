"""A wire text counts once, however many outlets print it."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.notes.copies import collapse, shingles, similarity
from tests.notes.lake import lake_articles

WORDS = st.lists(
    st.sampled_from(["boat", "lake", "shore", "fired", "denied", "troops", "envoy", "bridge"]),
    min_size=8,
    max_size=40,
)


def article(text: str, name: str, published: str | None = None) -> Article:
    return Article.from_text(text, id=name, published=published)


def test_the_reprint_of_the_seeds_is_a_copy_of_the_wire_report_and_nothing_else_is() -> None:
    groups = collapse(lake_articles())

    copies = {group.article.id: [copied.article.id for copied in group.copies] for group in groups}
    assert copies["halden-wire-clash"] == ["morning-ledger-reprint"]
    assert sum(map(len, copies.values())) == 1
    assert groups[0].copies[0].similarity > 0.7


def test_the_earliest_is_the_source_in_whatever_order_they_come() -> None:
    text = "The envoy crossed the bridge at noon and met the general who had closed the road to the coast."
    early, late, undated = (
        article(text, "b", "2026-03-01"),
        article(text, "a", "2026-03-02"),
        article(text, "c"),
    )

    for given_order in ([late, early, undated], [undated, late, early]):
        (group,) = collapse(given_order)
        assert group.article.id == "b"
        assert [copied.article.id for copied in group.copies] == ["a", "c"]


def test_a_reprint_cut_to_half_is_a_copy_but_a_text_that_goes_on_is_none() -> None:
    half = "Two brigades left the capital before dawn and took the coastal road, the ministry said on Monday evening. "
    rest = " ".join(
        f"A later report adds detail number {n} about the harbor and its people." for n in range(6)
    )

    (cut,) = collapse([article(half + rest, "long", "2026-03-01"), article(half, "short", "2026-03-02")])
    extended = collapse([article(half, "short", "2026-03-01"), article(half + rest, "long", "2026-03-02")])

    assert [copied.article.id for copied in cut.copies] == ["short"]
    assert [group.article.id for group in extended] == ["short", "long"]


def test_a_reprint_cut_to_a_seventh_is_still_found_among_others() -> None:
    """It shares a seventh of the source's runs; what is looked up must not need more."""
    source = " ".join(f"word{n}" for n in range(700))
    others = [
        article(f"other{n} " * 3 + " ".join(f"o{n}w{m}" for m in range(99)), f"o{n}") for n in range(20)
    ]
    cut = article(" ".join(source.split()[300:400]), "cut", "2026-03-02")

    groups = collapse([article(source, "source", "2026-03-01"), cut, *others])

    assert {group.article.id: len(group.copies) for group in groups if group.copies} == {"source": 1}


def test_an_article_given_twice_counts_once_and_is_no_copy_of_itself() -> None:
    one = lake_articles()[0]

    (group,) = collapse([one, one])

    assert group.copies == []


def test_only_allowed_articles_are_sources_and_their_copies_stay_with_them() -> None:
    """An article that could not be briefed still counts as a copy."""
    wire, reprint = lake_articles()[0], lake_articles()[2]

    (group,) = collapse([wire, reprint], sources={reprint})

    assert group.article is reprint
    assert [copied.article.id for copied in group.copies] == [wire.id]


@given(st.lists(WORDS, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_articles_never_matters(texts: list[list[str]], random: st.DrawFn) -> None:
    articles = [article(" ".join(words), f"a{n}", f"2026-03-0{n + 1}") for n, words in enumerate(texts)]
    mixed = list(articles)
    random.shuffle(mixed)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a random.Random

    assert collapse(articles) == collapse(mixed)


@given(WORDS, WORDS)
def test_similarity_is_symmetric_between_nothing_and_the_same(one: list[str], other: list[str]) -> None:
    a, b = shingles(" ".join(one)), shingles(" ".join(other))

    assert 0 <= similarity(a, b) == similarity(b, a) <= 1
    assert similarity(a, a) == 1
