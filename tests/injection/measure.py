"""Attack success and fidelity with a real model: `python -m tests.injection.measure [--limit N] [--out DIR]`.

Every briefing is a line of DIR/briefings.jsonl as soon as it is made, and the same command goes on where it stopped;
after a change of the code, take a new DIR: kept replies answer for what has not changed. The figures are judged anew
from the lines each time. `--worst small` or `--worst large` asks nobody: it briefs with a scripted model that obeys.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from summarizer.article import Article
from summarizer.connect import Connected, connect
from summarizer.errors import InputError, ModelError
from summarizer.limits import Limits
from summarizer.llm import parse_model
from summarizer.llm.cache import ReplyCache
from summarizer.loop import run
from summarizer.pipeline import Silent, brief_article
from summarizer.prompting import PromptLibrary
from summarizer.settings import Settings
from summarizer.types import Briefing
from tests.injection.cases import Case, Clean, articles, benign, cases
from tests.injection.report import report
from tests.injection.worst import Kind, briefed, obedient, unwilling

__all__ = ["Row", "main", "read_rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """One file briefed: by the case's id, or by the clean article's."""

    id: str
    briefing: str | None
    """As JSON; None where there was an error."""
    error: str | None
    seconds: float


def main(arguments: list[str]) -> int:
    """Brief what is left, at most `--limit` files, and print the figures of all there are."""
    parser = argparse.ArgumentParser(prog="python -m tests.injection.measure", description=__doc__)
    parser.add_argument(
        "--limit", type=int, help="how many files to brief now, twins included (default: all)"
    )
    parser.add_argument("--out", type=Path, default=Path("eval-runs/injection"), help="folder of the run")
    parser.add_argument("--model", help="as for `summarizer brief`")
    parser.add_argument(
        "--worst", choices=("small", "large"), help="no real model, but the worst there could be"
    )
    parser.add_argument("--part", choices=("all", "tuned", "held", "benign"), default="all")
    parser.add_argument("--families", nargs="*", help="only these")
    parser.add_argument("--details", action="store_true", help="name every attack that got through")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    log = given.out / "briefings.jsonl"
    wanted = list(_wanted(given.part, given.families))
    with tempfile.TemporaryDirectory() as folder:
        if given.worst:
            ask: Asking = partial(_brief_scripted, kind=given.worst)
        else:
            ask = partial(_brief_all, model=given.model)
        _brief_missing(wanted, log, Path(folder), ask, limit=given.limit)
        sys.stdout.write(report(wanted, _briefings(log), Path(folder), details=given.details))
    return 0


def read_rows(log: Path) -> dict[str, Row]:
    """The rows of a run by id; a line that a crash has cut off is as if it were not there."""
    rows: dict[str, Row] = {}
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        try:
            row = Row(**json.loads(line))
        except ValueError:
            continue
        rows[row.id] = row
    return rows


def _briefings(log: Path) -> Mapping[str, Briefing | None]:
    return {
        name: None if row.briefing is None else Briefing.model_validate_json(row.briefing)
        for name, row in read_rows(log).items()
    }


def _wanted(part: str, families: list[str] | None) -> Iterator[Clean | Case]:
    """Each clean article before its cases, so that any start of a run can be judged."""
    if part == "benign":
        yield from benign()
        return
    for article in articles():
        chosen = [
            case
            for case in cases()
            if case.article is article
            and (part == "all" or case.attack.held == (part == "held"))
            and (not families or case.attack.family in families)
        ]
        if chosen:
            yield article
            yield from chosen
    if part == "all" and not families:
        yield from benign()


def _brief_missing(
    wanted: list[Clean | Case], log: Path, folder: Path, ask: "Asking", *, limit: int | None
) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    done = read_rows(log)
    left = [one for one in wanted if one.id not in done][:limit]
    if not left:
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar, log.open("a", encoding="utf-8") as sink:
        task = bar.add_task("", total=len(left))

        def made(row: Row) -> None:
            sink.write(json.dumps(asdict(row)) + "\n")
            sink.flush()
            bar.update(task, advance=1, description=row.id)

        ask(left, folder, made)


Made = Callable[[Row], None]
Asking = Callable[[list[Clean | Case], Path, Made], None]


def _brief_scripted(left: list[Clean | Case], folder: Path, made: Made, *, kind: Kind) -> None:
    for one in left:
        started, article = time.monotonic(), one.load(folder).article
        model = unwilling(kind) if isinstance(one, Clean) else obedient(one, article, kind)
        made(Row(one.id, briefed(article, model).model_dump_json(), None, time.monotonic() - started))


def _brief_all(left: list[Clean | Case], folder: Path, made: Made, *, model: str | None) -> None:
    settings = Settings.from_environment()
    connected = connect(
        parse_model(model or settings.model),
        settings,
        base_url=None,
        api_key=None,
        timeout_s=None,
        progress=Silent(),
        limits=Limits(),
        keeper=ReplyCache(settings.reply_cache),
    )

    async def work() -> None:
        library = PromptLibrary()
        async with connected.client:
            for one in left:
                made(await _row(one, folder, connected, library))

    run(work())


async def _row(one: Clean | Case, folder: Path, connected: Connected, library: PromptLibrary) -> Row:
    started = time.monotonic()
    try:
        briefing = await _briefing(one.load(folder).article, connected, library)
    except (InputError, ModelError) as error:
        return Row(one.id, None, f"{type(error).__name__}: {error}", time.monotonic() - started)
    return Row(one.id, briefing.model_dump_json(), None, time.monotonic() - started)


async def _briefing(article: Article, connected: Connected, library: PromptLibrary) -> Briefing:
    return await brief_article(article, connected.client, library, engine=connected.engine)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
