"""Articles that repeat another nearly word for word: a wire text counts once, however many outlets print it.

Words are compared in runs of five. A later article is a copy when the two share most of their runs, or when nearly
all of its own stand in the earlier one: a reprint cut to half its length is still a reprint, while an earlier text
that a later one extends is not a copy of it.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import rensa  # pyright: ignore[reportMissingTypeStubs]

from summarizer.article import Article

__all__ = ["Collapsed", "Copied", "collapse", "published_order", "shingles", "similarity"]

RUN = 5
"""Words in a run; a word changed in a sentence costs five of them."""
ALIKE = 0.5
"""Jaccard similarity from which two articles are one text. Reports of one event by different hands stay far below."""
CONTAINED = 0.85
"""Share of a later article's runs in the earlier one from which it adds nothing."""

FOUND_BY, BANDS = 128, 128
"""Numbers in a text's MinHash, and bands they are looked up by: one number a band, so that a reprint cut to a tenth
of its source (Jaccard 0.1) is missed once in a million (0.9 ** 128). What is found is then compared run by run."""
SEED = 1
"""Of the permutations; any will do, as long as it is the same."""

_WORD = re.compile(r"[^\W_]+")

Shingles = frozenset[str]


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy, and how like its source it is (Jaccard)."""

    article: Article
    similarity: float


@dataclass(frozen=True, slots=True)
class Collapsed:
    """An independent article with its copies."""

    article: Article
    copies: list[Copied] = field(default_factory=list[Copied])


def published_order(article: Article) -> tuple[str, str, str]:
    """A key that sorts by publication, the undated last; the same articles always come in the same order."""
    return article.published or "9999", article.id, article.sha256


def shingles(text: str) -> Shingles:
    """The runs of words of a text; a shorter text is one run."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def similarity(one: Shingles, other: Shingles) -> float:
    """Share of all runs that both have (Jaccard), 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


class _Index:
    """Finds texts that may share runs, by MinHash and locality-sensitive hashing (Broder 1997)."""

    # rensa ships no type information; this is the one place that calls it.
    def __init__(self) -> None:
        self._lsh = cast("Any", rensa).RMinHashLSH(threshold=ALIKE, num_perm=FOUND_BY, num_bands=BANDS)

    def add(self, key: int, runs: Shingles) -> None:
        self._lsh.insert(key, self._sketch(runs))

    def like(self, runs: Shingles) -> list[int]:
        return list(self._lsh.query(self._sketch(runs)))

    def _sketch(self, runs: Shingles) -> object:
        sketch = cast("Any", rensa).RMinHash(num_perm=FOUND_BY, seed=SEED)
        sketch.update(sorted(runs))
        return sketch


def collapse(articles: Iterable[Article], *, sources: Collection[Article] | None = None) -> list[Collapsed]:
    """Each independent article with its copies, in order of publication.

    Args:
        articles: In any order; one given twice counts once.
        sources: Those that may be a source, when not all; others are kept as copies or left out.
    """
    found: list[Collapsed] = []
    known: list[Shingles] = []
    index = _Index()
    for article in _ordered(articles, sources):
        runs = shingles(article.text)
        alike = [(jaccard, -n) for n in index.like(runs) if (jaccard := _repeated(runs, known[n]))]
        if alike:
            jaccard, place = max(alike)
            found[-place].copies.append(Copied(article, round(jaccard, 3)))
        elif sources is None or article in sources:
            index.add(len(found), runs)
            found.append(Collapsed(article))
            known.append(runs)
    return found


def _ordered(articles: Iterable[Article], sources: Collection[Article] | None) -> Sequence[Article]:
    """Those that may be sources first, so that a text that failed never stands for its copies."""
    once = {(article.id, article.sha256): article for article in articles}
    return sorted(
        once.values(), key=lambda a: (sources is not None and a not in sources, *published_order(a))
    )


def _repeated(later: Shingles, earlier: Shingles) -> float:
    """How like two articles are (Jaccard), if the later is a copy; else 0."""
    shared = len(later & earlier)
    jaccard = shared / (len(later) + len(earlier) - shared)
    return jaccard if jaccard >= ALIKE or shared >= CONTAINED * len(later) else 0.0
