"""A long report: what stands at its start, in its middle and at its end is found, for memory in proportion to its length."""

import os
import tracemalloc

import pytest

from summarizer import Article, Briefing
from summarizer.proof import verify
from summarizer.testing import use_cassette
from tests.long_report import PLANTED, Planted, briefed
from tests.recording import LONG, brief_long, cassette

WORDS = int(os.environ.get("SUMMARIZER_LONG_WORDS", "3000"))
"""Length of the report; `make long` asks for 60,000."""
CONTEXT_WINDOW = 4096 if WORDS < 20_000 else 16_384
"""Tokens; the larger is what the embedded model is served with."""
CHARACTERS_A_TOKEN = 3


@pytest.fixture(scope="module")
def long() -> tuple[Article, Briefing, list[str]]:
    return briefed(WORDS, CONTEXT_WINDOW)


@pytest.mark.parametrize("fact", PLANTED, ids=["start", "middle", "end"])
def test_a_fact_is_found_wherever_it_stands(long: tuple[Article, Briefing, list[str]], fact: Planted) -> None:
    article, made, _ = long
    number = next(s.number for s in article.sentences if s.text == fact.text)
    told = {(s.event_type, s.verdict) for s in made.escalation_signals if s.evidence[0].sentence == number}

    assert abs(number / len(article.sentences) - fact.where) < 0.01
    assert (fact.event_type, "supported") in told
    assert any(fact.actor in {actor.name, *actor.aliases} for actor in made.actors)


def test_each_sentence_is_shown_in_a_window_that_fits(long: tuple[Article, Briefing, list[str]]) -> None:
    article, _, prompts = long
    read = "\n".join(prompts)

    assert all(f"[{sentence.number}] {sentence.body}" in read for sentence in article.sentences)
    assert max(map(len, prompts)) < CONTEXT_WINDOW * CHARACTERS_A_TOKEN


def test_its_briefing_is_proven(long: tuple[Article, Briefing, list[str]]) -> None:
    article, made, _ = long

    assert verify(made, article) == []


@pytest.mark.thorough
def test_memory_grows_with_the_length_and_no_faster() -> None:
    briefed(WORDS // 2, CONTEXT_WINDOW)  # what is kept from one article to the next
    tracemalloc.start()
    try:
        half, whole = (_peak(words) for words in (WORDS // 4, WORDS // 2))
    finally:
        tracemalloc.stop()

    assert whole < 2.5 * half


def _peak(words: int) -> int:
    before, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    briefed(words, CONTEXT_WINDOW)
    return tracemalloc.get_traced_memory()[1] - before


def test_the_embedded_model_reads_a_window_of_it() -> None:
    with use_cassette(cassette(LONG)):
        article, made = brief_long()
    first, *others = (next(s.number for s in article.sentences if s.text == fact.text) for fact in PLANTED)
    told = {s.evidence[0].sentence: s for s in made.escalation_signals}

    assert {first, *others} <= set(told)
    assert all(signal.verdict == "supported" for number, signal in told.items() if number in others)
    assert "Turic" in told[first].description
    assert told[first].verdict == "supported"
    assert made.provenance.requests > 0
    assert verify(made, article) == []
