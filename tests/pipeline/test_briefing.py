"""Article to briefing, on recordings of the embedded model."""

import asyncio
from pathlib import Path

import pytest

from summarizer import Article, Briefing, asummarize, check_claim, summarize
from summarizer.errors import CassetteError
from summarizer.grounding.escalation import escalation
from summarizer.settings import DEFAULT_LOCAL_MODEL
from summarizer.testing import scan, use_cassette
from tests.recording import LAKE, ROOT, SEEDS, brief_seed, cassette

SEED = "gerasimov-brown-call"


def replayed(seed: str) -> Briefing:
    with use_cassette(cassette(seed)):
        return brief_seed(seed)


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return replayed(SEED)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_span_is_verbatim_and_lies_in_its_sentence(seed: str) -> None:
    briefing = replayed(seed)
    article = Article.from_text((ROOT / "seeds" / f"{seed}.txt").read_text(encoding="utf-8"))
    items = [
        briefing.summary.bottom_line,
        *briefing.summary.key_points,
        *briefing.escalation_signals,
        *briefing.gaps,
    ]
    spans = [span for item in items for span in item.evidence] + [
        m for actor in briefing.actors for m in actor.mentions
    ]

    assert spans
    for span in spans:
        assert article.text[span.start : span.end] == span.quote
        sentence = article.sentence(span.sentence)
        assert sentence.start <= span.start < span.end <= sentence.end


@pytest.mark.parametrize("seed", SEEDS)
def test_every_point_and_signal_is_cited_and_every_id_is_known(seed: str) -> None:
    briefing = replayed(seed)
    known = {actor.id for actor in briefing.actors}

    assert all(point.evidence for point in [briefing.summary.bottom_line, *briefing.summary.key_points])
    for signal in briefing.escalation_signals:
        assert signal.evidence
        assert known >= {*signal.actor_ids, *signal.target_ids}
        assert signal.attribution.speaker_id is None or signal.attribution.speaker_id in known
    assert {signal.id for signal in briefing.escalation_signals} >= set(briefing.escalation.drivers)


def test_the_reference_seed_names_those_who_matter(briefing: Briefing) -> None:
    found = {actor.name: (actor.kind, actor.country) for actor in briefing.actors}

    assert found["Valery Gerasimov"] == ("person", "RUS")
    assert found["Charles Q. Brown Jr."] == ("person", "USA")
    assert found["Vladimir Putin"] == ("person", "RUS")
    assert found["Joe Biden"] == ("person", "USA")
    assert found["Jereal Dorsey"] == ("person", "USA")
    assert found["Russia"] == ("state", "RUS")
    assert found["Ukraine"] == ("state", "UKR")
    assert found["United States"] == ("state", "USA")
    assert "Oreshnik" not in found


def test_the_reference_seed_has_its_three_signals(briefing: Briefing) -> None:
    def about(sentence: int) -> list[tuple[str, str]]:
        return [
            (s.event_type, s.direction)
            for s in briefing.escalation_signals
            if sentence in {span.sentence for span in s.evidence}
        ]

    assert ("CONSULT", "de_escalatory") in about(2)
    assert {("ASSAULT", "escalatory"), ("MOBILIZE", "escalatory")} & set(about(5))
    assert {("CONCEDE", "escalatory"), ("AGREE", "escalatory"), ("AID", "escalatory")} & set(about(13))
    assert 3 <= len(briefing.summary.key_points) <= 5


def test_the_level_follows_from_the_signals_alone(briefing: Briefing) -> None:
    assert briefing.escalation == escalation(briefing.escalation_signals)
    assert briefing.escalation.direction == "escalatory"


def test_what_the_article_leaves_open_is_listed(briefing: Briefing) -> None:
    assert any("unclear why Gerasimov wanted" in gap.text for gap in briefing.gaps if gap.kind == "open")


def test_both_russian_explanations_of_the_launch_are_listed_as_a_conflict(briefing: Briefing) -> None:
    conflict = next(gap for gap in briefing.gaps if gap.kind == "conflict")

    assert "in response to" in conflict.text
    assert "planned long before" in conflict.text
    assert [span.sentence for span in conflict.evidence] == [2, 3]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_claim_carries_a_verdict_and_what_fails_carries_its_reason(seed: str) -> None:
    briefing = replayed(seed)

    for item in [briefing.summary.bottom_line, *briefing.summary.key_points, *briefing.escalation_signals]:
        assert item.verdict != "unchecked"
        assert (item.verdict == "altered") <= bool(item.issues)


def test_the_account_of_requests_and_tokens_adds_up(briefing: Briefing) -> None:
    passes, made = briefing.coverage.passes, briefing.provenance

    assert [report.name for report in passes] == ["actors", "summary", "signals", "revision"]
    assert made.requests >= 2
    assert made.tokens.input == sum(report.tokens.input for report in passes)
    assert made.tokens.output == sum(report.tokens.output for report in passes)
    assert made.cost_usd == 0


def test_the_same_recording_gives_the_same_briefing(briefing: Briefing) -> None:
    """Nothing but the clock may differ between two runs on the same replies."""
    clock = {"provenance": {"created", "seconds"}, "coverage": {"passes"}}

    assert replayed(SEED).model_dump(exclude=clock) == briefing.model_dump(exclude=clock)


def test_a_briefing_survives_json(briefing: Briefing) -> None:
    assert Briefing.model_validate_json(briefing.to_json()) == briefing


def test_two_calls_in_one_process_and_one_inside_a_running_loop() -> None:
    path, date = ROOT / "seeds" / f"{SEED}.txt", SEEDS[SEED]

    async def inside() -> Briefing:
        return await asummarize(path, published=date, model=DEFAULT_LOCAL_MODEL)

    with use_cassette(cassette(SEED)):
        first = asyncio.run(inside())
    with use_cassette(cassette(SEED)):
        second = summarize(str(path), published=date, model=DEFAULT_LOCAL_MODEL)
    with use_cassette(cassette(SEED)):
        third = summarize(path.read_text(encoding="utf-8"), published=date, model=DEFAULT_LOCAL_MODEL)

    assert first.summary == second.summary == third.summary


def test_a_changed_prompt_names_the_recording_and_how_to_renew_it(tmp_path: Path) -> None:
    ours = (ROOT / "prompts" / "summary.user.md.jinja").read_text(encoding="utf-8")
    (tmp_path / "summary.user.md.jinja").write_text(ours.replace("Task:", "Your task:"), encoding="utf-8")

    with pytest.raises(CassetteError) as raised, use_cassette(cassette(SEED)):
        summarize(
            ROOT / "seeds" / f"{SEED}.txt", published=SEEDS[SEED], model=DEFAULT_LOCAL_MODEL, prompts=tmp_path
        )

    said = f"{raised.value} {raised.value.hint}"
    assert f"{SEED}.yaml" in said
    assert "Your task:" in said
    assert "record again" in said or "summarizer cassettes record" in said


def test_no_recording_holds_a_secret_or_a_trace_of_a_machine() -> None:
    assert scan(ROOT / "cassettes") == []
    assert {path.stem for path in (ROOT / "cassettes").glob("*.yaml")} == {*SEEDS, LAKE, "long-report"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_headline_that_fails_the_check_gives_way_to_the_bottom_line(seed: str) -> None:
    """Nothing stands at the head of a note that its first sentences do not say."""
    briefing = replayed(seed)
    article = Article.from_text((ROOT / "seeds" / f"{seed}.txt").read_text(encoding="utf-8"))
    lead = [(span.start, span.end) for span in briefing.summary.bottom_line.evidence]

    supported = check_claim(article, briefing.headline, evidence=lead).verdict == "supported"

    assert supported or briefing.headline == briefing.summary.bottom_line.text.rstrip(".")


def test_the_headline_of_the_reference_seed_says_who_called_whom(briefing: Briefing) -> None:
    assert briefing.headline.startswith("Gen. Valery Gerasimov called")


def test_what_is_struck_does_not_strike(briefing: Briefing) -> None:
    """In "the missile struck a Ukraine weapons facility", Ukraine is hit."""
    ids = {actor.name: actor.id for actor in briefing.actors}
    strike = next(signal for signal in briefing.escalation_signals if signal.event_type == "ASSAULT")

    assert ids["Ukraine"] not in strike.actor_ids
