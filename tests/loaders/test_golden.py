"""Real files, made by real programs, against what loading them once gave and a reader then approved."""

import json
from pathlib import Path

import pytest

from tests.loaders.golden import FILES, GOLDEN, result


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_a_real_file_gives_the_article_it_gave_before(path: Path) -> None:
    expected = json.loads((GOLDEN / f"{path.name}.json").read_text(encoding="utf-8"))

    assert result(path) == expected


def test_every_golden_result_belongs_to_a_file() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {path.name for path in FILES.iterdir()}


def test_nothing_hidden_in_the_files_is_in_an_article() -> None:
    """The files carry sentences that no reader of the original sees; each says something that did not happen."""
    lies = (
        "destroyed",
        "saboteurs",
        "arrested",
        "declared war",
        "cancelled",
        "resigned",
        "tanks",
        "password",
    )
    for path in GOLDEN.iterdir():
        for item in json.loads(path.read_text(encoding="utf-8")):
            assert not [lie for lie in lies if lie in item.get("text", "")], path.name
