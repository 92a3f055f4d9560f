"""The optional packages behind DOCX and PDF, and what to do when they are missing."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal

from summarizer.errors import OutputError

__all__ = ["needs"]


@contextmanager
def needs(extra: Literal["docx", "pdf"]) -> Generator[None]:
    """Import the packages of an extra inside this; a missing one is told as what to install.

    Raises:
        OutputError: a package of the extra is not installed.
    """
    try:
        yield
    except ImportError as error:
        missing = error.name or "a package"
        raise OutputError(
            f"{extra.upper()} output needs {missing!r}, which is not installed.",
            hint=f"pip install 'summarizer[{extra}]', or choose --format html, markdown or json.",
        ) from error
