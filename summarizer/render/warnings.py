"""What is wrong with a source, as a reader is told it."""

from collections.abc import Sequence

from summarizer.render.layout import Fixed, Items, Runs, Words
from summarizer.render.wording import cites
from summarizer.types.evidence import Span
from summarizer.types.issues import SourceIssue

__all__ = ["warning", "warnings"]


def warnings(issues: Sequence[SourceIssue]) -> Items:
    """One item an issue; without issues there is nothing to show."""
    return Items(tuple(warning(issue, issue.evidence) for issue in issues))


def warning(issue: SourceIssue, spans: Sequence[Span]) -> Runs:
    """The issue with the words it is about: cited where the article holds them, else its excerpt.

    Args:
        issue: What is wrong.
        spans: Its evidence, in a note with the source that each belongs to.
    """
    excerpt: Runs = (Fixed(" It reads: “"), Words(issue.excerpt), Fixed("”.")) if issue.excerpt else ()
    cited: Runs = (Fixed(" "), *cites(spans)) if spans else ()
    return (Words(issue.message), *excerpt, *cited)
