"""Actors as the model corrects and completes them."""

from typing import Any

from summarizer.article import Article
from summarizer.pipeline.actors import read_actors

ARTICLE = Article.from_text("Envoys of Vellmar and of Norway met in the harbour office on Monday evening.")


def added(name: str, country: str) -> str | None:
    fields: dict[str, Any] = {"name": name, "kind": "state", "country": country}
    (actor,) = read_actors(ARTICLE, [], {"add": [fields]})
    return actor.country


def test_a_country_that_the_tables_know_has_their_code_whatever_the_model_says() -> None:
    assert added("Norway", "CHN") == "NOR"


def test_a_code_that_is_no_country_is_none() -> None:
    assert added("Vellmar", "XXX") is None
