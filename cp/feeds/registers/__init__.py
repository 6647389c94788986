"""What public registers say of organisations: schools with their links, and practices.

`table` reads a list with headings; the modules of the files say what their columns mean; `kinds` says what kind
of school a row is, `school_facts` what it states besides. Of people, only the head's name is read: letters go to them.
"""

from cp.feeds.registers.establishment_file import Establishment, schools
from cp.feeds.registers.link_file import Link, links
from cp.feeds.registers.practice_list import Practice, practices
from cp.feeds.registers.table import Problem, Register, Standing

__all__ = ["Establishment", "Link", "Practice", "Problem", "Register", "Standing", "links", "practices", "schools"]
