"""A sentence that can be read alone: its opening pronoun named, the speaker of a bare quotation added.

A small model restates what it is shown; shown "He authorized ...", it writes "He authorized ...".
"""

import re
from collections.abc import Sequence

from summarizer.article import Article, Sentence
from summarizer.grounding.attribution import attribution_of
from summarizer.grounding.candidates import Candidate
from summarizer.languages import is_english

__all__ = ["standalone"]

_HE = re.compile(r"^(He|She)(?=\s)")
_ALREADY = re.compile(r"\b(?:said|says|told|added|according to|asked|warned|wrote|tweeted)\b")
_OPENING = re.compile(r'^["“]')
_NOT_SUBJECT = re.compile(r"\b(?:of|by|with|to|for|from|against|than|after|about)\s+(?:\S+\s+){0,2}$")


def standalone(article: Article, number: int, people: Sequence[Candidate]) -> str:
    """The words of a sentence, with `He` or `She` at its start named, and `NAME:` before a quotation of its own.

    Args:
        article: The article.
        number: Of the sentence.
        people: Its actors, for the pronoun; in another language than English the words stay as they are.
    """
    sentence = article.sentence(number)
    body = sentence.body
    opening = _HE.match(body)
    if not is_english(article.language):
        return body
    if opening and (name := _last_named(article, sentence, people)):
        return name + body[opening.end() :]
    if _OPENING.match(body) and not _ALREADY.search(body):
        _, speaker = attribution_of(article, number)
        return f"{speaker}: {body}" if speaker else body
    return body


def _last_named(article: Article, sentence: Sentence, people: Sequence[Candidate]) -> str | None:
    """The person the previous sentence was last about: its last subject, else the last one it names."""
    if sentence.number == 1:
        return None
    before = article.sentence(sentence.number - 1)
    named = sorted(
        (
            (span.start, person.name)
            for person in people
            if person.kind == "person"
            for span in person.mentions
            if span.sentence == before.number
        ),
        reverse=True,
    )
    subjects = [name for start, name in named if not _NOT_SUBJECT.search(article.text[before.start : start])]
    return next(iter([*subjects, *(name for _, name in named)]), None)
