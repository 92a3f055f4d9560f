"""What was asked for in a way that cannot be done: options, names, templates."""

from summarizer.errors.base import SummarizerError

__all__ = [
    "OutputTaken",
    "PromptError",
    "RunChanged",
    "SettingsError",
    "StorageNotInstalled",
]


class PromptError(SummarizerError):
    """A prompt template is missing, broken, or asks for a variable nobody gives."""

    hint = "`summarizer show prompt NAME` prints one; the templates say at their heads what they are given."


class SettingsError(SummarizerError):
    """An option or a name we do not know."""


class OutputTaken(SettingsError):
    """The output of a batch is one of its sources, or a file that no run we know of has written."""

    hint = "Name another --output."


class RunChanged(SettingsError):
    """The options differ from those that the batch was begun with, so its results would not fit together."""

    hint = "Give the options as they were, or another --output for a new run."


class StorageNotInstalled(SettingsError):
    """The package that speaks to a storage is not installed."""

    hint = "pip install 'summarizer[remote]', and s3fs, gcsfs or adlfs."
