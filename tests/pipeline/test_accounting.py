"""Accounts of what a result took: written, read back, told anew."""

from dataclasses import replace

from summarizer.llm import Client, ModelRef, Usage
from summarizer.pipeline.accounting import provenance, restated, usage_of
from summarizer.prompting import PromptLibrary
from summarizer.types import Briefing, Provenance, Tokens

TOOK = Usage(
    requests=5,
    retries=2,
    reasks=1,
    recalled=3,
    tokens=Tokens(input=900, cached=400, output=70),
    estimated=True,
    cost_usd=0.25,
    seconds=9.0,
)
"""Its seconds are those that requests took, which no account has."""


def account() -> Provenance:
    client = Client(ModelRef("openai", "fake-model"), base_url="http://127.0.0.1:9/v1", api_key="k")
    return provenance(client, PromptLibrary(), TOOK, result=Briefing, engine="an engine 1", seconds=1.23456)


def test_what_was_used_can_be_read_back_from_an_account() -> None:
    made = account()
    assert usage_of(made) == replace(TOOK, seconds=0.0)
    assert (made.model, made.provider, made.engine) == ("openai/fake-model", "openai", "an engine 1")
    assert made.seconds == 1.235


def test_an_account_told_anew_has_other_figures_and_the_same_origin() -> None:
    made = account()
    twice = restated(made, usage_of(made) + usage_of(made), seconds=2 * made.seconds)
    assert (twice.requests, twice.recalled, twice.tokens.cached, twice.cost_usd) == (10, 6, 800, 0.5)
    assert twice.estimated
    assert twice.seconds == 2.47
    assert (twice.model, twice.created, twice.schema_digest) == (
        made.model,
        made.created,
        made.schema_digest,
    )
    assert restated(made, Usage(requests=7)).seconds == made.seconds
