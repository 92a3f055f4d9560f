"""Who says so: the source of what a sentence tells, also where a quotation runs on over several sentences."""

import re

from summarizer.article import Article
from summarizer.grounding.lexicon import Lexicon, lexicon
from summarizer.grounding.speakers import Speaker, Speakers, speakers_of
from summarizer.types.signals import AttributionType

__all__ = ["attribution_of"]

_ACCORDING = re.compile(
    r"\baccording\s+to\s+(?P<who>[^,;“”\"]{2,120}?)(?P<more>,[^,;“”\"]{3,100})?\s*(?=[,;“”\"]|\.?\s*$|\s(?:who|which|that)\s)",
    re.IGNORECASE,
)
_VERBS = "has|had|have|is|was|are|were|will|would|did|does|also|later|why|how|(?!un)[a-z]{3,}ed"
_FINITE = re.compile(rf"\s(?:{_VERBS})\s")
_PREDICATE = re.compile(rf"[,;:“”\"]|\s(?:{_VERBS}|on|in|at|from|seemingly|and|or)\s")
_FRONTED = re.compile(r"(?:Despite|After|Amid|During|Following|Since|Before|Without)\s")
_PAST = re.compile(r"(?:ed|said|told|says)$")
_SHARED = re.compile(r"\b(?:and|but|or)$")
_AUXILIARIES = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|earlier|again|already|further|often|still|now|did|do|does|is|was|be|been|being|to|\w+ly"
    r"|(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))+$",
)
_SUBJECT_START = re.compile(
    r"[“”\"]\s*|[;:—]\s+|\b(?:that|but|and|while|as|because|when|after|although)\s+|,\s+(?=[A-Z]|the\b|an?\b|he\b|she\b|it\b|they\b|who\b)",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"\s*(?P<who>(?:[A-Z]|the\s|an?\s|one\s|some\s)[^,;“”\"]{2,110}?)(?P<more>,\s[^,;“”\"]{3,110})?\s*(?=[,;“”\"]|\.?\s*$|\.[”\"])"
)
_OPENING, _CLOSING = "“«", "”»"
_NOT_A_VERB = re.compile(
    r"\b(?:to|the|an?|of|his|her|its|their|that|which|as|be|been|this|any)$", re.IGNORECASE
)
_SCARE_QUOTE = re.compile(r"[\"“](\w+)$")
_SINCE_WHEN = re.compile(
    r"(?:(?:Last|This|Earlier|Later|On|In|But|And|Yet|Still|Also)\s++(?:this\s++|last\s++)?(?:\w+day|week|month|year|\d{4}|[A-Z][a-z]+\s\d+)?,?\s*+)+(?=[A-Z]|the\s|an?\s)"
)
_PRONOUN = re.compile(r"^(?:But|And)?\s*(?:he|she|it|they|who)$", re.IGNORECASE)
_LOOK_BACK = 6
_MOST_VERBS = 8


def attribution_of(article: Article, sentence_number: int) -> tuple[AttributionType, str | None]:
    """The kind of source of a sentence, and the source as the article names it.

    Args:
        article: The article.
        sentence_number: From 1.

    Returns:
        `reporter_voice` and None when the sentence is in the reporter's own voice. A sentence inside a quotation
        takes the speaker of the quotation; a pronoun takes the last speaker it fits.

    Raises:
        IndexError: there is no such sentence.
    """
    people, words = speakers_of(article), lexicon()
    body = article.sentence(sentence_number).body
    speaker = _speaker(article, sentence_number, people, words)
    if speaker is None and _inside_quotation(article, sentence_number):
        speaker = _of_quotation(article, sentence_number, people, words)
    if speaker is not None:
        return speaker.type, speaker.surface
    return ("unspecified" if words.attribution["unspecified"].found_in(body) else "reporter_voice"), None


def _speaker(article: Article, number: int, people: Speakers, words: Lexicon) -> Speaker | None:
    """The source that the sentence itself names."""
    body = article.sentence(number).body
    said = _according(body, people)
    for kind in ("says", "does"):
        for _, start, end in sorted(words.attribution[kind].find(body), key=lambda f: f[1])[:_MOST_VERBS]:
            if said is not None and kind == "does":
                continue
            found = _around(body, start, end, article, number, people, words)
            if found is not None:
                return found
    return said


def _according(body: str, people: Speakers) -> Speaker | None:
    match = _ACCORDING.search(body)
    return people.judge(match["who"], match["more"] or "") if match else None


def _around(
    body: str, start: int, end: int, article: Article, number: int, people: Speakers, words: Lexicon
) -> Speaker | None:
    """The subject of the verb at `body[start:end]`: before it, or after it where a quotation comes first."""
    before = _SCARE_QUOTE.sub(r"\1", body[:start].rstrip())
    if _NOT_A_VERB.search(before):
        return None
    inverted = _INVERTED.match(body, end) if before[-1:] in ',"”»' else None
    after = people.judge(inverted["who"], inverted["more"] or "") if inverted else None
    if after is not None and after.person:
        return after
    if body[start:end].lower().endswith("ing"):
        subject, added = _opening(body, words), ""
    else:
        subject, added = _before(before)
        if _SHARED.search(subject):
            subject = _opening(before, words)
        elif not added and not _FRONTED.match(subject):
            subject = _opening(subject, words, _FINITE)
    if _PRONOUN.match(subject):
        return _of_pronoun(subject, before, article, number, people, words)
    if subject:
        return people.judge(subject, added)
    return after


def _opening(text: str, words: Lexicon, predicate: re.Pattern[str] = _PREDICATE) -> str:
    """The noun phrase that a sentence starts with."""
    text = text.lstrip('"“ ')
    if re.match(r"(?:But|And)\s+(?:said|did|also)\b", text):
        return "he"
    text = _SINCE_WHEN.sub("", text, count=1) if _SINCE_WHEN.match(text) else text
    stop = predicate.search(text)
    phrase = text[: stop.start()] if stop else text
    said = (hit for kind in ("says", "does") for hit in words.attribution[kind].find(phrase))
    verbs = [start for _, start, end in said if _PAST.search(phrase[start:end])]  # "report" may be a noun
    return phrase[: min(verbs, default=len(phrase))].strip()


def _before(before: str) -> tuple[str, str]:
    """The noun phrase that ends where the verb begins, and what is added to it between commas."""
    before = _AUXILIARIES.sub("", before)
    if not before.endswith(","):
        return ("", "") if before[-1:] in '"”»“' else (_tail(before), "")
    parts = before[:-1].split(",")
    for back in range(2, min(5, len(parts) + 1)):
        subject = _tail(parts[-back])
        if re.search(r"[A-Z]", subject) and not re.match(
            r"\s*(?:an?|the|of|who|which|deputy|head|senior|chief|director)\s", parts[-back]
        ):
            return subject, ",".join(parts[-back + 1 :])
    return (_tail(parts[-2]), parts[-1]) if len(parts) > 1 else ("", "")


def _tail(text: str) -> str:
    """What follows the last place where a subject can start."""
    last = 0
    for match in _SUBJECT_START.finditer(text):
        last = match.end()
    return text[last:].strip()


def _of_pronoun(
    pronoun: str, before: str, article: Article, number: int, people: Speakers, words: Lexicon
) -> Speaker | None:
    """The last speaker that a pronoun can stand for."""
    if pronoun.lower().endswith("who"):
        subject, added = _before(re.sub(r",?\s*who$", "", before.rstrip(), flags=re.IGNORECASE))
        return people.judge(subject, added)
    person = pronoun.lower().split()[-1] in ("he", "she")
    for earlier in range(number - 1, max(0, number - 1 - _LOOK_BACK), -1):
        found = _speaker(article, earlier, people, words) or (
            _named_first(article, earlier, people, words) if person else None
        )
        if found is not None and (found.person if person else not found.person):
            return found
    return None


def _named_first(article: Article, number: int, people: Speakers, words: Lexicon) -> Speaker | None:
    """The person a sentence starts with."""
    body = article.sentence(number).body
    found = people.judge(_opening(body, words))
    return found if found is not None and found.person else None


def _inside_quotation(article: Article, number: int) -> bool:
    """Whether the sentence starts with, or lies within, a quotation."""
    sentence = article.sentence(number)
    if sentence.body.lstrip()[:1] in _OPENING + '"':
        return True
    return _open_at(article, sentence.start)


def _open_at(article: Article, offset: int) -> bool:
    """Whether a quotation is open at `offset`; marks are counted within the paragraph."""
    paragraph = article.text[article.text.rfind("\n", 0, offset) + 1 : offset]
    curly = sum((c in _OPENING) - (c in _CLOSING) for c in paragraph)
    return curly > 0 or paragraph.count('"') % 2 == 1


def _of_quotation(article: Article, number: int, people: Speakers, words: Lexicon) -> Speaker | None:
    """Whoever is named where the quotation began, or else where it goes on."""
    last = len(article.sentences)
    for near in [
        *range(number - 1, max(0, number - 1 - _LOOK_BACK), -1),
        *range(number + 1, min(last, number + 3) + 1),
    ]:
        found = _speaker(article, near, people, words)
        if found is not None:
            return found
    return None
