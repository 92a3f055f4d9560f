"""Which country a word names: `Russian`, `Moscow` and `Kremlin` all name Russia."""

import tomllib
from functools import cache

from summarizer.grounding.claims.words import fold
from summarizer.resources import folder

__all__ = ["body", "is_capital", "is_nationality", "nation", "nation_words"]

_GENERIC = ("names", "adjectives", "people", "capitals")


@cache
def nation_words() -> dict[str, str]:
    """Folded words -> ISO 3166-1 alpha-3 code, for what may stand for the country as a whole."""
    import pycountry

    found: dict[str, str] = {}
    for row in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            if name := getattr(row, field, None):
                found[_key(name)] = row.alpha_3
    tables = tomllib.loads((folder("schemas") / "countries.toml").read_text(encoding="utf-8"))
    for code, table in tables.items():
        if not isinstance(table, dict):
            continue
        for kind in _GENERIC:
            for name in table.get(kind, ()):
                found[_key(name)] = code
                if kind == "adjectives" and name.endswith(("n", "i")):
                    found[_key(name + "s")] = code
    return found


@cache
def _bodies() -> dict[str, str]:
    tables = tomllib.loads((folder("schemas") / "countries.toml").read_text(encoding="utf-8"))
    return {_key(name): code for code, t in tables.items() if isinstance(t, dict) for name in t.get("metonyms", ())}


def _key(name: str) -> str:
    return fold(name).replace(".", "").removeprefix("the ")


@cache
def _adjectives() -> frozenset[str]:
    tables = tomllib.loads((folder("schemas") / "countries.toml").read_text(encoding="utf-8"))
    return frozenset(_key(name) for t in tables.values() if isinstance(t, dict) for name in t.get("adjectives", ()))


@cache
def _capitals() -> frozenset[str]:
    tables = tomllib.loads((folder("schemas") / "countries.toml").read_text(encoding="utf-8"))
    return frozenset(_key(name) for t in tables.values() if isinstance(t, dict) for name in t.get("capitals", ()))


def is_capital(words: str) -> bool:
    """Whether folded words name a seat of government, which may also be just a place."""
    return words in _capitals()


def is_nationality(word: str) -> bool:
    """Whether a folded word is an adjective such as `russian`."""
    return word in _adjectives()


def nation(words: str) -> str | None:
    """The country that folded `words` name, as an alpha-3 code."""
    return nation_words().get(_key(words))


def body(words: str) -> str | None:
    """The country for which the press names a building or an office, such as the Kremlin."""
    return _bodies().get(_key(words))
