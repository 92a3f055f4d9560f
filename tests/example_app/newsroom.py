"""Watch a folder: every article that is put into it gets a briefing note in another.

    python newsroom.py inbox notes

An article that cannot be briefed gets a file that says why, and the next one is taken up. A note that is newer than
its article is left alone, so the program may be stopped and started at any time.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from summarizer import SummarizerError, summarize

MODEL = "local/qwen2.5-coder-1.5b"
PAUSE_S = 2.0

Sizes = dict[Path, int]
"""How large each article was in the last round, in bytes."""


def write_note(article: Path, notes: Path, *, model: str = MODEL, published: str | None = None) -> Path:
    """Brief one article; the note, or the reason why there is none, takes the place of an older one."""
    note, reason = notes / f"{article.stem}.md", notes / f"{article.stem}.error.txt"
    try:
        written, text, gone = note, summarize(article, model=model, published=published).to_markdown(), reason
    except SummarizerError as error:
        written, text, gone = reason, f"{error}\n{error.hint}\n", note
    part = written.with_name(f".{written.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(written)
    gone.unlink(missing_ok=True)
    return written


def waiting(inbox: Path, notes: Path, before: Sizes) -> Iterator[Path]:
    """The articles to take up now: those without a newer note that have stopped growing."""
    for article in sorted(inbox.glob("*.txt")):
        size = article.stat().st_size
        complete, before[article] = before.get(article) == size, size
        done = [notes / f"{article.stem}{ending}" for ending in (".md", ".error.txt")]
        newest = max((path.stat().st_mtime_ns for path in done if path.exists()), default=0)
        if complete and newest < article.stat().st_mtime_ns:
            yield article


def watch(
    inbox: Path,
    notes: Path,
    *,
    model: str = MODEL,
    rounds: int | None = None,
    sleep: Callable[[float], object] = time.sleep,
    say: Callable[[str], object] = print,
) -> None:
    """Brief what lies in `inbox` and whatever is put there; `rounds` ends it, for tests."""
    notes.mkdir(parents=True, exist_ok=True)
    sizes: Sizes = {}
    while rounds is None or rounds > 0:
        for article in waiting(inbox, notes, sizes):
            say(f"{article.name} -> {write_note(article, notes, model=model).name}")
        sleep(PAUSE_S)
        rounds = None if rounds is None else rounds - 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a briefing note for every article in a folder.")
    parser.add_argument("inbox", type=Path)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--model", default=MODEL)
    given = parser.parse_args()
    watch(given.inbox, given.notes, model=given.model)
