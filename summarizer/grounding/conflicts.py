"""Where an article's sources contradict each other: rival reasons, denied accusations, disputed figures.

Found by code alone. A briefing that invents a contradiction misleads, so each rule asks for a cue on both
sides and for something that ties the two together; what is merely said differently is left alone.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.article import Article
from summarizer.grounding import dispute_words as cue
from summarizer.grounding.accounts import (
    Account,
    clause,
    content,
    differ,
    names,
    same_voice,
    speaker_at,
    subject_of,
)
from summarizer.grounding.spans import evidence
from summarizer.types import Gap

__all__ = ["conflicts"]

MOST = 4
REASON_APART, NAMED_APART, FIGURE_APART = 5, 6, 2
"""Sentences from one side to the other, at most."""
LEAD = 130
"""Characters before a cue in which the event that it explains is named."""
TARGET = 110
"""Characters after a verb of accusing in which the accused is named."""


@dataclass(frozen=True, slots=True)
class _Clash:
    first: Account
    second: Account
    weight: float


@dataclass(frozen=True, slots=True)
class _Accusation:
    """Somebody accuses somebody: who, in which words, and the names of the accused."""

    account: Account
    accused: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Denial:
    account: Account
    names: frozenset[str]
    start: int
    """Where its verb stands in the body of its sentence."""


def conflicts(article: Article) -> list[Gap]:
    """The accounts in an article that contradict each other, the surest first.

    Args:
        article: The article.

    Returns:
        At most four gaps of kind `conflict`, each naming both sides in the article's words, with the sentences
        of both as evidence. Most articles have none.
    """
    found = [*_reasons(article), *_denials(article), *_figures(article)]
    gaps: list[Gap] = []
    used: set[tuple[int, str]] = set()
    for clash in sorted(found, key=lambda c: (-c.weight, c.first.sentence, c.second.sentence)):
        sides = {(a.sentence, a.words) for a in (clash.first, clash.second)}
        if used & sides or same_voice(clash.first.speaker, clash.second.speaker):
            continue
        used |= sides
        numbers = sorted({clash.first.sentence, clash.second.sentence})
        gaps.append(
            Gap(kind="conflict", text=differ(clash.first, clash.second), evidence=evidence(article, numbers))
        )
    return gaps[:MOST]


def _found(pattern: re.Pattern[str], article: Article) -> Iterator[tuple[int, str, re.Match[str]]]:
    for sentence in article.sentences:
        for match in pattern.finditer(sentence.body):
            yield sentence.number, sentence.body, match


# Rival reasons


def _reasons(article: Article) -> Iterator[_Clash]:
    """One event told as an answer to something, and as planned before it or unrelated to it."""
    answers = [f for f in _found(cue.REASON, article) if not cue.NEGATED.search(f[1][: f[2].start()])]
    for number, body, match in _found(cue.OTHERWISE, article):
        for other, said, reason in sorted(answers, key=lambda f: abs(f[0] - number)):
            if abs(other - number) > REASON_APART or (other == number and _overlap(match, reason)):
                continue
            if _one_event(_event(said, reason), body, match, number - other):
                sides = sorted(
                    (
                        (other, reason.start(), _account(article, other, reason)),
                        (number, match.start(), _account(article, number, match)),
                    ),
                    key=lambda side: side[:2],
                )
                yield _Clash(sides[0][2], sides[1][2], 1.0)
                break


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _event(body: str, match: re.Match[str]) -> str:
    """The words that name what a cue explains: before it, or after the comma where the sentence opens with it."""
    if match.start() > len("and so "):
        return body[max(0, match.start() - LEAD) : match.start()]
    return body[match.end() :].partition(",")[2][:LEAD]


def _one_event(event: str, body: str, match: re.Match[str], after: int) -> bool:
    if content(event) & content(_event(body, match)):
        return True
    return after in {0, 1} and cue.IT.search(body[: match.start()]) is not None


def _account(article: Article, number: int, match: re.Match[str]) -> Account:
    body = article.sentence(number).body
    return Account(
        number, speaker_at(article, number, match.start()), clause(body, match.start(), match.end())
    )


# Denied accusations


def _denials(article: Article) -> Iterator[_Clash]:
    accusations = list(_accusations(article))
    for number, body, verb in _found(cue.DENY, article):
        if cue.NOT_DONE.search(body[: verb.start()]):
            continue
        who = subject_of(article, number, verb.start())
        if who is None or cue.RULES_ON_IT.search(who):
            continue
        account = Account(number, who, clause(body, verb.start(), verb.end(), from_start=True))
        denial = _Denial(account, names(who), verb.start())
        clash = _quoted_claim(body, verb, denial) or _answered(article, body, verb, denial, accusations)
        if clash:
            yield clash
    yield from _denied_by(article, accusations)


def _accusations(article: Article) -> Iterator[_Accusation]:
    for number, body, verb in _found(cue.ACCUSE, article):
        if cue.EACH_OTHER.match(body, verb.end()) or cue.NEGATED.search(body[: verb.start()]):
            continue
        passive = cue.PASSIVE.search(body[: verb.start()])
        by = cue.ACCUSED_BY.match(body, verb.end()) if passive else None
        who = by["who"] if by else None if passive else _accuser(article, number, verb)
        accused = body[: verb.start()] if passive else body[verb.end() : verb.end() + TARGET]
        words = clause(body, verb.start(), verb.end(), from_start=not passive)
        yield _Accusation(Account(number, who, words), names(accused))


def _accuser(article: Article, number: int, verb: re.Match[str]) -> str | None:
    finite = re.fullmatch(r"[a-z]+(?:es?|ed)", verb.group().lower())
    subject = subject_of(article, number, verb.start()) if finite else None
    return subject or speaker_at(article, number, verb.start())


def _quoted_claim(body: str, verb: re.Match[str], denial: _Denial) -> _Clash | None:
    """A denial that holds the claim: "disputed Ostrava's claim that ..."."""
    told = cue.OF_OTHERS.match(body, verb.end())
    if told is None:
        return None
    number, after = denial.account.sentence, told.end("what")
    claim = Account(number, body[told.start("who") : after], clause(body, after, after, from_start=True))
    return _Clash(claim, Account(number, denial.account.speaker, body[verb.start() : after]), 0.8)


def _answered(
    article: Article, body: str, verb: re.Match[str], denial: _Denial, accusations: list[_Accusation]
) -> _Clash | None:
    back = cue.POINTS_BACK.match(body, verb.end())
    if back is None:
        role = cue.DENIED_ROLE.match(body, verb.end())
        named = _accused(denial, accusations, near=0) if role else None
        return _Clash(named.account, denial.account, 0.7) if named else None
    if back["charge"]:
        named = _accused(denial, accusations, near=1)
        return _Clash(named.account, denial.account, 0.9) if named else None
    if back["figure"]:
        return _disputed_figure(article, denial)
    claim = _claim_before(article, denial, called=back["word"] is not None)
    return _Clash(claim, denial.account, 0.85) if claim else None


def _accused(denial: _Denial, accusations: list[_Accusation], *, near: int) -> _Accusation | None:
    """The last accusation that the denial answers: one of its speaker, or one at most `near` sentences before."""
    for accusation in reversed(accusations):
        away = denial.account.sentence - accusation.account.sentence
        if not 0 <= away <= NAMED_APART or same_voice(accusation.account.speaker, denial.account.speaker):
            continue
        if accusation.accused & denial.names or (0 < away <= near and accusation.account.speaker):
            return accusation
    return None


def _claim_before(article: Article, denial: _Denial, *, called: bool) -> Account | None:
    """What the sentence before claims, where a source says it."""
    number = denial.account.sentence - 1
    if number < 1:
        return None
    body = article.sentence(number).body
    speaker = speaker_at(article, number, len(body))
    if speaker is None or (called and not cue.CALLED.search(body)):
        return None
    at = cue.CALLED.search(body) if called else None
    start = at.start() if at else len(body) // 2
    return Account(number, speaker, clause(body, start, start + 1))


def _denied_by(article: Article, accusations: list[_Accusation]) -> Iterator[_Clash]:
    for number, body, match in _found(cue.DENIED_BY, article):
        denial = _Denial(
            Account(number, match["who"], body[match.start() : match.end()]),
            names(match["who"]),
            match.start(),
        )
        if cue.RULES_ON_IT.search(match["who"]):
            continue
        named = _accused(denial, accusations, near=1) if match["noun"] else None
        if named:
            yield _Clash(named.account, denial.account, 0.8)


# Disputed figures


def _disputed_figure(article: Article, denial: _Denial) -> _Clash | None:
    for number in range(denial.account.sentence - 1, max(0, denial.account.sentence - 1 - FIGURE_APART), -1):
        body = article.sentence(number).body
        count = cue.COUNT.search(body)
        speaker = speaker_at(article, number, count.start()) if count else None
        if count and speaker:
            return _Clash(
                Account(number, speaker, clause(body, count.start(), count.end())), denial.account, 0.95
            )
    return None


def _figures(article: Article) -> Iterator[_Clash]:
    """Two counts of one thing by two sources, side by side."""
    counts = [f for f in _found(cue.COUNT, article) if _is_count(f[1], f[2])]
    for (number, body, first), (other, said, second) in itertools.pairwise(counts):
        if other - number > 1 or first["n"].casefold() == second["n"].casefold():
            continue
        between = body[first.end() : second.start()] if other == number else said[: second.start()]
        joined = cue.CONTRAST.search(between)
        if joined and _one_measure(body, first, said, second) and not cue.OTHER_TIME.search(f"{body} {said}"):
            sides = _counted(article, number, first), _counted(article, other, second)
            if all(side.speaker for side in sides):
                yield _Clash(*sides, 0.6)


def _counted(article: Article, number: int, count: re.Match[str]) -> Account:
    """A count, and who makes it: "organizers put the number at" names its source like a verb of saying."""
    account = _account(article, number, count)
    puts = list(cue.PUTS_AT.finditer(article.sentence(number).body, 0, count.start()))
    source = subject_of(article, number, puts[-1].start()) if puts else None
    return replace(account, speaker=source) if source else account


def _is_count(body: str, match: re.Match[str]) -> bool:
    return bool(
        _measured(body, match) or cue.PUTS.search(body[max(0, match.start() - LEAD // 2) : match.end()])
    )


def _measured(body: str, match: re.Match[str]) -> frozenset[str]:
    """What a number counts: the dead, the hurt, the detained, or a crowd."""
    near = clause(body, match.start(), match.end())
    units = [cue.MEASURE.get(m.group().casefold(), "people") for m in cue.UNIT.finditer(near)]
    return frozenset(units) - {"people"} or frozenset(units)


def _one_measure(body: str, first: re.Match[str], said: str, second: re.Match[str]) -> bool:
    one, other = _measured(body, first), _measured(said, second)
    return bool(one) and (one == other or not other - {"people"})
