import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cp.matching import keys
from cp.matching.likeness import Likeness, close_by_letters, likeness
from cp.matching.names import fold
from tests.matching.children import FAMILY, GIVEN

names = st.sampled_from([*map(fold, GIVEN + FAMILY)]) | st.text("abeimnrst", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        pytest.param("amira", "amira", Likeness.SAME, id="the same"),
        pytest.param("mohammed", "muhammad", Likeness.SPELLING, id="spellings of Mohammed"),
        pytest.param("sean", "shaun", Likeness.SPELLING, id="spellings of Sean"),
        pytest.param("aisha", "ayesha", Likeness.SPELLING, id="spellings of Aisha"),
        pytest.param("kate", "catherine", Likeness.SHORT, id="English short form"),
        pytest.param("gosia", "malgorzata", Likeness.SHORT, id="Polish short form"),
        pytest.param("jas", "jaswinder", Likeness.SHORT, id="Punjabi short form"),
        pytest.param("immy", "imogen", Likeness.SHORT, id="British short form"),
        pytest.param("mo", "mohammed", Likeness.ONE_NAME, id="short for another spelling"),
        pytest.param("dafydd", "david", Likeness.FORM, id="Welsh form"),
        pytest.param("siddiqui", "siddiqi", Likeness.SPELT, id="a letter left out"),
        pytest.param("patel", "patal", Likeness.SPELT, id="a letter changed"),
        pytest.param("nowak", "nwoak", Likeness.SPELT, id="two letters exchanged"),
        pytest.param("siddiqui", "sidiqi", Likeness.SPELT, id="two letters left out, the same sound"),
        pytest.param("geoffrey", "jeffrey", Likeness.SPELT, id="the first letter wrong, the same sound"),
        pytest.param("catherine", "kathryn", Likeness.SOUND, id="sound alike"),
        pytest.param("philip", "filip", Likeness.SOUND, id="another first letter"),
        pytest.param("rhys", "reece", Likeness.SOUND, id="Welsh spelling"),
        pytest.param("wisniewski", "wishniewski", Likeness.SPELT, id="Polish spelling"),
        pytest.param("szymon", "shimon", Likeness.SPELT, id="Polish sz"),
        pytest.param("zhang", "jang", Likeness.SOUND, id="Chinese zh"),
        pytest.param("qureshi", "koreshi", Likeness.SPELT, id="Arabic q"),
        pytest.param("cathy", "katie", Likeness.ONE_NAME, id="forms of one name"),
        pytest.param("oliver", "olivia", Likeness.CLOSE, id="begin alike"),
        pytest.param("ivy", "ava", Likeness.OTHER, id="the same consonants, other names"),
        pytest.param("mia", "max", Likeness.OTHER, id="short names apart"),
        pytest.param("smith", "jones", Likeness.OTHER, id="nothing alike"),
    ],
)  # fmt: skip
def test_how_like_two_given_names_are(a: str, b: str, how: Likeness) -> None:
    assert likeness(a, b, given=True) is how


def test_family_names_have_no_short_forms() -> None:
    assert likeness("kate", "catherine", given=False) is Likeness.OTHER


def test_family_names_have_spellings() -> None:
    assert likeness("hussain", "hossein", given=False) is Likeness.SPELLING


@given(names, names, st.booleans())
def test_likeness_is_the_same_both_ways_round(a: str, b: str, given_names: bool) -> None:
    assert likeness(a, b, given=given_names) is likeness(b, a, given=given_names)


@given(names, names)
def test_only_the_same_name_is_the_same(a: str, b: str) -> None:
    assert (likeness(a, b, given=True) is Likeness.SAME) == (a == b)


@given(names, names)
@example("abc", "abcdefghijkl")
@example("mia", "mai")
@example("kate", "catherine")
def test_whatever_is_like_a_name_shares_a_key_with_it_or_is_close_by_its_letters(a: str, b: str) -> None:
    """So a search that has probed all keys need only look at the letters of the rest."""
    like = likeness(a, b, given=True) is not Likeness.OTHER or likeness(a, b, given=False) is not Likeness.OTHER
    shares = keys.probes(a, family=False) & keys.name_keys(b, family=False)

    assert not like or shares or close_by_letters(a, [b]) == {b}
