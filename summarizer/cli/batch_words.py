"""Figures of a batch in words: how far it is, how fast, for how much."""

from summarizer.runs import Figures
from summarizer.runs.board import Posted

__all__ = ["counted", "in_words", "left_in_words", "posted_in_words", "unanswered_in_words", "usd"]


def counted(number: int, noun: str) -> str:
    """So many of something, whose plural is made with an s."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def in_words(figures: Figures, *, lines: int = 1) -> str:
    """How far it is, on one line or on two."""
    total = f" of {figures.total:,}" if figures.total is not None else ""
    tokens = figures.usage.tokens
    far = [
        f"{figures.done:,}{total} articles done",
        f"{figures.failed:,} failed",
        f"{figures.left:,} left" if figures.left is not None else "",
    ]
    fast = [
        _rate(figures.a_minute) if figures.made else "",
        f"{_short(tokens.input + tokens.output)} tokens",
        _money(figures),
    ]
    if figures.posted is not None:
        fast += posted_in_words(figures.posted)
    elif figures.eta_s is not None and figures.left:
        fast.append(f"{_time(figures.eta_s)} to go")
    said = [far + fast] if lines == 1 else [far, fast]
    return "\n".join(" · ".join(part for part in parts if part) for parts in said)


def unanswered_in_words(count: int, worst_usd: float | None) -> str:
    """What an earlier start has left in the dark; of money only where it may have cost any."""
    noun = counted(count, "request") + " of an earlier start"
    if worst_usd == 0:
        return f"{noun} had no answer when it ended."
    most = "at a price that is unknown" if worst_usd is None else f"at most {usd(worst_usd)}"
    return f"{noun} may have been paid for without an answer, {most}."


def posted_in_words(posted: Posted) -> list[str]:
    """How the post stands, in the parts of one line."""
    parts: list[str] = []
    if posted.batches:
        noun = "batch" if posted.batches == 1 else "batches"
        rows = f"{posted.answered:,} of {counted(posted.requests, 'request')}"
        parts.append(f"waiting for {posted.batches:,} {noun}, {rows}")
    if posted.waiting:
        parts.append(f"{counted(posted.waiting, 'request')} gathered")
    if posted.crowded:
        parts.append("the provider has no room for more at the moment")
    return parts


def left_in_words(posted: Posted, output: str) -> str:
    """What goes on at the provider after a run has ended early, and how to end that too."""
    noun = "batch goes" if posted.batches == 1 else "batches go"
    return (
        f"{posted.batches:,} {noun} on at the provider, with {counted(posted.requests, 'request')}: the same command "
        f"collects them, `summarizer batch cancel {output}` gives them up."
    )


def _money(figures: Figures) -> str:
    spent = figures.usage.cost_usd
    if not spent:
        return "price unknown" if spent is None else ""
    whole = figures.projected_usd
    return usd(spent) + (f" of about {usd(whole)}" if whole and figures.left else "")


def _rate(a_minute: float) -> str:
    if a_minute < 1:
        return f"{60 * a_minute:,.0f}/h"
    return f"{a_minute:.1f}/min" if a_minute < 10 else f"{a_minute:,.0f}/min"  # noqa: PLR2004 -- two digits tell enough


def usd(amount: float | None) -> str:
    """An amount of money."""
    if amount is None:
        return "unknown"
    return f"${amount:,.2f}" if amount >= 1 or not amount else f"${amount:.4f}"


def _short(number: int) -> str:
    for size, name in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number / size:.1f}{name}"
    return str(number)


def _time(seconds: float) -> str:
    minutes, hours = round(seconds / 60), round(seconds / 3600, 1)
    return f"{hours:g} h" if seconds >= 5400 else f"{minutes} min" if seconds >= 90 else f"{round(seconds)} s"  # noqa: PLR2004 -- where the next unit reads better
