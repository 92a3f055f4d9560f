"""One entry for each actor, whatever the sources call it; never one entry for two."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.notes.actors import MergedActors, merge_actors
from summarizer.notes.same_actor import Entry, entries_of, is_common
from summarizer.notes.sources import gather
from summarizer.types import Actor, ActorKind, Span
from tests.notes.lake import lake_articles, lake_briefings


def actor(
    name: str,
    *aliases: str,
    kind: ActorKind = "person",
    country: str | None = None,
    role: str | None = None,
    number: int = 1,
) -> Actor:
    return Actor(
        id=f"a{number}",
        name=name,
        aliases=list(aliases),
        kind=kind,
        country=country,
        sector=None,
        role=role,
        mentions=[Span(sentence=1, start=0, end=len(name), quote=name)],
    )


def merged(*actors: Actor) -> list[set[str]]:
    """Each actor from a source of its own; the sets of names that became one."""
    entries = [Entry(f"d{n}", one, None) for n, one in enumerate(actors, 1)]
    found = merge_actors(entries)
    names = {(entry.source, entry.actor.id): entry.actor.name for entry in entries}
    return [{names[member.source, member.id] for member in group.members} for group in found.actors]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (actor("Mirel Dasko"), actor("Dasko")),
        (actor("Mirel Dasko", country="POL"), actor("Mirel Dasko")),
        (actor("Joe A. Tarn"), actor("Joe Tarn")),
        (actor("Alexander Tarn"), actor("Alex Tarn")),
        (actor("Valerij Gerasimow"), actor("Valerij Gerasimov")),
        (actor("Ostrania", kind="state", country="POL"), actor("Republic of Ostrania", kind="state", country="POL")),
        (actor("Belmora", kind="state"), actor("Belmoran", kind="state")),
        (actor("Lake Sarn Commission", kind="igo"), actor("LSC", kind="other")),
        (actor("Coastal Front", kind="armed_group"), actor("the Coastal Front", kind="other")),
        (actor("Defense Ministry", kind="government_body", country="POL"), actor("Defense Ministry", kind="government_body", country="POL")),
        (actor("protesters", kind="population"), actor("protesters", kind="population")),
    ],
)  # fmt: skip
def test_two_names_of_one_actor_become_one_entry(one: Actor, other: Actor) -> None:
    assert len(merged(one, other)) == len(merged(other, one)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (actor("Anders Quell"), actor("Henrik Quell")),
        (actor("Anders Quell", country="POL"), actor("Anders Quell", country="DEU")),
        (actor("Quell", country="POL"), actor("Quell", country="DEU")),
        (actor("Oskara", kind="state"), actor("Belmora", kind="state")),
        (actor("Defense Ministry", kind="government_body"), actor("Defense Ministry", kind="government_body")),
        (actor("Defense Ministry", kind="government_body", country="POL"), actor("Defense Ministry", kind="government_body", country="DEU")),
        (actor("Georgia", kind="state", country="GEO"), actor("Georgia Tarn")),
    ],
)  # fmt: skip
def test_what_may_be_two_stays_two(one: Actor, other: Actor) -> None:
    """A shared surname or the name of an office joins nobody."""
    assert len(merged(one, other)) == 2


def test_a_surname_alone_joins_its_person_only_where_one_can_be_meant() -> None:
    anders, henrik, quell = actor("Anders Quell"), actor("Henrik Quell"), actor("Quell")

    for order in permutations([anders, quell]):
        assert merged(*order) == [{"Anders Quell", "Quell"}]
    for order in permutations([anders, henrik, quell]):
        assert sorted(map(len, merged(*order))) == [1, 1, 1]


def test_an_office_tells_which_of_two_namesakes_is_meant() -> None:
    found = merged(
        actor("Anders Quell", role="Foreign Minister"),
        actor("Henrik Quell", role="engineer"),
        actor("Quell", role="Belmoran foreign minister"),
    )

    assert {"Anders Quell", "Quell"} in found


def test_an_owner_tells_one_ministry_from_another() -> None:
    def entry(source: str, text: str) -> Entry:
        start = text.index("Defense Ministry")
        span = Span(sentence=1, start=start, end=start + 16, quote="Defense Ministry")
        article = Article(text=text, id=source)
        return Entry(
            source,
            actor("Defense Ministry", kind="government_body").model_copy(update={"mentions": [span]}),
            article,
        )

    entries = [
        entry("d1", "Belmora's Defense Ministry said so."),
        entry("d2", "The Belmoran Defense Ministry agreed."),
        entry("d3", "Oskara's Defense Ministry denied it."),
    ]

    assert [len(group.members) for group in merge_actors(entries).actors] == [2, 1]


def test_two_actors_of_one_briefing_are_never_joined() -> None:
    one, other = actor("Dasko", number=1), actor("Mirel Dasko", number=2)

    assert len(merge_actors([Entry("d1", one, None), Entry("d1", other, None)]).actors) == 2


def test_a_bare_name_that_another_source_knows_as_a_state_is_that_state() -> None:
    gathered = gather(lake_briefings(), lake_articles(), grades=None)

    belmora = next(
        a for a in merge_actors(entries_of(gathered.sources, gathered.articles)).actors if a.name == "Belmora"
    )

    assert belmora.kind == "state"
    assert len(belmora.members) == 4


def test_the_fullest_name_stands_and_the_others_are_aliases() -> None:
    found = merge_actors(
        [
            Entry("d1", actor("Dasko", "President Dasko"), None),
            Entry("d2", actor("Mirel Dasko", role="President"), None),
        ]
    ).actors[0]

    assert found.name == "Mirel Dasko"
    assert found.aliases == ["Dasko", "President Dasko"]
    assert found.role == "President"


@pytest.mark.parametrize("name", ["Defense Ministry", "soldiers", "the police", "government"])
def test_names_that_many_bear_are_known(name: str) -> None:
    assert is_common(name.casefold())


def test_names_of_their_own_are_not_common() -> None:
    assert not is_common("lake sarn commission")


NAMES = st.sampled_from(["Anders Quell", "Henrik Quell", "Quell", "Mirel Dasko", "Dasko", "Tarn", "Joe Tarn"])
COUNTRIES = st.sampled_from([None, "POL", "DEU"])
SOURCES = st.lists(
    st.lists(st.tuples(NAMES, COUNTRIES), max_size=4, unique_by=lambda pair: pair[0]), max_size=5
)


def entries(sources: list[list[tuple[str, str | None]]]) -> list[Entry]:
    return [
        Entry(f"d{n}", actor(name, country=country, number=m), None)
        for n, held in enumerate(sources, 1)
        for m, (name, country) in enumerate(held, 1)
    ]


@given(SOURCES)
def test_every_entry_has_one_home_and_none_is_shared_by_two_countries(
    sources: list[list[tuple[str, str | None]]],
) -> None:
    given_entries = entries(sources)
    found: MergedActors = merge_actors(given_entries)
    countries = {(e.source, e.actor.id): e.actor.country for e in given_entries}

    members = [(m.source, m.id) for group in found.actors for m in group.members]
    assert sorted(members) == sorted(countries)
    for group in found.actors:
        assert len({m.source for m in group.members}) == len(group.members)
        assert len({countries[m.source, m.id] for m in group.members} - {None}) <= 1


@given(st.lists(st.tuples(NAMES, COUNTRIES), min_size=1, max_size=4, unique_by=lambda pair: pair[0]))
def test_the_same_actors_told_twice_find_each_other(held: list[tuple[str, str | None]]) -> None:
    """A full name meets its twin; a surname too, unless two persons of that name are about."""
    found = merge_actors(entries([held, held]))

    for group in found.actors:
        if " " in group.name:
            assert len(group.members) >= 2
