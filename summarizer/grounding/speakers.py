"""What kind of source a noun phrase is: an official by name, officials without one, an institution, a paper, a document."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from summarizer.article import Article
from summarizer.grounding.lexicon import Lexicon, Source, lexicon
from summarizer.types.signals import AttributionType

__all__ = ["Speaker", "Speakers", "speakers_of"]

_PARTICLE = r"(?:al|bin|ibn|de|del|der|den|van|von|da|la|el|abu|ben|ul|ur)"
_UPPER = "[A-ZÀ-ÖØ-ÞĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŤŪŮŰŲŹŻŽ]"
_CAPITAL = rf"(?>(?:{_UPPER}\.)+|(?:al-|el-|Al-|El-|O['\u2019]|d['\u2019])?{_UPPER}[\w\u2019'-]*\.?(?=[\s,]|$|[^\w]))"
_RUN = re.compile(rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)?{_CAPITAL})*(?:,?\s+(?:Jr|Sr)\.)?")
_GENERATION = re.compile(r"^(?:Jr|Sr|II|III|IV)\.?$")
_NO_NAME = frozenset(
    re.findall(
        r"\S+",
        "A An The In On At But And He She It They We I This That These Those Some Many Most Several "
        "Other Others Both Two Three After Before While When If As For From By With Without According "
        "However Meanwhile Still Also Yet Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mr "
        "Mrs Ms Dr Mr. Mrs. Ms. Dr. His Her Its Their Our Another Earlier Later Last Senior Top Local "
        "Despite Since Like Speaking State Defense Defence Acting",
    )
)
_POST_MODIFIER = re.compile(
    r"\s(?:of|for|in|at|from|with|on|who|that|which|to|by|familiar|close|briefed|speaking)\s"
)
_TITLE_BEFORE = re.compile(r"((?:[\w\u2019'-]+\s+){0,4}[\w\u2019'.-]+)\s+$")
_ADDED = re.compile(r"\s*,\s+((?:who\s|an?\s|the\s|of\s|\w+\s)[^;.“”\"]{4,110}?)(?=,|\.|;|$|\ssaid\b)")
_NO_SPEAKER = re.compile(
    r"^(?:(?:he|she|it|they|who|which|that|one|we|i|you)$|(?:if|when|whether|that|we|you|there|what)\s)",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"(?:Despite|After|In|On|At|With|Amid|During|Following|Since|Before|Without)\s")
_LEFT_OFFICE = re.compile(r"\b(?:former|opposition|ex|then)\b", re.IGNORECASE)
_NATION = re.compile(r"(?:ish|ian|ese|ean|can|qi|eli|ani|ench|erman|utch|wiss|reek|hai|urdish|ern)$")
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source, judged."""

    type: AttributionType
    surface: str
    """As the article names it."""
    person: bool = False


@dataclass(frozen=True)
class Speakers:
    """The people of one article and how it introduces them. Get it with `speakers_of`."""

    article: Article
    words: Lexicon

    @cached_property
    def _people(self) -> dict[str, tuple[str, str]]:
        """By surname: the fullest name, and the words that introduce its bearer."""
        found: dict[str, tuple[str, str]] = {}
        for sentence in self.article.sentences:
            body = sentence.body
            for match in _RUN.finditer(body):
                name, title = self._split(match.group())
                before = _TITLE_BEFORE.search(body[: match.start()])
                role = f"{_near_title(before[1]) if before and not title else ''} {title or ''}".strip()
                introduced = self._introduces(role)
                if not name or not (
                    introduced or (len(name.split()) > 1 and self._may_be_person(name, body[: match.start()]))
                ):
                    continue
                added = _ADDED.match(body, match.end())
                old_name, old_role = found.get(_surname(name), ("", ""))
                found[_surname(name)] = (
                    max(old_name, name, key=len),
                    old_role or f"{role} {added[1] if added else ''}".strip(),
                )
        return found

    def judge(self, phrase: str, added: str = "") -> Speaker | None:
        """What kind of source a noun phrase is.

        Args:
            phrase: The subject of a verb of saying, or what follows "according to".
            added: What stands after it between commas: "a spokesman for the ministry".

        Returns:
            None when the phrase names no source (a pronoun, or nothing that speaks).
        """
        phrase = phrase.strip(" ,\"“”'\u2018\u2019\n\t\xa0")
        if not phrase or _NO_SPEAKER.match(phrase):
            return None
        late = re.search(r"\b[Tt]he\s+\S+$", phrase)
        if late and _FRONTED.match(phrase):
            phrase = late.group()
        head = _POST_MODIFIER.split(phrase)[0]
        named = _RUN.fullmatch(added.strip())
        if named and self._introduces(head):  # "Its foreign minister, Ann Example, said"
            return self._person(named.group(), head, phrase[len(head) :])
        if self._has("anonymity", f"{phrase}, {added}"):
            known = self._has("official", phrase) or self._has("anonymous_official", phrase)
            return Speaker("anonymous_official" if known else "anonymous_other", phrase)
        runs = list(_RUN.finditer(head))
        ends_in_name = bool(runs) and runs[-1].end() >= len(head.rstrip(" ,."))
        name, title = self._split(runs[-1].group()) if ends_in_name else (None, None)
        if name:
            before = f"{head[: runs[-1].start()]} {title or ''}"
            person = self._person(name, before, f"{phrase[len(head) :]} {added}")
            if person:
                return person
        return self._without_name(phrase, head, added)

    def _person(self, name: str, before: str, after: str) -> Speaker | None:
        fullest, role = self._people.get(_surname(name), (name, ""))
        titled = self._introduces(before.strip())
        if not titled and (
            not self._may_be_person(name, before) or (len(name.split()) == 1 and not role and fullest == name)
        ):
            return None
        return Speaker(
            self._of_person(f"{before} {after}", role),
            fullest if fullest.endswith(name.rsplit(maxsplit=1)[-1]) else name,
            person=True,
        )

    def _of_person(self, here: str, introduced: str) -> AttributionType:
        for role in (here, introduced):
            if self._has("private", role) and not (
                self._has("official_body", role) and not _LEFT_OFFICE.search(role)
            ):
                return "named_nonofficial"
            if self._has("official", role) or self._has("official_body", role):
                return "named_official"
        return "named_nonofficial"

    def _without_name(self, phrase: str, head: str, added: str) -> Speaker | None:
        if self._is_outlet(head) or (re.match(r"\s*(?:an?|the)\s", added) and self._has("media", added)):
            return Speaker("other_media", phrase)
        noun = head.rsplit(" ", maxsplit=1)[-1]
        if self._has("document", noun):
            return Speaker("other_media" if self._has("media", phrase) else "document", phrase)
        if self._has("institution", noun):
            return Speaker("official_statement", phrase)
        for kind in ("anonymous_official", "anonymous_other"):
            if self._has(kind, noun):
                private = kind == "anonymous_other" or self._has("private", head)
                return Speaker("anonymous_other" if private else kind, phrase)
        capitals = [token for run in _RUN.findall(head) for token in run.split() if token not in _NO_NAME]
        return Speaker("official_statement", phrase) if capitals or self._has("institution", head) else None

    def _is_outlet(self, name: str) -> bool:
        """Whether it names a news outlet; a paper's name counts only with its capital letter."""
        return self._has("media", name) or any(
            token in self.words.file.attribution["paper"] for token in name.split()
        )

    def _introduces(self, role: str) -> bool:
        """Whether a person's name can follow: "rebel leader", not "militant group"."""
        noun = re.sub(r"(\b(?:secretary|minister)) of$", r"\1", role, flags=re.IGNORECASE).split(" ")[-1]
        return (self._has("official", noun) or self._has("private", noun)) and not self._has(
            "institution", noun
        )

    def _may_be_person(self, name: str, before: str) -> bool:
        """Whether a run of capitals can be somebody's name."""
        tokens = name.split()
        odd = (
            name.isupper()
            or any(c.isdigit() for c in name)
            or len(tokens) > _LONGEST_NAME
            or bool(_NATION.search(tokens[0]))
        )
        place = (
            _is_country(name)
            or self._is_outlet(name)
            or any(self._has(kind, name) for kind in ("institution", "official_body"))
        )
        return not (odd or place or re.search(r"\b(?:the|in|at)\s+$", before, re.IGNORECASE))

    def _has(self, kind: Source, text: str) -> bool:
        return self.words.attribution[kind].found_in(text)

    def _split(self, capitals: str) -> tuple[str | None, str | None]:
        """A run of capitals as name and title: "Prime Minister Ann Example"."""
        tokens = capitals.split()
        while tokens and (tokens[0] in _NO_NAME or (len(tokens) > 2 and _NATION.search(tokens[0]))):  # noqa: PLR2004 - a name has two words
            tokens.pop(0)
        if (
            tokens and tokens[0].rpartition("-")[2] in _NO_NAME
        ):  # "July-But Roe": a heading runs into its sentence
            tokens.pop(0)
        cut = max(
            (i + 1 for i, t in enumerate(tokens) if self._has("official", t) or self._has("private", t)),
            default=0,
        )
        return (" ".join(tokens[cut:]) or None), (" ".join(tokens[:cut]) or None)


def _near_title(before: str) -> str:
    """The words of a title right before a name: "secretary of", "ministry spokesman"."""
    return re.split(r"[,;:]|\b(?:and|with|by|to|that|said|says)\b", before)[-1]


def _surname(name: str) -> str:
    tokens = [t for t in name.replace(",", " ").split() if not _GENERATION.match(t)]
    return re.sub(r"^(?:al|el)-|['\u2019]s?$", "", tokens[-1].casefold()) if tokens else ""


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    import pycountry

    names = {
        value
        for c in pycountry.countries
        for value in (c.name, getattr(c, "common_name", c.name), c.name.split(",")[0])
    }
    return frozenset(n.casefold() for n in names) | {
        "russia",
        "u.s.",
        "britain",
        "south korea",
        "north korea",
        "syria",
        "iran",
        "islamic state",
    }


def _is_country(name: str) -> bool:
    return re.sub(r"['\u2019]s$", "", name).casefold() in _countries()


@lru_cache(maxsize=8)
def speakers_of(article: Article) -> Speakers:
    """The people of an article, worked out once."""
    return Speakers(article, lexicon())
