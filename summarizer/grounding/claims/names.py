"""Proper names in a sentence, and whether two of them name the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.nations import body, nation
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import Token

__all__ = ["Mention", "alike", "equal", "mentions", "same"]

_LONGEST_NATION = 4
_BINDS_LEFT = frozenset({"al", "el", "abu", "bin", "ibn", "de", "von", "van", "ben", "da", "di", "du", "la", "le", "der", "den", "dos"})  # fmt: skip
_BODIES = frozenset({"bank", "republic", "university", "church", "federation", "institute", "gulf", "sea", "strait", "government"})  # fmt: skip
"""With `of` and a country these make one name."""
_OPENS = frozenset({".", "?", "!", ":", '"', ";", "(", "["})
_NOT_ALONE = frozenset({"foreign", "defense", "defence", "interior", "deputy", "former", "late", "acting"})
_CLOSE = 0.2
_LONG_ENOUGH = 5
_STEM = 4
_OF_A_PLACE = frozenset({"n", "ns", "an", "ans", "ian", "ians", "i", "is", "s", "ish", "ese", "ers", "er"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One proper name where it stands in a sentence."""

    words: tuple[str, ...]
    """Its words, folded, without titles and small words."""
    indices: tuple[int, ...]
    """Tokens of its words."""
    nation: str | None = None
    """Code of the country, where the name may stand for the country as a whole."""
    body: str | None = None
    """Code of the country whose office or building it is."""
    initials: frozenset[str] = frozenset()
    """What its initials may spell."""
    opposed: bool = False
    """Whether it stands in `anti-IS` or the like."""
    shouted: bool = False
    """Whether several words of it are all in capitals, as page furniture is."""

    @property
    def head(self) -> int:
        """Index of its last token."""
        return self.indices[-1]


def mentions(
    reading: Reading, *, is_common: Callable[[str], bool], peoples: Mapping[str, str]
) -> tuple[Mention, ...]:
    """Every name in a sentence, in order.

    Args:
        reading: The sentence.
        is_common: Says of a folded word whether the article also writes it in lower case.
        peoples: Folded names of countries that only the article knows, with their adjectives -> country.
    """
    found: list[Mention] = []
    for run in _runs(reading, is_common):
        found.extend(
            replace(m, opposed=_is_opposed(reading.tokens, m), shouted=_is_shouted(reading.tokens, m))
            for m in _split(run, reading.tokens, peoples)
        )
    return tuple(found)


def _is_opposed(everything: Sequence[Token], mention: Mention) -> bool:
    first = mention.indices[0]
    return everything[first].joined and everything[first - 2].lower in {"anti", "counter", "non"}


def _is_shouted(everything: Sequence[Token], mention: Mention) -> bool:
    return len(mention.indices) > 1 and all(everything[i].text.isupper() for i in mention.indices)


def _runs(reading: Reading, is_common: Callable[[str], bool]) -> Iterator[list[Token]]:
    """Stretches of capitalised words."""
    run: list[Token] = []
    everything = reading.tokens
    for token in everything:
        if _is_name_word(everything, token, is_common):
            run.append(token)
            if token.possessive:
                yield run
                run = []
        elif not (run and _binds(everything, token)):
            if run:
                yield run
            run = []
    if run:
        yield run


def _is_name_word(everything: Sequence[Token], token: Token, is_common: Callable[[str], bool]) -> bool:
    if token.kind != "word" or not token.capital or _is_calendar(token.lower):
        return False
    if token.lower in {"north", "south", "east", "new"} and not _goes_on(everything, token):
        return False
    shouted = len(token.lower) > 1 and token.text.replace(".", "").isupper()
    if token.lower in lexicon().function_words and not shouted:
        return False
    before = everything[token.index - 1] if token.index else None
    if (before is None or before.text in _OPENS) and not shouted:
        after = everything[token.index + 1] if token.index + 1 < len(everything) else None
        if after is None or after.kind != "word" or not after.capital:
            return not is_common(token.lower)
        return not is_common(token.lower) or (not is_common(after.lower) and nation(after.lower) is None)
    return True


def _goes_on(everything: Sequence[Token], token: Token) -> bool:
    """Whether a direction is part of a longer name: `North Korea`, `South China Sea`."""
    after = everything[token.index + 1 : token.index + 2]
    named = bool(after) and after[0].kind == "word" and after[0].capital and not _is_calendar(after[0].lower)
    return named and not token.possessive


def _binds(everything: Sequence[Token], token: Token) -> bool:
    """Whether a small word or hyphen inside a name, as in `Bashar al-Assad` and `Bank of Japan`."""
    after = everything[token.index + 1 : token.index + 2]
    if not after:
        return False
    if token.lower in _BINDS_LEFT or (token.text == "-" and everything[token.index - 1].lower in _BINDS_LEFT):
        return True
    before = everything[token.index - 1]
    held = before.possessive or before.lower in lexicon().words("names", "titles")
    return (
        token.lower == "of"
        and after[0].capital
        and not held
        and (nation(after[0].lower) is None or before.lower in _BODIES)
    )


@lru_cache(maxsize=20_000)
def _is_calendar(word: str) -> bool:
    dates = lexicon().tables["dates"]
    months = {form for month in dates["months"] for form in (month, month[:3])} | {"sept"}
    return word in dates["weekdays"] or word in dates["feasts"] or (word in months and word != "may")


def _split(run: list[Token], everything: Sequence[Token], peoples: Mapping[str, str]) -> Iterator[Mention]:
    """Cut a run into countries and other names, without titles."""
    rest: list[Token] = []
    position = 0
    while position < len(run):
        size, code = (
            _nation_at(run, position, peoples) if not _is_of(everything, run, position) else (0, None)
        )
        cut = (
            size > 0
            or _is_title(run, position)
            or (position > 0 and _is_apart(run[position - 1], run[position]))
        )
        if cut and rest:
            yield _name(rest, everything)
            rest = []
        if size:
            part = run[position : position + size]
            yield Mention(tuple(t.lower for t in part), tuple(t.index for t in part), nation=code)
        elif not _is_title(run, position):
            rest.append(run[position])
        position += size or 1
    if rest:
        yield _name(rest, everything)


def _is_of(everything: Sequence[Token], run: list[Token], position: int) -> bool:
    """Whether a word is the `Japan` of `Bank of Japan`."""
    return position > 0 and everything[run[position].index - 1].lower == "of"


def _is_apart(left: Token, right: Token) -> bool:
    """`Trump-Putin` names two; `Al-Assad` one."""
    return right.joined and left.lower not in _BINDS_LEFT


def _nation_at(run: list[Token], position: int, peoples: Mapping[str, str]) -> tuple[int, str | None]:
    for size in range(min(_LONGEST_NATION, len(run) - position), 0, -1):
        words = " ".join(t.lower for t in run[position : position + size])
        code = nation(words)
        if code and (size > 1 or len(words) > 2 or run[position].text.isupper() or "." in run[position].text):  # noqa: PLR2004
            return size, code
    code = peoples.get(run[position].lower)
    return (1, code) if code else (0, None)


def _is_title(run: list[Token], position: int) -> bool:
    titles = lexicon().words("names", "titles")
    word = run[position].lower
    following = run[position + 1].lower if position + 1 < len(run) else ""
    if word in _NOT_ALONE:
        return following in titles
    return word in titles and following not in {
        "house",
        "court",
        "office",
        "council",
        "affairs",
        "department",
        "assembly",
        "staff",
    }


def _name(run: list[Token], everything: Sequence[Token]) -> Mention:
    words = tuple(t.lower for t in run)
    whole = [t.lower for t in everything[run[0].index : run[-1].index + 1] if t.kind == "word"]
    initials = frozenset("".join(word[0] for word in part) for part in (words, whole) if len(part) > 1)
    return Mention(words, tuple(t.index for t in run), body=body(" ".join(words)), initials=initials)


def same(one: Mention, other: Mention) -> bool:
    """Whether two names may name the same person, place or body."""
    if one.nation or other.nation:
        if one.nation and other.nation:
            return one.nation == other.nation
        return (one.nation or one.body) == (other.nation or other.body)
    if _in_one_group(one.words, other.words) or _abbreviates(one, other) or _abbreviates(other, one):
        return True
    short, long = sorted((one.words, other.words), key=len)
    return all(any(alike(word, candidate) for candidate in long) for word in short)


@cache
def _groups() -> dict[str, int]:
    rows = lexicon().tables["names"]["same"]["groups"]
    return {name.replace("_", " "): n for n, row in enumerate(rows) for name in row.split()}


def equal(one: Mention, other: Mention) -> bool:
    """Whether two names are the same without one standing for the other, as the Kremlin does for Russia."""
    return bool(one.nation) == bool(other.nation) and same(one, other)


def _in_one_group(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    number = _group_of(one)
    return number is not None and number == _group_of(other)


def _group_of(words: tuple[str, ...]) -> int | None:
    """The group of a name, or of the body that it is part of: `United Nations Economic Commission`."""
    groups = _groups()
    return next(
        (groups[start] for n in range(len(words), 1, -1) if (start := " ".join(words[:n])) in groups),
        groups.get(" ".join(words)),
    )


def _abbreviates(short: Mention, long: Mention) -> bool:
    return len(short.words) == 1 and short.words[0] in long.initials


@lru_cache(maxsize=16_384)
def alike(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one name: `rafik`, `rafiq`."""
    if one == other:
        return True
    if any(c.isdigit() for c in one + other):
        return False
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and len(short) >= _STEM and long[len(short) :] in _OF_A_PLACE:
        return True
    if min(len(one), len(other)) < _LONG_ENOUGH or one[0] != other[0]:
        return False
    if one.rstrip("s") == other.rstrip("s"):
        return True
    return _distance(one, other) <= max(len(one), len(other)) * _CLOSE


def _distance(one: str, other: str) -> int:
    """Edits (a swap of neighbours counts one) that turn one word into the other."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
