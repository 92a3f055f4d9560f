"""What loading each file of `files/` yields, as JSON; `python -m tests.loaders.golden` writes it anew."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from summarizer.loaders import Failed, Loaded, read_all

__all__ = ["FILES", "GOLDEN", "result"]

FILES = Path(__file__).with_name("files")
GOLDEN = Path(__file__).with_name("golden")


def result(path: Path) -> list[dict[str, Any]]:
    """Every article of a file, or what stood in its way."""
    return [_record(item) for item in read_all([path])]


def _record(item: Loaded | Failed) -> dict[str, Any]:
    if isinstance(item, Failed):
        return {"id": item.id, "error": type(item.error).__name__}
    article = asdict(item.article)
    article["places"] = [list(place) for place in item.article.places]
    return {
        **article,
        "author": item.author,
        "site": item.site,
        "removed": [asdict(removal) for removal in item.removed],
    }


def main() -> None:
    """Write them all."""
    GOLDEN.mkdir(exist_ok=True)
    for path in sorted(FILES.iterdir()):
        text = json.dumps(result(path), ensure_ascii=False, indent=1)
        (GOLDEN / f"{path.name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
