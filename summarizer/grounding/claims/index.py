"""Where an article has a word, an idea or a name: what keeps the check of a long article from reading it all each time."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from summarizer.article import Article
from summarizer.grounding.claims.names import Mention
from summarizer.grounding.claims.nations import nation
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import plain

__all__ = ["NameIndex", "WordIndex", "bare", "repeated"]

Postings = Mapping[str, list[int]]
"""Sentence numbers in ascending order, each once, by what stands in them."""


@dataclass(frozen=True, eq=False)
class WordIndex:
    """Every word of an article, by the sentences that hold it."""

    readings: Mapping[int, Reading]

    @cached_property
    def words(self) -> Postings:
        """By folded word."""
        return _postings(self.readings, lambda r: (t.lower for t in r.tokens if t.kind != "mark"))

    @cached_property
    def roots(self) -> Postings:
        """By root."""
        return _postings(self.readings, lambda r: (t.root for t in r.tokens if t.kind != "mark"))

    @cached_property
    def ideas(self) -> Postings:
        """By idea that a word may stand for."""
        return _postings(self.readings, lambda r: (idea for ideas in r.ideas for idea in ideas))

    @cached_property
    def capitals(self) -> Postings:
        """By folded word that starts with a capital."""
        return _postings(
            self.readings, lambda r: (t.lower for t in r.tokens if t.kind != "mark" and t.capital)
        )

    @cached_property
    def nations(self) -> Postings:
        """By code of a country that a capitalised word stands for."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for word, numbers in self.capitals.items():
            if code := nation(word):
                found[code].update(numbers)
        return {code: sorted(numbers) for code, numbers in found.items()}

    def senses(self, sense: str) -> list[int]:
        """Sentences that hold a root, or an idea that is spelled with a `#` before it."""
        found = self.roots.get(sense, [])
        return found + self.ideas.get(sense[1:], []) if sense.startswith("#") else found


@dataclass(frozen=True, eq=False)
class NameIndex:
    """Every name of an article, by the sentences that hold it."""

    names: Mapping[int, tuple[Mention, ...]]

    @cached_property
    def _distinct(self) -> Mapping[Mention, list[int]]:
        found: defaultdict[Mention, list[int]] = defaultdict(list)
        for number, names in self.names.items():
            for name in names:
                found[replace(name, indices=(), opposed=False, shouted=False)].append(number)
        return found

    def where(self, agrees: Callable[[Mention], bool]) -> set[int]:
        """Sentences with a name that `agrees`, which may not ask where in its sentence a name stands."""
        return {n for name, numbers in self._distinct.items() if agrees(name) for n in numbers}


def repeated(article: Article) -> Mapping[str, list[int]]:
    """Sentences by their bare words, with the dateline and without."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for sentence in article.sentences:
        for words in {bare(sentence.text), bare(sentence.body)}:
            found[words].append(sentence.number)
    return found


def bare(text: str) -> str:
    """A sentence without the marks around it, and with single spaces."""
    return re.sub(r"\s+", " ", plain(text)).strip(" .,;:!?'\"()[]-")


def _postings(readings: Mapping[int, Reading], held: Callable[[Reading], Iterable[str]]) -> Postings:
    def numbered() -> Iterator[tuple[str, int]]:
        for number, reading in readings.items():
            for key in set(held(reading)):
                yield key, number

    found: defaultdict[str, list[int]] = defaultdict(list)
    for key, number in numbered():
        found[key].append(number)
    return dict(found)
