"""`summarizer batch`: many articles in, one row each out; the same command again goes on where it was."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli import options
from summarizer.cli.console import check_writable, exit_on_error
from summarizer.errors import SettingsError

if TYPE_CHECKING:
    from summarizer.batching import BatchOptions
    from summarizer.runs import Report

__all__ = ["batch"]

FAILED, SOME_FAILED, INTERRUPTED = 1, 3, 130

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, patterns ('news/*.html'), .jsonl or .parquet of {id, text, title?, published?, "
        "source?}, or - for standard input. `status OUT` shows how a run stands, `cancel OUT` gives up its batches at the provider.",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        help="A .jsonl or .parquet; the run is kept beside it. In storage (s3://, gs://, az://): on this machine.",
    ),
]
Concurrency = Annotated[
    int | None,
    typer.Option(
        "--concurrency", metavar="N", min=1, help="Articles at a time. Default: 16; embedded model: 1."
    ),
]
Rpm = Annotated[float | None, typer.Option("--rpm", metavar="N", min=0.1, help="Most requests a minute.")]
Tpm = Annotated[
    float | None,
    typer.Option("--tpm", metavar="N", min=1, help="Most tokens a minute, prompts and replies together."),
]
UnknownOutcome = Annotated[
    Literal["resend", "skip"],
    typer.Option(
        "--unknown", help="What to do with an article whose request may have been paid for without an answer."
    ),
]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Take up the failed articles again.")]
EngineName = Annotated[
    Literal["none", "processes", "ray", "dask"],
    typer.Option(
        "--engine", help="Cut the input into shards, and do them in processes here or on a cluster."
    ),
]
Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="Shards at a time. Default: one a core.")
]
Address = Annotated[
    str | None,
    typer.Option("--address", metavar="URL", help="Of the cluster: ray://head:10001, tcp://scheduler:8786."),
]
ShardSize = Annotated[
    int | None,
    typer.Option("--shard-size", metavar="N", min=1, help="Articles of a shard. Default: 1000."),
]
BatchApi = Annotated[
    bool,
    typer.Option(
        "--batch-api", help="Ask through OpenAI's Batch endpoint: half the price, each pass within 24 hours."
    ),
]
JsonLog = Annotated[bool, typer.Option("--json-log", help="Progress as one JSON object a line on stderr.")]


def batch(
    sources: Sources,
    *,
    output: Out = None,
    model: options.ModelName = None,
    concurrency: Concurrency = None,
    rpm: Rpm = None,
    tpm: Tpm = None,
    budget: options.BudgetUsd = None,
    max_requests: options.MaxRequests = None,
    unknown: UnknownOutcome = "resend",
    retry_failed: RetryFailed = False,
    engine: EngineName = "none",
    workers: Workers = None,
    address: Address = None,
    shard_size: ShardSize = None,
    batch_api: BatchApi = False,
    json_log: JsonLog = False,
    no_cache: options.NoCache = False,
    recheck_injection: options.RecheckInjection = False,
    published: options.Published = None,
    language: options.LanguageTag = "en",
    base_url: options.BaseUrl = None,
    prompts: options.Prompts = None,
    timeout: options.Timeout = None,
    retries: options.Retries = 5,
    reasks: options.Reasks = 2,
) -> None:
    """Brief many articles, in the order of the input, one row each: {id, briefing} or {id, error}.

    Nothing that was paid for is lost or paid for again: stop it with Ctrl-C, lose the machine, fill the disk, and run
    the same command again. Ctrl-C lets the requests under way end; once more, and it stops at once. Articles that
    failed are listed beside OUT. Ends with 0 when all are briefed, 3 when some failed, 1 when it stopped before.

    Examples:
        summarizer batch articles/ -o briefings.jsonl

        summarizer batch news.jsonl -o out.jsonl --model openai/gpt-5-mini --concurrency 64 --budget 20

        summarizer batch status out.jsonl
    """
    from summarizer.batching import BatchOptions
    from summarizer.cli.batch_post import cancel
    from summarizer.cli.batch_shards import Wanted, brief_in_shards
    from summarizer.cli.batch_status import show_status
    from summarizer.cli.batch_stop import errors_as_events
    from summarizer.languages import checked_tag

    with exit_on_error(), errors_as_events(wanted=json_log):
        if sources[0] == "status":
            show_status(sources[1:], as_json=json_log)
            return
        if sources[0] == "cancel":
            cancel(sources[1:])
            return
        if output is None:
            raise SettingsError("there is no --output.", hint="Name the file to write: -o briefings.jsonl")
        if batch_api and engine != "none":
            raise SettingsError("--batch-api goes with no --engine.", hint="Leave one of them out.")
        if engine == "none":
            _check_engine(workers=workers, address=address, shard_size=shard_size)
        _check_writable(output, engine)
        chosen = BatchOptions(
            model=model,
            base_url=base_url,
            prompts=prompts,
            published=published,
            language=checked_tag(language),
            timeout=timeout,
            limits=options.limits(retries, reasks, budget, max_requests),
            cache=not no_cache,
            recheck_injection=recheck_injection,
            concurrency=concurrency,
            rpm=rpm,
            tpm=tpm,
            unknown=unknown,
            retry_failed=retry_failed,
            batch_api=batch_api,
        )
        if engine == "none":
            code = _brief(sources, output, chosen, json_log=json_log)
        else:
            wanted = Wanted(engine, workers or os.cpu_count() or 1, address, shard_size or 1000)
            code = brief_in_shards(sources, output, chosen, wanted, json_log=json_log)
    raise typer.Exit(code)


def _check_engine(**given: object) -> None:
    """Refuse what says how shards are done where there are none."""
    for name, value in given.items():
        if value is not None:
            option = f"--{name.replace('_', '-')}"
            raise SettingsError(
                f"{option} says how shards are done, and there is no --engine.",
                hint=f"Add --engine processes, ray or dask, or leave {option} out.",
            )


def _check_writable(output: str, engine: str) -> None:
    """Fail before the work rather than after it."""
    from summarizer.runs.remote import place_of

    place = place_of(output)
    if not isinstance(place, Path):
        place.absolute()  # needs what speaks to the storage
        if engine == "none" and output.endswith("/"):
            raise SettingsError(
                f"{output} is a folder.", hint="Name a .jsonl or .parquet in it, or an --engine."
            )
    elif engine == "none" or not output.endswith("/"):
        check_writable(place)
    else:
        check_writable(place / "plan.json" if place.exists() else place)


def _brief(sources: list[str], output: str, chosen: "BatchOptions", *, json_log: bool) -> int:
    from summarizer.batching import prepare
    from summarizer.cli.batch_stop import draining
    from summarizer.cli.batch_watch import watcher_for
    from summarizer.loop import run as run_on_loop
    from summarizer.runs import Ours, Stop, check, check_output, count, run, stream
    from summarizer.runs.remote import place_of

    place = place_of(output)
    ours, stop = Ours(output), Stop()
    check(sources, leave_out=ours)
    with watcher_for(json_log=json_log) as watcher:
        order = prepare(place, chosen, progress=watcher)
        check_output(output, order.output)
        with draining(stop, json_log=json_log):
            report = run_on_loop(
                run(
                    order,
                    stream(sources, published=chosen.published, leave_out=ours),
                    total=lambda: count(sources, leave_out=ours),
                    watcher=watcher,
                    stop=stop,
                )
            )
        watcher.left_out(ours.others)
        watcher.finished(report, place)
    return _code(report)


def _code(report: "Report") -> int:
    if not report.complete:
        return FAILED if report.stopped is not None else INTERRUPTED
    return SOME_FAILED if report.figures.failed else 0
