"""What an evaluation reads: labelled articles, and the briefings that were made of them.

A labelled article is one JSON file {id, source, title, published, text, sentences, gold}. Its sentences are
{n, start, end, text} with `text[start:end]` being the sentence, so labels may count sentences otherwise than
we do. `gold` holds what a careful reader found: actors, signals, key facts; what else it holds is not read.

A briefing is read for the fields that are measured and no others, each of them optional: runs of older
versions and of other tools can be measured too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import from_json

from summarizer.errors import SourceNotFound, UnsupportedSource
from summarizer.types import ActorKind, Direction, EventType, Modality
from summarizer.types.base import IsoDate

__all__ = [
    "Case",
    "CaseSentence",
    "CitedSpan",
    "Fact",
    "Gold",
    "GoldActor",
    "GoldSignal",
    "Labelled",
    "Produced",
    "ProducedActor",
    "ProducedPoint",
    "ProducedSignal",
    "ProducedSummary",
    "read_cases",
    "read_produced",
]

_MOST_NAMED = 5
_CASE_HINT = (
    "A case is {id, source, title, published, text, sentences, gold}; correct the place that is named."
)
_BRIEFING_HINT = "Give a folder of ID.json files as `brief --format json` or `eval` writes them."


def _none_is_empty(value: object) -> object:
    return () if value is None else value


class _Read(BaseModel):
    """A record of which only the fields below are read."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class CaseSentence(_Read):
    """One sentence as the labels count it, by characters of the text."""

    n: int
    start: int = Field(ge=0)
    end: int
    text: str


_Numbers = Annotated[tuple[int, ...], Field(min_length=1)]
_Label = Annotated[str, StringConstraints(min_length=1)]


class GoldActor(_Read):
    """An actor that a reader found; `salient` when a briefing must list it."""

    name: _Label
    aliases: tuple[str, ...]
    kind: ActorKind
    country: str | None
    salient: bool


class GoldSignal(_Read):
    """A signal that a reader found; `essential` when a briefing must report it."""

    sentences: _Numbers
    event: EventType
    event_alt: tuple[EventType, ...] = ()
    direction: Direction
    modality: Modality
    actors: tuple[str, ...]
    essential: bool


class Fact(_Read):
    """One fact that a summary should carry; `must` for those at the top."""

    text: _Label
    sentences: _Numbers
    must: bool


class Gold(_Read):
    """What a careful reader found in an article."""

    actors: tuple[GoldActor, ...]
    signals: tuple[GoldSignal, ...]
    key_facts: tuple[Fact, ...]


class Case(_Read):
    """One labelled article; `id` names its briefing's file."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$")]
    source: str | None = None
    title: str | None = None
    published: IsoDate | None = None
    text: str
    sentences: tuple[CaseSentence, ...]
    gold: Gold

    @property
    def ranges(self) -> Mapping[int, tuple[int, int]]:
        """Where each sentence lies: number to (start, end), in characters."""
        return {sentence.n: (sentence.start, sentence.end) for sentence in self.sentences}


class CitedSpan(_Read):
    """A place of the article, and the words said to stand there."""

    start: int | None = None
    end: int | None = None
    quote: str | None = None


_Spans = Annotated[tuple[CitedSpan, ...], BeforeValidator(_none_is_empty)]
_Strings = Annotated[tuple[str, ...], BeforeValidator(_none_is_empty)]


class ProducedPoint(_Read):
    """One sentence of a summary."""

    text: str = ""
    evidence: _Spans = ()


class ProducedSummary(_Read):
    """The bottom line and the key points."""

    bottom_line: ProducedPoint | None = None
    key_points: Annotated[tuple[ProducedPoint, ...], BeforeValidator(_none_is_empty)] = ()


class ProducedActor(_Read):
    """One actor."""

    id: str | None = None
    name: str | None = None
    aliases: _Strings = ()
    kind: str | None = None
    country: str | None = None


class ProducedSignal(_Read):
    """One signal."""

    event_type: str | None = None
    direction: str | None = None
    modality: str | None = None
    actor_ids: _Strings = ()
    evidence: _Spans = ()


class Produced(_Read):
    """The measured part of a briefing; without arguments, the empty one."""

    summary: ProducedSummary | None = None
    actors: Annotated[tuple[ProducedActor, ...], BeforeValidator(_none_is_empty)] = ()
    escalation_signals: Annotated[tuple[ProducedSignal, ...], BeforeValidator(_none_is_empty)] = ()

    @property
    def points(self) -> tuple[ProducedPoint, ...]:
        """Every sentence of the summary, the bottom line first."""
        if self.summary is None:
            return ()
        first = () if self.summary.bottom_line is None else (self.summary.bottom_line,)
        return (*first, *self.summary.key_points)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The cases of a folder, by file name, and the files that hold no labels yet."""

    cases: tuple[Case, ...]
    unlabelled: tuple[str, ...]


def read_cases(folder: Path) -> Labelled:
    """Read every `*.json` of a folder as a labelled article; a file without `gold` is set apart.

    Raises:
        SourceNotFound: no such folder, or no labelled article in it.
        UnsupportedSource: a file that is no case, or whose labels point where nothing is; the message names the
            file and the place in it.
    """
    if not folder.is_dir():
        raise SourceNotFound(
            f"there is no folder {str(folder)!r}.", hint="Give the folder of labelled articles."
        )
    found: dict[str, Case] = {}
    unlabelled: list[str] = []
    for path in sorted(folder.glob("*.json")):
        data = _json(path, _CASE_HINT)
        if "gold" not in data:
            unlabelled.append(path.name)
            continue
        case = _typed(Case, data, path, _CASE_HINT)
        flaw = _flaw(case) or (f"id: {case.id!r} is another file's too" if case.id in found else None)
        if flaw:
            raise UnsupportedSource(f"{path.name}: {flaw}.", hint=_CASE_HINT)
        found[case.id] = case
    if not found:
        raise SourceNotFound(
            f"{str(folder)!r} holds no labelled article (*.json with `gold`).",
            hint="Give the folder that holds them, one file {id, source, title, published, text, sentences, gold} each.",
        )
    return Labelled(tuple(found.values()), tuple(unlabelled))


def read_produced(folder: Path, ids: Iterable[str]) -> Mapping[str, Produced]:
    """Read the briefings `folder/ID.json` of those cases; one that is not there is left out.

    Raises:
        SourceNotFound: no such folder, or none of the briefings is in it.
        UnsupportedSource: a file that is no briefing; the message names the file and the place in it.
    """
    paths = {name: folder / f"{name}.json" for name in ids}
    found = {
        name: _typed(Produced, _json(path, _BRIEFING_HINT), path, _BRIEFING_HINT)
        for name, path in paths.items()
        if path.is_file()
    }
    if paths and not found:
        raise SourceNotFound(f"{str(folder)!r} holds no briefing of these cases.", hint=_BRIEFING_HINT)
    return found


R = TypeVar("R", bound=_Read)


def _json(path: Path, hint: str) -> dict[str, object]:
    try:
        data: object = from_json(path.read_bytes())
    except OSError as error:
        raise UnsupportedSource(f"{str(path)!r} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UnsupportedSource(f"{path.name} is not JSON: {error}.", hint=hint) from error
    if not isinstance(data, dict):
        raise UnsupportedSource(f"{path.name} holds no JSON object.", hint=hint)
    return cast("dict[str, object]", data)


def _typed(shape: type[R], data: dict[str, object], path: Path, hint: str) -> R:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        flaws = [f"{_place(e['loc'])}: {e['msg']}" for e in error.errors()[:_MOST_NAMED]]
        raise UnsupportedSource(f"{path.name}: {'; '.join(flaws)}.", hint=hint) from None


def _place(location: tuple[int | str, ...]) -> str:
    """Such as `gold.signals[2].event`, counted from 0."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).lstrip(".")


def _flaw(case: Case) -> str | None:
    """The first place where a label does not fit the text."""
    ranges = case.ranges
    if len(ranges) < len(case.sentences):
        return "sentences: a number is given twice"
    for k, sentence in enumerate(case.sentences):
        if not sentence.text or case.text[sentence.start : sentence.end] != sentence.text:
            return f"sentences[{k}]: characters {sentence.start}-{sentence.end} of the text are not its words"
    labels = {
        f"gold.{part}[{k}].sentences": label.sentences
        for part, found in (("signals", case.gold.signals), ("key_facts", case.gold.key_facts))
        for k, label in enumerate(found)
    }
    for where, numbers in labels.items():
        for number in numbers:
            if number not in ranges:
                return f"{where}: there is no sentence {number}"
    return None
