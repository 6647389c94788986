"""The demonstration: a synthetic directory, people to sign in as, and nothing of anybody."""

from cp.services.demo.codes import next_code
from cp.services.demo.loading import Asked, found, load
from cp.services.demo.ordinary import Ordinary, children
from cp.services.demo.people import PEOPLE, Person, password
from cp.services.demo.school_file import school_file

__all__ = [
    "PEOPLE", "Asked", "Ordinary", "Person", "children", "found", "load", "next_code", "password", "school_file",
]  # fmt: skip
