"""How the embedded llama.cpp server is set up, and how to learn why it did not come up."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from summarizer.llm.local.template import inert_template

__all__ = ["failure_reason", "parameters"]

_PROMPT_CACHE_MIB = 1024
_MOST_TOKENS = 4096
"""Generated for a request that names no limit of its own; the engine's default is no limit."""
_BATCH_TOKENS = 128
"""Read between two looks at whether the client is still there: a few seconds on two cores, and no slower than 2048."""

_DIAGNOSIS = """
import os, sys, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.n_ctx, p.hostnames = sys.argv[1], int(sys.argv[2]), [sys.argv[3]]
p.offline, p.ui, p.endpoint_slots, p.verbosity = True, False, False, 1
server = xllamacpp.Server(p)
os._exit(0)
"""
_ERROR_LINE = re.compile(r"^\S+ E +(?:\S+ +)?\S+: (?:error loading model: )?(.+)$", re.MULTILINE)
_SAYS_LITTLE = re.compile(r"(?:llama_model_loader: )?failed to load model")
_DIAGNOSIS_SECONDS = 60


def parameters(
    xllamacpp: ModuleType, file: Path, *, host: str, key: str, name: str, n_ctx: int, free: int | None
) -> Any:
    """The engine's settings: one request at a time, bounded, silent, offline, and open to nobody without the key.

    Args:
        xllamacpp: The imported engine.
        file: The model file.
        host: The path of a Unix socket, or an address to bind to on a free port.
        key: What clients must present.
        name: What the model is called in replies.
        n_ctx: The context window, in tokens.
        free: Bytes of memory available, when known.
    """
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(file)
    wanted.model_alias = {name}
    wanted.chat_template = inert_template(file) or ""
    wanted.hostnames, wanted.port = [host], 0
    wanted.api_keys = [key]
    wanted.cors_origins, wanted.cors_credentials = "", False
    wanted.ui = wanted.endpoint_slots = wanted.endpoint_props = wanted.endpoint_metrics = False
    wanted.offline = True
    wanted.verbosity = -1
    # One slot, or the window would be divided among them.
    wanted.n_parallel, wanted.n_ctx, wanted.n_predict = 1, n_ctx, _MOST_TOKENS
    wanted.n_batch = wanted.n_ubatch = _BATCH_TOKENS
    quarter = _PROMPT_CACHE_MIB if free is None else free // 4 >> 20
    wanted.cache_ram_mib = min(_PROMPT_CACHE_MIB, quarter)
    return wanted


def failure_reason(file: Path, n_ctx: int) -> str | None:
    """The engine's own words on why it cannot load a file; None when it does not say.

    It only ever writes them to the standard error stream of its process, so it is made to fail again in another one.
    """
    with tempfile.TemporaryDirectory(prefix="summarizer-") as folder:
        command = [sys.executable, "-c", _DIAGNOSIS, str(file), str(n_ctx), str(Path(folder) / "llama.sock")]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
                command, capture_output=True, check=False, cwd=folder, timeout=_DIAGNOSIS_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    if done.returncode < 0:
        return f"its process ended with signal {-done.returncode}, as when memory runs out"
    said = _ERROR_LINE.findall(done.stderr.decode("utf-8", "replace"))
    return next((line for line in said if not _SAYS_LITTLE.match(line)), said[0] if said else None)
