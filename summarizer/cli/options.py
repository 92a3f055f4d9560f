"""Options that several commands share, each declared once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarizer.limits import Limits

__all__ = [
    "BaseUrl",
    "BudgetUsd",
    "LanguageTag",
    "MaxRequests",
    "ModelName",
    "NoCache",
    "Output",
    "Prompts",
    "Published",
    "Reasks",
    "Retries",
    "Timeout",
    "Title",
    "limits",
]

ModelName = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="PROVIDER/MODEL",
        help="Such as openai/gpt-5-mini or local/qwen2.5-coder-1.5b. Default: SUMMARIZER_MODEL, else an OpenAI "
        "model if OPENAI_API_KEY is set, else the embedded one.",
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="Any OpenAI-compatible server, for --model openai/NAME."),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout", metavar="SECONDS", min=1, help="Longest silence of the provider that is waited out."
    ),
]
Prompts = Annotated[
    Path | None,
    typer.Option(
        "--prompts", metavar="DIR", help="Your own templates; those missing in DIR fall back to ours."
    ),
]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The article's headline.")]
Published = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DATE",
        help="Date of publication (2024-12-05): 'last Wednesday' is counted from it.",
    ),
]
LanguageTag = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="TAG",
        help="Language to write in, whatever the article's (BCP 47: en, fr, uk, zh-Hant). Quotes stay in the original.",
    ),
]
Retries = Annotated[
    int,
    typer.Option(
        "--retries", min=0, help="Times a question is sent again after a fault of network or provider."
    ),
]
Reasks = Annotated[
    int,
    typer.Option("--reasks", min=0, help="Times a question is asked again after a reply of the wrong form."),
]
BudgetUsd = Annotated[
    float | None,
    typer.Option(
        "--budget", metavar="USD", min=0, help="Send nothing that could make the total exceed this."
    ),
]
MaxRequests = Annotated[
    int | None, typer.Option("--max-requests", metavar="N", min=0, help="Send no more requests than this.")
]
RecheckInjection = Annotated[
    bool,
    typer.Option(
        "--recheck-injection",
        help="Brief an article that holds text written for software once more without it, and say what differs.",
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Ask the model even where it has answered the same before.")
]
Cassette = Annotated[
    Path | None,
    typer.Option(
        "--cassette",
        metavar="FILE",
        help="Answer from this recording: no model file, key or network is needed.",
    ),
]
Record = Annotated[bool, typer.Option("--record", help="Make the recording that --cassette names.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the result there instead of standard output."),
]


def limits(retries: int, reasks: int, budget: float | None, max_requests: int | None) -> "Limits":
    """What these options limit."""
    from summarizer.limits import Limits

    return Limits(retries=retries, reasks=reasks, budget_usd=budget, max_requests=max_requests)
