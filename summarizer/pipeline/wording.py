"""Small repairs to a model's sentence that change nothing it says."""

import re
from functools import lru_cache
from itertools import pairwise

from summarizer.article import Article
from summarizer.languages import same_language, wide_script

__all__ = ["room_for", "tidy"]

_EAST_ASIAN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]+")
_ENDS = re.compile(r"[.!?…\"”’)\]»。！？؟।]$")
_LEADS_ON = re.compile(
    r"[ ,;:–—-]+(?:(?:that|which|who) (?:is|are|was|were)"
    r"|(?:of|from|with|to|at|by|for|in|on|into|between|against|and|the) (?:the )?[\w.-]+(?:'s|’s|s'|s’)"
    r"|the|a|and|or|but|nor|that|which|who|whose|of|from|with|to|at|by|for|into|between|against|during|amid"
    r"|his|her|its|their|our|than|because|while|although)$"
)
"""An English word that something has to follow."""
_STOPS_SHORT = re.compile(r" (?:the|a|and|or)\.$")
"""A full stop where no English sentence has one."""


def room_for(length: int, source: str | None, written: str) -> int:
    """About how long a passage of that many characters is in another language.

    Args:
        length: Of the passage, in characters.
        source: Its language (BCP 47).
        written: The other language.
    """
    if same_language(source, written):
        return length
    if wide_script(source) != wide_script(written):
        return length * 3 if wide_script(source) else max(1, length // 3)
    return length * 6 // 5


def tidy(text: str, article: Article) -> str:
    """One clean line that ends like a sentence.

    A small model that is kept from copying may reach for a word of its mother tongue; in an article without such
    characters they are dropped, and the check of the claim sees what is left. A sentence that is written in them stays.
    One that the longest length allowed has cut off loses what leads on to nothing: `near the camp of the`. Two words of
    the article that the model has run together (`the westernshore`, `will bedestroy`) are parted.
    """
    foreign = sum(map(len, _EAST_ASIAN.findall(text)))
    if foreign * 2 < len(text) and not _EAST_ASIAN.search(article.text):
        text = _EAST_ASIAN.sub(" ", text)
    line = _parted(" ".join(text.split()).rstrip(" ,;:-–—"), article)
    if not line or (_ENDS.search(line) and not _STOPS_SHORT.search(line)):
        return line
    line = line.removesuffix(".")
    while cut := _LEADS_ON.search(line):
        line = line[: cut.start()]
    return f"{line}."


def _parted(line: str, article: Article) -> str:
    words, pairs = _vocabulary(article)

    def part(found: re.Match[str]) -> str:
        word = found[0]
        if word in words:
            return word
        meant = (
            (first, second)
            for first, second in pairs
            if word.startswith(first)
            and len(word) - len(first) >= _ENOUGH
            and second.startswith(word[len(first) :])
        )
        return " ".join(next(meant, (word,)))

    return _LONG_WORD.sub(part, line)


_LONG_WORD = re.compile(r"\b[a-z]{7,}\b")
_ENOUGH = 5
"""Letters of the second word that tell it from an accident: `westernshore`, not `therefore` for `there forecasts`."""


@lru_cache(maxsize=16)
def _vocabulary(article: Article) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Its words in small letters, and which of them stand side by side."""
    words = re.findall(r"[a-z]+", article.text)
    return frozenset(words), frozenset(pairwise(words))
