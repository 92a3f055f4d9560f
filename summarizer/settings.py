"""The environment, read in one place and turned into plain values."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.errors import SettingsError
from summarizer.llm.providers import PROVIDERS
from summarizer.llm.replay import replayed_model

__all__ = ["DEFAULT_LOCAL_MODEL", "Settings"]

DEFAULT_LOCAL_MODEL = "local/qwen2.5-coder-1.5b"
DEFAULT_HOSTED_MODEL = "openai/gpt-5-mini"
_NO = frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says.

    Attributes:
        model: `provider/model` to use when none is asked for.
        why_model: Where that choice comes from, for the user to read.
        keys: By provider; never printed.
        addresses: Of servers other than the providers' own, by provider.
        windows: Tokens that a model's prompt and reply may have together, by provider; "" for any.
        cache_dir: Where model files are kept.
        model_file: A model file of the user's own, used in place of the fetched one.
        offline: Whether live requests are refused.
        traced: Whether requests are described to OpenTelemetry.
    """

    model: str
    why_model: str
    cache_dir: Path
    model_file: Path | None
    keys: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])
    windows: Mapping[str, int] = field(default_factory=dict[str, int])
    offline: bool = False
    traced: bool = False

    def window(self, provider: str) -> int | None:
        """Tokens that prompt and reply may have together, as far as the environment says."""
        return self.windows.get("", self.windows.get(provider))

    @property
    def base_url(self) -> str | None:
        """Another OpenAI-compatible server than OpenAI's own."""
        return self.addresses.get("openai")

    @property
    def reply_cache(self) -> Path:
        """The file of the reply cache."""
        return self.cache_dir / "replies.sqlite"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the variables that README.md lists."""
        env = {k: v.strip() for k, v in (os.environ if environ is None else environ).items() if v.strip()}
        model, why = _default_model(env)
        return cls(
            model=model,
            why_model=why,
            cache_dir=_cache_dir(env),
            model_file=Path(env["SUMMARIZER_MODEL_FILE"]) if "SUMMARIZER_MODEL_FILE" in env else None,
            keys=_keys(env),
            addresses=_addresses(env),
            windows=_windows(env),
            offline=env.get("SUMMARIZER_OFFLINE", "").lower() not in _NO,
            traced=env.get("SUMMARIZER_TELEMETRY", "").lower() not in _NO,
        )

    def __repr__(self) -> str:
        return f"Settings(model={self.model!r}, addresses={dict(self.addresses)!r}, cache_dir={str(self.cache_dir)!r})"


def _default_model(env: Mapping[str, str]) -> tuple[str, str]:
    if recorded := replayed_model():
        return recorded, "the recording was made with it"
    if "SUMMARIZER_MODEL" in env:
        return env["SUMMARIZER_MODEL"], "SUMMARIZER_MODEL"
    if "OPENAI_API_KEY" in env:
        return DEFAULT_HOSTED_MODEL, "OPENAI_API_KEY is set"
    return DEFAULT_LOCAL_MODEL, "the embedded model: no key is set"


def _keys(env: Mapping[str, str]) -> dict[str, str]:
    found = {row.name: [env[name] for name in row.key_names if name in env] for row in PROVIDERS.values()}
    return {provider: keys[0] for provider, keys in found.items() if keys}


def _addresses(env: Mapping[str, str]) -> dict[str, str]:
    named = {row.name: row.address_name for row in PROVIDERS.values() if row.address_name}
    found = {provider: env[name] for provider, name in named.items() if name in env}
    if "ollama" in found:
        found["ollama"] = _reachable(found["ollama"])
    return found


def _reachable(ollama_host: str) -> str:
    """An address from what Ollama's server reads too: a host, with or without scheme and port, or all interfaces."""
    scheme, _, rest = ollama_host.rpartition("://")
    host, slash, path = rest.partition("/")
    port = "" if scheme or host.rpartition(":")[2].isdigit() else ":11434"
    return f"{scheme or 'http'}://{host.replace('0.0.0.0', '127.0.0.1')}{port}{slash}{path}"  # noqa: S104 -- replaced


def _windows(env: Mapping[str, str]) -> dict[str, int]:
    """A window of the user's own choice, and what Ollama was told, if it was told in this environment."""
    named = {"": "SUMMARIZER_CONTEXT_WINDOW", "ollama": "OLLAMA_CONTEXT_LENGTH"}
    return {provider: _tokens(name, env[name]) for provider, name in named.items() if name in env}


def _tokens(name: str, text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise SettingsError(f"{name} is {text!r}, which is no number of tokens.", hint="Write for example 16384.")


def _cache_dir(env: Mapping[str, str]) -> Path:
    from platformdirs import user_cache_path

    if "SUMMARIZER_CACHE_DIR" not in env:
        return user_cache_path("summarizer", appauthor=False)
    chosen = Path(env["SUMMARIZER_CACHE_DIR"]).expanduser()
    if chosen.exists() and not chosen.is_dir():
        raise SettingsError(
            f"SUMMARIZER_CACHE_DIR is {str(chosen)!r}, which is not a folder.",
            hint="Name a folder, or unset it.",
        )
    return chosen
