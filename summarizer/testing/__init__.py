"""Recorded model runs: made once with a real model, replayed offline, kept free of secrets.

Everything but the import itself needs the extra: `pip install 'summarizer[test]'`.
"""

from summarizer.testing.cassettes import explain, use_cassette
from summarizer.testing.leaks import Problem, check_secrets, scan

__all__ = ["Problem", "check_secrets", "explain", "scan", "use_cassette"]
