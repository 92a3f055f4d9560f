"""Projects of users, whose tests ask a fake server through the plugin."""

from importlib import import_module

import pytest

__all__ = ["ASKING", "MARKED", "PLUGIN", "run", "said"]

PRELOADED = [import_module(f"summarizer.{name}") for name in ("llm.connection", "pipeline", "testing.player")]
"""Loaded before pytester takes its snapshot of what is loaded, or every run inside would load it anew."""

PLUGIN = ("-p", "summarizer.testing.plugin")

# Nothing is encrypted here, and to read the list of authorities takes longer than all the rest.
ASKING = """
import httpx2, pytest

def ask(question):
    body = {{"model": "fake-model", "messages": [{{"role": "user", "content": question}}]}}
    reply = httpx2.post("{origin}/chat/completions", json=body, verify=False)
    return reply.json()["choices"][0]["message"]["content"]
"""

MARKED = """
from asking import ask
import pytest

@pytest.mark.summarizer_cassette("lisbon")
def test_two_calls():
    assert ask("where is it?") == "Lisbon"
    assert ask("when?") == "1755"
"""


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run the project's tests in this process."""
    # What it does at its end is to collect garbage five times, which is most of a short run.
    return project.runpytest_inprocess("-p", "no:unraisableexception", *PLUGIN, *arguments)


def said(result: pytest.RunResult) -> str:
    """All that pytest said, as one text."""
    return "\n".join(result.outlines)
