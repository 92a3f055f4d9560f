"""Faithful claims pass and edited ones are caught, whatever was changed."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.grounding.claims import check_claim

HERE = Path(__file__).parent
SEEDS = HERE.parents[2] / "seeds"
DATA: dict[str, Any] = tomllib.loads((HERE / "claims.toml").read_text(encoding="utf-8"))
FAITHFUL = [(row["article"], row["cites"], text) for row in DATA["claims"] for text in row["faithful"]]
EDITED = [(row["article"], row["cites"], edit) for row in DATA["claims"] for edit in row["edits"]]


@cache
def article(name: str) -> Article:
    row = DATA["articles"][name]
    text = (SEEDS / row["seed"]).read_text(encoding="utf-8") if "seed" in row else row["text"].strip()
    return Article.from_text(text, published=row["published"])


@pytest.mark.parametrize(("name", "cites", "text"), FAITHFUL, ids=[text for _, _, text in FAITHFUL])
def test_a_faithful_claim_is_supported(name: str, cites: list[int], text: str):
    found = check_claim(text, article(name), sentences=cites)
    assert (found.verdict, found.issues) == ("supported", ())


@pytest.mark.parametrize(
    ("name", "cites", "edit"), EDITED, ids=[f"{edit['kind']}: {edit['text']}" for _, _, edit in EDITED]
)
def test_an_edited_claim_is_caught(name: str, cites: list[int], edit: dict[str, str]):
    found = check_claim(edit["text"], article(name), sentences=cites)
    assert found.verdict in {"altered", "unsupported"}
    assert edit.get("issue", found.issues[0].kind) in {issue.kind for issue in found.issues}


def test_every_kind_of_edit_is_covered():
    kinds = {edit["kind"] for _, _, edit in EDITED}
    assert kinds == {
        *("number", "date", "name", "place", "negation", "modality", "quantifier"),
        *("direction", "role", "attribution", "content"),
    }
