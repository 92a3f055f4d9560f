"""Where an article names someone: every place, at word boundaries, each inside one sentence, longest name first."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.article import Article, Sentence
from summarizer.grounding.spans import span_at
from summarizer.types import Span

__all__ = ["find_mentions", "sentence_mentions"]

_APOSTROPHE = "['\u2019\u2018]"
_SPACE = r"[\s\xa0]+"
_START = r"(?<!\w)"
# A name may end before "'s" and before a capital ("Ruiz-Ortega talks"), not inside "Peru-based" or "Sana'a".
_END = rf"(?!\w)(?!-[a-z\u00df-\u00ff])(?!{_APOSTROPHE}(?!s\b)\w)"
_HYPHENED_WORD = re.compile(r"(\w+)-$")
_LONGEST_WORD = 40
"""Characters of a word before a hyphen that are looked at."""


def find_mentions(article: Article, names: Sequence[str]) -> list[Span]:
    """Find every place that spells one of `names`.

    Case counts, except for the first letter of a name that is given in lower case. Straight and curly
    apostrophes are the same, and so are spaces and line ends. A hyphen ends a word only between capitals: `Ruiz` is
    found in "Ruiz-Ortega talks", `Peru` is not found in "Peru-based". The dateline names nobody.

    Args:
        article: The article.
        names: Names in any order; blank ones are ignored.

    Returns:
        Spans in the order of the article, none overlapping another, each within one sentence. Where names overlap,
        the one that starts first wins; of those that start together, the longest.
    """
    return [span for sentence in article.sentences for _, span in sentence_mentions(article, sentence, names)]


def sentence_mentions(
    article: Article, sentence: Sentence, names: Sequence[str]
) -> Iterator[tuple[str, Span]]:
    """The same for one sentence, each span with the name it spells.

    Args:
        article: The article.
        sentence: One of its sentences.
        names: Names in any order.

    Yields:
        Each name as given, with the span that spells it.
    """
    wanted = tuple(sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name)))
    if not wanted:
        return
    text, at, pattern = article.text, sentence.body_start, _pattern(wanted)
    while found := pattern.search(text, at, sentence.end):
        start, end = found.span()
        if _is_inside_a_compound(text, start):
            at = start + 1
            continue
        at = end
        name = wanted[(found.lastindex or 1) - 1]
        yield name, span_at(article, sentence.number, start, end)


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """One group for each name, in the order given, so that the group tells the name."""
    return re.compile(_START + "(?:" + "|".join(f"({_spelled(name)})" for name in names) + ")" + _END)


def _spelled(name: str) -> str:
    words = [re.sub(_APOSTROPHE, _APOSTROPHE, re.escape(word)) for word in name.split()]
    first = name.strip()[0]
    if first.islower() and len(first.upper()) == 1:
        words[0] = f"[{first}{first.upper()}]" + words[0][1:]
    return _SPACE.join(words)


def _is_inside_a_compound(text: str, start: int) -> bool:
    """Whether a lower-case word hangs on before: "anti-Peru". Capitals may stand side by side: "Lima-Quito"."""
    before = _HYPHENED_WORD.search(text, max(0, start - _LONGEST_WORD), start)
    return bool(before) and not before[1][0].isupper()
