"""`summarizer cassettes`: whether recordings still fit, and making them again."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.console import ConsoleProgress, exit_on_error, say, write_result
from summarizer.errors import CassetteError, SettingsError, SummarizerError

if TYPE_CHECKING:
    from summarizer.pipeline import Progress
    from summarizer.testing.made import Made
    from summarizer.testing.renewing import Plan

__all__ = ["app"]

FAULTY, FAILED, SOME_FAILED = 1, 1, 3

app = typer.Typer(help="Check recorded model runs, and make them again.", no_args_is_help=True)

Folder = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="The recordings, or a project: then all its folders named cassettes."),
]


@app.command()
def check(
    folder: Folder = Path(),
    *,
    replay: Annotated[
        bool,
        typer.Option(help="Replay those whose articles are at hand; else only compare digests."),
    ] = True,
) -> None:
    """List recordings that are stale, unused, unplayed or unsafe, and why. Needs no model and no network.

    A recording knows the digests of the prompts, schemas, codebook, model and settings it was made with. Where it
    also knows its articles it is replayed, which settles the matter. What is unused is known after a whole run of
    pytest. Ends with exit code 1 when there is any fault.
    """
    from summarizer.testing.checking import check as check_all
    from summarizer.testing.checking import find_cassettes

    with exit_on_error():
        paths = find_cassettes(folder)
        findings = check_all(paths, prove=_prove if replay else None)
        lines = [f"{one.path}: {one.kind}: {one.message}" for one in findings]
        faulty = {one.path for one in findings if one.is_fault}
        lines.append(_tally(len(paths), len(faulty)))
        write_result("".join(f"{line}\n" for line in lines), None)
        if any(one.kind == "stale" for one in findings):
            say("Renew what is stale: summarizer cassettes record")
        if faulty:
            raise typer.Exit(FAULTY)


@app.command()
def record(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Recordings by name or path. Default: those that are stale."),
    ] = None,
    *,
    folder: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help="Where the recordings, or their project, are.")
    ] = Path(),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before requests are sent.")] = False,
) -> None:
    """Make recordings again with the models they were made with, after showing what that is likely to cost.

    A recording that a test made is made by running that test. One that a command or a script made of articles in
    files is made of the same articles. A recording that cannot be made keeps its older file.
    """
    from summarizer.testing.renewing import plan

    with exit_on_error():
        chosen = _chosen(folder, names)
        if not chosen:
            write_result("Nothing is stale.\n", None)
            return
        plans = [plan(path) for path in chosen]
        for one in plans:
            say(_line(one))
        say(_total(plans))
        if not (yes or _agreed()):
            raise typer.Exit(FAILED)
        failed = _renew(plans)
        write_result("".join(f"recorded {one.path}\n" for one in plans if one.path not in failed), None)
        if failed:
            raise typer.Exit(SOME_FAILED if len(failed) < len(plans) else FAILED)


def _chosen(folder: Path, names: Sequence[str] | None) -> list[Path]:
    """The recordings that are named, wherever they lie; without names, those of the folder that are stale."""
    from summarizer.testing.checking import check as check_all
    from summarizer.testing.checking import find_cassettes

    if not names:
        findings = check_all(find_cassettes(folder), prove=_prove)
        return list(dict.fromkeys(one.path for one in findings if one.kind == "stale"))
    files = [Path(name) for name in names if Path(name).is_file()]
    others = [name for name in names if not Path(name).is_file()]
    known = find_cassettes(folder) if others else []
    if unknown := [name for name in others if name not in {path.stem for path in known}]:
        raise SettingsError(
            f"there is no recording {', '.join(map(repr, unknown))}.",
            hint=f"There are {', '.join(path.stem for path in known)}.",
        )
    return list(dict.fromkeys([*files, *(path for path in known if path.stem in others)]))


def _agreed() -> bool:
    import sys

    if not sys.stdin.isatty():
        raise SettingsError("nobody is there to be asked whether to send requests.", hint="Add --yes.")
    return typer.confirm("Send these requests?", err=True)


def _renew(plans: Sequence["Plan"]) -> set[Path]:
    """Make each again, say what went wrong, and return what could not be made."""
    from summarizer.testing.renewing import run_test

    failed: set[Path] = set()
    for one in plans:
        try:
            made = _checked(one)
            if made.test:
                run_test(made, one.path)
            else:
                _brief_again(one.path, made, record=True)
        except SummarizerError as error:
            say(f"Error: {error}")
            say(f"Hint:  {error.hint}")
            failed.add(one.path)
    return failed


def _checked(one: "Plan") -> "Made":
    """How to make it, where that is known and would ask the same server as before."""
    from summarizer.settings import Settings

    if one.made is None or not one.made.can_be_made_again:
        raise CassetteError(f"{one.path}: {one.how}", hint="Record it with the code that made it.")
    addresses = Settings.from_environment().addresses
    unknown = [
        model
        for model, address in one.made.models.items()
        if address and not one.made.test and model.partition("/")[0] not in addresses
    ]
    if unknown:
        raise CassetteError(
            f"{one.path}: {unknown[0]} was asked at a server of somebody's own, and no recording keeps which",
            hint="Name it again in the environment, such as OPENAI_BASE_URL.",
        )
    return one.made


def _prove(path: Path, made: "Made") -> SummarizerError | None:
    try:
        _brief_again(path, made, record=False)
    except SummarizerError as error:
        return error
    return None


def _brief_again(path: Path, made: "Made", *, record: bool) -> None:
    """The same articles to the same models, recorded or replayed."""
    from summarizer.api import summarize
    from summarizer.notes_api import brief
    from summarizer.pipeline import Silent
    from summarizer.testing.cassettes import use_cassette

    home = path.parent
    progress: Progress = ConsoleProgress() if record else Silent()
    with use_cassette(path, record=record):
        for run in made.runs:
            articles = [one.load(home) for one in run.articles]
            prompts = home / run.prompts if run.prompts else None
            if run.note:
                title = run.note.title
                brief(articles, model=run.model, title=title, prompts=prompts, progress=progress)
            else:
                summarize(articles[0], model=run.model, prompts=prompts, progress=progress)


def _line(one: "Plan") -> str:
    tokens = f"{one.tokens.input:,} tokens in, {one.tokens.output:,} out"
    return f"{one.path}: {one.how}; {_requests(one.requests)}, {tokens}, {_usd(one.cost_usd)}"


def _total(plans: Sequence["Plan"]) -> str:
    costs = [one.cost_usd for one in plans]
    known = [cost for cost in costs if cost is not None]
    cost = _usd(sum(known) if len(known) == len(costs) else None)
    return f"As recorded, this takes {_requests(sum(one.requests for one in plans))}; {cost}."


def _requests(count: int) -> str:
    return "1 request" if count == 1 else f"{count} requests"


def _usd(cost: float | None) -> str:
    if cost is None:
        return "cost unknown"
    return f"about {cost:.4f} USD" if cost else "no cost"


def _tally(checked: int, faulty: int) -> str:
    recordings = "1 recording" if checked == 1 else f"{checked} recordings"
    return f"{recordings} checked, {faulty or 'none'} with a fault"
