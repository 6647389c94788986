"""What a synthetic directory is made of, as shares of its children: `python -m bench.census CHILDREN SEED DAY`."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bench import stories
from bench.population import generate
from bench.shapes import Area, Authorities, Child, Children

MUSLIM = ("Mohammed", "Muhammad", "Mohammad", "Mohamed", "Muhammed")
POLISH = ("ski", "ska", "czyk", "wicz")

KINDS: dict[str, Callable[[Child], bool]] = {
    "called Oliver": lambda child: _first(child) == "Oliver",
    "called Smith": lambda child: child.family_name == "Smith",
    "called Mohammed, in any spelling": lambda child: _first(child) in MUSLIM,
    "called Khan": lambda child: child.family_name == "Khan",
    "South Asian family name": lambda child: child.family_name in ("Patel", "Singh", "Kaur", "Khan", "Begum", "Shah"),
    "Polish family name": lambda child: child.family_name.endswith(POLISH),
    "Arabic article": lambda child: child.family_name.startswith(("Al-", "Al ", "El ", "El-")),
    "Welsh given name": lambda child: _first(child) in ("Siân", "Ffion", "Osian", "Rhys", "Cadi", "Llŷr", "Gruffydd"),
    "Chinese family name": lambda child: child.family_name in ("Wang", "Li", "Zhang", "Chen", "Chan", "Wong", "Ng"),
    "double-barrelled": lambda child: "-" in child.family_name,
    "apostrophe": lambda child: "'" in child.given_names + child.family_name,
    "letters with marks": lambda child: not (child.given_names + child.family_name).isascii(),
    "family name of two words": lambda child: " " in child.family_name,
    "single name": lambda child: not child.family_name,
    "former name": lambda child: _has_name(child, "former"),
    "preferred name": lambda child: _has_name(child, "preferred"),
    "also known as": lambda child: _has_name(child, "also_known_as"),
    "gender not specified": lambda child: child.gender == "not_specified",
    "born on 1 January": lambda child: (child.born_on.month, child.born_on.day) == (1, 1),
    "no practice": lambda child: not any(one.kind == "gp_practice" for one in child.said),
    "no school or nursery": lambda child: not any(one.kind == "school" for one in child.said),
    "foster carer": lambda child: any(carer.relationship == "foster_carer" for carer in child.carers),
    "carer abroad": lambda child: any(not phone.startswith("+44") for one in child.carers for phone in one.phones),
    "two current addresses": lambda child: sum(place.state == "current" for place in child.locations) == 2,
    "died": lambda child: child.died_on is not None,
    "shielded": lambda child: child.shield_ground is not None,
    "sources differ": lambda child: len({one[4:8] for one in child.said}) > 1,
    "a practitioner now": lambda child: any(one.practitioner and not one.ended_on for one in child.involvements),
    "a practitioner ever": lambda child: any(one.practitioner for one in child.involvements),
    "lead professional": lambda child: any(one.lead for one in child.involvements),
    "common assessment": lambda child: any(one.assessment for one in child.involvements),
    "pupil number": lambda child: any(kind == "upn" for kind, _ in child.numbers),
    "NHS number": lambda child: any(kind == "nhs" for kind, _ in child.numbers),
}
PER_CHILD: dict[str, Callable[[Child], int]] = {
    "carers a child": lambda child: len(child.carers),
    "involvements a child": lambda child: len(child.involvements),
    "sources a child": lambda child: len(child.said),
}


def _first(child: Child) -> str:
    return child.given_names.split(" ")[0]


def _has_name(child: Child, kind: str) -> bool:
    return any(name.kind == kind for name in child.names)


def children(stream: Iterable[Authorities | Area | Children]) -> Iterator[Child]:
    for part in stream:
        if isinstance(part, Children):
            yield from part.children


def census(stream: Iterable[Authorities | Area | Children]) -> dict[str, float]:
    """The share of children of each kind and story, means a child, and how names are spread."""
    counts: Counter[str] = Counter()
    families: Counter[str] = Counter()
    total = 0
    for child in children(stream):
        total += 1
        families[child.family_name] += 1
        counts.update(kind for kind, is_one in KINDS.items() if is_one(child))
        counts.update({mean: count(child) for mean, count in PER_CHILD.items()})
        counts[f"story: {child.story}"] += 1
    rows = [*KINDS, *PER_CHILD, *(f"story: {story}" for story in (stories.PLAIN, *stories.FIRST))]
    common = [count for _, count in families.most_common(1000)]
    return {row: counts[row] / total for row in rows} | {
        "the 100 commonest family names": sum(common[:100]) / total,
        "the 1000 commonest family names": sum(common) / total,
        "different family names": float(len(families)),
    }


def main(count: str = "27700", seed: str = "1", day: str = "2026-11-22") -> None:
    for row, share in census(generate(int(count), int(seed), date.fromisoformat(day))).items():
        print(f"{row:40} {share:12.5f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
