"""An invented report of any length: the same kinds of events over and over at known places, and three planted facts.

Nothing of it is kept in a file. It is made by rule from its length, so two runs and two machines read the same words.
`python -m tests.long_report 60000` briefs one of so many words, and prints what that took besides the model.
"""

import asyncio
import json
import random
import re
import resource
import sys
import time
from dataclasses import dataclass
from typing import Any, Final, cast

from summarizer import Article, Briefing
from summarizer.llm import Client, ModelRef, Reply, Usage
from summarizer.pipeline import brief_article
from summarizer.prompting import PromptLibrary
from summarizer.testing.filling import filled
from summarizer.types.drafts import Draft

__all__ = ["PLACES", "PLANTED", "Copyist", "Planted", "briefed", "main", "report"]

PLACES: Final = (
    "Tarsk", "Velmar", "Oskara", "Dunmere", "Halden", "Port Ellan", "Kestria", "Lodi Bridge", "Marrow Hill", "Sennet",
    "Brask", "Ilvane", "Corrin", "Ostwick", "Pellam", "Rudna",
)  # fmt: skip
"""Where everything happens, in turn."""

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS: Final = ("soldiers", "border guards", "villagers", "sailors", "reservists")

_EVENTS: Final = (
    "Artillery shelled a checkpoint near {place} on {day} and wounded {few} {unit}, the Karvelian Defense Ministry said.",
    "Karvelia moved {few} armored vehicles to {place} on {day}, hours after the shelling had stopped.",
    "Ostrava's foreign minister, Pavel Dorn, condemned the deployment at {place} as a provocation.",
    "The governor of {place} asked both sides to open the road for {many} families who had left their homes.",
    "Observers of the mission counted {many} violations around {place} between {day} and the end of the week.",
    "Defense Minister Ilona Maresh denied that her troops had opened fire at {place}.",
    "Negotiators met at {place} on {day} and agreed to exchange {few} prisoners.",
    "Traders in {place} said that the price of bread had risen again and that the market opened for {few} hours a day.",
    "Ostrava threatened to close the crossing at {place} unless the patrols were withdrawn.",
    "It was not clear who had fired first at {place}, and neither account could be independently verified.",
    "Rain kept the fields around {place} empty for most of the day.",
    "President Mira Solen visited the garrison at {place} on {day} and promised {many} tons of fuel.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A fact that the report tells once.

    Attributes:
        text: The sentence that tells it.
        event_type: What it is, in the codebook.
        actor: A person whom only this sentence names.
        where: How far into the report it stands, 0 to 1.
    """

    text: str
    event_type: str
    actor: str
    where: float


PLANTED: Final = (
    Planted("Karvelia expelled the Ostravan ambassador, Bela Turic, on March 3 after accusing him of spying.", "SANCTION", "Bela Turic", 0.0),
    Planted("Commander Sorin Valk said that his frigate fired a missile at an Ostravan tanker on June 14 and killed 41 sailors.", "ASSAULT", "Sorin Valk", 0.5),
    Planted("Ostrava signed a ceasefire agreement with Karvelia on September 29, its envoy Nadja Preim announced.", "CONCEDE", "Nadja Preim", 1.0),
)  # fmt: skip
"""At the start, in the middle and at the end."""


def report(words: int) -> str:
    """A report of at least so many words, in paragraphs of five sentences, with every planted fact once."""
    told: list[str] = []
    rng, length = random.Random(7), 0  # noqa: S311 - nothing secret
    while length < words:
        event = _event(len(told), rng)
        length += len(event.split())
        told.append(event)
    for fact in sorted(PLANTED, key=lambda fact: -fact.where):
        told.insert(round(fact.where * len(told)), fact.text)
    return "\n\n".join(" ".join(told[at : at + 5]) for at in range(0, len(told), 5)) + "\n"


def _event(at: int, rng: random.Random) -> str:
    return _EVENTS[at % len(_EVENTS)].format(
        place=PLACES[at // 5 % len(PLACES)],
        day=rng.choice(_DAYS),
        few=rng.randint(2, 60),
        many=rng.randint(100, 900),
        unit=rng.choice(_UNITS),
    )


class Copyist:
    """A scripted model that restates each sentence word for word; of a live one, it asks what opens the article.

    Args:
        article: What it is asked about.
        context_window: Tokens that it claims to take.
        live: Asked in its place whatever shows the first sentence, so the questions of the first window.
    """

    def __init__(self, article: Article, *, context_window: int, live: Client | None = None) -> None:
        self.ref = live.ref if live else ModelRef("local", "copyist")
        self.context_window = context_window
        self.prompts: list[str] = []
        self._article = article
        self._live = live

    async def ask(
        self, system: str, user: str, shape: type[Draft], *, name: str, max_tokens: int, **options: Any
    ) -> Reply[Draft]:
        """Answer at once, or when the live model has."""
        self.prompts.append(user)
        if self._live and f"[1] {self._article.sentence(1).body}" in user:
            return await self._live.ask(system, user, shape, name=name, max_tokens=max_tokens, **options)
        said = {
            field: _fitting(self._body(field), rule["maxLength"])
            for field, rule in shape.model_json_schema()["properties"].items()
            if "maxLength" in rule and not field.startswith("c")  # a second wording, of what it has said well
        }
        return Reply(shape.model_validate(filled(shape, said)), Usage())

    def _body(self, field: str) -> str:
        """The sentence that a field such as `s12b` is about; the first for `bottom` and `headline`."""
        number = re.fullmatch(r"s(\d+)[a-z]?", field)
        return self._article.sentence(int(number[1]) if number else 1).body


def _fitting(sentence: str, most: int) -> str:
    """Its words, without the last clauses when it is too long."""
    while len(sentence) > most:
        sentence = re.sub(r"(?:,| and) (?:(?!, | and ).)*$|.$", "", sentence)
    return sentence


def briefed(words: int, context_window: int) -> tuple[Article, Briefing, list[str]]:
    """A report of so many words, what was made of it, and the prompts that a model with such a window was shown."""
    article = Article.from_text(report(words))
    model = Copyist(article, context_window=context_window)
    made = asyncio.run(brief_article(article, cast("Client", model), PromptLibrary()))
    return article, made, model.prompts


def main() -> None:
    """Brief a report of the length given, and print what it took."""
    words = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    briefed(300, context_window=16_384)  # tables and imports, which the first article of a process pays for
    before = time.process_time()
    article, made, prompts = briefed(words, context_window=16_384)
    cpu_s = time.process_time() - before
    found = {signal.evidence[0].quote for signal in made.escalation_signals}
    told = {
        "words": words,
        "sentences": len(article.sentences),
        "requests": len(prompts),
        "planted facts found": f"{sum(fact.text in found for fact in PLANTED)} of {len(PLANTED)}",
        "cpu_s": round(cpu_s, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(told, indent=1))  # noqa: T201 -- a report


if __name__ == "__main__":
    main()
