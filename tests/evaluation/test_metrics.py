"""The measures, each against a figure worked out by hand on an invented article."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation import MEASURES, Case, Produced, Scores, difference, score_case, score_run
from tests.evaluation.invented import (
    actor,
    briefing,
    case,
    flawed,
    gold_case,
    gold_labels,
    perfect,
    point,
    produced,
    signal,
    span,
)

COUNTS = {"uncited", "copied", "n_actors", "n_signals", "n_points"}


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("actor_precision", 2 / 3),  # Lisbon is no labelled actor
        ("actor_recall", 2 / 3),  # Ostland is missing; Jon Pell is not salient
        ("actor_f1", 2 / 3),
        ("actor_country", 1 / 2),  # Toll has none
        ("actor_kind", 1 / 2),  # Toll is a person
        ("signal_precision", 2 / 3),  # nothing is labelled in sentence 5
        ("signal_recall", 1.0),  # both essential ones; the talks are not essential
        ("signal_f1", 0.8),
        ("signal_event", 1.0),  # COERCE is an accepted alternative
        ("signal_direction", 1 / 2),
        ("signal_modality", 1 / 2),
        ("signal_actor", 1 / 2),  # Toll threatens, not Veldania
        ("signal_strict_f1", 1 / 3),  # one is right, of three made and three labelled
        ("fact_recall", 1 / 3),  # the strait is cited to the wrong sentence
        ("fact_must_recall", 1 / 2),
        ("verbatim", 4 / 5),  # two quotations of points, three of signals, one of them altered
        ("uncited", 1.0),
        ("copied", 1 / 3),
        ("n_actors", 3.0),
        ("n_signals", 3.0),
        ("n_points", 3.0),
    ],
)
def test_each_measure_counts_the_known_faults(measure: str, expected: float) -> None:
    assert score_case(case(), produced(flawed()))[measure] == pytest.approx(expected)


def test_the_measures_come_in_one_order_and_a_run_adds_its_score() -> None:
    run = score_run([case()], {"quarn": produced(flawed())})

    assert tuple(run.articles["quarn"]) == MEASURES
    assert tuple(run.total) == (*MEASURES, "score")
    assert run.total["score"] == pytest.approx((2 / 3 + 0.8 + 1 / 3 + 1 / 3) / 4)


def test_a_missing_briefing_scores_as_an_empty_one() -> None:
    run = score_run([case("a"), case("b")], {"a": produced(perfect())})
    empty = run.articles["b"]

    assert run.missing == ("b",)
    assert empty == score_case(case("b"), Produced())
    assert [empty[name] for name in ("actor_f1", "signal_f1", "signal_strict_f1", "fact_recall")] == [
        0,
        0,
        0,
        0,
    ]
    assert run.total["score"] == pytest.approx(0.5)


def test_what_has_nothing_to_count_is_none_and_left_out_of_the_mean() -> None:
    run = score_run([case("a"), case("b")], {"a": produced(perfect())})

    assert run.articles["b"]["verbatim"] is None
    assert run.total["verbatim"] == 1.0


def test_an_article_without_signals_is_done_right_by_a_briefing_without_signals() -> None:
    calm = case(gold=gold_labels() | {"signals": []})
    silent = briefing([point("The port is quiet.", span(4))], [], [])
    alarmed = perfect()

    assert score_case(calm, produced(silent))["signal_precision"] == 1.0
    assert score_case(calm, produced(alarmed))["signal_precision"] == 0.0
    assert score_case(calm, produced(alarmed))["signal_f1"] is None


def test_two_signals_never_share_a_labelled_one() -> None:
    twice = [signal(n, "ASSAULT", "escalatory", "occurred", [span(1)]) for n in (1, 2)]

    assert score_case(case(), produced(briefing([point("Yes.")], [], twice)))["signal_precision"] == 0.5


def test_of_two_signals_on_a_sentence_the_one_of_the_right_type_is_matched() -> None:
    rivals = [
        signal(1, "PROTEST", "escalatory", "occurred", [span(1)]),
        signal(2, "ASSAULT", "escalatory", "occurred", [span(1)]),
    ]

    assert score_case(case(), produced(briefing([point("Yes.")], [], rivals)))["signal_event"] == 1.0


@pytest.mark.parametrize(
    ("name", "found"),
    [("Gen. Toll", 1.0), ("MIRA TOLL’s", 1.0), ("Mira", 0.0), ("the Veldania", 1.0), ("New Veldania", 0.0)],
)
def test_a_name_is_compared_without_titles_and_a_person_by_the_last_word(name: str, found: float) -> None:
    made = briefing([point("Yes.")], [actor(1, name, "other", None)], [])

    assert score_case(case(), produced(made))["actor_precision"] == found


def test_nine_words_in_a_row_are_no_copy_and_ten_are() -> None:
    def share(text: str) -> float | None:
        return score_case(case(), produced(briefing([point(text)], [], [])))["copied"]

    assert share("Today fishing has been the main trade of the community.") == 0.0
    assert share("Today fishing has been the main trade of the town for all.") == 1.0


def test_a_briefing_of_another_tool_is_measured_by_what_it_has() -> None:
    """Nulls, unknown codes and missing fields are somebody else's faults, not errors of ours."""
    other = Produced.model_validate(
        {
            "summary": {"bottom_line": None, "key_points": [{"text": "Talks in Lisbon.", "evidence": None}]},
            "actors": [{"name": "Ostland", "country": "Ostland"}],
            "escalation_signals": [{"event_type": "WAR", "evidence": [{"start": None, "quote": "war"}]}],
            "model": "unknown",
        }
    )
    scores = score_case(case(), other)

    assert scores["actor_recall"] == pytest.approx(1 / 3)
    assert (scores["uncited"], scores["verbatim"], scores["signal_precision"]) == (1.0, 0.0, 0.0)


def test_a_difference_is_ours_less_theirs_and_none_where_either_is() -> None:
    ours: Scores = {"a": 0.5, "b": None, "c": 1.0}
    theirs: Scores = {"a": 0.75, "b": 1.0, "c": None}

    assert difference(ours, theirs) == {"a": -0.25, "b": None, "c": None}


@st.composite
def labelled_articles(draw: st.DrawFn) -> Case:
    """Invented articles in which every labelled signal has a sentence of its own."""
    count = draw(st.integers(1, 6))
    sentences = [f"Word{n} stands here{' and there' * draw(st.integers(0, 3))}." for n in range(1, count + 1)]
    text = " ".join(sentences)
    starts = [text.index(f"Word{n} ") for n in range(1, count + 1)]
    direction = st.sampled_from(["escalatory", "de_escalatory", "ambiguous"])
    event = st.sampled_from(["ASSAULT", "AGREE", "AID", "THREATEN"])
    weighs = [True, *draw(st.lists(st.booleans(), min_size=count - 1, max_size=count - 1))]
    numbers = draw(st.permutations(range(1, count + 1)))
    labels: dict[str, Any] = {
        "actors": [
            {
                "name": f"Actor{n}",
                "aliases": [],
                "kind": draw(st.sampled_from(["person", "state"])),
                "country": None,
            }
            | {"salient": weight}
            for n, weight in zip(numbers, weighs, strict=True)
        ],
        "signals": [
            {"sentences": [n], "event": draw(event), "direction": draw(direction), "modality": "occurred"}
            | {"actors": [f"Actor{n}"], "essential": weight}
            for n, weight in zip(numbers, weighs, strict=True)
        ],
        "key_facts": [
            {"text": f"Word{n} is a fact.", "sentences": [n], "must": weight}
            for n, weight in zip(numbers, weighs, strict=True)
        ],
    }
    rows = [
        {"n": n, "start": start, "end": start + len(sentence), "text": sentence}
        for n, (start, sentence) in enumerate(zip(starts, sentences, strict=True), 1)
    ]
    return Case.model_validate(gold_case(text=text, sentences=rows, gold=labels))


def as_labelled(labelled: Case) -> Produced:
    """The briefing that says exactly what the labels say."""

    def evidence(numbers: tuple[int, ...]) -> list[dict[str, object]]:
        ranges = [labelled.ranges[n] for n in numbers]
        return [{"start": a, "end": b, "quote": labelled.text[a:b]} for a, b in ranges]

    gold = labelled.gold
    return Produced.model_validate(
        {
            "summary": {
                "key_points": [{"text": f.text, "evidence": evidence(f.sentences)} for f in gold.key_facts]
            },
            "actors": [
                {"id": a.name, "name": a.name, "kind": a.kind, "country": a.country} for a in gold.actors
            ],
            "escalation_signals": [
                {"event_type": s.event, "direction": s.direction, "modality": s.modality}
                | {"actor_ids": s.actors, "evidence": evidence(s.sentences)}
                for s in gold.signals
            ],
        }
    )


@given(labelled=labelled_articles())
def test_a_perfect_briefing_scores_one(labelled: Case) -> None:
    run = score_run([labelled], {labelled.id: as_labelled(labelled)})

    assert {name: value for name, value in run.total.items() if name not in COUNTS and value != 1.0} == {}
    assert run.total["uncited"] == 0.0


@given(labelled=labelled_articles(), keep=st.sets(st.integers(0, 5)))
def test_leaving_signals_out_costs_recall_and_never_precision(labelled: Case, keep: set[int]) -> None:
    whole = as_labelled(labelled)
    kept = tuple(s for n, s in enumerate(whole.escalation_signals) if n in keep)
    scores = score_case(labelled, whole.model_copy(update={"escalation_signals": kept}))
    essential = [n for n, gold in enumerate(labelled.gold.signals) if gold.essential]

    assert scores["signal_precision"] == (1.0 if kept else 0.0)
    assert scores["signal_recall"] == pytest.approx(sum(n in keep for n in essential) / len(essential))
