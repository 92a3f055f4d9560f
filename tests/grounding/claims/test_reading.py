"""What the rules see in a sentence: roots, verbs, who does what, what is denied and what is hedged."""

from itertools import pairwise

import pytest

from summarizer.grounding.claims.frames import frame
from summarizer.grounding.claims.hedges import modal_cues
from summarizer.grounding.claims.negatives import negative_cues
from summarizer.grounding.claims.reading import Reading, read
from summarizer.grounding.claims.subjects import is_verb
from summarizer.grounding.claims.words import root, tokens


def words(reading: Reading, indices: tuple[int, ...]) -> list[str]:
    return [reading.tokens[i].text for i in indices]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deployed", "deployment"),
        ("detained", "detention"),
        ("denial", "denies"),
        ("fled", "fleeing"),
        ("criticized", "criticise"),
        ("tougher", "tough"),
        ("expelled", "expel"),
        ("hoping", "hope"),
    ],
)
def test_relatives_share_a_root(one: str, other: str):
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("note", "not"), ("plane", "plan"), ("state", "station"), ("site", "sit"), ("authority", "author")],
)
def test_strangers_do_not(one: str, other: str):
    assert root(one) != root(other)


def test_tokens_keep_their_place_in_the_text():
    text = "“Don’t go,” the U.S.-led force’s chief said — he can't."
    found = tokens(text)
    assert [text[t.start : t.end] for t in found if t.lower == "not"] == ["n’t", "n't"]
    assert [t.lower for t in found if t.capital] == ["do", "us"]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Syrian rebels accuse the army of lying", {"accuse", "lying"}),
        ("The army's attack on the town left three dead", {"left"}),
        ("Peace talks in Munich collapsed", {"collapsed"}),
        ("China claims most of the sea", {"claims"}),
        ("Two key suspects in the case fled", {"fled"}),
        ("Zembia, a former colony, rejects the offer", {"rejects"}),
    ],
)
def test_verbs_are_told_from_nouns(text: str, found: set[str]):
    reading = read(text)
    assert {t.text for t in reading.tokens if is_verb(reading, t.index)} == found


@pytest.mark.parametrize(
    ("text", "verb", "agent", "patient"),
    [
        ("Turkish troops shelled Kurdish positions", "shelled", "troops", "positions"),
        ("Kurdish positions were shelled by Turkish troops", "shelled", "troops", "positions"),
        ("Brandt, the minister, told reporters the truth", "told", "Brandt", "reporters"),
        ("The army took the town and burned the bridge", "burned", "army", "bridge"),
        ("Fighters who defied the order shot him", "defied", "Fighters", "order"),
        ("He urged rebels to leave the city", "leave", "rebels", "city"),
    ],
)
def test_the_one_who_acts_and_what_is_acted_on(text: str, verb: str, agent: str, patient: str):
    reading = read(text)
    event = next(t.index for t in reading.tokens if t.text == verb)
    found = frame(reading, event)
    assert agent in words(reading, found.agent)
    assert patient in words(reading, found.patient)


DENIED: list[tuple[str, set[str]]] = [
    ("Israel did not attack", {"attack"}),
    ("No decision was taken", {"decision", "taken"}),
    ("The army denied any involvement", {"involvement"}),
    ("There is no doubt that he came", {"doubt"}),
    ("It abstained instead of vetoing the text", {"vetoing"}),
    ("It was not only a threat", set()),
    ("a never-before-seen weapon", set()),
]


@pytest.mark.parametrize(("text", "denied"), DENIED)
def test_what_a_sentence_denies(text: str, denied: set[str]):
    reading = read(text)
    assert {reading.tokens[i].text for cue in negative_cues(reading) for i in cue.heads} == denied


HEDGED: list[tuple[str, str, set[str]]] = [
    ("Russia may attack", "attack", {"possible"}),
    ("Russia is to send jets", "send", {"future"}),
    ("The rebels claim to have taken the town", "taken", {"alleged"}),
    ("He was accused of plotting the murder", "plotting", {"alleged"}),
    ("A bill to ban the party", "ban", {"purpose"}),
    ("Talks are being considered", "Talks", {"considered"}),
    ("He warned that the army had crossed the river", "crossed", set()),
    ("The video appeared on Monday", "Monday", set()),
]


@pytest.mark.parametrize(("text", "word", "kinds"), HEDGED)
def test_what_a_sentence_hedges(text: str, word: str, kinds: set[str]):
    reading = read(text)
    index = next(t.index for t in reading.tokens if t.text == word)
    assert {cue.kind for cue in modal_cues(reading) if index in cue.reach} == kinds
