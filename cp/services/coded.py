"""What cannot be done, said by a code."""


class Coded(Exception):
    """A code from a closed list, which each kind of these names: whoever catches it knows its sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
