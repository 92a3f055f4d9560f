"""What goes wrong with a model: its engine, its file, a request to it, a schema it would ignore."""

from summarizer.errors.base import SummarizerError

__all__ = [
    "BatchesRefused",
    "BudgetReached",
    "ContextTooLong",
    "EngineError",
    "EngineFailed",
    "EngineNotInstalled",
    "Filtered",
    "MalformedReply",
    "ModelCorrupt",
    "ModelError",
    "ModelFileError",
    "ModelNotFetched",
    "ModelNotFound",
    "NoSpace",
    "NotAuthorised",
    "Offline",
    "ProviderFailed",
    "QuotaExhausted",
    "RateLimited",
    "Refused",
    "RequestRejected",
    "TimedOut",
    "Truncated",
    "Unreachable",
    "UnsupportedSchema",
]


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
