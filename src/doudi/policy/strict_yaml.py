"""YAML read strictly: dates as dates, and a key given twice is an error instead of a surprise.

Nothing of it refers to anything else in it, since a few lines of references unfold to gigabytes.
"""

from __future__ import annotations

from typing import Any

import yaml

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C where it is built in

DEEPEST = 40
"""Maps and lists in one another: more than any file of ours has."""


class TooDeep(RecursionError):  # noqa: N818 - an answer to whoever wrote it, not our error
    """Nested deeper than `DEEPEST`."""


class StrictLoader(_Safe):  # type: ignore[misc]  # one of two classes, as found
    """A safe loader that refuses a repeated key, a reference, and depth."""

    def construct_document(self, node: yaml.Node) -> object:
        """A whole document; raises YAMLError for a reference, TooDeep for depth."""
        _refuse_tricks(node)
        found: object = super().construct_document(node)
        return found

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:  # noqa: FBT001, FBT002 - the library's signature
        """A value; text that its own tag can't hold, as in `!!int x`, is a fault of the file."""
        try:
            found: object = super().construct_object(node, deep=deep)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            raise yaml.constructor.ConstructorError(
                None, None, "not what its tag says", node.start_mark
            ) from None
        return found

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - the library's signature
        """A map, each key once."""
        if not isinstance(node, yaml.MappingNode):
            raise yaml.constructor.ConstructorError(None, None, "not a map", node.start_mark)
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, (str, int, float, bool)) and not hasattr(key, "isoformat"):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key must be plain", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key} is given twice", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _refuse_tricks(root: yaml.Node) -> None:
    """Walk the nodes before anything is made of them; a node met twice was referred to."""
    met: set[int] = set()
    open_nodes = [(root, 0)]
    while open_nodes:
        node, depth = open_nodes.pop()
        if depth > DEEPEST:
            raise TooDeep
        if id(node) in met:
            raise yaml.constructor.ConstructorError(
                None, None, "references are not taken", node.start_mark
            )
        met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            open_nodes += [(each, depth + 1) for pair in node.value for each in pair]
        elif isinstance(node, yaml.SequenceNode):
            open_nodes += [(each, depth + 1) for each in node.value]


def _date_or_text(loader: Any, node: yaml.ScalarNode) -> object:  # noqa: ANN401 - YAML is untyped
    """A date; one that no calendar has stays text, to be refused where it stands."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _date_or_text)


def line_of(fault: yaml.YAMLError) -> int:
    """The line that a fault was found on, from 1; 0 where it has none."""
    mark = getattr(fault, "problem_mark", None)
    return 0 if mark is None else int(mark.line) + 1
