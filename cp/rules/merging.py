"""Two records of one child: who may join them, and what that comes to."""


def far_apart(same_given: bool, same_family: bool, same_birth: bool, same_gender: bool | None) -> bool:
    """Whether two records differ in who they say the child is. A gender that one of them does not state says nothing.

    Twins share everything but a given name, so that one name that differs is far enough to ask a second person.

    Policy: the protection issue; which facts is proposed.
    """
    return not (same_given and same_family and same_birth) or same_gender is False


def merge_result(
    a_shielded: bool | None, b_shielded: bool | None, far_apart: bool | None, told_apart: bool | None,
    second_person: bool,
) -> str:  # fmt: skip
    """`shielded`, `open` or `refused`: shielded if either was, for a shield is a property of the person.

    Shielded records, and those that are far apart, need a second person; a pair that was told apart never merges.
    Not knowing counts as shielded, apart or told apart.

    Policy: the protection issue, the supply issue; unknown proposed.
    """
    shielded = a_shielded is not False or b_shielded is not False
    alone_will_do = not shielded and far_apart is False
    if told_apart is not False or not (alone_will_do or second_person):
        return "refused"
    return "shielded" if shielded else "open"


def answer_takes_two(joins: bool, shielded: bool | None, far_apart: bool | None) -> bool:
    """Whether what is said of a supplied row beside a record needs a second person.

    Joining does as it does for two records. Telling apart does beside a shielded record: it makes a record that hides
    nothing of what may be the same child.

    Policy: the supply issue; telling apart: proposed.
    """
    return merge_result(shielded, False, far_apart, False, False) == "refused" if joins else shielded is not False
