"""The codebook: complete, true to PLOVER 2.0, and loud when it is wrong."""

import hashlib
import re
from collections.abc import Callable, Collection
from dataclasses import FrozenInstanceError, asdict
from pathlib import Path
from typing import get_args

import pytest

from summarizer.codebook import Codebook, codebook, load
from summarizer.errors import SettingsError
from summarizer.resources import folder
from summarizer.types.signals import AttributionType, Axis, Direction, Domain, EventType, Level, Modality

BOOK = codebook()
FILE = folder("schemas") / "codebook.toml"

QUAD_AND_SCORE = {
    "AGREE": (1, 2.5),
    "CONSULT": (1, 2.5),
    "SUPPORT": (1, 5),
    "CONCEDE": (1, 4.5),
    "COOPERATE": (2, 9.5),
    "AID": (2, 10),
    "RETREAT": (2, 6.5),
    "REQUEST": (3, 0),
    "ACCUSE": (3, -3),
    "REJECT": (3, -2),
    "THREATEN": (3, -3.5),
    "PROTEST": (4, -5),
    "SANCTION": (4, -6),
    "MOBILIZE": (4, -5.5),
    "COERCE": (4, -7),
    "ASSAULT": (4, -9),
}
"""The tables of the PLOVER 2.0 manual, with its two errata put right (ACCUSE, SANCTION)."""


@pytest.mark.parametrize(
    ("defined", "published"),
    [
        pytest.param(BOOK.event_types, EventType, id="event types"),
        pytest.param(BOOK.directions, Direction, id="directions"),
        pytest.param(BOOK.axes, Axis, id="axes"),
        pytest.param(BOOK.modalities, Modality, id="modalities"),
        pytest.param(BOOK.domains, Domain, id="domains"),
        pytest.param(BOOK.attributions, AttributionType, id="attributions"),
        pytest.param(BOOK.levels, Level, id="levels"),
        pytest.param(BOOK.escalation.modality, Modality, id="modality factors"),
    ],
)
def test_codebook_and_published_types_name_the_same_things(
    defined: Collection[str], published: object
) -> None:
    """Neither knows a name that the other lacks."""
    assert set(defined) == set(get_args(published))


def test_quads_and_scores_are_those_of_plover_2() -> None:
    assert {name: (e.quad, e.score) for name, e in BOOK.event_types.items()} == QUAD_AND_SCORE


@pytest.mark.parametrize(
    ("code", "score"),
    [
        ("CONSULT phone", 1.5),
        ("RETREAT disarm", 10),
        ("REQUEST assist", 0.5),
        ("ACCUSE disapprove", -2),
        ("THREATEN territory", -4),
        ("SANCTION expel", -5.5),
        ("MOBILIZE weapons", -6.5),
        ("COERCE martial-law", -7.5),
        ("ASSAULT heavy-weapons", -9.5),
        ("ASSAULT unconventional", -10),
    ],
)
def test_a_mode_has_its_own_score(code: str, score: float) -> None:
    event_type, mode = code.split()
    assert BOOK.score(event_type, mode) == score


def test_a_mode_without_a_score_takes_that_of_its_type() -> None:
    assert BOOK.mode("PROTEST", "vandalize").score is None
    assert BOOK.score("PROTEST", "vandalize") == BOOK.score("PROTEST") == -5


def test_modes_stay_on_the_side_of_their_type() -> None:
    """Only REQUEST, which scores 0, has modes on both sides."""
    for name, entry in BOOK.event_types.items():
        scores = [BOOK.score(name, mode) for mode in entry.modes]
        assert name == "REQUEST" or all(score * entry.score > 0 for score in scores), name


def test_the_usual_direction_follows_the_sign() -> None:
    for name, entry in BOOK.event_types.items():
        expected = "escalatory" if entry.score < 0 else "de_escalatory" if entry.score else "ambiguous"
        assert entry.direction == expected, name


def test_an_embargo_is_a_sanction() -> None:
    """The CAMEO2PLOVER map says COERCE restrict, against the manual."""
    code = BOOK.signal("sanctions_or_embargo").codes[0]
    assert (code.event_type, code.mode) == ("SANCTION", "discontinue")


def test_arms_and_permissions_are_friendly_acts_that_feed_the_war() -> None:
    for name in ("arms_transfer", "strike_permission"):
        signal = BOOK.signal(name)
        assert signal.direction == "escalatory"
        assert BOOK.score(signal.codes[0].event_type) > 0


@pytest.mark.parametrize("modality", ["occurred", "ongoing", "planned", "threatened", "alleged"])
def test_intensity_is_the_score(modality: str) -> None:
    assert BOOK.intensity("ASSAULT", "drone", modality) == -9.5
    assert BOOK.intensity("ASSAULT", None, modality) == -9


@pytest.mark.parametrize("modality", ["denied", "hypothetical"])
def test_what_did_not_happen_has_no_intensity(modality: str) -> None:
    assert BOOK.intensity("ASSAULT", "drone", modality) is None


def test_a_threat_keeps_the_score_of_a_threat() -> None:
    """Not that of the act it threatens with."""
    assert BOOK.intensity("THREATEN", "violence", "threatened") == -3.5


def test_escalation_never_weighs_by_a_sign_that_misleads() -> None:
    """A friendly type has its own weight when escalatory, a hostile one when de-escalatory."""
    rules = BOOK.escalation
    friendly = {name for name, entry in BOOK.event_types.items() if entry.score >= 0}
    hostile = {name for name, entry in BOOK.event_types.items() if entry.score <= 0}
    assert friendly == set(rules.rising)
    assert hostile <= set(rules.easing)


def test_what_a_model_reads_is_short() -> None:
    for name, entry in BOOK.event_types.items():
        assert len(entry.definition.split()) <= 20, name
        assert all(len(rule.split()) <= 20 for rule in entry.rules), name
        assert all(len(mode.means.split()) <= 10 for mode in entry.modes.values()), name
    assert all(len(signal.means.split()) <= 12 for signal in BOOK.signals.values())


@pytest.mark.parametrize(
    ("look_up", "closest"),
    [
        pytest.param(lambda: BOOK.event_type("ASSULT"), "ASSAULT", id="event type"),
        pytest.param(lambda: BOOK.event_type("threaten"), "THREATEN", id="letter case"),
        pytest.param(lambda: BOOK.mode("ASSAULT", "heavy_weapons"), "heavy-weapons", id="mode"),
        pytest.param(lambda: BOOK.signal("troop_build_up"), "troop_buildup", id="signal"),
        pytest.param(lambda: BOOK.sector("GVO"), "GOV", id="sector"),
        pytest.param(lambda: BOOK.intensity("ASSAULT", None, "occured"), "occurred", id="modality"),
    ],
)
def test_an_unknown_name_brings_the_closest(look_up: Callable[[], object], closest: str) -> None:
    with pytest.raises(SettingsError, match=f"did you mean .*{closest}") as caught:
        look_up()
    assert "show codebook" in caught.value.hint


def test_an_unknown_name_like_no_other_brings_the_list() -> None:
    with pytest.raises(SettingsError, match="no mode of CONSULT 'zzz'; it has visit, third-party"):
        BOOK.mode("CONSULT", "zzz")
    with pytest.raises(SettingsError, match="no mode of AID 'money'; it has none"):
        BOOK.mode("AID", "money")


def test_it_is_read_once() -> None:
    assert codebook() is codebook()


def test_the_digest_is_that_of_the_file() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == BOOK.digest
    assert load(FILE) == BOOK


def test_it_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        BOOK.version = "mine"  # pyright: ignore[reportAttributeAccessIssue] - the point of the test


def _edited(tmp_path: Path, old: str, new: str) -> Codebook:
    """Load the codebook with one passage changed."""
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} should occur once"
    path = tmp_path / "codebook.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load(path)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param('version = "plover-2.0/1"', "", "version: Field required", id="missing key"),
        pytest.param(
            "[event_types.AGREE]", "[event_types.YIELD]", "event_types.YIELD", id="unknown event type"
        ),
        pytest.param('information = "Prop', 'rumour = "Prop', "domains", id="domain renamed"),
        pytest.param("denied = 0.0\n", "", "escalation.modality.*no entry for denied", id="missing factor"),
        pytest.param(
            "phone = { score = 1.5", "phone = { score = 15", "CONSULT.modes.phone.score", id="range"
        ),
        pytest.param("lead = 0.8", 'lead = "0.8"', "escalation.lead", id="text for a number"),
        pytest.param("lead = 0.8", "lead = 0.8\nled = 0.8", "escalation.led", id="unknown key"),
        pytest.param(
            '["COERCE cyber"]', '["COERCE cybre"]', "cyber_operation: COERCE has no mode 'cybre'", id="code"
        ),
        pytest.param("floor = 6.0", "floor = 3.0", "levels: the floors must", id="levels out of order"),
        pytest.param("floor = 6.0, ", "", "levels: the floors must", id="level without floor"),
        pytest.param("[directions]", "[directions", "not valid TOML.*line", id="no TOML"),
    ],
)
def test_a_broken_codebook_names_the_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    with pytest.raises(SettingsError, match=place) as caught:
        _edited(tmp_path, old, new)
    assert str(tmp_path / "codebook.toml") in str(caught.value)


def test_a_missing_codebook_names_the_path(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml cannot be read"):
        load(tmp_path / "nowhere.toml")


def test_a_codebook_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_bytes('version = "café"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="not valid TOML"):
        load(path)


def test_the_readme_shows_the_numbers_of_the_codebook() -> None:
    """Factors, weights and levels are repeated there for readers."""
    readme = (FILE.parent / "README.md").read_text(encoding="utf-8")
    rules = BOOK.escalation
    factors = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", readme, re.MULTILINE)
    numbers = {key: value for key, value in asdict(rules).items() if isinstance(value, int | float)}
    assert {key: float(value) for key, value in factors} == numbers
    for name in ("rising", "rising_nuclear", "easing"):
        row = next(line for line in readme.splitlines() if line.startswith(f"| `{name}`"))
        assert {key: float(value) for key, value in re.findall(r"([A-Z]+) ([\d.]+)", row)} == asdict(rules)[
            name
        ]
    names, values = (
        next(line for line in readme.splitlines() if line.startswith(f"| {head} ")).strip("| ").split(" | ")
        for head in ("modality | occurred", "factor | 1.0")
    )
    assert dict(zip(names[1:], map(float, values[1:]), strict=True)) == rules.modality
    for level, entry in BOOK.levels.items():
        assert f"| {level} | {'-' if entry.floor is None else entry.floor} | {entry.means} |" in readme
    assert f"looks for ({len(BOOK.signals)})" in readme
    assert f"sector code ({len(BOOK.sectors)})" in readme
