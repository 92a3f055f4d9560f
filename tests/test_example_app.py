"""The example application and its tests: here, and in an environment that has our wheel and nothing else of ours."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.recording import ROOT

EXAMPLE = ROOT / "tests" / "example_app"
PARTS = ("newsroom.py", "test_newsroom.py", "articles", "cassettes")

pytest_plugins = ["pytester"]


@dataclass(frozen=True)
class Installed:
    """An environment with our wheel in it."""

    python: Path
    packages: Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built and installed without a network; what that depends on is borrowed."""
    home = tmp_path_factory.mktemp("installed")
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(home)!r}))"
    built = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home / "venv")], check=True)
    found = home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    where = subprocess.run(
        [str(found), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    wheel = home / built.stdout.strip().splitlines()[-1]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", where]
    subprocess.run([*pip, str(wheel)], check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    # Appended after our own: the installed wheel comes first. A .pth inside it, such as that of a checkout, is not read.
    (Path(where) / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return Installed(found, Path(where))


def run(installed: Installed, project: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a module far from the checkout, with neither our settings nor our paths."""
    env = {"PATH": os.environ["PATH"], "HOME": str(project)}
    return subprocess.run(
        [str(installed.python), "-m", *command],
        cwd=project,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def lay_out(home: Path) -> Path:
    """The example as its user would have it: a project of its own."""
    for part in PARTS:
        source = EXAMPLE / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, home / part)
    (home / "pytest.ini").write_text(
        "[pytest]\npythonpath = .\naddopts = --strict-markers\n", encoding="utf-8"
    )
    return home


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example, laid out."""
    return lay_out(tmp_path)


@pytest.fixture
def reworded(installed: Installed) -> Iterator[Path]:
    """One of the installed prompts with another word in it."""
    template = installed.packages / "summarizer" / "prompts" / "summary.user.md.jinja"
    ours = template.read_text(encoding="utf-8")
    assert "Task: restate" in ours
    template.write_text(ours.replace("Task: restate", "Please restate"), encoding="utf-8")
    yield template
    template.write_text(ours, encoding="utf-8")


def test_the_example_passes_its_tests(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    lay_out(pytester.path)

    pytester.runpytest_inprocess("-p", "summarizer.testing.plugin").assert_outcomes(passed=5)


@pytest.mark.wheel
def test_the_example_passes_its_tests_with_only_the_wheel_installed(
    installed: Installed, project: Path
) -> None:
    done = run(installed, project, "pytest", "-q")

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ passed", done.stdout)


@pytest.mark.wheel
def test_a_changed_prompt_is_told_by_the_check_and_explained_by_the_test(
    installed: Installed, project: Path, reworded: Path
) -> None:
    checked = run(installed, project, "summarizer", "cassettes", "check")
    tested = run(installed, project, "pytest", "-q", "-k", "becomes_a_note")

    assert checked.returncode == 1
    assert "lighthouse.yaml: stale: changed since" in checked.stdout
    assert "prompt summary" in checked.stdout
    assert tested.returncode == 1
    assert "Please restate" in tested.stdout
    assert "changed since it was recorded" in tested.stdout
    assert "--summarizer-record=rewrite" in tested.stdout
    assert "Connection error" not in tested.stdout


@pytest.mark.wheel
def test_the_check_finds_nothing_while_nothing_has_changed(installed: Installed, project: Path) -> None:
    checked = run(installed, project, "summarizer", "cassettes", "check")

    assert (checked.returncode, checked.stdout) == (0, "1 recording checked, none with a fault\n"), (
        checked.stderr
    )
