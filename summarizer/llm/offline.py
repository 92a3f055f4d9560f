"""The kill switch: no live request leaves this process while it is on; kept replies and recordings still answer."""

from collections.abc import Generator
from contextlib import contextmanager

from summarizer.errors import Offline
from summarizer.llm.replay import is_replaying

__all__ = ["offline", "refuse_live"]

_on = 0


@contextmanager
def offline() -> Generator[None]:
    """Inside this block every live request of the process is refused with `Offline`, the embedded model's too."""
    global _on  # noqa: PLW0603 - one switch for the process: requests leave from a loop of their own thread
    _on += 1
    try:
        yield
    finally:
        _on -= 1


def refuse_live(what: str, *, switched: bool) -> None:
    """Stop here when nothing live may be asked.

    Args:
        what: The model that was about to be asked.
        switched: Whether the settings turn the switch on.

    Raises:
        Offline: the switch is on, and no recording answers.
    """
    if (_on or switched) and not is_replaying():
        raise Offline(f"{what} was about to be asked, but live requests are switched off")
