"""Small repairs to a model's sentence that change none of its words."""

import re

from summarizer.article import Article

__all__ = ["tidy"]

_EAST_ASIAN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]+")
_ENDS = re.compile(r"[.!?…\"”’)\]]$")


def tidy(text: str, article: Article) -> str:
    """One clean line that ends like a sentence.

    A small model that is kept from copying may reach for a word of its mother tongue; in an article without such
    characters they are dropped, and the check of the claim sees what is left.
    """
    if not _EAST_ASIAN.search(article.text):
        text = _EAST_ASIAN.sub(" ", text)
    line = " ".join(text.split()).rstrip(" ,;:-–—")
    return line if not line or _ENDS.search(line) else f"{line}."
