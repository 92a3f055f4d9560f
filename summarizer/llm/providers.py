"""The model services we can speak to, one row each, and what each wants said differently.

A provider is data. Nearly all of them speak OpenAI's chat protocol, so a new one is a new row; `wire` names the
protocol of the others. What is known of single models stands in `capacity.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final, Literal
from urllib.parse import SplitResult, urlsplit

from summarizer.errors import SettingsError

__all__ = [
    "PROVIDERS",
    "Dialect",
    "ModelRef",
    "Provider",
    "Wording",
    "check_batches",
    "parse_model",
    "provider_for",
    "wording",
]

Dialect = Literal["full", "openai-strict", "anthropic", "gemini", "mistral"]

_REASONING: Final = re.compile(r"(?:.*/)?(?:gpt-[5-9]|o[1-9])")
"""OpenAI's reasoning models, wherever they are served: they refuse a temperature and the old limit's name."""

_OWN_TEMPERATURE: Final = re.compile(r"(?:.*/)?gemini-[3-9]")
"""Models that loop at a temperature below their own, so their makers advise against setting one."""


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One row: where a service is and how it differs from the others."""

    name: str
    about: str = ""
    """What it is, for people who read the list."""
    key_names: tuple[str, ...] = ()
    """The environment variables that users keep the key in, the usual one first; settings reads them."""
    needs_key: bool = True
    """Whether nothing is answered without a key; a server of one's own may do with or without one."""
    base_url: str | None
    """Where it is, when nobody says otherwise; None when only the caller can know."""
    address_name: str | None = None
    """The environment variable that users keep another address in; settings reads it."""
    path: str = ""
    """What follows an address that is given without a path."""
    wire: Literal["openai", "anthropic"] = "openai"
    """The protocol it speaks."""
    extra: str | None = None
    """The optional part of this package that speaking to it needs."""
    mode: str = "JSON_SCHEMA"
    """Name of the Instructor mode."""
    dialect: Dialect = "full"
    """Which part of a JSON Schema is sent; `full` is all of it, in Instructor's own form."""
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    """Whether temperature 0 is sent; never to a reasoning model."""
    body: Mapping[str, Any] = field(default_factory=_nothing)
    """Further fields of every request."""
    price_id: str | None = None
    """Its name in the price list; None where no list can say what a request costs."""
    anywhere: bool = False
    """It is itself at any address: a server or a resource of the user's own."""
    cuts: bool = False
    """It may cut what does not fit, and answer all the same."""
    elsewhere: bool = False
    """Spoken to at another address than its own: only compatible, and none of its key's business."""
    embedded: bool = False
    """Runs inside our own process: it costs nothing, and a lost connection means that it stopped."""

    @property
    def key_name(self) -> str | None:
        """The environment variable that a missing key is looked for in; None when none is needed."""
        return self.key_names[0] if self.key_names and self.needs_key else None


def _own_server(name: str, about: str, base_url: str, **facts: Any) -> Provider:
    return Provider(
        name=name,
        about=about,
        base_url=base_url,
        path="/v1",
        needs_key=False,
        anywhere=True,
        cuts=True,
        **facts,
    )


_ROWS: Final = (
    Provider(
        name="openai",
        about="OpenAI; with --base-url any compatible server",
        key_names=("OPENAI_API_KEY",),
        base_url="https://api.openai.com/v1",
        address_name="OPENAI_BASE_URL",
        max_tokens_field="max_completion_tokens",
        dialect="openai-strict",
        price_id="openai",
    ),
    # The name of a deployment is the user's: it is priced as the model of that name, if there is one, and told no
    # temperature, because some models refuse any.
    Provider(
        name="azure",
        about="Azure OpenAI, by the name of the deployment",
        key_names=("AZURE_OPENAI_API_KEY",),
        base_url=None,
        address_name="AZURE_OPENAI_ENDPOINT",
        path="/openai/v1",
        max_tokens_field="max_completion_tokens",
        temperature=False,
        dialect="openai-strict",
        price_id="azure",
        anywhere=True,
    ),
    # Its compatible endpoint does not enforce a schema, so it is spoken to in its own protocol. Which of its models
    # still take a temperature is not known, and its client offers none.
    Provider(
        name="anthropic",
        about="Anthropic",
        key_names=("ANTHROPIC_API_KEY",),
        base_url="https://api.anthropic.com",
        address_name="ANTHROPIC_BASE_URL",
        wire="anthropic",
        extra="anthropic",
        mode="TOOLS",
        temperature=False,
        dialect="anthropic",
        price_id="anthropic",
    ),
    # Through its compatible endpoint: its own client would bring a second HTTP stack, past our one door.
    Provider(
        name="gemini",
        about="Google Gemini",
        key_names=("GEMINI_API_KEY", "GOOGLE_API_KEY"),
        base_url="https://generativelanguage.googleapis.com/v1beta/openai",
        dialect="gemini",
        price_id="google",
    ),
    # Its API is OpenAI's but for small things; its own client would bring a second HTTP stack, past our one door.
    Provider(
        name="mistral",
        about="Mistral",
        key_names=("MISTRAL_API_KEY",),
        base_url="https://api.mistral.ai/v1",
        dialect="mistral",
        price_id="mistral",
    ),
    # Only services that know every field are asked, or a schema could be passed over; and nothing may be cut.
    Provider(
        name="openrouter",
        about="OpenRouter, as openrouter/MAKER/MODEL",
        key_names=("OPENROUTER_API_KEY",),
        base_url="https://openrouter.ai/api/v1",
        dialect="openai-strict",
        body=MappingProxyType(
            {
                "provider": {"require_parameters": True},
                "plugins": [{"id": "context-compression", "enabled": False}],
            }
        ),
        price_id="openrouter",
        cuts=True,
    ),
    _own_server("ollama", "Ollama on this machine", "http://localhost:11434/v1", address_name="OLLAMA_HOST"),
    _own_server("vllm", "a vLLM server", "http://localhost:8000/v1", key_names=("VLLM_API_KEY",)),
    _own_server("llamacpp", "a llama.cpp server", "http://localhost:8080/v1", key_names=("LLAMA_API_KEY",)),
    _own_server("lmstudio", "LM Studio on this machine", "http://localhost:1234/v1"),
    Provider(name="local", about="the embedded engine", base_url=None, embedded=True),
)

PROVIDERS: Final[Mapping[str, Provider]] = MappingProxyType({row.name: row for row in _ROWS})


@dataclass(frozen=True)
class ModelRef:
    """A model of a provider, written `provider/name`."""

    provider: str
    name: str

    def __str__(self) -> str:
        return f"{self.provider}/{self.name}"


def parse_model(text: str) -> ModelRef:
    """Read `provider/name`; the name may hold further slashes.

    Raises:
        SettingsError: not of that form, or a provider we do not know.
    """
    provider, _, name = text.strip().partition("/")
    if provider in PROVIDERS and name:
        return ModelRef(provider, name)
    raise SettingsError(
        f"{text!r} does not name a model as provider/model; the known providers are {', '.join(sorted(PROVIDERS))}",
        hint="Write for example openai/gpt-5-mini or local/qwen2.5-coder-1.5b.",
    )


def provider_for(ref: ModelRef, base_url: str | None) -> Provider:
    """The row that applies: at an address other than its own, a provider is only compatible.

    Raises:
        SettingsError: a provider we do not know, or no usable address for it.
    """
    row = PROVIDERS.get(ref.provider)
    if row is None:
        return provider_for(parse_model(str(ref)), base_url)
    address = base_url or row.base_url
    if address is None:
        hint = f"Set {row.address_name}, or give --base-url." if row.address_name else None
        raise SettingsError(f"{ref} has no address of its own; give the base URL of its server", hint=hint)
    parts = _checked(address)
    if row.path and parts.path in {"", "/"} and not parts.query:
        address = address.rstrip("/") + row.path
    here = replace(row, base_url=address)
    if row.anywhere or parts.hostname == urlsplit(row.base_url or "").hostname:
        return here
    dialect: Dialect = "full" if row.wire == "openai" else row.dialect
    return replace(
        here, max_tokens_field="max_tokens", dialect=dialect, body=_nothing(), cuts=True, elsewhere=True
    )


def check_batches(ref: ModelRef) -> None:
    """See whether a provider can have a batch endpoint of OpenAI's kind.

    Raises:
        SettingsError: it has none, or one of its own that this program does not speak.
    """
    if ref.provider != "openai":
        raise SettingsError(
            f"{ref} cannot be asked in batches: only OpenAI's Batch endpoint is spoken.",
            hint="Leave out --batch-api, or give openai/NAME with --base-url for a server that has /v1/batches.",
        )


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The options of one request, in the words this model understands."""

    max_tokens_field: Literal["max_tokens", "max_completion_tokens"]
    temperature: float | None


def wording(provider: Provider, model: str) -> Wording:
    """How to ask this model for a deterministic reply of limited length."""
    reasons = _REASONING.match(model) is not None
    wanted = provider.temperature and not reasons and _OWN_TEMPERATURE.match(model) is None
    return Wording(
        max_tokens_field="max_completion_tokens"
        if reasons and provider.name == "openai"
        else provider.max_tokens_field,
        temperature=0.0 if wanted else None,
    )


def _checked(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable, parts = False, urlsplit("")
    if not usable:
        raise SettingsError(
            f"{address!r} is not the address of a server", hint="Write it like http://localhost:8000/v1."
        )
    return parts
