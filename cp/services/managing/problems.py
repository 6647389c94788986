"""What a manager asked for that cannot be done, said by the field it is about."""


class Problem(Exception):
    """`field` of the form, and the code of the sentence; `name` of somebody where the sentence needs one."""

    def __init__(self, field: str, code: str, name: str = "") -> None:
        super().__init__(code)
        self.field, self.code, self.name = field, code, name
