"""The part of the pytest plugin that writes down what a run played, for `summarizer cassettes check`."""

from contextlib import ExitStack
from typing import Any, Final, cast

import pytest

from summarizer.testing.watching import Played, watched

__all__ = ["Noting"]

_OUTPUT: Final = "summarizer_played"
_LEAVES_OUT: Final = ("lf", "stepwise", "ignore", "ignore_glob", "deselect", "collectonly")
"""Options of pytest that leave tests out without saying so later."""
_RAN_TO_THE_END: Final = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


class Noting:
    """Notes what one run plays; with pytest-xdist, one in each worker and one that collects.

    Args:
        config: Of the run.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._played: list[Played] = []
        self._watching = ExitStack()
        self._watching.enter_context(watched(self._played.append))
        self._unfinished: set[str] = set()
        self._outputs: list[dict[str, Any]] = []
        self._left_out = False

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Take note that tests were left out."""
        self._left_out = self._left_out or bool(items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of tests that did not come to their end."""
        if report.outcome != "passed":
            self._unfinished.add(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Collect what a worker of pytest-xdist played."""
        output = cast("dict[str, Any] | None", getattr(node, "workeroutput", None))
        if output is None or _OUTPUT not in output:
            self._left_out = True  # it crashed, and took what it knew along
        else:
            self._outputs.append(output[_OUTPUT])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write it down, or hand it to whoever collects."""
        output = cast("dict[str, Any] | None", getattr(self._config, "workeroutput", None))
        if output is not None:
            output[_OUTPUT] = self._output()
        else:
            self._write(whole=self._whole(session, exitstatus))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was recorded: it is to be looked at and kept."""
        for name in sorted({name for output in self._all() for name in output["recorded"]}):
            terminalreporter.write_line(f"summarizer recorded {name}: read it, then keep it with the tests.")

    def pytest_unconfigure(self) -> None:
        """Stop listening."""
        self._watching.close()

    def _output(self) -> dict[str, Any]:
        """What this process knows, as plain data."""
        root = self._config.rootpath
        # What a test makes in a temporary folder is not the project's.
        ours = [one for one in self._played if one.path.resolve().is_relative_to(root)]
        if not ours:
            return {"cassettes": {}, "left_out": self._left_out, "recorded": []}
        from summarizer.testing.ledger import entries, name_of

        found = {name: one.model_dump() for name, one in entries(root, ours).items()}
        recorded = [name_of(root, one.path) for one in ours if one.recorded]
        return {"cassettes": found, "left_out": self._left_out, "recorded": recorded}

    def _all(self) -> list[dict[str, Any]]:
        return [self._output(), *self._outputs]

    def _write(self, *, whole: bool) -> None:
        cache, outputs = getattr(self._config, "cache", None), self._all()
        if cache is None:
            return
        from_before = cache.get("summarizer/played", None)
        if from_before is None and not any(output["cassettes"] for output in outputs):
            # Most projects that have us installed test nothing of ours.
            return
        from summarizer.testing.ledger import KEY, Entry, Ledger, merged

        parts = [
            {name: Entry.model_validate(one) for name, one in output["cassettes"].items()}
            for output in outputs
        ]
        roots = self._roots() if whole and not any(output["left_out"] for output in outputs) else None
        ledger = Ledger(roots=roots, unfinished=sorted(self._unfinished), cassettes=merged(parts))
        before = Ledger.model_validate(from_before) if from_before else Ledger()
        cache.set(KEY, ledger.after(before).model_dump(mode="json"))

    def _whole(self, session: pytest.Session, exitstatus: int) -> bool:
        """Whether every test below the roots had its chance."""
        left_out = any(self._config.getoption(name, None) for name in _LEAVES_OUT)
        return exitstatus in _RAN_TO_THE_END and not left_out and not session.shouldfail

    def _roots(self) -> list[str] | None:
        """The folders that were run, from the root; None when single files or tests were named."""
        # Where nobody named anything, these are the test paths of the ini file, or where pytest was started.
        named = [self._config.invocation_params.dir / name for name in self._config.args]
        root = self._config.rootpath
        if not all(path.is_dir() and path.resolve().is_relative_to(root) for path in named):
            return None
        return sorted({path.resolve().relative_to(root).as_posix() for path in named})
