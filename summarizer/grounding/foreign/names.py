"""Where a text names somebody, in languages that bend names or write them without spaces."""

import re
from collections.abc import Iterator
from functools import lru_cache

from summarizer.article import Article
from summarizer.grounding.spans import span_at
from summarizer.languages import base_of, wide_script
from summarizer.types import Span

__all__ = ["name_pattern", "named_in"]

_BENDING = frozenset({"be", "bg", "cs", "el", "et", "fi", "hr", "hu", "lt", "lv", "mk", "pl", "ro", "ru", "sk", "sl", "sr", "uk"})  # fmt: skip
"""Languages (ISO 639-1) in which a name changes its end with its part in the sentence."""
_ENDING = re.compile(
    r"(?:ая|яя|ое|ее|ые|ий|ый|ой|[aeiouyąęěůáéíóúýаеёиіїйоуыьэюяєαάεέηήιίοόυύωώ])$", re.IGNORECASE
)
"""What is cut from a word before its other ends are tried: the end of an adjective, or one vowel."""
_SHORT, _SHORT_ADJECTIVE = 4, 3
"""Letters of a stem below which a name has to stand as it is."""
_LONGEST_ENDING = 3


def named_in(article: Article, name: str) -> list[Span]:
    """Every place of the article that spells a name, bent forms included, each within one sentence.

    Args:
        article: In any language; its tag says how names behave.
        name: In any form.
    """
    pattern = name_pattern(name, base_of(article.language))
    return [] if pattern is None else list(_found(article, pattern))


def _found(article: Article, pattern: re.Pattern[str]) -> Iterator[Span]:
    for sentence in article.sentences:
        for match in pattern.finditer(article.text, sentence.body_start, sentence.end):
            yield span_at(article, sentence.number, match.start(), match.end())


@lru_cache(maxsize=4096)
def name_pattern(name: str, language: str) -> re.Pattern[str] | None:
    """What finds a name in a text of that language (ISO 639); None where there is nothing to find."""
    words = name.split()
    if not words:
        return None
    if wide_script(language):
        return re.compile(re.escape(name.strip()))
    spelled = r"[\s\xa0]+".join(_word(word, language) for word in words)
    before = r"(?<!\w)(?:[وفبلك]{0,2})" if language in {"ar", "fa"} else r"(?<!\w)"
    return re.compile(f"{before}{spelled}(?!\\w)")


def _word(word: str, language: str) -> str:
    """A word with the ends that it may have there."""
    if language == "de":
        return re.escape(word) + "s?"
    stem = _ENDING.sub("", word)
    shortest = _SHORT_ADJECTIVE if len(word) - len(stem) > 1 else _SHORT
    if language not in _BENDING or word.isupper() or len(stem) < shortest:
        return re.escape(word)
    return re.escape(stem) + rf"\w{{0,{_LONGEST_ENDING}}}"
