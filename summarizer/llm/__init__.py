"""Asking a model: strings and a response type go in, a validated answer and what it took come out.

Knows nothing of articles, and imports what talks to the network only when something is asked.
"""

from summarizer.llm.client import Client
from summarizer.llm.providers import PROVIDERS, ModelRef, Provider, parse_model
from summarizer.llm.retry import RetryPolicy
from summarizer.llm.schema_lint import check as check_shape
from summarizer.llm.usage import Journal, Outcome, Reply, Sent, Usage

__all__ = [
    "PROVIDERS",
    "Client",
    "Journal",
    "ModelRef",
    "Outcome",
    "Provider",
    "Reply",
    "RetryPolicy",
    "Sent",
    "Usage",
    "check_shape",
    "parse_model",
]
