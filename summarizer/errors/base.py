"""The root of the tree."""

from typing import ClassVar

__all__ = [
    "SummarizerError",
]


class SummarizerError(Exception):
    """Anything this program can fail with; `str()` says what happened, `hint` what to do next."""

    hint: str = "Run the command again with --help, or read the README."
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint
