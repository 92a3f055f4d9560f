"""Who did it, and to whom."""

import pytest

from summarizer import Article
from summarizer.grounding.candidates import candidates
from summarizer.grounding.mentions import find_mentions
from summarizer.grounding.parties import parties_of, told_of
from summarizer.pipeline.actors import read_actors
from summarizer.types import EventType

CASES: list[tuple[str, str, EventType, list[str], list[str]]] = [
    (
        "Russia struck Ukraine with missiles on Monday, officials in the region said.",
        "struck",
        "ASSAULT",
        ["Russia"],
        ["Ukraine"],
    ),
    (
        "Ukraine was struck by Russia with missiles on Monday, officials in the region said.",
        "struck",
        "ASSAULT",
        ["Russia"],
        ["Ukraine"],
    ),
    (
        "President Vladimir Putin called President Joe Biden on Monday evening about the crisis.",
        "called",
        "CONSULT",
        ["Vladimir Putin", "Joe Biden"],
        [],
    ),
    (
        "On Monday a series of Russian attacks hit Ukraine, and Russia said nothing about it.",
        "attacks",
        "ASSAULT",
        ["Russia"],
        ["Ukraine"],
    ),
    (
        "Joe Biden spoke on Monday evening. He condemned Russia for the attack on the port.",
        "condemned",
        "ACCUSE",
        ["Joe Biden"],
        ["Russia"],
    ),
    (
        "Russia deployed two brigades along the border with Ukraine, its ministry said on Monday.",
        "deployed",
        "MOBILIZE",
        ["Russia"],
        [],
    ),
    (  # the subject of a passive suffers it
        "Russia was condemned in the evening, and nobody in the room spoke for it.",
        "condemned",
        "ACCUSE",
        [],
        ["Russia"],
    ),
    (
        "Ukraine has received two new batteries from Germany, the ministry in the capital said.",
        "received",
        "AID",
        ["Germany"],
        ["Ukraine"],
    ),
    (  # what somebody else has put forward
        "Turkey rejected on Monday a plan for the strait that was put forward by Greece.",
        "rejected",
        "REJECT",
        ["Turkey"],
        [],
    ),
    (  # who tells of an attack has not made it
        "France condemned the attack on Ukraine in a short statement on Monday evening.",
        "attack",
        "ASSAULT",
        [],
        ["Ukraine"],
    ),
    (
        "Russia said on Monday that it would strike Ukraine again before the end of the week.",
        "would strike",
        "THREATEN",
        ["Russia"],
        ["Ukraine"],
    ),
    (
        "Japan and Australia signed a pact on the defence of the islands on Monday morning.",
        "signed",
        "SUPPORT",
        ["Japan", "Australia"],
        [],
    ),
    (
        "Officials spoke on Monday of clashes between Armenia and Azerbaijan near the lake.",
        "clashes",
        "ASSAULT",
        ["Armenia", "Azerbaijan"],
        [],
    ),
    (
        "Egypt said on Monday that Israel must open the crossing before the talks go on.",
        "must open",
        "REQUEST",
        ["Egypt"],
        ["Israel"],
    ),
    (
        "The government of Guatemala mobilized two battalions near the town on Monday evening.",
        "mobilized",
        "MOBILIZE",
        ["Guatemala"],
        [],
    ),
    (
        "“If they fire we are compelled to take our own action,” President Joe Biden warned on Monday.",
        "compelled to take our own action,” President Joe Biden warned",
        "THREATEN",
        ["Joe Biden"],
        [],
    ),
    (
        "“The shelling of the harbour is a crime,” Joe Biden said. Nobody answered him that evening.",
        "is a crime",
        "ACCUSE",
        ["Joe Biden"],
        [],
    ),
    (  # whoever says so at the end is not the one who was hit
        "Two shells from Russia hit a customs post on Monday evening, Ukraine said in a statement.",
        "hit",
        "ASSAULT",
        ["Russia"],
        [],
    ),
    (
        "“We will deploy two brigades to the border,” Joe Biden said. Nobody answered him that evening.",
        "deploy",
        "MOBILIZE",
        ["Joe Biden"],
        [],
    ),
    (  # what they talked about, and whose adviser it was
        "Vladimir Putin called Joe Biden's adviser and discussed the war in Ukraine with Emmanuel Macron.",
        "discussed",
        "CONSULT",
        ["Vladimir Putin", "Emmanuel Macron"],
        [],
    ),
    (  # what looks like a passive
        "Russia is set to sign an agreement with Ukraine on Monday, officials in the capital say.",
        "is set to sign",
        "AGREE",
        ["Russia"],
        ["Ukraine"],
    ),
    (
        "Russia is on high alert along the northern border, officials in the capital say.",
        "is on high alert",
        "MOBILIZE",
        ["Russia"],
        [],
    ),
    (
        "Iran denies the charges. It has condemned Israel for the raid on the harbour town.",
        "condemned",
        "ACCUSE",
        ["Iran"],
        ["Israel"],
    ),
]


@pytest.mark.parametrize(("text", "trigger", "event_type", "by", "to"), CASES)
def test_the_doer_and_the_one_it_is_done_to_are_told_apart(
    text: str, trigger: str, event_type: EventType, by: list[str], to: list[str]
) -> None:
    article = Article.from_text(text)
    actors = read_actors(article, candidates(article), {})
    names = {actor.id: actor.name for actor in actors}

    found = parties_of(article, find_mentions(article, [trigger])[0], event_type, actors)

    assert [names[i] for i in found.actors] == by
    assert [names[i] for i in found.targets] == to


def test_nobody_is_both_doer_and_target() -> None:
    article = Article.from_text("Russia said that Russia would defend Russia against an attack by anyone.")
    actors = read_actors(article, candidates(article), {})

    found = parties_of(article, find_mentions(article, ["attack"])[0], "ASSAULT", actors)

    assert not set(found.actors) & set(found.targets)


def test_what_one_sentence_leaves_open_the_next_may_tell() -> None:
    article = Article.from_text(
        "The call came six days after the launch. Vladimir Putin wanted the call with Joe Biden kept quiet."
    )
    actors = read_actors(article, candidates(article), {})
    names = {actor.id: actor.name for actor in actors}

    found = told_of(article, find_mentions(article, ["call"]), "CONSULT", actors)

    assert [names[i] for i in found.actors] == ["Vladimir Putin", "Joe Biden"]
