"""Facts that somebody says are wrong: said so, marked, decided by a named person, told to whoever said them."""
