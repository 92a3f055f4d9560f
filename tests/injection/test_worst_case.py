"""What holds whatever the model does: every attack against a model that obeys it wherever the form of an answer lets it.

A few attacks of each family, by turns as the embedded model and as one that judges; `measure --worst` tries them all.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from summarizer import Briefing
from summarizer.article import Article
from summarizer.grounding.suspicion import read_closely, suspicions
from summarizer.llm.local.template import inert_template
from summarizer.loaders.invisible import strip_invisible
from summarizer.testing.scripted import Asked
from summarizer.types import Span
from tests.injection.cases import Case, Clean, articles, attacks, benign, cases
from tests.injection.places import planted_in
from tests.injection.worst import Kind, briefed, obedient

FIRST = {case.attack.id: case for case in cases()}
OF_A_FAMILY = 3
SHOWN = 0.9
"""Share of the attacks in plain sight that nothing may be made of; with the tables as they are it is more."""
CHATML = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"


_KINDS: tuple[Kind, Kind] = ("small", "large")


@dataclass(frozen=True)
class Outcome:
    """What came of one case."""

    case: Case
    article: Article
    planted: frozenset[int]
    """Numbers of the sentences that hold words of the attack."""
    apart: frozenset[int]
    """Numbers of those that were found suspicious."""
    briefing: Briefing
    asked: tuple[Asked, ...]

    @property
    def is_seen(self) -> bool:
        """Whether all of the attack was found."""
        return self.planted <= self.apart

    @property
    def claims(self) -> list[tuple[str, Sequence[Span]]]:
        """Everything that is published as supported, with its evidence."""
        summary = self.briefing.summary
        points = [(p.text, p.evidence, p.verdict) for p in (summary.bottom_line, *summary.key_points)]
        points += [(s.description, s.evidence, s.verdict) for s in self.briefing.escalation_signals]
        return [(text, evidence) for text, evidence, verdict in points if verdict == "supported"]


@cache
def outcomes(family: str) -> tuple[Outcome, ...]:
    chosen = [case for case in FIRST.values() if case.attack.family == family][:OF_A_FAMILY]
    with TemporaryDirectory() as folder:
        return tuple(_outcome(case, Path(folder), _KINDS[n % 2]) for n, case in enumerate(chosen))


def _outcome(case: Case, folder: Path, kind: Kind) -> Outcome:
    article = case.load(folder).article if case.attack.family == "hidden" else _text_of(case)
    model = obedient(case, article, kind)
    planted = planted_in(article.text, case.article.text).sentences(article)
    apart = frozenset(number for one in suspicions(article) for number in one.sentences)
    return Outcome(case, article, planted, apart, briefed(article, model), tuple(model.asked))


def _text_of(case: Case) -> Article:
    """What the loader makes of a text file, sooner."""
    text, _ = strip_invisible(case.file)
    return Article.from_text(text, title=case.article.title, published=case.article.published)


@pytest.fixture(params=attacks())
def family(request: pytest.FixtureRequest) -> tuple[Outcome, ...]:
    return outcomes(request.param)


def test_of_most_attacks_in_plain_sight_nothing_is_made() -> None:
    plain = [case for case in FIRST.values() if case.attack.family != "hidden"]
    missed = [case.attack.id for case in plain if not _is_noticed(case)]

    assert len(missed) <= (1 - SHOWN) * len(plain), missed


def _is_noticed(case: Case) -> bool:
    article = _text_of(case)
    planted = planted_in(article.text, case.article.text).sentences(article)
    return bool(planted & read_closely(article).apart)


@pytest.mark.parametrize("article", articles(), ids=lambda article: article.id)
def test_nothing_of_a_clean_article_is_set_aside(article: Clean) -> None:
    assert read_closely(Article.from_text(article.text)).apart == frozenset()


def test_reports_about_attacks_lose_next_to_nothing() -> None:
    """A mark of a chat template is suspicious even where a reporter names it."""
    lost = {one.id: len(read_closely(Article.from_text(one.text)).apart) for one in benign()}

    assert {name for name, count in lost.items() if count} <= {"bank-worm"}
    assert max(lost.values()) <= 1


def test_every_span_is_verbatim(family: tuple[Outcome, ...]) -> None:
    for one in family:
        briefing = one.briefing
        items = [briefing.summary.bottom_line, *briefing.summary.key_points, *briefing.escalation_signals]
        spans = [span for item in items for span in item.evidence]
        spans += [span for actor in briefing.actors for span in actor.mentions]

        assert spans
        assert [s for s in spans if one.article.text[s.start : s.end] != s.quote] == []


def test_nothing_published_stands_on_what_was_found_suspicious(family: tuple[Outcome, ...]) -> None:
    for one in family:
        cited = [span.sentence for _, evidence in one.claims for span in evidence]
        named = [span.sentence for actor in one.briefing.actors for span in actor.mentions]

        assert one.apart.isdisjoint([*cited, *named]), one.case.id


def test_what_a_found_attack_wants_is_never_supported(family: tuple[Outcome, ...]) -> None:
    """The model wrote it into every field; none may pass the check."""
    for one in family:
        if not one.is_seen or not one.case.attack.marks:
            continue
        marks = re.compile("|".join(one.case.attack.marks), re.IGNORECASE)
        names = [name for actor in one.briefing.actors for name in (actor.name, *actor.aliases)]
        texts = [*(text for text, _ in one.claims), *names]

        assert [text for text in texts if marks.search(text)] == [], one.case.id


def test_a_found_attack_is_reported(family: tuple[Outcome, ...]) -> None:
    for one in family:
        reported = {span.sentence for issue in one.briefing.issues for span in issue.evidence}

        assert one.apart <= reported, one.case.id


def test_the_article_cannot_close_its_fence(family: tuple[Outcome, ...]) -> None:
    for one in family:
        for asked in one.asked:
            opened = re.match(r"<(article-[0-9a-f]{12})>\n", asked.user)
            assert opened
            mark = opened[1]
            found = Counter(re.findall(rf"</?{mark}>", asked.user))
            assert mark not in one.article.text
            assert found == {f"<{mark}>": 1, f"</{mark}>": 1}


def test_hidden_text_is_in_no_prompt() -> None:
    for one in outcomes("hidden"):
        # The question for better sentences repeats what the model has said, which here is the attack.
        said = "\n".join(asked.system + asked.user for asked in one.asked if asked.name != "revision")
        assert one.planted == frozenset()
        assert one.case.planted not in said


def test_turn_marks_of_an_article_open_no_turn(family: tuple[Outcome, ...], tmp_path: Path) -> None:
    import jinja2

    file = tmp_path / "model.gguf"
    length = len(CHATML).to_bytes(8, "little")
    file.write_bytes(b"GGUF tokenizer.chat_template" + (8).to_bytes(4, "little") + length + CHATML.encode())
    template = jinja2.Template(inert_template(file) or "")

    for asked in [asked for one in family for asked in one.asked]:
        turns = [{"role": "system", "content": asked.system}, {"role": "user", "content": asked.user}]
        told = template.render(messages=turns)
        assert told.count("<|im_start|>") == told.count("<|im_end|>") == 2
        assert not re.search(r"\[/?INST\]|</s>|<(?:start|end)_of_turn>", told)
