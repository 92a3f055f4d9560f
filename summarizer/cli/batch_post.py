"""`summarizer batch cancel`: what is under way at the provider given up."""

from summarizer.errors import SettingsError

__all__ = ["cancel"]


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
        f"{number:,} {'batch was' if number == 1 else 'batches were'} under way; what had been answered is kept."
        if number
        else "No batch is under way."
    )
