"""Reading labelled articles and briefings: what is broken is named, file and place."""

from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import SourceNotFound, UnsupportedSource
from summarizer.evaluation import read_cases, read_produced
from tests.evaluation.invented import gold_case, gold_labels, perfect, write_case


def test_cases_are_read_in_the_order_of_their_files(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_case(tmp_path, name)
    found = read_cases(tmp_path)

    assert [case.id for case in found.cases] == ["a", "b"]
    assert found.cases[0].gold.signals[1].event_alt == ("COERCE",)


def test_a_file_without_labels_is_set_apart(tmp_path: Path) -> None:
    write_case(tmp_path)
    (tmp_path / "later.json").write_text('{"id": "later"}', encoding="utf-8")

    assert read_cases(tmp_path).unlabelled == ("later.json",)


def _signals(**change: Any) -> dict[str, Any]:
    labels = gold_labels()
    labels["signals"][1] |= change
    return {"gold": labels}


def _facts(**change: Any) -> dict[str, Any]:
    labels = gold_labels()
    labels["key_facts"][2] |= change
    return {"gold": labels}


def _shifted() -> dict[str, Any]:
    sentences = gold_case()["sentences"]
    sentences[3] |= {"start": 5}
    return {"sentences": sentences}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_signals(event="QUARREL"), "gold.signals[1].event: "),
        (_signals(sentences=[]), "gold.signals[1].sentences: "),
        (_signals(sentences=[2, 9]), "gold.signals[1].sentences: there is no sentence 9"),
        (_facts(sentences=[0]), "gold.key_facts[2].sentences: there is no sentence 0"),
        (_facts(must=None), "gold.key_facts[2].must: "),
        (_shifted(), "sentences[3]: characters 5-"),
        ({"sentences": gold_case()["sentences"] * 2}, "sentences: a number is given twice"),
        ({"gold": {"actors": [], "signals": []}}, "gold.key_facts: Field required"),
        ({"id": "../elsewhere"}, "id: "),
        ({"id": "other"}, "id: 'other' is another file's too"),
        ({"published": "May 2031"}, "published: "),
        ({"text": None}, "text: "),
    ],
)
def test_a_broken_case_is_named_with_its_place(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    write_case(tmp_path, "other")
    write_case(tmp_path, **change)

    with pytest.raises(UnsupportedSource) as raised:
        read_cases(tmp_path)

    assert str(raised.value).startswith("quarn.json: ")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("content", "said"), [("{", "cut.json is not JSON"), ("[]", "cut.json holds no JSON object")]
)
def test_a_file_that_is_no_json_object_is_named(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "cut.json").write_text(content, encoding="utf-8")

    with pytest.raises(UnsupportedSource, match=said):
        read_cases(tmp_path)


def test_a_folder_that_is_missing_or_holds_no_case_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="nowhere"):
        read_cases(tmp_path / "nowhere")
    with pytest.raises(SourceNotFound, match="no labelled article"):
        read_cases(tmp_path)


def test_briefings_are_found_by_the_id_of_their_case(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(perfect().to_json(), encoding="utf-8")

    assert list(read_produced(tmp_path, ["a", "b"])) == ["a"]
    with pytest.raises(SourceNotFound, match="no briefing"):
        read_produced(tmp_path, ["b"])


def test_a_file_that_is_no_briefing_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"actors": [{"name": 3}]}', encoding="utf-8")

    with pytest.raises(UnsupportedSource, match=r"a\.json: actors\[0\]\.name"):
        read_produced(tmp_path, ["a"])
