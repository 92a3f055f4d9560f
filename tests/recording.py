"""`make record`: brief the seeds with the embedded model and keep the HTTP as cassettes."""

import sys
from pathlib import Path

from summarizer import Briefing, Note, brief, summarize
from summarizer.settings import DEFAULT_LOCAL_MODEL
from summarizer.testing import use_cassette

ROOT = Path(__file__).parents[1]
SEEDS = {"gerasimov-brown-call": "2024-12-05", "border-drill": "2026-03-10", "strait-ceasefire": "2026-05-15"}
"""Seed to its date of publication."""
LAKE = "lake-crisis"
"""A folder of seeds that make one note."""


def cassette(seed: str) -> Path:
    """Where the recording of a seed's briefing lies."""
    return ROOT / "cassettes" / f"{seed}.yaml"


def brief_seed(seed: str) -> Briefing:
    """The one call that the recording and the tests share."""
    return summarize(ROOT / "seeds" / f"{seed}.txt", published=SEEDS[seed], model=DEFAULT_LOCAL_MODEL)


def note_lake() -> Note:
    """One note of the six articles on the invented crisis, one of them a reprint."""
    return brief([ROOT / "seeds" / LAKE], model=DEFAULT_LOCAL_MODEL)


if __name__ == "__main__":
    for name in sys.argv[1:] or [*SEEDS, LAKE]:
        with use_cassette(cassette(name), record=True):
            if name == LAKE:
                note_lake()
            else:
                brief_seed(name)
        sys.stderr.write(f"recorded {cassette(name).name}\n")
