"""A long article in parts that fit a model, so that every sentence is read and none is cut.

A window owns a run of sentences and shows a few before them, for whoever "he" is. What there is to ask is found in
the whole article beforehand, and each question is put to the window that owns its sentence; so an article in five
windows is asked the same questions as in one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.article import Article, Sentence

__all__ = ["Window", "windows"]

OVERLAP: Final = 3
"""Sentences that a window shows of the one before it."""


@dataclass(frozen=True, slots=True)
class Window:
    """Part of an article.

    Attributes:
        number: From 1.
        count: How many windows the article has.
        owned: Numbers of the sentences that it is asked about.
        sentences: What it shows: these, and a few before them.
    """

    number: int
    count: int
    owned: range
    sentences: tuple[Sentence, ...]

    @property
    def is_first(self) -> bool:
        """Whether it opens the article."""
        return self.number == 1


def windows(article: Article, *, chars: int | None) -> tuple[Window, ...]:
    """The windows of an article, in order; each sentence is owned by exactly one.

    Args:
        article: Of any length.
        chars: Characters of sentences that one window may show; None for no limit. Where that is less than the
            longest sentence (`LONGEST_SENTENCE`), this one has a window of its own, longer than asked for.
    """
    sentences = article.sentences
    runs = [sentences] if chars is None else list(_runs(sentences, chars))
    return tuple(_window(n, len(runs), run, sentences, chars) for n, run in enumerate(runs, 1))


def _window(
    number: int, count: int, run: Sequence[Sentence], sentences: Sequence[Sentence], chars: int | None
) -> Window:
    first = run[0].number
    before = list(sentences[max(0, first - 1 - OVERLAP) : first - 1])
    room = 0 if chars is None else chars - sum(map(_size, run))
    while before and sum(map(_size, before)) > room:
        del before[0]
    return Window(number, count, range(first, run[-1].number + 1), (*before, *run))


def _runs(sentences: Sequence[Sentence], chars: int) -> Iterator[list[Sentence]]:
    """Runs of about the same size, none larger than allowed unless it is a single sentence."""
    total = sum(map(_size, sentences))
    # Evenly, so that the last is no stub; with room left for the overlap.
    fair = total / max(1, -(-total // max(1, int(chars * 0.9))))
    run: list[Sentence] = []
    size = 0
    for sentence in sentences:
        if run and (size + _size(sentence) > chars or size + _size(sentence) / 2 > fair):
            yield run
            run, size = [], 0
        run.append(sentence)
        size += _size(sentence)
    yield run


def _size(sentence: Sentence) -> int:
    """Characters, with its number and line end."""
    return len(sentence.body) + 8
