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
│  ├─ OutputTaken               the output of a batch is one of its sources, or somebody else's file
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

from summarizer.errors.base import (
    SummarizerError,
)
from summarizer.errors.models import (
    BatchesRefused,
    BudgetReached,
    ContextTooLong,
    EngineError,
    EngineFailed,
    EngineNotInstalled,
    Filtered,
    MalformedReply,
    ModelCorrupt,
    ModelError,
    ModelFileError,
    ModelNotFetched,
    ModelNotFound,
    NoSpace,
    NotAuthorised,
    Offline,
    ProviderFailed,
    QuotaExhausted,
    RateLimited,
    Refused,
    RequestRejected,
    TimedOut,
    Truncated,
    Unreachable,
    UnsupportedSchema,
)
from summarizer.errors.results import (
    CacheError,
    CassetteError,
    OutputError,
    RunInProgress,
    StoreFailed,
    TemplateError,
)
from summarizer.errors.settings import (
    OutputTaken,
    PromptError,
    RunChanged,
    SettingsError,
    StorageNotInstalled,
)
from summarizer.errors.sources import (
    AddressRefused,
    EmptyArticle,
    FetchFailed,
    InputError,
    LimitExceeded,
    LoaderNotInstalled,
    SourceNotFound,
    UnsupportedSource,
)

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
    "OutputTaken",
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
