"""The fake server under the name by which the tests of this folder know it."""

from summarizer.testing.fake_server import FakeServer, Received, Say, answer, completion, failure

__all__ = ["FakeServer", "Received", "Say", "answer", "completion", "failure"]
