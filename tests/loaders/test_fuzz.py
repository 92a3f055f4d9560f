"""A short run of what `fuzz.py` does for as long as one likes: damaged documents never break more than themselves."""

import contextlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.loaders.formats import FORMATS, detect
from tests.loaders.fuzz import check, mutant, sources

FORMAT_NAMES = sorted(FORMATS)


@pytest.mark.parametrize("name", FORMAT_NAMES)
@settings(derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_a_damaged_document_is_an_article_or_a_typed_error(name: str, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    suffix, data = rng.choice(sources(name))

    check(name, suffix, mutant(name, data, rng))


@pytest.mark.parametrize("name", FORMAT_NAMES)
@settings(derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=400))
def test_any_bytes_at_all_are_an_article_or_a_typed_error(name: str, data: bytes) -> None:
    check(name, FORMATS[name].suffixes[0], data)


@given(
    data=st.binary(max_size=300),
    suffix=st.sampled_from(["", ".txt", ".pdf", ".docx", ".html", ".xml", ".eml", ".odd"]),
)
def test_telling_a_format_gives_a_format_or_a_typed_error(data: bytes, suffix: str) -> None:
    with contextlib.suppress(InputError):
        assert detect(data, suffix, "a") in FORMATS.values()


@given(text=st.text(min_size=1, max_size=400))
def test_an_article_of_any_characters_has_exact_sentences(text: str) -> None:
    article = Article(text=text, id="a")

    assert all(article.text[s.start : s.end] == s.text for s in article.sentences)
    assert "".join("".join(s.text.split()) for s in article.sentences) == "".join(text.split())
