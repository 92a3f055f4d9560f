"""A sentence as tagged units: what each word, or run of words that belong together, may be in the name of an actor."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer.article import Article, Sentence
from summarizer.grounding.actors.known import KnownActor, known_actors
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.name_tokens import PhraseIndex, Token, tokens
from summarizer.grounding.places import Place, place_at

__all__ = ["Tag", "Unit", "is_credit", "units"]

Tag = Literal["known", "place", "title", "noun", "name", "particle", "number", "calendar", "word"]
"""`place` covers countries, capitals and nationalities; `name` is a capitalised word nobody knows."""

_CREDIT_IN_BRACKETS = re.compile(r"\([^()\n]{0,60}/[^()\n]{0,60}\)")
_OPENERS = re.compile("[.!?:;“”\"(\\[—–]|--|- ?-|\\s-")


@dataclass(frozen=True, slots=True)
class Unit:
    """One tagged run of words: `article.text[start:end]`."""

    tag: Tag
    text: str
    """With straight apostrophes, without a possessive ending."""
    start: int
    end: int
    gap: str
    """What stands between the unit before and this one."""
    possessive: bool
    opens: bool
    """Whether it opens a sentence, quotation or bracket, so that its capital says nothing."""
    place: Place | None = None
    known: KnownActor | None = None
    label: str = ""
    """Of a title: its sector; of a noun: its class."""

    @property
    def tight(self) -> bool:
        """Whether only a space or hyphen parts it from the unit before."""
        return self.gap in (" ", "-", "\xa0", "–", "/")

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()

    @property
    def folded(self) -> str:
        """Its text in lower case."""
        return self.text.casefold()

    def is_form(self, *forms: str) -> bool:
        """Whether it is a place of one of these forms."""
        return self.place is not None and self.place.form in forms


def is_credit(sentence: Sentence) -> bool:
    """Whether the sentence credits the people who made the article."""
    folded = sentence.text.casefold()
    return any(
        folded.startswith(phrase) or (phrase.startswith("contributed") and phrase in folded)
        for phrase in actor_words().tables["things.credits"]
    )


def units(article: Article, sentence: Sentence, lower: frozenset[str]) -> tuple[Unit, ...]:
    """Tag the words of one sentence, dateline and picture credits left out.

    Args:
        article: The whole article.
        sentence: One of its sentences.
        lower: Words the article also spells without a capital: at the start of a sentence they are no names.
    """
    text = article.text
    credits = [match.span() for match in _CREDIT_IN_BRACKETS.finditer(text, sentence.start, sentence.end)]
    words = [
        word
        for word in tokens(text, sentence.body_start, sentence.end)
        if not any(start <= word.start < end for start, end in credits)
    ]
    return tuple(_units(text, words, lower))


def _units(text: str, words: Sequence[Token], lower: frozenset[str]) -> Iterator[Unit]:
    at = 0
    while at < len(words):
        count, tag, place, known, label = _longest(text, words, at, lower)
        last = words[at + count - 1]
        first = words[at]
        joined = text[first.start : last.end].replace("’", "'").replace("\xa0", " ")
        yield Unit(tag, joined, first.start, last.end, first.gap, last.possessive, _opens(words, at), place, known, label)
        at += count


Match = tuple[int, Tag, Place | None, KnownActor | None, str]


def _longest(text: str, words: Sequence[Token], at: int, lower: frozenset[str]) -> Match:
    """The longest reading of the words from `at` on; on a tie, what is known by name goes first."""
    readings: list[Match] = []
    known = known_actors().at(words, at)
    if known and not _is_plain_word(words, at, known[0], lower):
        readings.append((known[0], "known", None, known[1], ""))
    place = place_at(words, at, text)
    if place:
        readings.append((place[0], "place", place[1], None, ""))
    title = _titles().at(words, at)
    if title:
        readings.append((title[0], "title", None, None, title[1]))
    noun = _nouns().at(words, at)
    if noun:
        readings.append((noun[0], "noun", None, None, noun[1]))
    return max(readings, key=lambda reading: reading[0]) if readings else (1, _tag(words, at, lower), None, None, "")


def _is_plain_word(words: Sequence[Token], at: int, count: int, lower: frozenset[str]) -> bool:
    """Whether a one-word name only opens a sentence here: "Politico" does not, "Congress" may, "Guardian" does."""
    return count == 1 and _opens(words, at) and words[at].text.casefold() in lower


def _tag(words: Sequence[Token], at: int, lower: frozenset[str]) -> Tag:
    word, lists = words[at], actor_words()
    folded = word.text.casefold()
    if word.text[0].isdigit():
        return "number"
    if lists.has(folded, "things.calendar") and (word.capital or "." in folded):
        return "calendar"
    if not word.capital:
        return "particle" if folded in lists.tables["particles.inside"] else "word"
    if folded in lists.tables["particles.suffixes"]:
        return "name"
    if lists.has(folded, "things.function") or (_is_verb(folded) and not _opens(words, at)):
        return "word"
    if lists.has(folded, "things.ordinary") and (_opens(words, at) or not _beside_a_capital(words, at)):
        return "word"
    if _opens(words, at) and not lists.has(folded, "given_names.words") and (folded in lower or _looks_like_an_opening(folded)):
        return "word"
    return "name"


def _is_verb(folded: str) -> bool:
    """Whether a capital in mid-sentence can only be a headline's: "Court Takes Up Challenge"."""
    lists = actor_words()
    return lists.has(folded, "verbs.speech") or (lists.has(folded, "verbs.act") and folded.endswith(("s", "ed")))


def _beside_a_capital(words: Sequence[Token], at: int) -> bool:
    """Whether an ordinary word is part of a name, as in "Foreign Ministry" or "Union of Young Farmers"."""
    after = words[at + 1] if at + 1 < len(words) else None
    if after and after.gap == " " and after.capital and not words[at].possessive and len(words[at].text) > 1:
        return True
    return at > 0 and words[at].gap == " " and words[at - 1].capital and not _opens(words, at - 1)


def _looks_like_an_opening(folded: str) -> bool:
    return len(folded) > 5 and folded.endswith(("ing", "ed", "ly", "tion", "ions", "ment", "ness", "ers", "ists", "ians"))  # noqa: PLR2004 - shorter ones are often names: Reed, King


def _opens(words: Sequence[Token], at: int) -> bool:
    return at == 0 or bool(_OPENERS.search(words[at].gap)) or words[at].gap.startswith("'") or words[at].gap.endswith("'")


@cache
def _titles() -> PhraseIndex[str]:
    return PhraseIndex(actor_words().titles, fold=True)


@cache
def _nouns() -> PhraseIndex[str]:
    return PhraseIndex(actor_words().nouns, fold=True)
