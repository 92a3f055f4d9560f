"""What cannot be read as an article."""

from summarizer.errors.base import SummarizerError

__all__ = [
    "AddressRefused",
    "EmptyArticle",
    "FetchFailed",
    "InputError",
    "LimitExceeded",
    "LoaderNotInstalled",
    "SourceNotFound",
    "UnsupportedSource",
]


class InputError(SummarizerError):
    """The source cannot be read as an article."""

    hint = "Give a UTF-8 text file, or `-` to read standard input."


class SourceNotFound(InputError):
    """No such file."""

    hint = "Check the path; a text can be passed on standard input with `-`."


class UnsupportedSource(InputError):
    """The source is there, but it is not text we can read."""

    hint = "Convert it to UTF-8 text first."


class EmptyArticle(InputError):
    """There is nothing, or too little, to brief."""

    hint = "Give the full text of the article: at least one complete sentence."


class LimitExceeded(InputError):
    """The source asks for more bytes, pages or seconds than one article may take."""

    hint = "Split it into parts, or give the article's text alone."


class LoaderNotInstalled(InputError):
    """The package that reads this format is not installed."""

    hint = "pip install 'summarizer[sources]', or convert the source to UTF-8 text first."


class AddressRefused(InputError):
    """A URL we do not fetch: another scheme or port, or an address that is not on the public web."""

    hint = "Only http and https on the public web are fetched; save the page and give the file instead."


class FetchFailed(InputError):
    """A URL that gave no document: no answer, an error of the server, or a type we do not read."""

    hint = "Open it in a browser, save the page, and give the file instead."
