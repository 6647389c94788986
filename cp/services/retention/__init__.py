"""The end of a record: when it is due, archived, held back, destroyed; and what bears witness to that."""
