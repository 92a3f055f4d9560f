"""`summarizer batch` as it is typed: exit codes, what is shown, Ctrl-C."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer.cli.batch_json import JsonLog
from summarizer.cli.batch_words import unanswered_in_words
from summarizer.errors import NotAuthorised, Refused
from summarizer.llm.usage import Usage
from summarizer.runs import Figures
from summarizer.runs.status import status_of
from tests.runs.command import typed
from tests.runs.left_behind import rows
from tests.runs.scripted import Provider, body_of, write_jsonl


def test_all_briefed_ends_with_0_and_the_same_again_sends_nothing(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    ran = typed(source, "-o", out)
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "Model: fake/model" in ran.stderr
    assert f"Wrote {out}" in ran.stderr
    assert [json.loads(line)["briefing"] for line in out.read_text().splitlines()] == [
        body_of(n) for n in range(6)
    ]
    sent = sum(provider.asked.values())
    assert typed(source, "-o", out).exit_code == 0
    assert sum(provider.asked.values()) == sent


def test_some_failed_ends_with_3_and_names_the_list(provider: Provider, source: Path, tmp_path: Path) -> None:
    provider.fails = lambda key, _: Refused("it declined") if key == "a2/0" else None
    ran = typed(source, "-o", tmp_path / "out.jsonl")
    assert ran.exit_code == 3
    assert "5 of 6 articles done · 1 failed" in ran.stderr
    assert str(tmp_path / "out.failed.jsonl") in ran.stderr
    provider.fails = lambda _key, _time: None
    assert typed(source, "-o", tmp_path / "out.jsonl", "--retry-failed").exit_code == 0


def test_a_stop_ends_with_1_says_why_and_how_to_go_on(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    provider.fails = lambda key, _: NotAuthorised("the key was not accepted") if key == "a2/0" else None
    ran = typed(source, "-o", tmp_path / "out.jsonl")
    assert ran.exit_code == 1
    assert "Error: the key was not accepted" in ran.stderr
    assert "Run the same command again" in ran.stderr


def test_the_json_log_is_one_object_a_line(provider: Provider, source: Path, tmp_path: Path) -> None:
    ran = typed(source, "-o", tmp_path / "out.jsonl", "--json-log")
    events = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [event["event"] for event in events if event["event"] != "progress"] == [
        "model",
        "started",
        *["article"] * 6,
        "finished",
    ]
    assert events[-1]["complete"]
    assert (events[-1]["requests"], events[-1]["usd"]) == (12, pytest.approx(0.024))


def test_status_tells_counts_spend_and_errors(provider: Provider, source: Path, tmp_path: Path) -> None:
    provider.fails = lambda key, _: Refused("it declined") if key == "a2/1" else None
    typed(source, "-o", tmp_path / "out.jsonl")
    ran = typed("status", tmp_path / "out.jsonl")
    assert ran.exit_code == 0
    assert "articles: 5 of 6 done, 1 failed, 0 left" in ran.stdout
    assert "requests: 12; 1,100 tokens in (0 cached), 220 out" in ran.stdout
    assert "spent: $0.0220" in ran.stdout
    assert "1 x Refused" in ran.stdout
    as_json = json.loads(typed("status", tmp_path / "out.jsonl", "--json-log").stdout)
    assert (as_json["done"], as_json["errors"], as_json["at_work"]) == (5, {"Refused": 1}, None)


def test_status_of_what_is_no_run_is_an_error(provider: Provider, tmp_path: Path) -> None:
    ran = typed("status", tmp_path / "nothing.jsonl")
    assert ran.exit_code == 1
    assert "there is no run" in ran.stderr


def test_a_source_that_is_not_there_is_told_before_anything_is_made(
    provider: Provider, tmp_path: Path
) -> None:
    ran = typed(tmp_path / "nothing.jsonl", "-o", tmp_path / "out.jsonl")
    assert ran.exit_code == 1
    assert "there is no file" in ran.stderr
    assert not list(tmp_path.iterdir())


def test_progress_is_told_only_where_there_was_some(capsys: pytest.CaptureFixture[str]) -> None:
    watcher = JsonLog()
    for done, seconds in ((1, 1.0), (1, 2.0), (2, 3.0)):
        watcher.figures(
            Figures(done=done, failed=0, kept=0, total=5, seconds=seconds, usage=Usage(requests=done))
        )
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["done"] for event in events] == [1, 2]


def test_an_error_is_an_event_in_a_json_log(provider: Provider, source: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("mine")
    ran = typed(source, "-o", tmp_path / "out.jsonl", "--json-log")
    events = [json.loads(line) for line in ran.stderr.splitlines()]
    assert (ran.exit_code, events[-1]["event"], events[-1]["type"]) == (2, "error", "OutputTaken")


@pytest.mark.parametrize(
    ("count", "usd", "said"),
    [
        (1, 0.0, "1 request of an earlier start had no answer when it ended."),
        (
            2,
            0.03,
            "2 requests of an earlier start may have been paid for without an answer, at most $0.0300.",
        ),
        (
            1,
            None,
            "1 request of an earlier start may have been paid for without an answer, at a price that is unknown.",
        ),
    ],
)
def test_what_had_no_answer_is_told_with_money_only_where_it_may_have_cost_any(
    count: int, usd: float | None, said: str
) -> None:
    assert unanswered_in_words(count, usd) == said


def test_articles_that_the_sources_have_no_more_are_told(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert "no longer among" not in typed(source, "-o", out).stderr
    write_jsonl(source, [4, 5, 9])
    ran = typed(source, "-o", out)
    assert ran.exit_code == 0
    assert "4 articles of earlier starts are no longer among the sources" in ran.stderr
    assert [row["id"] for row in rows(out)] == ["a4", "a5", "a9"]
    assert json.loads(typed(source, "-o", out, "--json-log").stderr.splitlines()[-1])["gone"] == 4


def test_status_of_a_run_that_stopped_tells_what_is_left(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    provider.fails = lambda key, _: NotAuthorised("the key was not accepted") if key == "a5/0" else None
    typed(source, "-o", tmp_path / "out.jsonl", "--concurrency", 1)
    assert "articles: 5 of 6 done, 0 failed, 1 left" in typed("status", tmp_path / "out.jsonl").stdout


def test_without_an_output_it_is_a_usage_error(provider: Provider, source: Path) -> None:
    assert typed(source).exit_code == 2


INTERRUPTED = """
import asyncio, sys
from pathlib import Path
from summarizer import batching
from tests.runs.scripted import Batch, Provider, scripted
from tests.runs.command import app

def wait(key):
    # The third article's first request takes its time; the fifth's never ends.
    if key == "a2/0":
        print("waiting", flush=True)
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    if key == "a2/0":
        loop.call_later(0.3, future.set_result, None)
    elif not (HANGS and key == "a3/0"):
        loop.call_soon(future.set_result, None)
    return future

HANGS = sys.argv.pop() == "hangs"
provider = Provider(wait=wait)
batching.prepare = lambda output, options, progress: Batch(
    output=output, options={}, open_work=scripted(provider), concurrency=2, drain_s=60
)
app()
"""


def interrupted(
    source: Path, out: Path, *more: str, times: int, hangs: str
) -> tuple[subprocess.Popen[str], str]:
    """The command, stopped by so many signals, and what it said."""
    command = [sys.executable, "-c", INTERRUPTED, str(source), "-o", str(out), *more, hangs]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    process.send_signal(signal.SIGINT)
    said: list[str] = []
    for _ in range(times - 1):
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            if "stopping" in line.lower():
                break
        process.send_signal(signal.SIGINT)
    return process, "".join(said) + process.communicate(timeout=30)[1]


@pytest.mark.crash
def test_ctrl_c_lets_what_is_under_way_end(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process, said = interrupted(source, out, times=1, hangs="no")
    status = status_of(out)
    assert process.returncode == 130
    assert "Run the same command again" in said
    assert not out.exists()
    assert (status.uncertain_count, status.at_work) == (0, None)
    assert status.requests == len(asyncio.run(_replies(out)))


@pytest.mark.crash
def test_a_second_ctrl_c_stops_at_once_and_the_ledger_knows_what_hung(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process, said = interrupted(source, out, times=2, hangs="hangs")
    assert process.returncode == 130
    assert "Stopped at once. Run the same command again" in said
    from summarizer.runs.store import RunStore

    with RunStore(out, options={}) as store:
        assert store.opened.unknown >= 1


@pytest.mark.crash
@pytest.mark.parametrize("times", [1, 2])
def test_a_json_log_tells_of_signals_as_events_too(source: Path, tmp_path: Path, times: int) -> None:
    hangs = "hangs" if times == 2 else "no"
    process, said = interrupted(source, tmp_path / "out.jsonl", "--json-log", times=times, hangs=hangs)
    events = [json.loads(line) for line in said.splitlines()]
    assert process.returncode == 130
    assert [event["signal"] for event in events if event["event"] == "stopping"] == ["SIGINT"]
    assert events[-1]["event"] == ("stopped" if times == 2 else "finished")


async def _replies(out: Path) -> list[Any]:
    from summarizer.runs.store import RunStore

    with RunStore(out, options={}) as store:
        return await store.read(lambda data: data.execute("SELECT key FROM replies").fetchall())
