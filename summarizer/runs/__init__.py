"""Many articles: a run that streams its input, keeps all it paid for, and goes on where it was.

A *run* is one input into one output. Its store beside the output knows every article, request and reply, so the
same command again goes on instead of starting anew; `runner` does the work, `run` puts the parts together.
"""

from summarizer.runs.checking import check, check_output
from summarizer.runs.figures import Figures, Watcher
from summarizer.runs.items import Flaw, Result
from summarizer.runs.ours import Ours
from summarizer.runs.run import Batch, OpenWork, Report, Stop, follow, run
from summarizer.runs.runner import Work
from summarizer.runs.sources import Source, count, stream

__all__ = [
    "Batch",
    "Figures",
    "Flaw",
    "OpenWork",
    "Ours",
    "Report",
    "Result",
    "Source",
    "Stop",
    "Watcher",
    "Work",
    "check",
    "check_output",
    "count",
    "follow",
    "run",
    "stream",
]
