"""How a recording can be made again, what that is likely to cost, and doing it where a test made it."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from summarizer.errors import CassetteError
from summarizer.llm import PROVIDERS, parse_model
from summarizer.llm.prices import price
from summarizer.testing.made import Made, Run
from summarizer.testing.recording import JsonBody, Recording
from summarizer.testing.storage import read_tape
from summarizer.types import Tokens

__all__ = ["Plan", "plan", "run_test", "spent"]

SHOWN = 1500
"""Characters of pytest's output that an error shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One cassette that is to be made again."""

    path: Path
    made: Made | None
    requests: int
    tokens: Tokens
    """As counted when it was made."""
    cost_usd: float | None
    """At today's prices; 0 for the embedded model, None when nobody knows."""

    @property
    def how(self) -> str:
        """What makes it again, in words."""
        if self.made is None or not self.made.can_be_made_again:
            return "nobody noted how it was made"
        if self.made.test:
            return f"pytest {self.made.test}"
        return ", ".join(f"brief {_what(run)} with {run.model}" for run in self.made.runs)


def plan(path: Path) -> Plan:
    """What making a cassette again takes.

    Raises:
        CassetteError: the cassette cannot be read.
    """
    tape = read_tape(path)
    runs = {parse_model(run.model).name: run for run in tape.made.runs} if tape.made else {}
    costs = [_cost(one, runs) for one in tape.recordings]
    known = [cost for cost in costs if cost is not None]
    return Plan(
        path=path,
        made=tape.made,
        requests=len(tape.recordings),
        tokens=spent(tape.recordings),
        cost_usd=sum(known) if len(known) == len(costs) else None,
    )


def spent(recordings: Iterable[Recording]) -> Tokens:
    """The tokens that the replies of a cassette say they took."""
    counts = [_tokens(one) for one in recordings]
    return Tokens(
        input=sum(one.input for one in counts),
        cached=sum(one.cached for one in counts),
        output=sum(one.output for one in counts),
    )


def run_test(made: Made, path: Path) -> None:
    """Run the test that made a cassette, so that it makes it again.

    Raises:
        CassetteError: the test is gone, or does not pass.
    """
    test = made.test or ""
    file = test.partition("::")[0]
    home = next((home for home in path.resolve().parents if (home / file).is_file()), None)
    if home is None:
        raise CassetteError(
            f"{path}: the test that made it, {test}, is gone",
            hint="Delete the recording if nothing else plays it.",
        )
    command = [sys.executable, "-m", "pytest", "-q", "--summarizer-record=rewrite", test]
    done = subprocess.run(command, cwd=home, check=False, capture_output=True, text=True)  # noqa: S603 - our own test
    if done.returncode:
        raise CassetteError(
            f"{path}: {test} does not pass while it records:\n{(done.stdout + done.stderr)[-SHOWN:]}",
            hint="Mend the test first; the older recording is still there.",
        )


def _what(run: Run) -> str:
    files = [str(one.file) for one in run.articles]
    return f"{files[0]} and {len(files) - 1} more as one note" if run.note else files[0]


def _cost(recording: Recording, runs: Mapping[str, Run]) -> float | None:
    tree = recording.request.body.tree if recording.request.body else None
    run = runs.get(str(tree.get("model"))) if isinstance(tree, dict) else None
    if run is None:
        return None
    ref = parse_model(run.model)
    row = PROVIDERS.get(ref.provider)
    if row is not None and row.embedded:
        return 0.0
    return price(ref.provider, ref.name, _tokens(recording), elsewhere=run.address is not None)


def _tokens(recording: Recording) -> Tokens:
    body = recording.reply.body
    tree = body.tree if isinstance(body, JsonBody) else None
    usage = tree.get("usage") if isinstance(tree, dict) else None
    details = usage.get("prompt_tokens_details") if isinstance(usage, dict) else None
    return Tokens(
        input=_count(usage, "prompt_tokens"),
        cached=_count(details, "cached_tokens"),
        output=_count(usage, "completion_tokens"),
    )


def _count(tree: JsonValue, name: str) -> int:
    found = tree.get(name) if isinstance(tree, dict) else None
    return found if isinstance(found, int) and found > 0 else 0
