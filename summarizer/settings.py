"""The environment, read in one place and turned into plain values."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import SettingsError

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
        api_key: For hosted providers; never printed.
        base_url: Another OpenAI-compatible server.
        cache_dir: Where model files are kept.
        model_file: A model file of the user's own, used in place of the fetched one.
        offline: Whether live requests are refused.
    """

    model: str
    why_model: str
    api_key: str | None
    base_url: str | None
    cache_dir: Path
    model_file: Path | None
    offline: bool = False

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
            api_key=env.get("OPENAI_API_KEY"),
            base_url=env.get("OPENAI_BASE_URL"),
            cache_dir=_cache_dir(env),
            model_file=Path(env["SUMMARIZER_MODEL_FILE"]) if "SUMMARIZER_MODEL_FILE" in env else None,
            offline=env.get("SUMMARIZER_OFFLINE", "0").lower() not in _NO,
        )

    def __repr__(self) -> str:
        return (
            f"Settings(model={self.model!r}, base_url={self.base_url!r}, cache_dir={str(self.cache_dir)!r})"
        )


def _default_model(env: Mapping[str, str]) -> tuple[str, str]:
    if "SUMMARIZER_MODEL" in env:
        return env["SUMMARIZER_MODEL"], "SUMMARIZER_MODEL"
    if "OPENAI_API_KEY" in env:
        return DEFAULT_HOSTED_MODEL, "OPENAI_API_KEY is set"
    return DEFAULT_LOCAL_MODEL, "the embedded model: no key is set"


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
