"""YAML read strictly: dates as dates, and a key given twice is an error instead of a surprise."""

from __future__ import annotations

from typing import Any

import yaml

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C where it is built in


class StrictLoader(_Safe):  # type: ignore[misc]  # one of two classes, as found
    """A safe loader that refuses a repeated key."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - the library's signature
        """A map, each key once."""
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
