"""The base of the types a command passes around: frozen, slotted, compared by value, cheap to define.

`dataclasses` does the same, but importing it (it loads `inspect`) and making its classes costs a quarter of a
`crm find`. A subclass is written like a dataclass; `docs/design/start-up.md` has the figures.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_: object) -> object:
        """Stand in for the mark that tells type checkers what `typing` tells them."""
        return lambda kind: kind


class _Each:
    """A default made anew for every record."""

    __slots__ = ("factory",)

    def __init__(self, factory: Callable[[], object]) -> None:
        self.factory = factory


def each(factory: Callable[[], object]) -> Any:
    """Return the default of a field whose value must not be shared: `custom: dict[str, Any] = each(dict)`."""
    return _Each(factory)


class _RecordType(type):
    """Turns the annotations of a class into slots and an `__init__` that takes them in their order."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> _RecordType:
        own = tuple(namespace.get("__annotations__", ()))
        defaults = dict(bases[0]._defaults) if bases else {}  # type: ignore[attr-defined]
        defaults.update((field, namespace.pop(field)) for field in own if field in namespace)
        fields = (*bases[0].__match_args__, *own) if bases else own  # type: ignore[attr-defined]
        namespace |= {"__slots__": own, "__match_args__": fields, "_defaults": defaults}
        kind = super().__new__(cls, name, bases, namespace)
        if fields:
            kind.__init__ = _initializer(kind, fields, defaults)  # type: ignore[misc]
        return kind


def _initializer(kind: type, fields: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """Compile `__init__`; the setters of the slots pass by `__setattr__`, which refuses."""
    names: dict[str, Any] = {f"set_{field}": getattr(kind, field).__set__ for field in fields}
    parameters, lines = [], []
    for field in fields:
        default = defaults.get(field)
        names[f"default_{field}"] = default
        parameters.append(f"{field}=default_{field}" if field in defaults else field)
        value = f"default_{field}.factory() if {field} is default_{field} else {field}"
        lines.append(f"  set_{field}(self, {value if isinstance(default, _Each) else field})")
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines), names)
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


@dataclass_transform(frozen_default=True)
class Record(metaclass=_RecordType):
    """A value with named fields; `__match_args__` are their names in order.

    Fields with a default come last, as in a dataclass; a subclass of a record adds fields behind it.
    """

    if TYPE_CHECKING:
        __match_args__: ClassVar[tuple[str, ...]]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set: records are frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted: records are frozen")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.__match_args__)))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({fields})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)

    def changed(self, **values: Any) -> Self:
        """Return a copy with other values in some fields."""
        for name in self.__match_args__:
            values.setdefault(name, getattr(self, name))
        return type(self)(**values)
