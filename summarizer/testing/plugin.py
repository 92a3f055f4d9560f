"""The pytest plugin: a test that calls a model replays a recording, or makes it when asked to.

Everything that is slow to import is imported once a test uses it: this module is loaded by every pytest run of
every project that has summarizer installed.
"""

import os
import re
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from summarizer.errors import CassetteError

__all__ = ["summarizer_cassette"]

MODES: Final = ("none", "once", "rewrite")
LONGEST_NAME: Final = 120
"""Characters of a file name made from a test's name."""

MARK: Final = (
    "summarizer_cassette(name): answer the test's model requests from cassettes/NAME.yaml; without a name, from a "
    "file named after the test. The network is blocked meanwhile."
)
LOOPBACK: Final = "summarizer_loopback: let the test speak to this machine although the network is blocked."

_BLOCK: Final = pytest.StashKey[ExitStack]()
_EXPLAINED: Final = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our options."""
    group = parser.getgroup("summarizer", "summarizer: recorded model runs")
    group.addoption(
        "--summarizer-record",
        choices=MODES,
        help="none: replay (default); once: record what has no recording yet; rewrite: record anew. "
        "Also SUMMARIZER_RECORD, or summarizer_record in the ini file, which CI ignores.",
    )
    group.addoption(
        "--summarizer-block-network",
        action="store_true",
        help="Block the network in every test, recorded or not.",
    )
    parser.addini(
        "summarizer_cassettes",
        "Folder of the recordings, from the root of the tests (default: cassettes, beside each test file).",
        default="",
    )
    parser.addini("summarizer_record", "As --summarizer-record; ignored where CI is set.", default="none")
    parser.addini("summarizer_block_network", "As --summarizer-block-network.", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Register our marks, and take note of what is played."""
    for mark in (MARK, LOOPBACK):
        config.addinivalue_line("markers", mark)
    if record_mode(config) not in MODES:
        raise pytest.UsageError(
            f"summarizer_record is {record_mode(config)!r}; it can be {', '.join(MODES)}."
        )
    from summarizer.testing.noting import Noting

    config.pluginmanager.register(Noting(config), "summarizer-noting")


def record_mode(config: pytest.Config) -> str:
    """Whether recordings are made: the option, else the environment, else the ini file unless this is CI."""
    if chosen := config.getoption("--summarizer-record") or os.environ.get("SUMMARIZER_RECORD"):
        return str(chosen)
    return "none" if os.environ.get("CI") else str(config.getini("summarizer_record"))


@pytest.fixture
def summarizer_cassette(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Answers the model requests of this test from its recording; gives the path of the recording.

    Fixtures that ask a model must come after it. Those of a wider scope use `summarizer.testing.use_cassette`.
    """
    item = request.node
    path = _path(item)
    mode = record_mode(item.config)
    record = mode == "rewrite" or (mode == "once" and not path.exists())
    item.stash[_BLOCK] = block = _entered(item, path, record=record)
    yield path
    if item.stash.get(_BLOCK, None) is block:
        # Another fixture failed before the test could run, which is what is to be seen.
        block.pop_all()


@pytest.fixture(autouse=True)
def _summarizer_marks(request: pytest.FixtureRequest) -> Iterator[None]:
    """What our marks and options ask for, without the test having to name a fixture."""
    config = request.config
    with ExitStack() as stack:
        if config.getoption("--summarizer-block-network") or config.getini("summarizer_block_network"):
            from summarizer.testing.blocking import blocked

            if (
                request.node.get_closest_marker("summarizer_cassette") is None
                or record_mode(config) == "none"
            ):
                stack.enter_context(blocked(loopback=_loopback(request.node)))
        if request.node.get_closest_marker("summarizer_cassette") is not None:
            request.getfixturevalue("summarizer_cassette")
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Let a fixture that met a request without recording fail with the explanation."""
    try:
        return (yield)
    except BaseException as error:
        _leave(item, error)
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """End the block with the test, so that what is wrong with the recording is the test's own failure."""
    try:
        result = yield
    except BaseException as error:
        _leave(item, error)
        raise
    _leave(item, None)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[None]"
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what a recording has to say without the client libraries it came through."""
    report = yield
    if report.failed and call.excinfo and item.stash.get(_EXPLAINED, False):
        from summarizer.errors import CassetteError

        error = call.excinfo.value
        if isinstance(error, CassetteError) and item.config.getoption("tbstyle") == "auto":
            report.longrepr = f"{error}\n\n{error.hint}"
    return report


def _entered(item: pytest.Item, path: Path, *, record: bool) -> ExitStack:
    from summarizer.testing.blocking import blocked
    from summarizer.testing.cassettes import use_cassette

    again = f"pytest {_shell(item.nodeid)} --summarizer-record"
    item.stash[_EXPLAINED] = True
    if not record and not path.exists():
        raise _missing(item, path, f"{again}=once")
    with ExitStack() as stack:
        hint = f"If the change is meant, record again: {again}=rewrite"
        stack.enter_context(use_cassette(path, record=record, hint=hint, test=item.nodeid))
        if not record:
            stack.enter_context(blocked(loopback=_loopback(item)))
        return stack.pop_all()


def _leave(item: pytest.Item, error: BaseException | None) -> None:
    """End the block of a test, if there is one; raises what the recording has to say."""
    block = item.stash.get(_BLOCK, None)
    if block is None:
        return
    del item.stash[_BLOCK]
    item.stash[_EXPLAINED] = True
    block.__exit__(type(error) if error else None, error, error.__traceback__ if error else None)


def _missing(item: pytest.Item, path: Path, command: str) -> "CassetteError":
    from summarizer.errors import CassetteError

    shown = path.relative_to(item.config.rootpath) if path.is_relative_to(item.config.rootpath) else path
    hint = f"Record it once, with the model that the test asks for: {command}"
    return CassetteError(f"there is no recording {str(shown)!r} for this test", hint=hint)


def _path(item: pytest.Item) -> Path:
    """Where the recording of a test lies."""
    mark = item.get_closest_marker("summarizer_cassette")
    name = str(mark.args[0]) if mark is not None and mark.args else _name(item)
    if PurePath(name).is_absolute() or ".." in PurePath(name).parts:
        raise pytest.UsageError(
            f"{item.nodeid}: {name!r} is no name for a recording below the cassettes folder."
        )
    set_folder = str(item.config.getini("summarizer_cassettes"))
    folder = item.config.rootpath / set_folder if set_folder else item.path.parent / "cassettes"
    return folder / f"{name.removesuffix('.yaml')}.yaml"


def _name(item: pytest.Item) -> str:
    """`test_file.test_name`, with the class and the parameters when there are any."""
    inside = item.nodeid.partition("::")[2].replace("::", ".")
    name = re.sub(r"[^\w.=-]+", "-", f"{item.path.stem}.{inside}").strip("-.")
    if len(name) <= LONGEST_NAME:
        return name
    from hashlib import sha256

    return f"{name[:LONGEST_NAME]}-{sha256(name.encode()).hexdigest()[:8]}"


def _loopback(node: Any) -> bool:
    return node.get_closest_marker("summarizer_loopback") is not None


def _shell(nodeid: str) -> str:
    import shlex

    return shlex.quote(nodeid)
