"""Options that several commands share, each declared once."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["BaseUrl", "ModelName", "Output", "Prompts", "Published", "Timeout", "Title"]

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
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the result there instead of standard output."),
]
