"""Numbers in digits, as every language writes them: what a claim has and its source lacks."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Figure", "figures_in", "may_be_spelled", "unmatched"]

_LITERAL = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,٫]\d+)?")
_SCALES = (1.0, 1e3, 1e4, 1e6, 1e8, 1e9, 1e12)
"""What a word beside the digits may stand for: thousand, 万, million, 亿, billion, trillion."""
_OFTEN_SPELLED = 12
"""Up to here a number in digits may be a word in the other language, or an hour of another clock."""

_SPELLED = {
    "de": r"zehn|zig|dreißig|hundert|tausend|milli|dutzend",
    "en": r"\w(?:teen|ty)\b|\b(?:hundred|thousand|million|billion|dozen|score|half|third|quarter)",
    "es": r"\b(?:trece|catorce|quince|dieci|veint|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|quinient|mil\b|miles|millón|millones|docena|decena)|cient",
    "fr": r"\b(?:treize|quatorze|quinze|seize|vingt|trente|quarant|cinquant|soixant|cent|mill|douzain|dizain|tiers|moitié|quart)",
    "it": r"dici\b|\b(?:venti|vent|trent|quarant|cinquant|sessant|settant|ottant|novant|cent|mille|milion|dozzin|decin)|mila\b",
    "pt": r"\b(?:treze|catorze|quatorze|quinze|dezess|dezass|dezo|deze|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cem\b|cent|mil\b|milh|dúzia|dezena)",
    "ru": r"дцат|десят|девяност|\b(?:сорок|сто\b|ста\b|двест|двухсот|трист|тысяч|милли|дюжин|пол|трет|четверт)|сот",
    "uk": r"дцят|десят|дев.яност|\b(?:сорок|сто\b|ста\b|двіст|двохсот|трист|тисяч|мільй|дюжин|пів|трет|чверт)|сот",
}  # fmt: skip
"""Parts of words that spell numbers above twelve; wider than needed, since what they match is only left unaccused."""


def may_be_spelled(texts: Sequence[str], language: str) -> bool:
    """Whether texts in a language (ISO 639) may hold a larger number in words; so it is where nobody can tell."""
    pattern = _SPELLED.get(language)
    return pattern is None or any(re.search(pattern, text, re.IGNORECASE) for text in texts)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, and what it may mean: `1.200` is 1,200 in some languages and 1.2 in others."""

    text: str
    values: frozenset[float]

    def may_equal(self, other: "Figure") -> bool:
        """Whether both can mean the same, words such as `million` beside them included."""
        return any(_alike(a, b) for a in self.values for b in other.values)


def figures_in(text: str) -> list[Figure]:
    """The numbers in digits, of any script, in reading order."""
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return [Figure(text[m.start() : m.end()], _values(m.group())) for m in _LITERAL.finditer(plain)]


def unmatched(claim: str, sources: Sequence[str]) -> tuple[list[Figure], list[Figure], list[Figure]]:
    """The claim's numbers that its sources have, those they lack, and theirs that the claim lacks.

    Small numbers are in neither of the last two: one language spells what another writes in digits.
    """
    said, held = figures_in(claim), [figure for text in sources for figure in figures_in(text)]
    same = [one for one in said if any(one.may_equal(other) for other in held)]
    lacking = [one for one in said if one not in same and _is_large(one)]
    left = [one for one in held if _is_large(one) and not any(one.may_equal(other) for other in said)]
    return same, lacking, left


def _is_large(figure: Figure) -> bool:
    return max(figure.values) > _OFTEN_SPELLED


def _alike(one: float, other: float) -> bool:
    low, high = sorted((one, other))
    return any(abs(low * scale - high) <= 1e-9 * high for scale in _SCALES) if low else low == high


def _values(text: str) -> frozenset[float]:
    """As a number with a decimal sign, and as one with signs between thousands."""
    bare = re.sub(r"['’\u00a0\u202f\u2009 ]", "", text).replace("٫", ".")
    parts = re.split(r"[.,]", bare)
    if len(parts) == 1:
        return frozenset({float(bare)})
    whole, last = "".join(parts[:-1]), parts[-1]
    grouped = len(last) == 3 and all(len(part) == 3 for part in parts[1:])  # noqa: PLR2004 - digits of a group
    decimal = float(f"{whole}.{last}")
    if not grouped:
        return frozenset({decimal})
    return frozenset({float(whole + last)} if len(parts) > 2 else {float(whole + last), decimal})  # noqa: PLR2004
