"""`summarizer cache`: the replies kept on this disk."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.console import exit_on_error, write_result

__all__ = ["app"]

app = typer.Typer(help="Look at the replies kept on this disk, and remove them.", no_args_is_help=True)

OlderThan = Annotated[
    float | None,
    typer.Option(
        "--older-than", metavar="DAYS", min=0, help="Only the replies that came more than DAYS days ago."
    ),
]


@app.command(name="info")
def show_info() -> None:
    """Say how many replies are kept, how old they are, and what they saved."""
    from summarizer.llm.cache import info

    with exit_on_error():
        path = _path()
        kept = info(path)
        lines = [f"File      {path}", f"Replies   {kept.rows:,} ({kept.bytes / 1e6:,.1f} MB on disk)"]
        if kept.oldest and kept.newest:
            lines += [f"From      {kept.oldest:%Y-%m-%d %H:%M} to {kept.newest:%Y-%m-%d %H:%M} UTC"]
        lines += [
            f"Used      {kept.hits:,} times instead of a request"
            + ("" if kept.saved_usd is None else f", saving at least ${kept.saved_usd:,.4f}")
        ]
        write_result("\n".join(lines) + "\n", None)


@app.command()
def clear(older_than: OlderThan = None) -> None:
    """Remove the kept replies; whatever is asked next is asked of the model again."""
    from summarizer.llm.cache import clear as remove

    with exit_on_error():
        path = _path()
        removed = remove(path, older_than=None if older_than is None else timedelta(days=older_than))
        replies = "1 reply" if removed.rows == 1 else f"{removed.rows or 0:,} replies"
        what = "an unusable file" if removed.rows is None else replies
        write_result(f"Removed {what} ({removed.bytes / 1e6:,.1f} MB) from {path}\n", None)


def _path() -> Path:
    from summarizer.settings import Settings

    return Settings.from_environment().cache_dir / "replies.sqlite"
