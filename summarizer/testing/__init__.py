"""Tests without a model: recordings of real runs that replay offline, a scripted model, a fake server.

Recordings need the extra: `pip install 'summarizer[test]'`. README.md beside this file says how.
"""

from importlib import import_module
from typing import TYPE_CHECKING

# Not among the lazy ones: the module of the same name would take the function's place.
from summarizer.testing.fake_server import FakeServer, fake_server

if TYPE_CHECKING:
    from summarizer.testing.cassettes import explain, replay, use_cassette
    from summarizer.testing.leaks import Problem, check_secrets, scan
    from summarizer.testing.scripted import ScriptedModel

__all__ = [
    "FakeServer",
    "Problem",
    "ScriptedModel",
    "check_secrets",
    "explain",
    "fake_server",
    "replay",
    "scan",
    "use_cassette",
]

_HOMES = {
    "cassettes": "explain replay use_cassette",
    "leaks": "Problem check_secrets scan",
    "scripted": "ScriptedModel",
}


def __getattr__(name: str) -> object:
    # Loaded when first used: the pytest plugin is part of this package, and every pytest run imports it.
    home = next((home for home, names in _HOMES.items() if name in names.split()), None)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{home}"), name)
