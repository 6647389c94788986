"""What the Regulations say, one file a topic. Everything here is pure: values in, a value out.

Writing a rule
- It is a public function. It takes dates, enums, strings or numbers, and is handed `today` or `now`; it reads no
  clock, no database, no request. It returns a date, a bool, an enum, or a reason: `str | None`, None meaning
  "no objection". The first objection is the one given. Reasons are codes from a closed list; pages word them. Only
  `dates_typed` returns words, because what is wrong with a typed date cannot be listed.
- A period runs from its first day, which is in, to its end, which is out. A `..._by` is the last good day.
- None means "not known". It never grants, never opens, never joins two children.
- A number in the law is a constant with a name.

Citing one
- The docstring says the rule in plain English and ends, after a blank line, with its source: `Reg. 6(3)(c).`,
  `Sch. 1 para 6.`, `Lords Hansard 22 June 2009.` or, where we decided it ourselves, `Policy: ...`.
- The rule has a row in docs/regulations.md that names its function and its test. A test reads all three.
"""
