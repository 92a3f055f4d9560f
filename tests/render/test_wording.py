"""What every medium says in the same words."""

import pytest

from summarizer.render.layout import Fixed, Words
from summarizer.render.wording import who
from tests.render.invented_briefings import TEXTS, signal

NAMES = {"a1": "Karvelia", "a2": "Ostrava"}


@pytest.mark.parametrize(
    ("doers", "targets", "shown"),
    [
        (["a1"], ["a2"], "Karvelia → Ostrava"),
        (["a1", "a2"], [], "Karvelia, Ostrava"),
        ([], ["a2"], "? → Ostrava"),
    ],
)
def test_one_who_was_hit_is_never_shown_in_the_place_of_the_doer(
    doers: list[str], targets: list[str], shown: str
) -> None:
    event = signal(1, next(iter(TEXTS)), 1, "Shells fell.", "ASSAULT", actor_ids=doers, target_ids=targets)
    assert "".join(run.text for run in who(event, NAMES) if isinstance(run, (Fixed, Words))) == shown
