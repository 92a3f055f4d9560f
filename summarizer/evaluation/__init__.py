"""How good a model and its prompts are, measured on articles that a person has labelled."""

from summarizer.evaluation.cases import Case, Labelled, Produced, read_cases, read_produced
from summarizer.evaluation.metrics import MEASURES, RunScores, Scores, difference, score_case, score_run
from summarizer.evaluation.run import Outcome, RunProgress, run_cases

__all__ = [
    "MEASURES",
    "Case",
    "Labelled",
    "Outcome",
    "Produced",
    "RunProgress",
    "RunScores",
    "Scores",
    "difference",
    "read_cases",
    "read_produced",
    "run_cases",
    "score_case",
    "score_run",
]
