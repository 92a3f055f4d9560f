"""Every way this program fails, as one tree.

SummarizerError                 hint, retryable
├─ InputError                   the source cannot be read as an article
│  ├─ SourceNotFound
│  ├─ UnsupportedSource         a binary file, a folder where a file belongs, a wrong encoding
│  ├─ EmptyArticle              nothing, or too little, to brief
│  ├─ LimitExceeded             it asks for more bytes, pages or seconds than one article may take
│  ├─ LoaderNotInstalled        the package that reads its format is missing
│  ├─ AddressRefused            a URL we do not fetch: where it leads is not the public web
│  └─ FetchFailed               a URL that gave no document
├─ PromptError                  a template is missing, or asks for a variable nobody gives
├─ SettingsError                an option or a name we do not know
│  ├─ RunChanged                options differ from those that a batch was begun with
│  └─ StorageNotInstalled       the package that speaks to a storage (s3://, gs://, az://) is missing
├─ EngineError                  the embedded engine
│  ├─ EngineNotInstalled
│  ├─ EngineFailed              it did not start, or it stopped
│  └─ ModelFileError            the model file: ModelNotFetched, ModelCorrupt, NoSpace
├─ ModelError                   one request to a model, once our own retries are used up
│  ├─ Unreachable, TimedOut, RateLimited, ProviderFailed      retryable
│  ├─ NotAuthorised, QuotaExhausted, ModelNotFound, RequestRejected
│  ├─ ContextTooLong            says by how many tokens
│  ├─ Refused, Filtered         the provider declined; its words are kept
│  ├─ Truncated                 the reply hit the output limit
│  ├─ Offline                   live requests are switched off
│  ├─ BudgetReached             this request could cost more than is left
│  ├─ BatchesRefused            no batch endpoint, or it takes none of ours, or somebody cancelled one
│  └─ MalformedReply            not the shape that was asked for
├─ UnsupportedSchema            no engine could enforce it; names the path
├─ OutputError                  the result could not be written
│  ├─ TemplateError             a house-style template is missing, broken, or asks for what there is not
│  ├─ RunInProgress             another process is at work on the same batch
│  └─ StoreFailed               the store of a batch is full, read-only, damaged or not ours
├─ CacheError                   the file that keeps replies is broken, or not ours
└─ CassetteError                a recording is missing, stale or unsafe
"""

from typing import ClassVar

__all__ = [
    "AddressRefused",
    "BatchesRefused",
    "BudgetReached",
    "CacheError",
    "CassetteError",
    "ContextTooLong",
    "EmptyArticle",
    "EngineError",
    "EngineFailed",
    "EngineNotInstalled",
    "FetchFailed",
    "Filtered",
    "InputError",
    "LimitExceeded",
    "LoaderNotInstalled",
    "MalformedReply",
    "ModelCorrupt",
    "ModelError",
    "ModelFileError",
    "ModelNotFetched",
    "ModelNotFound",
    "NoSpace",
    "NotAuthorised",
    "Offline",
    "OutputError",
    "PromptError",
    "ProviderFailed",
    "QuotaExhausted",
    "RateLimited",
    "Refused",
    "RequestRejected",
    "RunChanged",
    "RunInProgress",
    "SettingsError",
    "SourceNotFound",
    "StorageNotInstalled",
    "StoreFailed",
    "SummarizerError",
    "TemplateError",
    "TimedOut",
    "Truncated",
    "Unreachable",
    "UnsupportedSchema",
    "UnsupportedSource",
]


class SummarizerError(Exception):
    """Anything this program can fail with; `str()` says what happened, `hint` what to do next."""

    hint: str = "Run the command again with --help, or read the README."
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint


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


class PromptError(SummarizerError):
    """A prompt template is missing, broken, or asks for a variable nobody gives."""

    hint = "`summarizer show prompt NAME` prints one; the templates say at their heads what they are given."


class SettingsError(SummarizerError):
    """An option or a name we do not know."""


class RunChanged(SettingsError):
    """The options differ from those that the batch was begun with, so its results would not fit together."""

    hint = "Give the options as they were, or another --output for a new run."


class StorageNotInstalled(SettingsError):
    """The package that speaks to a storage is not installed."""

    hint = "pip install 'summarizer[remote]', and s3fs, gcsfs or adlfs."


class EngineError(SummarizerError):
    """The embedded engine, or its model file."""


class EngineNotInstalled(EngineError):
    """The packages of the embedded engine are not installed."""

    hint = "pip install 'summarizer[local]', or choose a hosted model with --model openai/NAME."


class EngineFailed(EngineError):
    """The embedded engine did not start, or stopped while it was needed."""

    hint = "Check free memory (about 2 GB are needed), then run the command again."


class ModelFileError(EngineError):
    """The model file cannot be used."""


class ModelNotFetched(ModelFileError):
    """No source could deliver the model file."""

    hint = "Check the network and run `summarizer models pull` again: it resumes. Or point SUMMARIZER_MODEL_FILE at a copy."


class ModelCorrupt(ModelFileError):
    """The file is not the pinned one."""

    hint = "Delete it and run `summarizer models pull`."


class NoSpace(ModelFileError):
    """The disk is too full for the model file."""

    hint = "Free some space, or set SUMMARIZER_CACHE_DIR to a folder on a larger disk."


class ModelError(SummarizerError):
    """One request to a model failed, after the retries it was allowed."""


class Unreachable(ModelError):
    """No connection to the provider."""

    hint = "Check the network and --base-url; the embedded model (--model local/qwen2.5-coder-1.5b) needs neither."
    retryable = True


class TimedOut(ModelError):
    """The provider did not answer in time."""

    hint = "Raise --timeout, or try again later."
    retryable = True


class RateLimited(ModelError):
    """The provider asked us to slow down."""

    hint = "Wait a little and run the command again."
    retryable = True


class ProviderFailed(ModelError):
    """The provider failed on its side."""

    hint = "Try again later."
    retryable = True


class NotAuthorised(ModelError):
    """The key is missing, wrong, or not allowed to use this model."""

    hint = (
        "Set OPENAI_API_KEY to a valid key, or use the embedded model with --model local/qwen2.5-coder-1.5b."
    )


class QuotaExhausted(ModelError):
    """The account has no credit left."""

    hint = "Add credit at the provider, or use the embedded model with --model local/qwen2.5-coder-1.5b."


class ModelNotFound(ModelError):
    """The provider does not know this model."""

    hint = "Check the model's name with your provider; `summarizer models list` shows the embedded ones."


class RequestRejected(ModelError):
    """The provider refuses this request as it stands; sending it again would not help."""

    hint = "The provider's own words are above; another model may accept the request."


class ContextTooLong(ModelError):
    """The article and its prompt do not fit the model's context window."""

    hint = "Use a model with a larger context window, or give a shorter article."


class Refused(ModelError):
    """The model declined to answer."""

    hint = "Try another model."


class Filtered(ModelError):
    """The provider's content filter stopped the reply."""

    hint = "Try another model or provider."


class Truncated(ModelError):
    """The reply hit the output limit before it was complete."""

    hint = "Run the command again, or try another model: a small one sometimes writes on without end."


class Offline(ModelError):
    """Live requests are switched off, and neither cache nor recording has the answer."""

    hint = "Unset SUMMARIZER_OFFLINE or leave the `offline()` block; or replay a cassette."


class BudgetReached(ModelError):
    """The request could cost more than the budget has left, so it was not sent."""

    hint = "Raise --budget or the number of requests and run the command again: kept replies cost nothing."


class BatchesRefused(ModelError):
    """The provider has no batch endpoint, takes none of our batches, or somebody has cancelled one there."""

    hint = "Run the same command without --batch-api: what was answered is kept."


class MalformedReply(ModelError):
    """The reply is not of the shape that was asked for, re-asks included."""

    hint = "Try again or use a stronger model."


class UnsupportedSchema(SummarizerError):
    """An engine would silently ignore this schema; the message names the place."""

    hint = "Rewrite that part of the response type without the unsupported keyword."


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
