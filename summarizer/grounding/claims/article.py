"""An article as the checks read it: readings, names, quantities and dates of every sentence, made once."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from summarizer.article import Article
from summarizer.grounding.claims.dates import DateMention, dates
from summarizer.grounding.claims.index import NameIndex, WordIndex, repeated
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.names import Mention, mentions
from summarizer.grounding.claims.nations import nation
from summarizer.grounding.claims.numbers import Quantity, quantities
from summarizer.grounding.claims.reading import Reading, read
from summarizer.grounding.claims.words import lemma

__all__ = ["ArticleReading", "Facts", "read_article"]

_OF_A_COUNTRY = ("n", "an", "ian", "ese", "ish")
_LONG_ENOUGH = 4


@dataclass(frozen=True, eq=False)
class Facts:
    """One sentence with what can be compared."""

    reading: Reading
    names: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]


@dataclass(frozen=True, eq=False)
class ArticleReading:
    """Every sentence of an article, by number."""

    article: Article

    @cached_property
    def readings(self) -> dict[int, Reading]:
        """The sentences without dateline."""
        return {s.number: read(s.body) for s in self.article.sentences}

    @cached_property
    def common(self) -> frozenset[str]:
        """Folded words that the article writes in lower case."""
        return frozenset(
            t.lower for r in self.readings.values() for t in r.tokens if t.kind == "word" and not t.capital
        )

    @cached_property
    def peoples(self) -> dict[str, str]:
        """Countries that no table knows: `Karvelia`, since the article also has `Karvelian`."""
        capitals = {
            t.lower for r in self.readings.values() for t in r.tokens if t.capital and not nation(t.lower)
        }
        found: dict[str, str] = {}
        for name in sorted(capitals):
            people = {name + ending for ending in _OF_A_COUNTRY} & capitals
            if len(name) >= _LONG_ENOUGH and people:
                found |= dict.fromkeys({name, *people, *(f"{word}s" for word in people)}, name)
        return found

    @cached_property
    def published(self) -> date | None:
        """Day of publication, if it is known to the day."""
        try:
            return date.fromisoformat(self.article.published or "")
        except ValueError:
            return None

    @cached_property
    def facts(self) -> dict[int, Facts]:
        """All sentences, by number."""
        return {number: self.study(reading) for number, reading in self.readings.items()}

    @cached_property
    def index(self) -> WordIndex:
        """Where each word stands."""
        return WordIndex(self.readings)

    @cached_property
    def names(self) -> NameIndex:
        """Where each name stands."""
        return NameIndex({number: facts.names for number, facts in self.facts.items()})

    @cached_property
    def repeated(self) -> Mapping[str, list[int]]:
        """Sentences by their bare words."""
        return repeated(self.article)

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """Root -> weight that falls with the number of sentences that hold it."""
        counts = Counter(root for r in self.readings.values() for root in {t.root for t in r.tokens})
        size = len(self.readings)
        return {root: 0.5 + math.log((1 + size) / count) for root, count in counts.items()}

    def study(self, reading: Reading) -> Facts:
        """Find the names, quantities and dates of a sentence of the article, or of a claim about it."""
        days = dates(reading, self.published)
        skip = frozenset(i for day in days for i in day.indices)
        return Facts(
            reading,
            mentions(reading, is_common=self._is_common, peoples=self.peoples),
            quantities(reading, skip=skip),
            days,
        )

    def _is_common(self, word: str) -> bool:
        tables = lexicon().tables
        known = (
            word in tables["numbers"]
            or word in lexicon().words("forms", "openers")
            or word in tables["function"]["adverbs"]
            or lemma(word) in lexicon().lemmas
        )
        return (
            word in self.common
            or known
            or (word.endswith(("ing", "ed")) and lemma(word) in lexicon().verbs)
            or word.endswith("ly")
        )


@lru_cache(maxsize=16)
def read_article(article: Article) -> ArticleReading:
    """Read an article; the last few are kept."""
    return ArticleReading(article)
