"""Where an article names someone: every place, at word boundaries, each inside one sentence, longest name first."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.article import Article, Sentence
from summarizer.types import Span

__all__ = ["find_mentions", "sentence_mentions"]

_APOSTROPHE = "['’‘]"
_SPACE = r"[\s\xa0]+"
_WORD_BEFORE = re.compile(r"\w+$")


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


def sentence_mentions(article: Article, sentence: Sentence, names: Sequence[str]) -> Iterator[tuple[str, Span]]:
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
    text, at = article.text, sentence.body_start
    spelled = [(name, _pattern((name,))) for name in wanted]
    anywhere = _pattern(wanted)
    while found := anywhere.search(text, at, sentence.end):
        start = found.start()
        fits = ((name, match.end()) for name, pattern in spelled if (match := pattern.match(text, start, sentence.end)))
        name, at = next(((name, end) for name, end in fits if _is_whole(text, start, end)), ("", start + 1))
        if name:
            yield name, Span(sentence=sentence.number, start=start, end=at, quote=text[start:at])


@lru_cache(maxsize=512)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_spelled(name) for name in names))


def _spelled(name: str) -> str:
    words = [re.sub("['’‘]", lambda _: _APOSTROPHE, re.escape(word)) for word in name.split()]
    first = name.strip()[0]
    if first.islower() and len(first.upper()) == 1:
        words[0] = f"[{re.escape(first)}{re.escape(first.upper())}]" + words[0][len(re.escape(first)) :]
    ahead = r"(?!\w)" if (name.strip()[-1].isalnum() or name.strip()[-1] == "_") else ""
    return _SPACE.join(words) + ahead


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the span starts and ends with whole words, hyphenated compounds of lower-case words included."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before.isalnum() or before == "_"):
        return False
    if before == "-" and start > 1:
        word = _WORD_BEFORE.search(text, max(0, start - 40), start - 1)
        if word and not word.group()[0].isupper():
            return False
    if after == "-" and text[end + 1 : end + 2].islower():
        return False
    return not (after in ("'", "’") and text[end + 1 : end + 2].isalpha() and text[end + 1 : end + 3].casefold().rstrip() not in ("s", "s."))


