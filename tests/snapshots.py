"""`make snapshots`: every prompt as it is sent for the seeds, kept as files that a reviewer can read."""

from collections.abc import Iterator
from pathlib import Path

from summarizer.errors import PromptError
from summarizer.loaders import load
from summarizer.pipeline import preview
from summarizer.prompting import PromptLibrary
from tests.recording import ROOT, SEEDS

FOLDER = Path(__file__).parent / "snapshots"
MODELS = {"small": "local/qwen2.5-coder-1.5b", "large": "openai/gpt-5-mini"}


def rendered() -> Iterator[tuple[str, str]]:
    """File name and text of every prompt that has something to ask."""
    library = PromptLibrary()
    for seed, published in SEEDS.items():
        article = load(ROOT / "seeds" / f"{seed}.txt", published=published)
        for size, model in MODELS.items():
            for name in library.names:
                try:
                    prompt = preview(name, article, library, model=model)
                except PromptError:  # the code is sure of it all
                    continue
                yield f"{seed}.{name}.{size}.txt", f"=== system\n{prompt.system}\n\n=== user\n{prompt.user}\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for file, text in rendered():
        (FOLDER / file).write_text(text, encoding="utf-8")
