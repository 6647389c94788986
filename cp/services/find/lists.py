"""A list of numbers given to a statement by name.

On PostgreSQL it is one parameter, an array, so that the statement has one text and is planned once, however long the
list is. SQLite gets a parameter for each number.
"""

from typing import Any

from sqlalchemy import BigInteger, BindParameter, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeEngine


class OneOf(FunctionElement[bool]):
    inherit_cache = True
    name = "one_of"
    type: TypeEngine[Any] = NullType()  # a Boolean would be compared with 1 on SQLite


def one_of(column: InstrumentedAttribute[Any], name: str) -> OneOf:
    """The column is in the list that is given under this name; give a list, not a set."""
    return OneOf(column, bindparam(name, type_=ARRAY(BigInteger())))


@compiles(OneOf)
def _in_list(element: OneOf, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = element.clauses
    listed: BindParameter[int] = bindparam(str(getattr(numbers, "key", "")), expanding=True)
    return compiler.process(column.in_(listed), **given)


@compiles(OneOf, "postgresql")
def _in_array(element: OneOf, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(clause, **given) for clause in element.clauses)
    return f"{column} = ANY({numbers})"
