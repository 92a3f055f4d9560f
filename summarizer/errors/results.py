"""What cannot be written, or kept, or replayed."""

from summarizer.errors.base import SummarizerError

__all__ = [
    "CacheError",
    "CassetteError",
    "OutputError",
    "RunInProgress",
    "StoreFailed",
    "TemplateError",
]


class OutputError(SummarizerError):
    """The result could not be written."""

    hint = "Check that the folder exists and can be written to."


class TemplateError(OutputError):
    """A house-style template is missing, broken, or asks for something that the result does not have."""

    hint = "Give --template a Jinja file for text formats, or a Word file (.docx, .dotx) for DOCX."


class RunInProgress(OutputError):
    """Another process is at work on the same batch."""

    hint = "Wait for it or stop it; `summarizer batch status OUT` shows how far it is."


class StoreFailed(OutputError):
    """The store of a batch is full, read-only, damaged or not ours; what it had confirmed is still in it."""

    hint = "Make room or set the rights right, then run the same command again: it goes on where it was."


class CacheError(SummarizerError):
    """The file that keeps replies cannot be used: it is broken, or another program's."""

    hint = "`summarizer cache clear` removes it and starts a new one; --no-cache goes without."


class CassetteError(SummarizerError):
    """A recording is missing, stale or unsafe."""

    hint = "Renew it: `summarizer cassettes record`, or your tests with --summarizer-record=rewrite."
