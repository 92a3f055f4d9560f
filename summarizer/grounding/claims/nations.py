"""Which country a word names: `Russian`, `Moscow` and `Kremlin` all name Russia."""

from functools import cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.words import fold
from summarizer.grounding.country_table import country_table, official_names
from summarizer.types.actors import Country

__all__ = ["body", "is_capital", "is_nationality", "nation"]


@cache
def _named(*fields: str) -> dict[str, Country]:
    """Folded words of some fields of the table -> country; the first meaning stays."""
    found: dict[str, Country] = {}
    for field in fields:
        for code, row in country_table().rows.items():
            for word in row.get(field):
                found.setdefault(_key(word), code)
                if field == "adjectives" and word.endswith(("n", "i")):
                    found.setdefault(_key(f"{word}s"), code)
    return found


@cache
def _nations() -> dict[str, Country]:
    return {_key(name): code for name, code in official_names()} | _named(
        "names", "adjectives", "people", "capitals"
    )


def _key(name: str) -> str:
    return fold(name).replace(".", "").removeprefix("the ")


def nation(words: str) -> Country | None:
    """The country that folded `words` name: by its name, a nationality or its seat of government."""
    return _nations().get(_key(words))


def body(words: str) -> Country | None:
    """The country for which the press names a building or an office, such as the Kremlin."""
    known = lexicon().tables["names"]["bodies"]
    return _named("metonyms").get(_key(words)) or known.get(_key(words))


def is_capital(words: str) -> bool:
    """Whether folded words name a seat of government, which may also be just a place."""
    return words in _named("capitals")


def is_nationality(word: str) -> bool:
    """Whether a folded word is an adjective such as `russian`."""
    return word in _named("adjectives")
