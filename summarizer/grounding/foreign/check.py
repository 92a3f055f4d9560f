"""A claim in one language against an article in another, or both in one that the rules do not read.

Only what needs no words is compared: numbers in digits, and names in the same script. A number that the source has
otherwise makes a claim `altered`; everything else stays `unchecked`, with the reason. Nothing becomes `supported` here
but words that stand in the article itself.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.grounding.foreign.common_words import reads_like
from summarizer.grounding.foreign.figures import figures_in, may_be_spelled, unmatched
from summarizer.grounding.foreign.likeness import compared_names
from summarizer.languages import base_of, is_english, same_language
from summarizer.types import Issue, Verdict

__all__ = ["Compared", "compare", "is_between_languages"]

_MOST = 3
_COPIED = 0.7
"""Share of a claim's words in its source from which it was copied, not translated."""
_FEWEST_WORDS = 6
_STEM = 5
_MONTH = "(?:Jan(?:uary|\\.)|Feb(?:ruary|\\.)|March|April|May|June|July|Aug(?:ust|\\.)|Sept(?:ember|\\.)|Oct(?:ober|\\.)|Nov(?:ember|\\.)|Dec(?:ember|\\.))"
_DAY = re.compile(rf"\b(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH})\b")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"ru": "CYRILLIC", "uk": "CYRILLIC", "be": "CYRILLIC", "bg": "CYRILLIC", "mk": "CYRILLIC", "sr": "", "ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "he": "HEBREW", "el": "GREEK", "zh": "CJK", "ja": "", "ko": "HANGUL", "th": "THAI", "hi": "DEVANAGARI"}  # fmt: skip
"""First word of the Unicode names of a language's letters; nothing where it has several scripts; else Latin."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison found."""

    verdict: Verdict
    issues: tuple[Issue, ...]
    sentences: tuple[int, ...]


def is_between_languages(article: Article, language: str) -> bool:
    """Whether the rules of the claim check cannot be used: article or claim is not in English."""
    return not (is_english(article.language) and is_english(language))


def compare(claim: str, article: Article, sentences: Sequence[int], *, language: str) -> Compared:
    """Compare numbers and names of a claim with its sentences.

    Args:
        claim: What is said.
        article: What it is said about.
        sentences: Numbers of those it cites; empty: those that share most numbers and names with it.
        language: Of the claim (BCP 47).
    """
    numbers = tuple(sentences) or _nearest(claim, article)
    texts = [article.sentence(number).body for number in numbers]
    if wrong := _not_translated(claim, texts, article, language):
        return Compared("unchecked", (wrong,), numbers)
    if any(_bare(claim) == _bare(text) for text in texts):
        return Compared("supported", (), numbers)
    same, lacking, left = unmatched(claim, texts)
    if lacking and left and not may_be_spelled(texts, base_of(article.language)):
        said, held = ", ".join(f.text for f in lacking), ", ".join(f.text for f in left)
        message = f"The claim says {said}, the source {held}."
        return Compared("altered", (Issue(kind="number", claim=said, source=held, message=message),), numbers)
    if is_english(language) and (day := _invented_day(claim, texts)):
        message = f"The claim gives the day {day}, which the source does not have in digits."
        return Compared("altered", (Issue(kind="date", claim=day, source="", message=message),), numbers)
    named = compared_names(claim, texts, language=base_of(article.language))
    found = [figure.text for figure in same] + list(named.found)
    missed = [figure.text for figure in lacking] + list(named.missed)
    return Compared("unchecked", (_note(article, language, found, missed),), numbers)


def _note(article: Article, language: str, found: Sequence[str], lacking: Sequence[str]) -> Issue:
    message = f"Written in {language}, source in {article.language or 'en'}: only numbers in digits and names were compared"
    message += f" ({', '.join(dict.fromkeys(found))} found)." if found else ", and there was none in common."
    if lacking:
        message += f" Not found: {', '.join(dict.fromkeys(lacking))}."
    return Issue(kind="language", claim="", source="", message=message[:1900])


def _not_translated(claim: str, texts: Sequence[str], article: Article, language: str) -> Issue | None:
    """Why a claim is not in the language it should be in, as far as that shows without knowing the words."""
    copied = not same_language(article.language, language) and _is_copy(claim, texts)
    if not copied and _in_script(claim, language) and reads_like(claim, language) is None:
        return None
    message = f"The sentence is not written in {language}."
    return Issue(kind="language", claim=claim[:500], source="", message=message)


def _is_copy(claim: str, texts: Sequence[str]) -> bool:
    words = [word.casefold() for word in _WORD.findall(claim)]
    held = {word.casefold() for text in texts for word in _WORD.findall(text)}
    return len(words) >= _FEWEST_WORDS and sum(word in held for word in words) >= _COPIED * len(words)


def _in_script(claim: str, language: str) -> bool:
    script = _SCRIPTS.get(base_of(language), "LATIN")
    letters = Counter(unicodedata.name(sign, "?").split()[0] for sign in claim if sign.isalpha())
    return not script or not letters or letters[script] * 2 >= letters.total()


def _invented_day(claim: str, texts: Sequence[str]) -> str | None:
    """A day of a month in an English claim whose number no source has; the model saw no date of publication."""
    for day in _DAY.finditer(claim):
        said = figures_in(day.group())
        if not any(one.may_equal(other) for one in said[:1] for text in texts for other in figures_in(text)):
            return day.group()
    return None


def _nearest(claim: str, article: Article) -> tuple[int, ...]:
    """The sentences that share most with a claim that cites none; none where nothing is shared."""
    shared = dict(_shared(claim, article))
    best = sorted((n for n, score in shared.items() if score), key=lambda n: (-shared[n], n))
    return tuple(best[:_MOST])


def _shared(claim: str, article: Article) -> Iterator[tuple[int, int]]:
    words = {word.casefold()[:_STEM] for word in _WORD.findall(claim) if len(word) >= _STEM}
    for sentence in article.sentences:
        own = {word.casefold()[:_STEM] for word in _WORD.findall(sentence.body)}
        same, _, _ = unmatched(claim, [sentence.body])
        yield sentence.number, 2 * len(same) + len(words & own)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:!?'\"()[]-。")
