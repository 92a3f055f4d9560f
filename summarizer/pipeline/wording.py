"""Small repairs to a model's sentence that change nothing it says."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from summarizer.article import Article
from summarizer.languages import same_language, wide_script

__all__ = ["room_for", "tidy"]

_EAST_ASIAN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]+")
_ENDS = re.compile(r"[.!?…\"”’)\]»。！？؟।]$")
_LEADS_ON = re.compile(
    r"[ ,;:–—-]+(?:(?:that|which|who) (?:(?:[\w.'’-]+ ){1,4}(?:said|says) )?(?:is|are|was|were)"
    r"(?: in (?:response|exchange|return))?|as part|on behalf|according"
    r"|(?:of|from|with|to|at|by|for|in|on|into|between|against|and|the) (?:the )?[\w.-]+(?:'s|’s|s'|s’)"
    r"|the|a|and|or|but|nor|which|whose|of|from|with|to|at|by|for|into|between|against|during|amid"
    r"|its|their|our|than|because|while|although)$"
)
"""An English word that something has to follow."""
_HANGS = re.compile(r"[ ,;]+(?:and|or|but) (?:called|asked|pressed|pushed|vowed|calls|asks|urges)$")
"""A second verb that says nothing without what it stood with: `and called for`."""
_ENGLISH = re.compile(r"\b(?:the|of|and|with|from)\b")
"""Tells an English sentence from one in which such words mean something else: `by` is a town in Danish."""
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
    One that the longest length allowed has cut off loses what leads on to nothing: `near the camp of the`. Two words
    that stand side by side in the article, and that the model has run together (`the westernshore`), are parted;
    initials that it has parted (`the U. S.`) are joined where the article writes them so.
    """
    foreign = sum(map(len, _EAST_ASIAN.findall(text)))
    if foreign * 2 < len(text) and not _EAST_ASIAN.search(article.text):
        text = _EAST_ASIAN.sub(" ", text)
    line = _joined(_parted(" ".join(text.split()).rstrip(" ,;:-–—"), article), article)
    if not line or (_ENDS.search(line) and not _STOPS_SHORT.search(line)):
        return line
    line = line.removesuffix(".")
    while _ENGLISH.search(line) and (cut := _LEADS_ON.search(line)):
        line = _HANGS.sub("", line[: cut.start()])
    return f"{line}."


def _parted(line: str, article: Article) -> str:
    words, together = _vocabulary(article)
    return _WORD.sub(lambda found: found[0] if found[0] in words else together.get(found[0], found[0]), line)


def _joined(line: str, article: Article) -> str:
    def join(found: re.Match[str]) -> str:
        joined = found[0].replace(" ", "")
        return joined if joined in article.text and found[0] not in article.text else found[0]

    return _INITIALS.sub(join, line)


_INITIALS = re.compile(r"\b[A-Z]\.(?: [A-Z]\.)+")
_WORD = re.compile(r"\b[a-z]+\b")
_FIRST, _SECOND = 4, 5
"""Fewest letters of two words run together: what is shorter may be part of another word, as in `indirect` talks and
`atypical`, which an article with `in direct` and `a typical` must not turn round."""


@lru_cache(maxsize=16)
def _vocabulary(article: Article) -> tuple[frozenset[str], Mapping[str, str]]:
    """Its words in small letters, and those that stand side by side: both as if they were one word."""
    words = _WORD.findall(article.text)
    together = {
        first + second: f"{first} {second}"
        for first, second in pairwise(words)
        if len(first) >= _FIRST and len(second) >= _SECOND
    }
    return frozenset(words), together
