"""One side's account of something: who gives it, and in which words of the article."""

import re
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.grounding.attribution import attribution_of
from summarizer.grounding.lexicon import lexicon
from summarizer.grounding.speakers import speakers_of

__all__ = ["Account", "clause", "content", "differ", "names", "same_voice", "speaker_at", "subject_of"]

LONGEST = 400
"""Characters of a line that sets two accounts against each other."""
_NAME_ROOM = 60
_FEWEST = 20
"""A clause is not cut shorter than this share of a hundred characters to end at a border."""

_LEFT = re.compile(
    r"\bthat\s+|[;:—]\s+|,?\s+(?:but|while|whereas|although|though|yet)\s+(?:that\s+)?|,\s+and\s+(?:that\s+)?",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"[;—]|,?\s+(?:but|while|whereas|although|though|yet)\s|,[\"”]?\s+and\s+(?:that|said|says|has|have|had)\b"
    r"|,[\"”]?\s+(?:according\s+to\b|(?:[\w.’'-]+\s+){1,6}(?:said|says|told|added|insisted)\b)"
    r"|,[\"”]?\s+(?:said|says)\s|\s+according\s+to\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[,;:]\s|\s(?=(?:that|which|who|to|when|after|before|because|while|and|but|as|if|by|with|in|for)\s)"
)
_CLOSING = ('"', "”")
_CLAIMED = re.compile(r"\s+(?:responsibility|credit)\b")
_ADVERBS = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|again|already|both|still|now|\w+ly"
    r"|(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))+$"
)
_SUBJECT = re.compile(
    r"[“”\"]\s*|[;:—,]\s+|\b(?:that|but|and|while|whereas|as|because|when|after|although|though)\s+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:he|she|it|they|we|i|you|who|which|this|these|those|both|neither)$", re.IGNORECASE)
_AGENT = re.compile(r"[A-Z]|(?:ers|ors|ists)$")
_PLAIN = re.compile(r"(?:[\w.’'-]+\s+){0,6}[\w.’'-]+")
_WORD = re.compile(r"[a-z][a-z-]{3,}")
_ENDING = re.compile(r"(?:ings?|ed|e?s|e)$")
_STEM = 6
_EMPTY = frozenset(
    re.findall(
        r"\S+",
        "that this these those with from into over have been were will would could should their there "
        "which while when after before about against because between during under long said says told "
        "saying does doing also than then they them what where whose being such some many more most "
        "other people country government official officials president minister ministry state states "
        "forces week month year years months weeks day days last next earlier response retaliation "
        "reaction revenge part nothing planned prepared routine unrelated come came only just even "
        "late early since until amid it's",
    )
)
_NAME = re.compile(r"\b[A-Z][\w.’'-]*")
_TITLES = frozenset(
    re.findall(r"\S+", "the its his her their an foreign prime defense defence interior minister")
)
_NOBODY = re.compile(r"no\b|none\b|.*\b(?:was|were|is|are|been)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Account:
    """What one source says, in the article's words."""

    sentence: int
    speaker: str | None
    """As the article names it; None where it says so itself."""
    words: str


def differ(first: Account, second: Account) -> str:
    """One line that names both sides and quotes both, at most 400 characters long.

    The words are those of the article; ` ...` marks where a clause was cut.
    """
    sides = [
        (_short(a.speaker or "the article", _NAME_ROOM), " ".join(a.words.split())) for a in (first, second)
    ]
    frame = "Accounts differ: {}: {}; {}: {}."
    room = LONGEST - len(frame) - sum(len(name) for name, _ in sides) - 12
    shorter = min(len(words) for _, words in sides)
    most = max(room // 2, room - shorter)
    (one, said), (other, replied) = ((name, _quoted(_short(words, most))) for name, words in sides)
    return f"Accounts differ: {one}: {said}; {other}: {replied}."


def _short(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    held = words[: most - 4]
    borders = [m.start() for m in _CUT.finditer(held) if m.start() >= _FEWEST * most // 100]
    return f"{held[: borders[-1] if borders else held.rfind(' ') if ' ' in held else len(held)].rstrip(' ,;:')} ..."


def _quoted(words: str) -> str:
    if words.count('"') % 2:
        words = words[1:] if words.startswith('"') else words.removesuffix('"')
    return f"“{words}”" if '"' in words else f'"{words}"'


def clause(body: str, start: int, end: int, *, from_start: bool = False) -> str:
    """The clause around `body[start:end]`, without who says so; with `from_start`, only from there on."""
    left = start if from_start else _left(body, start)
    right = _RIGHT.search(body, end)
    stop = right.start() if right else len(body)
    if right and right.group()[1:2] in _CLOSING:
        stop += len(',"')  # American commas stand inside the quotation
    return body[left:stop].strip().lstrip(",.;: ").rstrip(".,; ")


def _left(body: str, start: int) -> int:
    said = [
        end for _, _, end in lexicon().attribution["says"].find(body[:start]) if not _CLAIMED.match(body, end)
    ]
    return max([0, *said, *(m.end() for m in _LEFT.finditer(body[:start]))])


def subject_of(article: Article, number: int, start: int) -> str | None:
    """Who does what the verb at `start` of the sentence's body tells; None when the article does not name it."""
    body = article.sentence(number).body
    before = _ADVERBS.sub("", body[:start].rstrip())
    tail = before[max((m.end() for m in _SUBJECT.finditer(before)), default=0) :].strip()
    if tail and _PLAIN.fullmatch(tail) and not _PRONOUN.match(tail):
        judged = speakers_of(article).judge(tail)
        return judged.surface if judged else tail if _AGENT.search(tail) else None
    _, speaker = attribution_of(article, number)
    if speaker and (_PRONOUN.match(tail) or speaker.split()[-1] in before):
        return speaker
    return None


def speaker_at(article: Article, number: int, offset: int) -> str | None:
    """Who says what stands at `offset` of the sentence's body."""
    body = article.sentence(number).body
    said = sorted(
        start for _, start, end in lexicon().attribution["says"].find(body[:offset]) if end <= offset
    )
    speaker = (subject_of(article, number, said[-1]) if said else None) or attribution_of(article, number)[1]
    return None if speaker and _NOBODY.match(speaker) else speaker


def content(text: str) -> frozenset[str]:
    """Stems of the words that say what a text is about, names left out."""
    return frozenset(
        _ENDING.sub("", w)[:_STEM] for w in _WORD.findall(_NAME.sub(" ", text)) if w not in _EMPTY
    )


def names(text: str) -> frozenset[str]:
    """The capitalised words of a text, without titles and endings; nationalities match their country."""
    found = (re.sub(r"['’]s?$|\.$", "", w).casefold() for w in _NAME.findall(text))
    return frozenset(w[:5] for w in found if len(w) > 1 and w not in _TITLES)


def same_voice(one: str | None, other: str | None) -> bool:
    """Whether two sources are, or may be, the same."""
    if one is None or other is None:
        return one is other
    a, b = one.casefold(), other.casefold()
    return a in b or b in a or a.split()[-1] == b.split()[-1]
