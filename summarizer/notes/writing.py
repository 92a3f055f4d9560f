"""Title, bottom line and key points of a note: restated by the model from claims, checked, asked again once.

What still fails gives way to the claim it was made from; where there is none that holds, it is published with its
verdict.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from summarizer.article import Article
from summarizer.notes.checking import RANK, check_across, holds
from summarizer.notes.claims import NoteClaim, most_telling
from summarizer.notes.drafts import BOTTOM, HEADLINE, judged_draft, restated_draft
from summarizer.notes.sources import label
from summarizer.pipeline.asking import Conversation, Question
from summarizer.pipeline.wording import tidy
from summarizer.prompting import PromptLibrary
from summarizer.types.drafts import revision_draft
from summarizer.types.note import NotePoint, Source, SourceId

__all__ = ["Lead", "claims_text", "write_lead"]

MOST_CLAIMS = 30
"""Claims shown to a model that chooses."""
FEWEST_CLAIMS, MOST_RESTATED = 3, 5
"""Claims without which outdated ones are used too; key points from a model that restates what is chosen for it."""
TOKENS_A_SENTENCE = 120
_SHOWN_SOURCES = 4
_NAME = re.compile(r"\b[A-Z][\w'’-]+")


@dataclass(frozen=True, slots=True)
class Lead:
    """The head of a note."""

    title: str
    bottom_line: NotePoint
    key_points: list[NotePoint]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence that is asked for, and the claims it stands on."""

    claims: tuple[NoteClaim, ...]
    text: str = ""


@dataclass(frozen=True)
class _Desk:
    """What one note is written with."""

    talk: Conversation
    library: PromptLibrary
    articles: Mapping[SourceId, Article]
    known: Mapping[SourceId, Source]

    async def ask(self, shown: Sequence[NoteClaim], question: Question) -> Mapping[str, object] | None:
        """The answer; None where it is unusable. The names in the claims may be repeated freely."""
        self.talk.names = tuple(dict.fromkeys(name for c in shown for name in _NAME.findall(c.text)))
        return await self.talk.try_to_ask(question)

    def prompt_values(self, claims: Sequence[NoteClaim]) -> dict[str, object]:
        return {
            "claims": [
                {
                    "name": f"c{n}",
                    "date": claim.date or "undated",
                    "outdated": claim.outdated,
                    "sources": ", ".join(label(self.known[s]) for s in claim.sources[:_SHOWN_SOURCES]),
                    "text": " ".join(claim.text.split()),
                }
                for n, claim in enumerate(claims, 1)
            ],
            "judges": self.talk.strategy.judges,
            "headline": False,
            "passages": {},
            "failed": {},
        }


async def write_lead(
    talk: Conversation,
    library: PromptLibrary,
    sources: Sequence[Source],
    articles: Mapping[SourceId, Article],
    claims: Sequence[NoteClaim],
    *,
    title: str | None,
) -> Lead:
    """Ask for the head of a note and check every sentence of it.

    Args:
        talk: With a stand-in article that holds the claims (`claims_text`).
        library: The prompts.
        sources: Of the note.
        articles: Of the sources.
        claims: At least one, the weightiest first.
        title: When it is given, no headline is asked for.

    Raises:
        ModelError: the model could not be reached; an unusable answer is no error, the claims then stand for it.
        PromptError: a template cannot be rendered.
    """
    desk = _Desk(talk, library, articles, {source.id: source for source in sources})
    if talk.strategy.judges:
        headline, drafted = await _judged(desk, claims, headline=title is None)
    else:
        headline, drafted = await _restated(desk, claims, headline=title is None)
    checked = await _checked(desk, drafted)
    points = {
        name: point if holds(point) else _claimed(desk, drafted[name], point)
        for name, point in checked.items()
    }
    bottom = points.pop(BOTTOM)
    return Lead(title or _title(desk, headline, bottom), bottom, _distinct(bottom, points.values()))


def claims_text(claims: Sequence[NoteClaim]) -> str:
    """All claims as one text, from which the mark around them is made."""
    return "\n".join(claim.text for claim in claims)


async def _judged(
    desk: _Desk, claims: Sequence[NoteClaim], *, headline: bool
) -> tuple[str, dict[str, _Sentence]]:
    """The model chooses among the weightiest claims, shown in the order of time."""
    shown = sorted(most_telling(claims, MOST_CLAIMS), key=lambda claim: claim.when)
    values = desk.prompt_values(shown) | {"headline": headline}
    prompt = desk.library.render("note", desk.talk.article, **values)
    shape = judged_draft(len(shown), headline=headline)
    answer = await desk.ask(shown, Question(prompt, shape, 8 * TOKENS_A_SENTENCE))
    if answer is None:
        return "", _chosen(claims)
    said = [cast("Mapping[str, Any]", answer[BOTTOM]), *cast("Sequence[Mapping[str, Any]]", answer["points"])]
    names = [BOTTOM, *(f"p{n}" for n in range(1, len(said)))]
    return str(answer.get(HEADLINE, "")), {
        name: _Sentence(
            tuple(shown[n - 1] for n in dict.fromkeys(cast("Sequence[int]", one["c"]))), str(one["t"])
        )
        for name, one in zip(names, said, strict=True)
    }


async def _restated(
    desk: _Desk, claims: Sequence[NoteClaim], *, headline: bool
) -> tuple[str, dict[str, _Sentence]]:
    """The code chooses, the model puts into words."""
    chosen = _chosen(claims)
    texts = {name: [claim.text for claim in sentence.claims] for name, sentence in chosen.items()}
    values = desk.prompt_values([]) | {"headline": headline, "passages": texts}
    prompt = desk.library.render("note", desk.talk.article, **values)
    shape = restated_draft({name: len(" ".join(held)) for name, held in texts.items()}, headline=headline)
    shown = [claim for sentence in chosen.values() for claim in sentence.claims]
    answer = await desk.ask(shown, Question(prompt, shape, (len(texts) + 1) * TOKENS_A_SENTENCE))
    if answer is None:
        return "", chosen
    return str(answer.get(HEADLINE, "")), {
        name: _Sentence(sentence.claims, str(answer[name])) for name, sentence in chosen.items()
    }


def _chosen(claims: Sequence[NoteClaim]) -> dict[str, _Sentence]:
    """For the bottom line the gravest claim and the newest lead; then the weightiest others, in the order of time.

    A number that a later source gives otherwise is left to the comparisons, unless there is nothing else to say.
    """
    held = [claim for claim in claims if not claim.outdated]
    claims = held if len(held) >= FEWEST_CLAIMS else claims
    drivers = [claim for claim in claims if claim.driver is not None and not claim.contested]
    gravest = sorted(drivers, key=lambda claim: claim.driver or 0)[:1]
    leads = [claim for claim in claims if claim.is_lead]
    newest = sorted(leads, key=lambda claim: claim.published or "", reverse=True)[:1]
    bottom = sorted(most_telling([*newest, *gravest] or claims, 2), key=lambda claim: claim.when)
    points = most_telling(claims, MOST_RESTATED, beside=bottom)
    found = {BOTTOM: _Sentence(tuple(bottom))}
    for n, claim in enumerate(sorted(points, key=lambda claim: claim.when), 1):
        found[f"p{n}"] = _Sentence((claim,))
    return found


async def _checked(desk: _Desk, drafted: Mapping[str, _Sentence]) -> dict[str, NotePoint]:
    """Each sentence with its verdict; those that fail are asked for once more, and the better wording stays."""
    checked = {name: _check(desk, sentence, sentence.text) for name, sentence in drafted.items()}
    faulty = {name for name, point in checked.items() if not holds(point) and point.text}
    if not faulty:
        return checked
    failed = {
        name: {
            "passage": " ".join(claim.text for claim in drafted[name].claims),
            "text": checked[name].text,
            "wrong": " ".join(issue.message for issue in checked[name].issues[:2])
            or "The claims do not say this.",
        }
        for name in drafted
        if name in faulty
    }
    values = desk.prompt_values([]) | {"failed": failed}
    prompt = desk.library.render("note", desk.talk.article, **values)
    question = Question(prompt, revision_draft(list(failed)), (len(failed) + 1) * TOKENS_A_SENTENCE)
    shown = [claim for name in failed for claim in drafted[name].claims]
    answer = await desk.ask(shown, question) or {}
    for name in failed:
        again = _check(desk, drafted[name], str(answer.get(name, "")))
        if again.text and RANK[again.verdict] < RANK[checked[name].verdict]:
            checked[name] = again
    return checked


def _check(desk: _Desk, sentence: _Sentence, text: str) -> NotePoint:
    cited = [span for claim in sentence.claims for span in claim.evidence]
    if not text:
        return NotePoint.model_construct(text="", evidence=cited, verdict="unsupported", issues=[])
    text = tidy(text, desk.talk.article)
    return check_across(text, cited, desk.articles, language=desk.library.language)


def _claimed(desk: _Desk, sentence: _Sentence, failed: NotePoint) -> NotePoint:
    """The weightiest claim of a sentence in its place, if that one holds."""
    for claim in sorted(sentence.claims, key=lambda claim: -claim.weight):
        for text in dict.fromkeys((claim.text, claim.own_text)):
            point = check_across(text, claim.evidence, desk.articles, language=desk.library.language)
            if holds(point) or not failed.text:
                return point
    return failed


def _title(desk: _Desk, proposed: str, bottom: NotePoint) -> str:
    """The model's headline where the sentences of the bottom line carry it, else the bottom line."""
    text = tidy(proposed, desk.talk.article) if proposed else ""
    language = desk.library.language
    if text and holds(check_across(text, bottom.evidence, desk.articles, language=language)):
        return text.rstrip(".")
    return bottom.text.rstrip(".")


def _distinct(bottom: NotePoint, points: Iterable[NotePoint]) -> list[NotePoint]:
    """Each text once."""
    found = {bottom.text: bottom}
    for point in points:
        found.setdefault(point.text, point)
    return [point for text, point in found.items() if text != bottom.text]
