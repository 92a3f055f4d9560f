"""A claim of several clauses: each must be told, however much of the others the evidence has."""

import pytest

from summarizer.article import Article
from summarizer.grounding.claims import check_claim
from summarizer.grounding.claims.clauses import predicates
from summarizer.grounding.claims.reading import read

ARTICLE = Article.from_text(
    "Rebel group Northern Front attacked an army convoy outside Keld on Thursday, killing six soldiers, a spokesman "
    "for the army said. "
    "The rebels fled across the Sula River when helicopters arrived, and Governor Ana Veil shut the schools of Keld. "
    "Gotha released a long report on the raid and promised more aid to Keld. "
    "The mayor said the wells of the town were poisoned by the rebels in May.",
    published="2031-09-02",
)

INVENTED = [
    ("Northern Front attacked a convoy and the army surrendered.", "surrendered"),
    ("Northern Front killed six soldiers and burned a school.", "burned a school"),
    ("Rebel Northern Front attacks convoy, kills six soldiers, army rejects ceasefire.", "rejects ceasefire"),
    ("Northern Front attacked a convoy, burned a school and killed six soldiers.", "burned a school"),
    ("Northern Front burned a school and killed six soldiers.", "burned a school"),
    ("Northern Front attacks convoy, kills six soldiers, burns school.", "burns school"),
    ("Northern Front attacks convoy and burns school.", "burns school"),
    ("Northern Front attacked a convoy, burning a school.", "burning a school"),
    ("Northern Front attacked a convoy after rejecting a ceasefire.", "rejecting a ceasefire"),
    ("After stealing two tankers, Northern Front attacked a convoy.", "stealing two tankers"),
    ("Northern Front attacked an army convoy while police arrested a banker.", "arrested a banker"),
    ("Northern Front, which burned a school, attacked a convoy.", "burned a school"),
    ("Northern Front attacked a convoy; the army surrendered.", "surrendered"),
    ("Northern Front attacked a convoy. It burned a school.", "burned a school"),
    ("The army said Northern Front killed six soldiers and stole a tanker.", "stole a tanker"),
    ("Northern Front killed six soldiers by sinking a ferry.", "sinking a ferry"),
    ("Northern Front attacked a convoy and signed a treaty with Gotha.", "signed a treaty with Gotha"),
    ("Northern Front killed six soldiers and was defeated.", "defeated"),
]


@pytest.mark.parametrize(("claim", "words"), INVENTED, ids=[claim for claim, _ in INVENTED])
def test_an_invented_clause_beside_a_true_one_is_unsupported_and_named(claim: str, words: str):
    found = check_claim(claim, ARTICLE, sentences=[1])
    assert found.verdict == "unsupported"
    assert [issue.claim for issue in found.issues if issue.kind == "content"] == [words]
    assert words in found.issues[-1].message


@pytest.mark.parametrize(
    ("claim", "cites"),
    [
        ("Northern Front carried out an attack on a convoy and left six soldiers dead.", [1]),
        ("Northern Front made an attack outside Keld, leaving six soldiers dead, the army said.", [1]),
        ("Rebels struck an army convoy and six troops died.", [1]),
        ("Northern Front raids convoy, kills six soldiers, army says.", [1]),
        ("An army spokesman reported that Northern Front had ambushed a convoy and slain six soldiers.", [1]),
        ("Six soldiers were killed when Northern Front attacked a convoy, according to the army.", [1]),
        ("Northern Front killed six soldiers and fled across the Sula River.", [1, 2]),
        (
            "Northern Front attacked a convoy, and the rebels escaped over the river when helicopters came.",
            [1, 2],
        ),
        ("Helicopters arrived, the rebels fled, and Ana Veil closed the schools.", [2]),
        ("Gotha, which pledged aid to Keld, published a report on the attack.", [3]),
        ("Gotha published a long report and vowed that Keld would get more aid.", [3]),
    ],
)
def test_a_faithful_claim_of_several_clauses_is_supported(claim: str, cites: list[int]):
    found = check_claim(claim, ARTICLE, sentences=cites)
    assert (found.verdict, found.issues) == ("supported", ())


def test_a_verb_in_other_words_passes_where_the_evidence_has_an_unused_one_beside_the_same_object():
    article = Article.from_text(
        "Zembian troops swept through Ostrel on Monday and detained nine miners there."
    )
    faithful = check_claim("Zembian troops entered Ostrel and detained nine miners", article, sentences=[1])
    assert faithful.verdict == "supported"
    invented = check_claim("Zembian troops swept through Ostrel and bombed Ostrel", article, sentences=[1])
    assert invented.verdict == "unsupported"


def test_a_clause_that_another_sentence_tells_of_the_same_actor_is_held_against_that_one_too():
    claim = "Carvia sent envoys to Ulm and closed its harbours"
    told = Article.from_text(
        "Carvia sent envoys to Ulm on Friday. The envoys dined. On Friday Carvia closed its harbours."
    )
    found = check_claim(claim, told, sentences=[1])
    assert (found.verdict, found.sentences, found.repaired) == ("supported", (1, 3), False)
    of_another = Article.from_text(
        "Carvia sent envoys to Ulm on Friday. The envoys dined. Zembia closed its harbours."
    )
    found = check_claim(claim, of_another, sentences=[1])
    assert (found.verdict, found.sentences) == ("unsupported", (1,))


def test_the_last_clause_of_a_headline_may_be_a_plural_and_its_verb():
    article = Article.from_text(
        "Gotha sent two frigates to the Strait of Ulm on Monday. Rain fell. Both governments met on Friday."
    )
    found = check_claim(
        "Gotha sends two frigates to Strait of Ulm, governments meet.", article, sentences=[1]
    )
    assert (found.verdict, found.sentences) == ("supported", (1, 3))
    found = check_claim(
        "Gotha sends two frigates to Strait of Ulm, governments surrender.", article, sentences=[1]
    )
    assert [(issue.kind, issue.claim) for issue in found.issues] == [("content", "surrender")]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Gotha warned that Brevia would attack", ["warned that would attack"]),
        ("Gotha said that the days of the group in Ulm and Brevia are numbered", None),
        ("Troops of Gotha crossed the border and two officers left", ["crossed the border", "left"]),
        ("Gotha's envoy, a lawyer, and his wife left Ulm on Monday", ["left Ulm on Monday"]),
        ("On Monday, in Ulm, Gotha agreed to withdraw its troops, tanks and guns", None),
    ],
)
def test_predicates_run_from_one_verb_to_the_next_statement(claim: str, expected: list[str] | None):
    reading = read(claim)
    found = [" ".join(reading.tokens[i].text for i in predicate) for predicate in predicates(reading)]
    if expected is None:
        assert len(found) == 1
    else:
        assert found == expected
