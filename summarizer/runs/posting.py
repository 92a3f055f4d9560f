"""What a run that posts its requests is made of: its terms, the letters that wait, the parcels under way."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from summarizer.runs.parcels import OpenParcel

if TYPE_CHECKING:
    import asyncio

    from summarizer.llm.posting import Answered

__all__ = ["USUAL", "Letter", "Parcel", "Terms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How parcels are made and looked after.

    Attributes:
        requests: Most requests of one parcel; OpenAI takes 50,000.
        file_bytes: Longest input file; OpenAI takes 200 MB.
        quiet_s: Once no further request has come for so long, those that wait are handed in.
        longest_s: After so long they are handed in, whatever comes.
        first_look_s: From handing in to the first look at how far a batch is; each further one comes later,
        look_s: up to so long after the last.
        room_s: How long a parcel waits that the provider has no room for, at first,
        longest_room_s: and at last.
        settling_s: A batch that was made more recently may not be listed yet.
        silence_s: How long the provider may fail, or not be reached, until the run is better taken up later.
        farewell_s: How long what is being handed in, or closed, may take once the run is to end.
    """

    requests: int = 50_000
    file_bytes: int = 200_000_000
    quiet_s: float = 3.0
    longest_s: float = 600.0
    first_look_s: float = 5.0
    look_s: float = 60.0
    room_s: float = 60.0
    longest_room_s: float = 900.0
    settling_s: float = 60.0
    silence_s: float = 6 * 3600.0
    farewell_s: float = 30.0


USUAL: Final = Terms()


@dataclass(slots=True)
class Letter:
    """One request that somebody waits for."""

    key: str
    attempt: int
    body: bytes
    answer: "asyncio.Future[Answered]"

    def settle(self, answered: "Answered") -> None:
        """Say what came of it, if anybody still wants to know."""
        if not self.answer.done():
            self.answer.set_result(answered)


@dataclass(slots=True)
class Parcel:
    """One batch, from its entry in the store to its last reply."""

    number: int
    label: str
    made: float
    attempts: dict[str, int]
    """Row of each request that nothing has come of yet."""
    order: tuple[str, ...]
    """Keys, as they stand in the input file."""
    batch: str | None = None
    done: int = 0
    letters: dict[str, Letter] = field(default_factory=dict[str, Letter])
    task: "asyncio.Task[None] | None" = None

    @property
    def home(self) -> bool:
        """Whether it has brought all that it will, and has only to be closed."""
        return self.batch is not None and not self.attempts

    @classmethod
    def left(cls, found: OpenParcel) -> Self:
        """One that an earlier start of the command has left."""
        return cls(found.number, found.label, found.made, dict(found.attempts), found.order, found.batch)
