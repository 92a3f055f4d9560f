"""What a batch shows of its post: the provider's batches it waits for, and what becomes of them when it ends early."""

from summarizer.errors import SettingsError
from summarizer.runs.board import Posted

__all__ = ["cancel", "left_in_words", "posted_in_words"]


def posted_in_words(posted: Posted) -> list[str]:
    """How the post stands, in the parts of one line."""
    parts: list[str] = []
    if posted.batches:
        noun = "batch" if posted.batches == 1 else "batches"
        rows = f"{posted.answered:,} of {posted.requests:,} requests"
        parts.append(f"waiting for {posted.batches:,} {noun}, {rows}")
    if posted.waiting:
        parts.append(f"{posted.waiting:,} requests gathered")
    if posted.crowded:
        parts.append("the provider has no room for more at the moment")
    return parts


def left_in_words(posted: Posted, output: str) -> str:
    """What goes on at the provider after a run has ended early, and how to end that too."""
    noun = "batch goes" if posted.batches == 1 else "batches go"
    return (
        f"{posted.batches:,} {noun} on at the provider, with {posted.requests:,} requests: the same command "
        f"collects them, `summarizer batch cancel {output}` gives them up."
    )


def cancel(arguments: list[str]) -> None:
    """`summarizer batch cancel OUT`: give up what is under way at the provider.

    Raises:
        SettingsError: not one output.
        SummarizerError: there is no such run, another process is at work on it, or the provider cannot be asked.
    """
    from summarizer.cli.console import say
    from summarizer.loop import run
    from summarizer.posting import give_up
    from summarizer.runs.output import local_path
    from summarizer.runs.remote import place_of
    from summarizer.settings import Settings

    if len(arguments) != 1:
        raise SettingsError("`batch cancel` wants one output.", hint="summarizer batch cancel out.jsonl")
    settings = Settings.from_environment()
    output = local_path(place_of(arguments[0]), settings.cache_dir / "runs")
    number = run(give_up(output, settings))
    say(
        f"{number:,} batches were under way; what they had answered is kept."
        if number
        else "No batch is under way."
    )
