"""`make record`: brief the seeds with the embedded model and keep the HTTP as cassettes."""

import subprocess
import sys
from pathlib import Path
from typing import cast

from summarizer import Article, Briefing, Limits, Note, brief, summarize
from summarizer.connect import connect
from summarizer.llm import Client, parse_model
from summarizer.loop import run
from summarizer.pipeline import Silent, brief_article
from summarizer.prompting import PromptLibrary
from summarizer.settings import DEFAULT_LOCAL_MODEL, Settings
from summarizer.testing import use_cassette
from tests.long_report import Copyist, report

ROOT = Path(__file__).parents[1]
SEEDS = {"gerasimov-brown-call": "2024-12-05", "border-drill": "2026-03-10", "strait-ceasefire": "2026-05-15"}
"""Seed to its date of publication."""
LAKE = "lake-crisis"
"""A folder of seeds that make one note."""
LONG = "long-report"
"""A report that is made by rule, of which the embedded model reads the first window."""
_LONG_WORDS, _LONG_WINDOW = 1500, 4096


def cassette(seed: str) -> Path:
    """Where the recording of a seed's briefing lies."""
    return ROOT / "cassettes" / f"{seed}.yaml"


def brief_seed(seed: str) -> Briefing:
    """The one call that the recording and the tests share."""
    return summarize(ROOT / "seeds" / f"{seed}.txt", published=SEEDS[seed], model=DEFAULT_LOCAL_MODEL)


def note_lake() -> Note:
    """One note of the six articles on the invented crisis, one of them a reprint."""
    return brief([ROOT / "seeds" / LAKE], model=DEFAULT_LOCAL_MODEL)


def brief_long() -> tuple[Article, Briefing]:
    """The report with the embedded model in its first window; the others are answered word for word, without it."""
    article = Article.from_text(report(_LONG_WORDS), id=LONG, published="2026-10-01")
    connected = connect(
        parse_model(DEFAULT_LOCAL_MODEL),
        Settings.from_environment(),
        base_url=None,
        api_key=None,
        timeout_s=None,
        progress=Silent(),
        limits=Limits(),
        keeper=None,
    )

    async def briefed() -> Briefing:
        async with connected.client as live:
            reader = Copyist(article, context_window=_LONG_WINDOW, live=live)
            return await brief_article(
                article, cast("Client", reader), PromptLibrary(), engine=connected.engine
            )

    return article, run(briefed())


def record(name: str) -> None:
    """Brief one with the embedded model, and keep its HTTP."""
    with use_cassette(cassette(name), record=True):
        if name == LAKE:
            note_lake()
        elif name == LONG:
            brief_long()
        else:
            brief_seed(name)
    sys.stderr.write(f"recorded {cassette(name).name}\n")


def main() -> None:
    """Record those that are named, or all; each with an engine that has read nothing before."""
    names = sys.argv[1:] or [*SEEDS, LAKE, LONG]
    if len(names) == 1:
        record(names[0])
    else:
        for name in names:
            subprocess.run([sys.executable, "-m", "tests.recording", name], check=True)


if __name__ == "__main__":
    main()
