"""Which passwords may be chosen."""

import pytest

from cp.rules.passwords import password_problem

CONTEXT = ("Sam Okafor", "sam.practitioner@example.test", "Hollin Bank Primary School", "Northvale Council",
           "ContactPoint")  # fmt: skip
COMMON = frozenset({"password", "monkey", "unbelievable", "qwertyuiopasdf"})


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        pytest.param("", "short", id="nothing"),
        pytest.param("otters hats", "short", id="eleven"),
        pytest.param("otters hats!", None, id="twelve"),
        pytest.param("é" * 4 + "ßøłñ" * 2, None, id="twelve of any characters"),
        pytest.param("🦦🎩🦢 and hats", None, id="one picture is one character"),
        pytest.param("a horse, a battery and a staple", None, id="words"),
        pytest.param("abcdefghijklmn " * 8 + "12345678", None, id="128"),
        pytest.param("abcdefghijklmn " * 8 + "123456789", "long", id="129"),
        pytest.param("unbelievable", "common", id="common"),
        pytest.param("UnBelieVable", "common", id="common in capitals"),
        pytest.param("Password2026!", "common", id="common with a year"),
        pytest.param("123password!", "common", id="common behind numbers"),
        pytest.param("passwordpassword", "common", id="common twice"),
        pytest.param("monkeymonkeymon", "common", id="common twice and a bit"),
        pytest.param("aaaaaaaaaaaaaaa", "common", id="one character"),
        pytest.param("abababababab", "common", id="two characters"),
        pytest.param("123123412341", "common", id="four characters"),
        pytest.param("abcdefghijklm", "common", id="the alphabet"),
        pytest.param("zyxwvutsrqpo", "common", id="backwards"),
        pytest.param("a password of monkeys", None, id="common words among others"),
        pytest.param("sam okafor 2026", "context", id="own name"),
        pytest.param("SamOkafor-SamOkafor", "context", id="own name twice"),
        pytest.param("sam.practitioner", "context", id="own email"),
        pytest.param("hollinbankprimary", "context", id="own school"),
        pytest.param("contactpoint123", "context", id="this place"),
        pytest.param("northvale-council-1", "context", id="the authority"),
        pytest.param("contactpointhorses", "context", id="six letters besides"),
        pytest.param("contactpointhorsebox", None, id="eight letters besides"),
        pytest.param("samphire and salt", None, id="a short name inside another word"),
        pytest.param("493857203948", None, id="numbers"),
    ],
)
@pytest.mark.asvs("6.2.4")
def test_a_password_is_long_and_not_the_first_that_is_guessed(password: str, expected: str | None) -> None:
    assert password_problem(password, CONTEXT, COMMON) == expected
