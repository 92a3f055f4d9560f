"""A briefing is proven again from its article alone, and a changed one is caught."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer import Article, Briefing, check_claim
from summarizer.cli import app
from summarizer.errors import SettingsError
from summarizer.proof import verify
from summarizer.testing import use_cassette
from tests.recording import ROOT, SEEDS, brief_seed, cassette

SEED = "gerasimov-brown-call"
FILE = ROOT / "seeds" / f"{SEED}.txt"
RUN = CliRunner()


def article(seed: str = SEED) -> Article:
    text = (ROOT / "seeds" / f"{seed}.txt").read_text(encoding="utf-8")
    return Article.from_text(text, published=SEEDS[seed])


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    with use_cassette(cassette(SEED)):
        return json.loads(brief_seed(SEED).to_json())


@pytest.mark.parametrize("seed", SEEDS)
def test_what_we_made_is_proven(seed: str) -> None:
    with use_cassette(cassette(seed)):
        briefing = brief_seed(seed)

    assert verify(briefing, article(seed)) == []


def _move(b: dict[str, Any]) -> None:
    span = b["summary"]["key_points"][0]["evidence"][0]
    span["start"] += 1
    span["end"] += 1


def _requote(b: dict[str, Any]) -> None:
    span = b["escalation_signals"][0]["evidence"][0]
    span["quote"] = "X" + span["quote"][1:]


def _renumber(b: dict[str, Any]) -> None:
    b["summary"]["bottom_line"]["evidence"][0]["sentence"] = 5


def _negate(b: dict[str, Any]) -> None:
    b["summary"]["key_points"][1]["text"] = "The missile did not strike a Ukraine weapons facility in Dnipro."


def _rename(b: dict[str, Any]) -> None:
    b["summary"]["key_points"][1]["text"] = "The missile struck a Ukraine weapons facility in Kharkiv."


def _count(b: dict[str, Any]) -> None:
    point = b["summary"]["key_points"][0]
    assert "six days" in point["text"]
    point["text"] = point["text"].replace("six days", "nine days")


def _level(b: dict[str, Any]) -> None:
    b["escalation"]["level"] = "low"


def _score(b: dict[str, Any]) -> None:
    b["escalation"]["score"] = 1.0


def _intensity(b: dict[str, Any]) -> None:
    b["escalation_signals"][0]["intensity"] = -10.0


def _absolve(b: dict[str, Any]) -> None:
    b["escalation_signals"][1]["verdict"] = "altered"


def _other_article(b: dict[str, Any]) -> None:
    b["article"]["sha256"] = "0" * 64


def _stranger(b: dict[str, Any]) -> None:
    b["escalation_signals"][0]["actor_ids"] = ["a99"]


def _mention(b: dict[str, Any]) -> None:
    b["actors"][0]["mentions"][0]["quote"] = b["actors"][0]["mentions"][0]["quote"].upper()


def _hide(b: dict[str, Any]) -> None:
    b["coverage"]["uncovered"] = []


def _crown(b: dict[str, Any]) -> None:
    b["actors"][0]["name"] = "Napoleon"


def _promote(b: dict[str, Any]) -> None:
    b["actors"][0]["role"] = "emperor"


def _misattribute(b: dict[str, Any]) -> None:
    b["escalation_signals"][0]["attribution"]["speaker"] = "Napoleon"


def _close_the_gaps(b: dict[str, Any]) -> None:
    b["gaps"] = []


@pytest.mark.parametrize(
    "tamper",
    [
        _crown,
        _promote,
        _misattribute,
        _close_the_gaps,
        _move,
        _requote,
        _renumber,
        _negate,
        _rename,
        _count,
        _level,
        _score,
        _intensity,
        _absolve,
        _other_article,
        _stranger,
        _mention,
        _hide,
    ],
)
def test_a_briefing_that_was_tampered_with_is_not_proven(
    made: dict[str, Any], tamper: Callable[[dict[str, Any]], None]
) -> None:
    changed = json.loads(json.dumps(made))
    tamper(changed)

    assert verify(Briefing.model_validate(changed), article()) != []


def test_the_command_says_what_differs_and_ends_with_1(made: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "briefing.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    assert RUN.invoke(app, ["verify", str(file), str(FILE)]).exit_code == 0

    changed = json.loads(json.dumps(made))
    _requote(changed)
    file.write_text(json.dumps(changed), encoding="utf-8")
    done = RUN.invoke(app, ["verify", str(file), str(FILE)])

    assert done.exit_code == 1
    assert 'escalation_signals[0].evidence[0]: quotes "Xhe rare' in done.stderr


def test_a_file_that_is_no_briefing_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "briefing.json"
    file.write_text("{}", encoding="utf-8")

    done = RUN.invoke(app, ["verify", str(file), str(FILE)])

    assert done.exit_code == 1
    assert "is not a briefing" in done.stderr


def test_anyones_sentences_are_checked_line_by_line(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    start = text.index("The missile struck")
    claims = [
        {
            "id": "right",
            "claim": "The missile struck a weapons facility in Dnipro.",
            "evidence": [{"start": start, "end": start + 20}],
        },
        {"id": "negated", "claim": "The missile did not strike a weapons facility in Dnipro."},
        {"id": "invented", "claim": "Farmers in Brazil harvested a record coffee crop."},
    ]
    file = tmp_path / "claims.jsonl"
    file.write_text("\n".join(map(json.dumps, claims)), encoding="utf-8")

    done = RUN.invoke(app, ["check", str(FILE), str(file)])
    rows = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}

    assert {key: row["verdict"] for key, row in rows.items()} == {
        "right": "supported",
        "negated": "altered",
        "invented": "unsupported",
    }
    assert rows["right"]["evidence"][0]["quote"] == "The missile struck a Ukraine weapons facility in Dnipro."
    assert "not" in rows["negated"]["issues"][0]["message"]


@pytest.mark.parametrize(
    "line", ["not json", "[]", '{"id": 1}', '{"claim": ""}', '{"claim": "x", "evidence": [{"start": 1}]}']
)
def test_a_line_that_is_no_claim_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text('{"claim": "The missile struck a facility."}\n' + line, encoding="utf-8")

    done = RUN.invoke(app, ["check", str(FILE), str(file)])

    assert done.exit_code == 1
    assert "line 2" in done.stderr


def test_check_claim_takes_a_text_and_refuses_ranges_outside_it() -> None:
    text = "The army shelled the town on Monday, killing nine people, officials said."

    assert check_claim(text, "The army shelled the town on Monday.").verdict == "supported"
    assert (
        check_claim(text, "Officials said ten people were killed on Monday.", evidence=[(0, 40)]).verdict
        == "altered"
    )
    with pytest.raises(SettingsError, match="outside the article"):
        check_claim(text, "The army shelled the town.", evidence=[(0, 4000)])


def test_a_raw_line_separator_inside_a_claim_does_not_end_its_line(tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text(
        '{"id": 1, "claim": "The missile struck\u2028a facility in Dnipro."}\n', encoding="utf-8"
    )
    done = RUN.invoke(app, ["check", str(FILE), str(claims)])

    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout.split("\n")[0])["id"] == 1


@pytest.mark.parametrize(
    "claim", ["12 soldiers were killed on Nov. 27, 2024.", "12 soldiers were killed on 27 Nov."]
)
def test_a_short_month_is_a_date_and_no_name(claim: str) -> None:
    text = "Officials said 12 soldiers were killed near the border on November 27, 2024, during a raid."
    assert "name" not in {issue.kind for issue in check_claim(text, claim).issues}
