"""The states that an article in another language names: pycountry's translated names and a short table of our own."""

import gettext
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate
from summarizer.grounding.country_table import country_name
from summarizer.grounding.foreign.names import named_in
from summarizer.languages import base_of, is_english, same_language
from summarizer.resources import folder
from summarizer.types import Span
from summarizer.types.actors import Country

__all__ = ["named_states", "state_names"]

_CATALOGUES = {"zh": "zh_CN"}
"""Where the name of the catalogue is not the tag."""


def named_states(article: Article, *, language: str) -> list[Candidate]:
    """The states that the article names, as candidates, the most often named first.

    Args:
        article: In any language; without translated names for it, the result is empty.
        language: In which they are named; the article's own forms are aliases then.
    """
    names = state_names(base_of(article.language))
    # Of two names for the same words the longer one is meant: Niger lies inside Nigeria.
    places = [(span, len(name), code) for name, code in names for span in named_in(article, name)]
    found: dict[Country, list[Span]] = {}
    end = 0
    for span, _, code in sorted(places, key=lambda place: (place[0].start, -place[0].end, -place[1])):
        if span.start >= end:
            found.setdefault(code, []).append(span)
            end = span.end
    made = [_candidate(code, spans, _name(code, article, language)) for code, spans in found.items()]
    return sorted(made, key=lambda one: (-one.salience, one.mentions[0].start))


def _name(code: Country, article: Article, language: str) -> str | None:
    """What readers of that language call the state; None where that is the article's own word."""
    if same_language(article.language, language):
        return None
    if is_english(language):
        return country_name(code)
    return next((name for name, held in state_names(base_of(language)) if held == code), country_name(code))


def _candidate(code: Country, spans: list[Span], name: str | None) -> Candidate:
    forms = tuple(dict.fromkeys((*((name,) if name else ()), *(span.quote for span in spans))))
    return Candidate(
        name=forms[0],
        aliases=forms[1:],
        kind="state",
        country=code,
        sector="GOV",
        role=None,
        mentions=tuple(spans),
        salience=len(spans),
    )


@cache
def state_names(language: str) -> tuple[tuple[str, Country], ...]:
    """Names of states in one language (ISO 639) with their codes; names that two states share are left out.

    From the translations of ISO 3166-1 that pycountry carries (iso-codes), and `schemas/state_names.toml`.
    """
    with (folder("schemas") / "state_names.toml").open("rb") as file:
        ours: dict[str, list[str]] = tomllib.load(file).get(language, {})
    names = {(name, code) for name, code in _translated(language)}
    names |= {(name, code) for code, held in ours.items() for name in held}
    shared = Counter(name for name, _ in names)
    return tuple(sorted(pair for pair in names if shared[pair[0]] == 1))


def _translated(language: str) -> Iterator[tuple[str, Country]]:
    from pycountry import LOCALES_DIR, countries

    try:
        words = gettext.translation("iso3166-1", LOCALES_DIR, [_CATALOGUES.get(language, language)])
    except FileNotFoundError:  # a language that nobody has translated them into
        return
    for row in countries:
        for field in ("common_name", "name"):
            name = getattr(row, field, None)
            if isinstance(name, str):  # "Russie, Fédération de", "Palestyna (państwo)"
                yield re.split(r"[,(]", words.gettext(name))[0].strip(), str(row.alpha_3)
