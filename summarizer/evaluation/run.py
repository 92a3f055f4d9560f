"""Brief labelled articles one after the other; each briefing is on disk as soon as it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from pydantic import ValidationError

from summarizer.article import Article
from summarizer.codebook import codebook
from summarizer.errors import InputError, ModelError, OutputError
from summarizer.evaluation.cases import Case
from summarizer.files import write_whole
from summarizer.llm import Client
from summarizer.pipeline import Progress, brief_article
from summarizer.prompting import PromptLibrary
from summarizer.types import Briefing

__all__ = ["Outcome", "RunProgress", "run_cases"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: made now, kept from an earlier run of the same settings, or failed."""

    id: str
    outcome: Literal["made", "kept", "failed"]
    error: str | None = None
    """Why it failed: the error's class and its message."""


class RunProgress(Progress, Protocol):
    """Told of each case besides each pass."""

    def case_started(self, number: int, total: int, name: str) -> None:
        """Case `number` of `total`, from 1, is next."""
        ...

    def case_done(self, outcome: Outcome) -> None:
        """A case has ended, one way or another."""
        ...


async def run_cases(
    cases: Sequence[Case],
    client: Client,
    library: PromptLibrary,
    out: Path,
    *,
    engine: str | None,
    progress: RunProgress,
) -> tuple[Outcome, ...]:
    """Brief every case into `out/ID.json`, and go on past those that fail.

    A briefing that is already there is kept when the same text, date, model, engine, prompts and codebook made
    it, and replaced otherwise. A change of our own code does not show in it: measure that in a new folder.

    Args:
        cases: What to brief, in this order.
        client: The model.
        library: The prompts.
        out: Folder of the briefings; made when it is not there.
        engine: Name and version of the embedded engine, when it is used.
        progress: Told of each case and pass.

    Raises:
        OutputError: a briefing cannot be written.
        PromptError, EngineFailed: nothing that another case could do better.
    """
    _make_folder(out)
    outcomes: list[Outcome] = []
    for number, case in enumerate(cases, 1):
        progress.case_started(number, len(cases), case.id)
        try:
            outcome = await _run_case(case, client, library, out, engine=engine, progress=progress)
        except (ModelError, InputError) as error:
            outcome = Outcome(case.id, "failed", f"{type(error).__name__}: {error}")
        outcomes.append(outcome)
        progress.case_done(outcome)
    return tuple(outcomes)


async def _run_case(
    case: Case, client: Client, library: PromptLibrary, out: Path, *, engine: str | None, progress: Progress
) -> Outcome:
    article = Article.from_text(
        case.text, id=case.id, title=case.title, source=case.source, published=case.published
    )
    path = out / f"{case.id}.json"
    made = (article.sha256, article.published, str(client.ref), engine, library.digest, codebook().version)
    if _settings_of(path) == made:
        return Outcome(case.id, "kept")
    briefing = await brief_article(article, client, library, engine=engine, progress=progress)
    write_whole(path, briefing.to_json())
    return Outcome(case.id, "made")


def _settings_of(path: Path) -> tuple[str | None, ...] | None:
    """What made the briefing in this file; None when there is none that we can read."""
    try:
        briefing = Briefing.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):  # whatever is there will be replaced
        return None
    record, how = briefing.article, briefing.provenance
    return record.sha256, record.published, how.model, how.engine, how.prompt_digest, how.codebook_version


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {str(out)!r} cannot be made: {error.strerror}.") from error
