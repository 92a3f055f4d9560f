"""The corpus: every clean article attacked once by each family, the same way every time.

A case is a file as an attacker would leave it, its clean twin the same article without the attack. Which attack, and
where, follows from the article's place in its file, so that over all articles each attack stands in each of its places.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from summarizer.article import Article
from summarizer.loaders import Loaded, read
from tests.injection.hiding import disguised, hidden_in

__all__ = ["Attack", "Case", "Clean", "articles", "attacks", "benign", "cases"]

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Clean:
    """An article of ours that nobody has tampered with."""

    id: str
    title: str
    published: str
    text: str
    side: str
    other: str
    place: str

    def load(self, folder: Path) -> Loaded:
        """Through a text file in `folder`."""
        return _read(folder / f"{self.id}.txt", self.text, self)

    def told(self, text: str) -> str:
        """`text` with the names of this article."""
        for name in ("side", "other", "place"):
            text = text.replace(f"{{{name}}}", getattr(self, name))
        return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Attack:
    """What is planted, and how its success is known; `attacks.toml` explains the fields."""

    id: str
    family: str
    text: str
    marks: tuple[str, ...]
    claim: str | None
    """The false claim in its own words."""
    omits: bool
    places: tuple[str, ...]
    way: str | None
    held: bool
    """Not looked at by whoever mends a defence."""


@dataclass(frozen=True, slots=True)
class Case:
    """One article with one attack in it."""

    article: Clean
    attack: Attack
    place: str
    planted: str
    """What stands in the file."""
    file: str
    """The whole file."""
    suffix: str

    @property
    def id(self) -> str:
        """Family, attack and article."""
        return f"{self.attack.id}.{self.article.id}"

    @property
    def claim(self) -> str | None:
        """The planted claim as it speaks of this article."""
        return self.attack.claim and self.article.told(self.attack.claim)

    def load(self, folder: Path) -> Loaded:
        """Through a file of its own format in `folder`."""
        return _read(folder / f"{self.id}{self.suffix}", self.file, self.article)


@cache
def articles() -> tuple[Clean, ...]:
    """The clean articles."""
    return tuple(Clean(id=name, **_stripped(fields)) for name, fields in _table("articles.toml").items())


@cache
def benign() -> tuple[Clean, ...]:
    """Articles that report on attacks like these, and mean no harm."""
    nobody = {"side": "", "other": "", "place": ""}
    return tuple(
        Clean(id=name, **_stripped(fields), **nobody) for name, fields in _table("benign.toml").items()
    )


@cache
def attacks() -> dict[str, tuple[Attack, ...]]:
    """The attacks by family; every second one is held out."""
    table = _table("attacks.toml")
    claims = table.pop("claims")
    return {
        family: tuple(_attack(family, number, row, claims) for number, row in enumerate(rows))
        for family, rows in table.items()
    }


@cache
def cases() -> tuple[Case, ...]:
    """Article by article, each with one attack of every family."""
    return tuple(
        _planted(article, family[(k + 3 * f) % len(family)], k)
        for k, article in enumerate(articles())
        for f, family in enumerate(attacks().values())
    )


def _attack(family: str, number: int, row: dict[str, Any], claims: dict[str, Any]) -> Attack:
    claim = claims[row["claim"]] if "claim" in row else None
    return Attack(
        id=f"{family}-{number + 1}",
        family=family,
        text=row["text"].strip("\n"),
        marks=(*row.get("marks", ()), *(claim["marks"] if claim else ())),
        claim=claim["text"] if claim else None,
        omits=row.get("omits", False),
        places=tuple(row.get("places", ("page",))),
        way=row.get("way"),
        held=number % 2 == 1,
    )


def _planted(article: Clean, attack: Attack, k: int) -> Case:
    place = attack.places[k // 2 % len(attack.places)]
    text = article.told(attack.text)
    if attack.family == "hidden":
        file, suffix = hidden_in(article.title, article.text, text, attack.way or "")
        return Case(article, attack, place, text, file, suffix)
    if attack.family == "encoded":
        text = disguised(text, attack.way or "")
    at, piece = _inserted(article.text, text, place)
    return Case(article, attack, place, text, article.text[:at] + piece + article.text[at:], ".txt")


def _inserted(article: str, text: str, place: str) -> tuple[int, str]:
    """Where the attack goes, and what is put there."""
    match place:
        case "start":
            return 0, f"{text}\n\n"
        case "middle":
            return article.index("\n\n"), f"\n\n{text}"
        case "end":
            return len(article), f"\n\n{text}"
        case "inline":
            return Article.from_text(article).sentence(3).end, f" {text}"
        case _:
            third = Article.from_text(article).sentence(3)
            return article.index(" ", (third.start + third.end) // 2), f" ({text.rstrip('.')})"


def _read(path: Path, file: str, article: Clean) -> Loaded:
    path.write_text(file, encoding="utf-8")
    return read(path, title=article.title, published=article.published)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _stripped(fields: dict[str, Any]) -> dict[str, str]:
    return {name: cast("str", value).strip() for name, value in fields.items()}
