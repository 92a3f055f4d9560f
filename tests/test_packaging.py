"""The wheel carries its prompts and tables, and works outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.recording import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without isolation and without network: hatchling is part of the test environment."""
    out = tmp_path_factory.mktemp("wheel")
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(out)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return out / done.stdout.strip().splitlines()[-1]


def test_the_wheel_holds_every_prompt_and_table_and_nothing_of_the_checkout(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    for folder in ("prompts", "schemas"):
        for path in (ROOT / folder).iterdir():
            assert f"summarizer/{folder}/{path.name}" in names
    assert "summarizer/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"summarizer"}


@pytest.mark.wheel
def test_an_installed_wheel_shows_its_prompts_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Only our wheel is new in the environment; what it depends on is borrowed, since there is no network."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    where = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        where,
        str(wheel),
    ]
    subprocess.run(install, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    borrowed = next(path for path in sys.path if path.endswith("site-packages"))
    # A path file appended last: our installed wheel comes first, the editable checkout never.
    code = "import sys; sys.path.append(sys.argv.pop(1)); from summarizer.cli import app; app()"

    shown = subprocess.run(
        [str(python), "-c", code, borrowed, "show", "prompt", "summary"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )

    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("=== system\nYou are")
    assert str(ROOT) not in shown.stdout + shown.stderr
