"""The model services we can speak to, one row each, and what each wants said differently.

A provider is data: every one of them speaks the OpenAI chat protocol, so a new one is a new row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import urlsplit

from summarizer.errors import SettingsError

__all__ = ["PROVIDERS", "ModelRef", "Provider", "Wording", "parse_model", "provider_for", "wording"]

_REASONING: Final = re.compile(r"(?:.*/)?(?:gpt-[5-9]|o[1-9])")
"""OpenAI's reasoning models, wherever they are served: they refuse a temperature and the old limit's name."""


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One row: where a service is and how it differs from the others."""

    name: str
    key_name: str | None
    """The environment variable that users keep the key in; documentation only, settings reads it."""
    base_url: str | None
    """Where it is, when nobody says otherwise; None when only the caller can know."""
    mode: str = "JSON_SCHEMA"
    """Name of the Instructor mode."""
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    """Whether temperature 0 is sent; never to a reasoning model."""
    dialect: Literal["full", "openai-strict"] = "full"
    """`full` sends the schema as it is; `openai-strict` the part of it that OpenAI promises to enforce."""
    elsewhere: bool = False
    """Spoken to at another address than its own: only compatible, and none of its key's business."""
    embedded: bool = False
    """Runs inside our own process: it costs nothing, and a lost connection means that it stopped."""


PROVIDERS: Final[Mapping[str, Provider]] = MappingProxyType(
    {
        row.name: row
        for row in (
            Provider(
                name="openai",
                key_name="OPENAI_API_KEY",
                base_url="https://api.openai.com/v1",
                max_tokens_field="max_completion_tokens",
                dialect="openai-strict",
            ),
            Provider(name="local", key_name=None, base_url=None, embedded=True),
        )
    }
)


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
    """The row that applies: at an address other than its own, a provider is only OpenAI-compatible.

    Raises:
        SettingsError: a provider we do not know, or no usable address for it.
    """
    row = PROVIDERS.get(ref.provider)
    if row is None:
        return provider_for(parse_model(str(ref)), base_url)
    address = base_url or row.base_url
    if address is None:
        raise SettingsError(f"{ref} has no address of its own; give the base URL of its server")
    _check_address(address)
    if urlsplit(address).hostname == urlsplit(row.base_url or "").hostname:
        return replace(row, base_url=address)
    return replace(row, base_url=address, max_tokens_field="max_tokens", dialect="full", elsewhere=True)


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The options of one request, in the words this model understands."""

    max_tokens_field: Literal["max_tokens", "max_completion_tokens"]
    temperature: float | None


def wording(provider: Provider, model: str) -> Wording:
    """How to ask this model for a deterministic reply of limited length."""
    if _REASONING.match(model):
        return Wording(max_tokens_field="max_completion_tokens", temperature=None)
    return Wording(
        max_tokens_field=provider.max_tokens_field,
        temperature=0.0 if provider.temperature else None,
    )


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            f"{address!r} is not the address of a server", hint="Write it like http://localhost:8000/v1."
        )
