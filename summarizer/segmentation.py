"""Text into sentences: where one ends, and what misleads about it.

Nothing is normalised, and every non-space character belongs to exactly one sentence. Boundaries come from sentencex;
this module hides from it what misleads it (quotation marks, line ends), rejoins what it cuts too eagerly and cuts
what runs on without an end.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

__all__ = ["LONGEST_SENTENCE", "Sentence", "cut"]

_QUOTES = '"“”„«»‟'
# sentencex keeps a quotation together, however long; one unbalanced mark swallows the whole article.
_MASK = str.maketrans(dict.fromkeys(_QUOTES, "\u2009"))
# sentencex 1.0.32 panics on an initial with wide space before its full stop, such as a mask in `“Plan A”.`
_WIDE_BEFORE_STOP = re.compile(r"[^\S\x00-\x7f](?=\s*\.)")
_SURROGATE = re.compile("[\ud800-\udfff]")

LONGEST_SENTENCE = 1500
"""Characters; what runs on for longer, such as a list without full stops, is cut into several sentences."""
_CLAUSE = re.compile(r"(?:[,;:.!?…]|\s[–—-])\s+|\n+|[、。，；：！？]")
_SPACE = re.compile(r"\s+")

_DATELINE = re.compile(
    r"""\s*[A-Z][A-Z.'’ -]{2,40}                  # KYIV, UNITED NATIONS
        (?:,\s+[A-Z][\w.'’ -]{1,30}){0,2}          # , Ukraine / , Dec 5
        (?:\s*\([A-Z][^()\n]{1,40}\))?             # (Reuters)
        \s*(?:--|[—–-])[\s\xa0]*-?[\s\xa0]*        # the dash
    """,
    re.VERBOSE,
)
_TITLES = {"fr": re.compile(r"(?<!\w)(?:M|MM|Me|Mgr|Dr|Pr)\.\s*$"), "es": re.compile(r"(?<!\w)EE\.\s*$")}
"""What sentencex takes for the end of a sentence in that language: M. Dupont, EE. UU."""
_ELISION = re.compile(r"(?:^|[\s\"“])(?:\.\.\.|…)$")
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_CLOCK_GOES_ON = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}\b|[A-Z][a-z]+ time\b)"
)
_TERMINAL = re.compile(r"[.!?…:;\"”’)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `article.text[start:end] == text`."""

    number: int
    """From 1, in reading order."""
    start: int
    end: int
    text: str
    body_start: int
    """Where its meaning starts: after the dateline, if it opens with one."""

    @property
    def body(self) -> str:
        """Its words without the dateline."""
        return self.text[self.body_start - self.start :]


def cut(text: str, language: str) -> Iterator[Sentence]:
    """The sentences of a text, in order.

    Args:
        text: Any text.
        language: Of the text (ISO 639-1).
    """
    start, number = 0, 0
    for end in _bounded([*_boundaries(text, language), len(text)], text):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            number += 1
            begin = start + len(piece) - len(piece.lstrip())
            dateline = _DATELINE.match(stripped) if number == 1 else None
            body = begin + dateline.end() if dateline and dateline.end() < len(stripped) else begin
            yield Sentence(number, begin, begin + len(stripped), stripped, body)
        start = end


def _bounded(ends: Iterable[int], text: str) -> Iterator[int]:
    """The ends, and more of them inside what runs on without one: at a clause, else at a space, else anywhere."""
    start = 0
    for end in ends:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        while end - start > LONGEST_SENTENCE:
            half, whole = start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
            clause, space = (
                [m.end() for m in pattern.finditer(text, half, whole)] for pattern in (_CLAUSE, _SPACE)
            )
            start = next((found[-1] for found in (clause, space) if found), whole)
            yield start
        yield end
        start = end


def _boundaries(text: str, language: str) -> list[int]:
    """Offsets at which a new sentence may start, in ascending order."""
    masked = _WIDE_BEFORE_STOP.sub(" ", _SURROGATE.sub("\ufffd", text.translate(_MASK)))
    wrapped = _is_hard_wrapped(text)
    found: set[int] = set()
    for line in re.finditer(r"[\s\S]+" if wrapped else r"[^\n]*\n?", masked):
        if line.group().strip():
            found.add(line.start())
            found.update(line.start() + end for end in _ends(line.group(), language))
    ends = sorted({_after_quote(text, end) for end in found})
    title = _TITLES.get(language)
    return [
        end
        for end in ends
        if not _is_false(text, end) and not (title and title.search(text, max(0, end - 8), end))
    ]


def _ends(line: str, language: str) -> list[int]:
    # sentencex ships no type information; this is the one place that calls it.
    import sentencex  # pyright: ignore[reportMissingTypeStubs]

    found = cast("list[dict[str, Any]]", sentencex.get_sentence_boundaries(language, line))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    return [int(boundary["end_index"]) for boundary in found]


def _is_hard_wrapped(text: str) -> bool:
    """Whether lines are broken to a width, so that a line end means nothing; one such line may be a heading."""
    lines = text.splitlines()
    running = [line for line, after in itertools.pairwise(lines) if line.strip() and after.strip()]
    unfinished = sum(not _TERMINAL.search(line) for line in running)
    return unfinished > max(1, len(running) / 2)


def _after_quote(text: str, end: int) -> int:
    """Move a boundary so that a closing mark stays with its sentence and an opening one with the next."""
    last = _before(text, _before(text, _before(text, end, str.isspace), _QUOTES.__contains__), str.isspace)
    if last == 0:
        return 0
    while last < len(text) and text[last] in _QUOTES:
        last += 1
    return last


def _before(text: str, end: int, skipped: Callable[[str], bool]) -> int:
    """Where the run of such characters that ends at `end` begins; a copy of all before it would cost the square."""
    while end and skipped(text[end - 1]):
        end -= 1
    return end


def _is_false(text: str, end: int) -> bool:
    """Whether the sentence goes on across this boundary."""
    before, after = text[max(0, end - 20) : end], text[end : end + 20]
    if "\n" in after[: len(after) - len(after.lstrip())]:
        return False
    word = after.lstrip(" \t\xa0\u2009" + _QUOTES)[:1]
    if before.endswith(".") and after[:1].isalnum():
        return True  # Russia-U.|S.
    if before[-1:] in _QUOTES and word.islower():
        return True  # "Is it so?" he asked.
    if _ELISION.search(before):
        return True  # "... Ukraine," Dorsey said.
    return bool(_CLOCK.search(before) and _CLOCK_GOES_ON.match(after))
