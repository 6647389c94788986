"""How a file reads: bytes in, rows and problems out. Pure, like a rule: no database, no web, no clock.

`sheet` says what reading gives; one module a form of file; `columns` says what each column means and what is never
kept; `checking` says of every row what it states, and what is wrong with it.
"""
