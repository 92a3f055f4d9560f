"""Why no recording answers a request, in words and as a short diff."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from pydantic import JsonValue

from summarizer.errors import CassetteError
from summarizer.testing.made import Made, changes
from summarizer.testing.recording import Recording, Request, fingerprint, ordered, reply_type

__all__ = ["explanation", "since", "stale", "title", "unplayed"]

DIFF_LINES = 12
"""Lines of a diff that are shown; more hide the message they belong to."""

DIFF_WIDTH = 120
"""Characters of a line that are shown, around the place where it differs."""

Line = tuple[str, str]
"""Where in the request, and what stands there."""


def stale(path: Path, reason: str, *, hint: str | None = None) -> CassetteError:
    """The error of a cassette that no longer fits the code; its hint shows in a traceback too."""
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    error = CassetteError(f"{shown}: {reason}", hint=hint)
    error.add_note(error.hint)
    return error


def explanation(sent: Request, recordings: Sequence[Recording], played: Collection[int]) -> str:
    """What was sent, which recording comes nearest, and where the two differ.

    Args:
        sent: The request that nothing answers.
        recordings: What the cassette holds.
        played: Positions, from 0, of the recordings already used.
    """
    opening = f"no recording answers the request {title(sent)}"
    if not recordings:
        return opening + "; the cassette is empty"
    nearest = _nearest(sent, recordings, played)
    found = recordings[nearest].request
    place = f"recording {nearest + 1} of {len(recordings)}"
    if fingerprint(found) == fingerprint(sent):
        return f"{opening}; {place} did, but it was sent more often than it was recorded"
    used = "already played" if nearest in played else "not played yet"
    # To another address goes another body, which would only crowd out that it is another address.
    diff = list(_diff(_head(found), _head(sent))) or list(_diff(_body(found), _body(sent)))
    shown = diff[:DIFF_LINES]
    if len(diff) > len(shown):
        shown.append(f"({len(diff) - len(shown)} more lines differ)")
    return "\n".join(
        [opening, f"nearest is {place}, {title(found)}, {used}", "--- recorded", "+++ sent", *shown]
    )


def since(path: Path, made: Made | None) -> str:
    """What has changed since the cassette was made, as a line to end a message with; empty when nothing is known."""
    found = [] if made is None else changes(path, made)
    return f"\nchanged since it was recorded on {made.recorded}: {', '.join(found)}" if made and found else ""


def unplayed(recordings: Sequence[Recording], played: Collection[int]) -> str:
    """Names the recordings that nothing asked for; empty when there are none."""
    left = [f"  recording {n + 1}: {title(r.request)}" for n, r in enumerate(recordings) if n not in played]
    if not left:
        return ""
    return "\n".join([f"{len(left)} of {len(recordings)} recordings were never asked for", *left])


def title(request: Request) -> str:
    """A request in a few words: method, path, model and the type it wants filled in."""
    tree = request.body.tree if request.body else None
    model = tree.get("model") if isinstance(tree, dict) else None
    known = [str(name) for name in (model, reply_type(tree)) if name]
    return f"{request.method} {request.path}" + (f" ({', '.join(known)})" if known else "")


def _nearest(sent: Request, recordings: Sequence[Recording], played: Collection[int]) -> int:
    """Position of the recording that shares most words in the same places; a fresh one among equals."""
    words = _words(sent)

    def closeness(position: int) -> tuple[float, bool]:
        other = _words(recordings[position].request)
        return 2 * (words & other).total() / (words.total() + other.total()), position not in played

    return max(range(len(recordings)), key=closeness)


def _words(request: Request) -> Counter[Line]:
    return Counter(
        (where, word) for where, text in [*_head(request), *_body(request)] for word in text.split() or [text]
    )


def _head(request: Request) -> list[Line]:
    return [(name, repr(getattr(request, name))) for name in ("method", "path", "query")]


def _body(request: Request) -> list[Line]:
    """A body line by line; equal for bodies that match."""
    return list(_tree_lines("", ordered(request.body.tree))) if request.body else [("body", "none")]


def _tree_lines(where: str, tree: JsonValue) -> Iterator[Line]:
    match tree:
        case dict() if tree:
            for name, value in tree.items():
                yield from _tree_lines(f"{where}.{name}" if where else name, value)
        case list() if tree:
            for position, value in enumerate(tree):
                yield from _tree_lines(f"{where}[{position}]", value)
        case str() if tree:
            # repr shows what the eye would miss: a trailing space, a no-break space, a line separator.
            yield from ((where, repr(line)) for line in tree.splitlines(keepends=True))
        case _:
            yield where, json.dumps(tree)


def _diff(old: list[Line], new: list[Line]) -> Iterator[str]:
    """Only what differs: every line says where it stands, so it needs no context."""
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        paired = j - i == m - k
        for position, line in enumerate(old[i:j]):
            other = new[k + position] if paired else line
            yield "-" + _clipped(line, other)
            if paired:
                yield "+" + _clipped(other, line)
        if not paired:
            yield from ("+" + _clipped(line, line) for line in new[k:m])


def _first_difference(one: str, other: str) -> int:
    """Position of the first character that differs; 0 for equal texts."""
    ends = min(len(one), len(other)) if one != other else 0
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), ends)


def _clipped(line: Line, other: Line) -> str:
    """The line, cut to the part around its first difference from the other."""
    where, text = line
    if len(text) > DIFF_WIDTH:
        start = max(0, _first_difference(text, other[1]) - DIFF_WIDTH // 3)
        end = start + DIFF_WIDTH
        text = ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
    return f"{where}: {text}"
