"""A sentence as tagged units: what each word, or run of words that belong together, may be in an actor's name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from summarizer.article import Article, Sentence
from summarizer.grounding.actors.known import KnownActor, known_actors
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.name_tokens import PhraseIndex, Token, straight, tokens
from summarizer.grounding.places import Place, place_at

__all__ = ["Tag", "Tagged", "Unit", "is_credit", "tagged"]

Tag = Literal["known", "place", "title", "noun", "name", "particle", "number", "calendar", "word"]
"""`place` covers countries, capitals and nationalities; `name` is a capitalised word nobody knows."""

_CREDIT_IN_BRACKETS = re.compile(r"\([^()\n]{0,60}/[^()\n]{0,60}\)")
_OPENERS = re.compile("[.!?:;\u201c\u201d\"(\\[\u2014\u2013]|--|- ?-|\\s-|^'|'$")
_TIGHT = frozenset((" ", "-", "\u2013", "/"))
_SHORT = 5
"""Letters: a word this short that ends in -ed or -ing is as often a name: Reed, King."""
_OPENING_ENDINGS = ("ing", "ed", "ly", "tion", "ions", "ment", "ness", "ers", "ists", "ians")


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
        return self.gap in _TIGHT

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()

    @property
    def folded(self) -> str:
        """Its text in lower case."""
        return self.text.casefold()

    @property
    def last(self) -> str:
        """Its last word in lower case."""
        return self.folded.rsplit(maxsplit=1)[-1]

    @property
    def is_person(self) -> bool:
        """Whether it is a person known by name."""
        return self.known is not None and self.known.kind == "person"

    def is_form(self, *forms: str) -> bool:
        """Whether it is a place of one of these forms."""
        return self.place is not None and self.place.form in forms


class Tagged(NamedTuple):
    """One sentence, tagged."""

    number: int
    """The sentence's."""
    units: tuple[Unit, ...]
    text: str
    """The whole article's."""

    def words(self, start: int, end: int) -> str:
        """The article's words from unit `start` up to before unit `end`, on one line."""
        return " ".join(self.text[self.units[start].start : self.units[end - 1].end].split())


def is_credit(sentence: Sentence) -> bool:
    """Whether the sentence credits the people who made the article."""
    folded = sentence.text.casefold()
    return any(
        folded.startswith(phrase) or (phrase.startswith("contributed") and phrase in folded)
        for phrase in actor_words().tables["things.credits"]
    )


def tagged(article: Article, sentence: Sentence, lower: frozenset[str]) -> Tagged:
    """Tag the words of one sentence, dateline and picture credits left out.

    Args:
        article: The whole article.
        sentence: One of its sentences.
        lower: Words the article also spells without a capital: at the start of a sentence they are no names.
    """
    text = article.text
    blanked = [match.span() for match in _CREDIT_IN_BRACKETS.finditer(text, sentence.start, sentence.end)]
    words = [
        word
        for word in tokens(text, sentence.body_start, sentence.end)
        if not any(start <= word.start < end for start, end in blanked)
    ]
    return Tagged(sentence.number, tuple(_units(text, words, lower)), text)


def _units(text: str, words: Sequence[Token], lower: frozenset[str]) -> Iterator[Unit]:
    at = 0
    while at < len(words):
        match = _longest(text, words, at, lower)
        first, last = words[at], words[at + match.length - 1]
        yield Unit(
            match.tag,
            straight(text[first.start : last.end]),
            first.start,
            last.end,
            first.gap,
            last.possessive,
            _opens(words, at),
            match.place,
            match.known,
            match.label,
        )
        at += match.length


class _Match(NamedTuple):
    length: int
    tag: Tag
    place: Place | None = None
    known: KnownActor | None = None
    label: str = ""


def _longest(text: str, words: Sequence[Token], at: int, lower: frozenset[str]) -> _Match:
    """The longest reading of the words from `at` on; on a tie, what is known by name goes first."""
    readings: list[_Match] = []
    known = known_actors().at(words, at)
    if known and not (known[0] == 1 and _opens(words, at) and words[at].text.casefold() in lower):
        readings.append(_Match(known[0], "known", known=known[1]))
    if place := place_at(words, at, text):
        readings.append(_Match(place[0], "place", place=place[1]))
    if title := _titles().at(words, at):
        readings.append(_Match(title[0], "title", label=title[1]))
    if noun := _nouns().at(words, at):
        readings.append(_Match(noun[0], "noun", label=noun[1]))
    return (
        max(readings, key=lambda reading: reading.length) if readings else _Match(1, _tag(words, at, lower))
    )


def _tag(words: Sequence[Token], at: int, lower: frozenset[str]) -> Tag:
    word, lists = words[at], actor_words()
    folded = word.text.casefold()
    if word.text[0].isdigit():
        return "number"
    if lists.has(folded, "things.calendar") and (word.capital or "." in folded):
        return "calendar"
    if not word.capital:
        return "particle" if lists.has(folded, "particles.inside") else "word"
    if lists.has(folded, "particles.suffixes"):
        return "name"
    return "word" if _is_no_name(words, at, lower) else "name"


def _is_no_name(words: Sequence[Token], at: int, lower: frozenset[str]) -> bool:
    """Whether a capitalised word is an ordinary one: it opens a sentence, or it is never a name."""
    folded, opens, lists = words[at].text.casefold(), _opens(words, at), actor_words()
    if lists.has(folded, "things.function"):
        return True
    if lists.has(folded, "things.ordinary"):
        return opens or not _beside_a_capital(words, at)
    if not opens:
        return _is_verb(folded)
    ends_so = len(folded) > _SHORT and folded.endswith(_OPENING_ENDINGS)
    return (folded in lower or ends_so) and not lists.has(folded, "given_names.words")


def _is_verb(folded: str) -> bool:
    """Whether a capital in mid-sentence can only be a headline's: "Court Takes Up Challenge"."""
    lists = actor_words()
    return lists.has(folded, "verbs.speech") or (
        lists.has(folded, "verbs.act") and folded.endswith(("s", "ed"))
    )


def _beside_a_capital(words: Sequence[Token], at: int) -> bool:
    """Whether an ordinary word is part of a name, as in "Foreign Ministry" or "Union of Young Farmers"."""
    after = words[at + 1] if at + 1 < len(words) else None
    if after and after.gap == " " and after.capital and not words[at].possessive and len(words[at].text) > 1:
        return True
    return at > 0 and words[at].gap == " " and words[at - 1].capital and not _opens(words, at - 1)


def _opens(words: Sequence[Token], at: int) -> bool:
    return at == 0 or bool(_OPENERS.search(words[at].gap))


@cache
def _titles() -> PhraseIndex[str]:
    titles = actor_words().titles
    unpointed = [(title.replace(".", ""), sector) for title, sector in titles.items() if "." in title]
    return PhraseIndex([*titles.items(), *unpointed], fold=True)


@cache
def _nouns() -> PhraseIndex[str]:
    return PhraseIndex(actor_words().nouns.items(), fold=True)
