"""Small repairs to a model's sentence that change none of its words."""

import re

from summarizer.article import Article
from summarizer.languages import same_language, wide_script

__all__ = ["room_for", "tidy"]

_EAST_ASIAN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]+")
_ENDS = re.compile(r"[.!?…\"”’)\]»。！？؟।]$")


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
    """
    foreign = sum(map(len, _EAST_ASIAN.findall(text)))
    if foreign * 2 < len(text) and not _EAST_ASIAN.search(article.text):
        text = _EAST_ASIAN.sub(" ", text)
    line = " ".join(text.split()).rstrip(" ,;:-–—")
    return line if not line or _ENDS.search(line) else f"{line}."
