"""How the post of a run stands, for whoever watches the run."""

from dataclasses import dataclass

__all__ = ["Board", "Posted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """How the post of a run stands.

    Attributes:
        batches: Under way at the provider.
        requests: In those.
        answered: Of those, as far as the provider says.
        waiting: Requests that are not handed in yet.
        crowded: Whether the provider has no room for more at the moment.
    """

    batches: int = 0
    requests: int = 0
    answered: int = 0
    waiting: int = 0
    crowded: bool = False


@dataclass
class Board:
    """Where the post says how it stands, for whoever watches the run.

    Attributes:
        now: The last that was said.
    """

    now: Posted = Posted()
