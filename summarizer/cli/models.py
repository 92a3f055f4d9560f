"""`summarizer models`: the embedded model files, and the services that can be asked instead."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.console import ConsoleProgress, exit_on_error, say, write_result

if TYPE_CHECKING:
    from summarizer.llm.providers import Provider
    from summarizer.settings import Settings

__all__ = ["app"]

app = typer.Typer(help="List, fetch and find the embedded model files.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="As `models list` spells it.")]


@app.command(name="list")
def list_models() -> None:
    """List the embedded models, and the services: how to name a model of each, and whether its key is set."""
    from summarizer.llm.local.fetch import is_fetched
    from summarizer.llm.local.models import MODELS
    from summarizer.llm.providers import PROVIDERS
    from summarizer.settings import Settings

    with exit_on_error():
        settings = Settings.from_environment()
        home = settings.cache_dir
        lines = [
            f"{'*' if m.default else ' '} local/{m.name:<20} {m.bytes / 1e6:>7,.0f} MB  {m.licence}  "
            f"{'fetched' if is_fetched(m, cache_dir=home) else 'not fetched':<12} {m.purpose}"
            for m in MODELS
        ]
        if settings.model_file is not None:
            lines.append(f"  In place of each of these: {_own(settings.model_file)}")
        lines += ["", *(_service(row, settings) for row in PROVIDERS.values() if not row.embedded)]
        write_result("\n".join(lines) + "\n", None)


@app.command()
def pull(name: Name = "qwen2.5-coder-1.5b") -> None:
    """Fetch a model file now, with a progress bar; a fetch that was stopped goes on where it was."""
    from summarizer.llm.local.fetch import fetch
    from summarizer.llm.local.models import find
    from summarizer.settings import Settings

    progress = ConsoleProgress()
    with exit_on_error():
        settings = Settings.from_environment()
        try:
            path = fetch(
                find(name.removeprefix("local/")), cache_dir=settings.cache_dir, progress=progress.fetching
            )
        finally:
            progress.close()
        if settings.model_file is not None:
            say(f"It is not used while another is set: {_own(settings.model_file)}")
        write_result(f"{path}\n", None)


@app.command()
def path(name: Name = "qwen2.5-coder-1.5b") -> None:
    """Print where a model's file lies, or would lie once fetched; SUMMARIZER_MODEL_FILE comes before it."""
    from summarizer.llm.local.fetch import model_path
    from summarizer.llm.local.models import find
    from summarizer.settings import Settings

    with exit_on_error():
        settings, model = Settings.from_environment(), find(name.removeprefix("local/"))
        if settings.model_file is not None:
            say(f"Set by SUMMARIZER_MODEL_FILE{_missing(settings.model_file)}")
        write_result(f"{settings.model_file or model_path(model, cache_dir=settings.cache_dir)}\n", None)


def _own(file: Path) -> str:
    return f"{file} (SUMMARIZER_MODEL_FILE{_missing(file)})"


def _missing(file: Path) -> str:
    return "" if file.is_file() else "; there is no such file"


def _service(row: "Provider", settings: "Settings") -> str:
    """A line about a service; of a key only whether it is there."""
    name = " or ".join(row.key_names) or "no key"
    state = "" if not row.key_names else "set" if row.name in settings.keys else "not set"
    optional = "" if row.needs_key or not row.key_names else "optional, "
    place = settings.addresses.get(row.name) or row.base_url or f"address in {row.address_name}"
    asks = f"{name} ({optional}{state})" if state else name
    return f"  {row.name + '/MODEL':<18} {row.about}; {asks}; {place}"
