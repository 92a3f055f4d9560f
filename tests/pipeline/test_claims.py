"""A small model that mixes up its answers: the codes of one event never stand beside the words of another."""

import asyncio
from collections.abc import Mapping

from summarizer.article import Article
from summarizer.pipeline import brief_article
from summarizer.pipeline.claims import Claim, verify
from summarizer.prompting import PromptLibrary
from summarizer.testing import ScriptedModel
from summarizer.types import Briefing

ARTICLE = Article.from_text(
    "The army of Norland shelled the port of Keld on Monday and killed four dockers, the harbour office said.\n\n"
    "The government of Sudria recalled its ambassador from Norland on Tuesday.\n\n"
    "Norland threatened on Wednesday to close the strait to the ships of Sudria."
)
SAID = {
    1: "Norland's army shelled the port of Keld, killing four dockers.",
    2: "Sudria's government recalled its ambassador from Norland.",
    3: "Norland threatened to close the strait to ships of Sudria.",
}


def briefed(revision: Mapping[str, str]) -> tuple[Briefing, ScriptedModel]:
    """By a model that states the second event in place of the first, the third of the second, the first of the third."""
    summary = {"headline": "Norland shells Keld", "bottom": SAID[1], "s3": SAID[1]}
    signals = {"s1": SAID[2], "s2": SAID[3]}
    model = ScriptedModel(
        {"summary": summary, "signals": signals, "revision": revision}, fill=True, model="local/small"
    )
    return asyncio.run(brief_article(ARTICLE, model, PromptLibrary())), model


def test_what_states_another_event_is_asked_for_again() -> None:
    briefing, model = briefed({"c2": SAID[3], "c3": SAID[1], "c4": SAID[2]})
    (question,) = (asked.user for asked in model.asked if asked.name == "revision")
    assert "This states sentence 1; it is to state sentence 3." in question
    assert [signal.event_type for signal in briefing.escalation_signals] == [
        "ASSAULT",
        "SANCTION",
        "THREATEN",
    ]
    assert [signal.description for signal in briefing.escalation_signals] == list(SAID.values())
    assert {signal.verdict for signal in briefing.escalation_signals} == {"supported"}


def test_what_goes_on_stating_another_event_gives_way_to_the_passage_itself() -> None:
    briefing, _ = briefed({"c2": SAID[1], "c3": SAID[2], "c4": "Nobody knows what it was."})
    assert [signal.event_type for signal in briefing.escalation_signals] == [
        "ASSAULT",
        "SANCTION",
        "THREATEN",
    ]
    for signal, sentence in zip(briefing.escalation_signals, ARTICLE.sentences, strict=True):
        assert signal.description == sentence.body
        assert "the words of sentence" in signal.issues[0].message


def test_a_sentence_that_tells_the_rest_of_a_claim_is_cited_too() -> None:
    text = "Norland's army shelled the port of Keld, and Norland threatened to close the strait to the ships of Sudria."
    found = verify(ARTICLE, Claim(text, (1,)))
    assert (found.verdict, found.sentences) == ("supported", (1, 3))
