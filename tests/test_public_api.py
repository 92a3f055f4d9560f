"""What a caller may rely on."""

import subprocess
import sys

import pytest

import summarizer
from summarizer import errors


def test_every_exported_name_is_there_and_explains_itself() -> None:
    for name in summarizer.__all__:
        assert getattr(summarizer, name).__doc__, name


def test_all_errors_are_exported_have_a_hint_and_grow_on_one_tree() -> None:
    defined = {
        n for n, v in vars(errors).items() if isinstance(v, type) and issubclass(v, errors.SummarizerError)
    }

    assert defined == set(errors.__all__)
    for name in errors.__all__:
        error = getattr(errors, name)
        assert error("it broke").hint, name
        assert name in (errors.__doc__ or ""), f"{name} is missing in the drawing of the tree"


def test_an_error_takes_a_hint_of_its_own() -> None:
    assert errors.SettingsError("no such model", hint="Use another.").hint == "Use another."


@pytest.mark.parametrize("module", ["summarizer", "summarizer.cli"])
def test_importing_stays_light(module: str) -> None:
    heavy = [
        "openai",
        "instructor",
        "httpx2",
        "jinja2",
        "tenacity",
        "llguidance",
        "xllamacpp",
        "pycountry",
        "vcr",
        "sentencex",
    ]
    code = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
