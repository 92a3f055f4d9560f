"""Where the sources of one article contradict each other, and where they only sound as if they did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from summarizer.grounding.conflicts import conflicts
from summarizer.resources import folder

REST = "\nThe rest of the day was quiet in the whole of the valley."
ACCUSED = "Karvelia accused Ostrava of jamming its radars."
PIECES = st.sampled_from(
    [
        "Karvelia accused Ostrava of theft",
        "Ostrava denied the charge",
        "Vos said",
        "the launch was in response to",
        "it had been planned long before",
        "that claim was rejected by",
        "disputes that figure",
        "at least 37 people were killed",
        "police put the number at",
        "put the toll at 9",
        '"',
        "”",
        ".",
        ", ",
        " but ",
        "\n",
        " ",
        "\u2019s",
    ]
)


def gaps_of(text: str) -> list[tuple[str, list[int]]]:
    return [(g.text, [s.sentence for s in g.evidence]) for g in conflicts(Article.from_text(text + REST))]


@pytest.mark.parametrize(
    ("text", "parts", "sentences"),
    [
        (
            (
                "President Orla Venn said the missile launch was in response to the raid on Tarsk. "
                "General Piet Vos said the launch had been planned months before the raid."
            ),
            [
                'Orla Venn: "the missile launch was in response to',
                'Piet Vos: "the launch had been planned months',
            ],
            [1, 2],
        ),
        (
            (
                "President Orla Venn said the strike on the depot was retaliation for the ambush, but General Piet Vos "
                "said it had been planned long before."
            ),
            ["Orla Venn:", "was retaliation for the ambush", 'Piet Vos: "it had been planned long before"'],
            [1],
        ),
        (
            (
                "The Foreign Ministry said the flights were prompted by the seizure of a trawler. "
                "A navy spokesman, Rolf Amsel, said the flights had nothing to do with the trawler."
            ),
            ["The Foreign Ministry:", "Rolf Amsel:", "had nothing to do with the trawler"],
            [1, 2],
        ),
        (
            f"{ACCUSED} Ostrava denied the accusation.",
            ["Karvelia:", "jamming its radars", "Ostrava:"],
            [1, 2],
        ),
        (
            f"{ACCUSED} The talks will go on in Tarsk. Ostrava has repeatedly denied any involvement.",
            ["Karvelia:", 'Ostrava: "denied any involvement"'],
            [1, 3],
        ),
        (
            "Lind blamed the Front for the blackout. That allegation was denied by Front commanders.",
            ['Lind: "blamed the Front', "Front commanders:"],
            [1, 2],
        ),
        (
            (
                "Two of the villagers alleged that soldiers had burned the mill. "
                "The army dismissed those allegations as propaganda."
            ),
            ["Two of the villagers:", "The army:", "as propaganda"],
            [1, 2],
        ),
        (
            'Prime Minister Ada Lind called the law "a shield for the weak." The opposition rejected that description.',
            ["Ada Lind:", '"a shield for the weak."', 'The opposition: "rejected that description"'],
            [1, 2],
        ),
        (
            "Ostrava rejected Karvelia's claim that its drones had crossed the river.",
            ["Karvelia's claim:", "its drones had crossed", 'Ostrava: "rejected Karvelia\'s claim"'],
            [1],
        ),
        (
            "At least 12 soldiers were killed, the Karvelian army said. Ostrava disputed that number and spoke of 40.",
            ['the Karvelian army: "At least 12 soldiers were killed"', "Ostrava:", "spoke of 40"],
            [1, 2],
        ),
        (
            (
                "Police said about 500 people joined the march. A monitoring group, however, said more than 1,000 people "
                "took part."
            ),
            ["Police:", "about 500 people", "A monitoring group:", "more than 1,000 people"],
            [1, 2],
        ),
        (
            "Police said about 500 people joined the march, while organizers put the number at 5,000.",
            ["Police:", "500", "organizers:", "5,000"],
            [1],
        ),
    ],
)
def test_both_sides_are_named_and_quoted(text: str, parts: list[str], sentences: list[int]) -> None:
    [(line, cited)] = gaps_of(text)

    assert [part for part in parts if part not in line] == []
    assert cited == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Prosecutors accused Tomas Reyl of fraud. A judge dismissed the charges.",
        f"{ACCUSED} The envoy rejected the offer of talks.",
        f"{ACCUSED} Ostrava neither confirmed nor denied the charge.",
        f"{ACCUSED} Ostrava declined to deny the allegation.",
        f"{ACCUSED} The Front denied any involvement in the fire at the mill.",
        "Karvelia and Ostrava accused each other of breaking the truce. Ostrava denied the charge of theft.",
        "Reyl denied entry to three reporters. The ministry said nothing on the matter.",
        "Venn said the launch was in response to the raid. Vos said the harvest fair had been planned for months.",
        "The strike was in response to the raid. The strike had been planned long before.",
        "Venn said the strike was not in response to the raid. Vos said the strike had nothing to do with the raid.",
        "Venn said the strike was in response to the raid. Venn said the strike had been planned long before.",
        "The army said 12 soldiers were killed, but hospital officials said 30 people were wounded.",
        "Earlier officials said 12 people were killed, but police said the toll had risen to 20 people killed.",
        "The army said 12 people were killed, but police said 20 people were killed in another attack.",
        "No injuries were reported on the island, but officials moved about 80 people after at least one shell landed.",
        "The two states have had border disputes since 1950, a number of analysts said on Monday.",
    ],
)
def test_what_only_sounds_like_a_contradiction_is_left_alone(text: str) -> None:
    assert gaps_of(text) == []


@pytest.mark.parametrize(
    ("seed", "sides"),
    [
        (
            "gerasimov-brown-call",
            [("Putin: ", "in response to", "Valery Gerasimov: ", "planned long before")],
        ),
        (
            "border-drill",
            [
                ("Ostrava: ", "accusing them of spying", "Karvelia: ", "denied the allegation"),
                ("Ilona Maresh: ", "a precaution, not a threat", "Ostrava: ", "rejected that description"),
            ],
        ),
        ("strait-ceasefire", [("the Meridian Red Crescent: ", "37 people", "The Front: ", "closer to 60")]),
    ],
)
def test_the_seeds_yield_their_conflicts_and_no_other(seed: str, sides: list[tuple[str, ...]]) -> None:
    path = folder("schemas").parent / "seeds" / f"{seed}.txt"
    found = [gap.text for gap in conflicts(Article.from_text(path.read_text(encoding="utf-8")))]

    assert len(found) == len(sides)
    for line, parts in zip(found, sides, strict=True):
        assert [part for part in parts if part not in line] == []


def test_long_accounts_are_cut_and_the_cut_is_marked() -> None:
    tail = "that had been seen near the old mill by the herdsmen of the upper valley " * 5
    [(line, _)] = gaps_of(
        f"Karvelia accused Ostrava of hiding guns {tail}. Ostrava denied the charge {tail}."
    )

    assert len(line) <= 400
    assert line.count(" ...") == 2


def test_at_most_four_are_listed() -> None:
    names = ["Arland", "Borland", "Corland", "Dorland", "Erland", "Forland"]
    text = " ".join(f"Karvelia accused {n} of theft. {n} denied the charge." for n in names)

    assert len(gaps_of(text)) == 4


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join)))
def test_any_text_is_read_and_evidence_is_verbatim(text: str) -> None:
    article = Article.from_text(text + REST)

    for gap in conflicts(article):
        assert gap.kind == "conflict"
        assert len(gap.text) <= 400
        for span in gap.evidence:
            assert article.text[span.start : span.end] == span.quote
