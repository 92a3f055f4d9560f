"""An article with some of its sentences made mute, so that nothing can be found in them and nothing else moves."""

from collections.abc import Collection
from dataclasses import replace

from summarizer.article import Article, Sentence

__all__ = ["is_mute", "set_aside"]

_MUTE = "…"


def is_mute(sentence: Sentence) -> bool:
    """Whether it was set aside, or says as little."""
    return sentence.text.strip() == _MUTE


def set_aside(article: Article, numbers: Collection[int]) -> Article:
    """The same article with these sentences masked: same length, same numbers, same offsets.

    Args:
        article: Stays as it is.
        numbers: Of the sentences; with none, the article itself comes back.
    """
    if not numbers:
        return article
    text = list(article.text)
    for number in numbers:
        sentence = article.sentence(number)
        text[sentence.start : sentence.end] = _MUTE.ljust(sentence.end - sentence.start)
    masked = replace(article, text="".join(text))
    kept = [
        replace(
            s, text=masked.text[s.start : s.end], body_start=s.start if s.number in numbers else s.body_start
        )
        for s in article.sentences
    ]
    # Found again in the masked text, the boundaries could fall elsewhere.
    masked.__dict__["sentences"] = tuple(kept)
    return masked
