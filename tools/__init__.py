"""The set-up path behind `dev.py`: standard library only, so that a fresh clone needs nothing but Python.

It is a package and not one file because `dev.py` must stay readable for a Python that is too old to run the rest.
"""
