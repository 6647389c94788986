"""Every small wrong change of a module, one at a time: what tests of a rule must notice.

mutmut 3 leaves alone what stands outside functions, and cosmic-ray does not take members out of sets: our rules are
sets and tables as much as functions, so the changes are made here, on the syntax tree.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = tuple[str, Callable[[ast.AST], None]]
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
OTHER_WORD = {"any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """`name` says what was changed in which line of code, so that it stays the same when lines move."""

    name: str
    code: str


def mutants(source: str) -> list[Mutant]:
    """Each one differs from the source in one place; those that come out alike are one."""
    tree = ast.parse(source)
    lines, plain, found, idle = source.splitlines(), ast.unparse(tree), dict[str, Mutant](), set(map(id, unread(tree)))
    for index, node in enumerate(ast.walk(tree)):
        for what, change in () if id(node) in idle else changes(node):
            changed = copy.deepcopy(tree)
            change(list(ast.walk(changed))[index])
            code = ast.unparse(ast.fix_missing_locations(changed))
            where = node.target if isinstance(node, ast.comprehension) else node
            name = f"{what} in: {lines[getattr(where, 'lineno', 1) - 1].strip()}"
            if code != plain and code not in found:
                found[code] = Mutant(name, code)
    return numbered(list(found.values()))


def unread(tree: ast.AST) -> Iterator[ast.AST]:
    """What says something to people and type checkers alone, and the names that a loop gives or a module gives on."""
    for node in ast.walk(tree):
        parts = [
            getattr(node, "annotation", None),
            getattr(node, "returns", None),
            *getattr(node, "decorator_list", []),
        ]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts.append(node.value)
        if isinstance(node, ast.comprehension):
            parts.append(node.target)
        if isinstance(node, ast.Assign) and (ast.unparse(node.targets[0]) == "__all__" or _is_type(node.value)):
            parts.append(node.value)
        for part in filter(None, parts):
            yield from ast.walk(part)


def _is_type(value: ast.expr) -> bool:
    """The words of a Literal, which only a type checker reads."""
    return isinstance(value, ast.Subscript) and ast.unparse(value.value) == "Literal"


def numbered(found: list[Mutant]) -> list[Mutant]:
    """The second of one name says so."""
    named, seen = [], dict[str, int]()
    for mutant in found:
        seen[mutant.name] = seen.get(mutant.name, 0) + 1
        nth = f" (no. {seen[mutant.name]})" if seen[mutant.name] > 1 else ""
        named.append(Mutant(mutant.name + nth, mutant.code))
    return named


def changes(node: ast.AST) -> Iterator[Change]:
    """What can be done to this node, in words, and how."""
    for kind, of in BY_KIND.items():
        if isinstance(node, kind):
            yield from of(node)


def _comparison(node: ast.Compare) -> Iterator[Change]:
    for place, op in enumerate(node.ops):
        to = COMPARISONS[type(op)]
        yield f"{type(op).__name__} → {to.__name__}", lambda n, i=place, t=to: n.ops.__setitem__(i, t())  # type: ignore[misc]


def _and_or(node: ast.BoolOp) -> Iterator[Change]:
    to = ast.Or if isinstance(node.op, ast.And) else ast.And
    yield f"to {to.__name__}", lambda n: setattr(n, "op", to())
    for place in range(len(node.values)):
        yield f"without operand {place + 1}", lambda n, i=place: n.values.pop(i)  # type: ignore[misc]


def _operator(node: ast.BinOp) -> Iterator[Change]:
    if to := OPERATORS.get(type(node.op)):
        yield f"{type(node.op).__name__} → {to.__name__}", lambda n: setattr(n, "op", to())


def _condition(_: ast.AST) -> Iterator[Change]:
    yield "the condition turned round", lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))  # type: ignore[attr-defined]


def _filter(node: ast.comprehension) -> Iterator[Change]:
    if node.ifs:
        yield "without its condition", lambda n: n.ifs.clear()  # type: ignore[attr-defined]


def _constant(node: ast.Constant) -> Iterator[Change]:
    to: object = None
    if isinstance(node.value, bool):
        to = not node.value
    elif isinstance(node.value, int):
        to = node.value + 1
    elif isinstance(node.value, str):
        to = f"not {node.value}"
    if to is not None:
        yield f"{node.value!r} → {to!r}", lambda n: setattr(n, "value", to)


def _members(node: ast.Set | ast.List | ast.Tuple) -> Iterator[Change]:
    for place, member in enumerate(node.elts):
        yield f"without {ast.unparse(member)}", lambda n, i=place: n.elts.pop(i)  # type: ignore[misc]


def _keys(node: ast.Dict) -> Iterator[Change]:
    for place, key in enumerate(node.keys):
        said = ast.unparse(key) if key else "its rest"
        yield f"without {said}", lambda n, i=place: (n.keys.pop(i), n.values.pop(i))  # type: ignore[misc]


def _returned(node: ast.Return) -> Iterator[Change]:
    if node.value is not None:
        yield "returns None", lambda n: setattr(n, "value", ast.Constant(None))


def _call(node: ast.Call) -> Iterator[Change]:
    for place, given in enumerate(node.keywords):
        yield f"without {given.arg}=", lambda n, i=place: n.keywords.pop(i)  # type: ignore[misc]
    if isinstance(node.func, ast.Name) and (to := OTHER_WORD.get(node.func.id)):
        yield f"{node.func.id} → {to}", lambda n: setattr(n.func, "id", to)  # type: ignore[attr-defined]


BY_KIND: dict[type[ast.AST], Callable[..., Iterator[Change]]] = {
    ast.Compare: _comparison, ast.BoolOp: _and_or, ast.BinOp: _operator, ast.If: _condition, ast.IfExp: _condition,
    ast.comprehension: _filter, ast.Constant: _constant, ast.Set: _members, ast.List: _members, ast.Tuple: _members,
    ast.Dict: _keys, ast.Return: _returned, ast.Call: _call,
}  # fmt: skip
