"""The small faults (变异) that can be made in one file: each is one change of its text.

A change is what a tired colleague might write: a comparison turned round, an "and" for an "or",
one more or one less, a step left out, a condition of an SQL statement lost. Text is replaced in
place, so that what a change does can be read as a line before and a line after.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SUMS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip

STATEMENTS = (
    (r"\bAND\b", "OR"), (r"\bOR\b", "AND"), (r"<>", "="), (r"(?<![<>=!])=(?![=>])", "<>"),
    (r">=", ">"), (r"<=", "<"), (r"\bMIN\(", "MAX("), (r"\bMAX\(", "MIN("), (r"\bSUM\(", "MAX("),
    (r"\bIS NOT NULL\b", "IS NULL"), (r"\bIS NULL\b", "IS NOT NULL"), (r"\bLEFT JOIN\b", "JOIN"),
    (r"\bUNION ALL\b", "UNION"), (r"\bNOT EXISTS\b", "EXISTS"), (r" - ", " + "), (r"\bDESC\b", ""),
)  # fmt: skip
"""What is changed inside of SQL, each place by itself."""

IS_SQL = re.compile(r"\b(SELECT|WHERE|FROM|JOIN|GROUP BY|ORDER BY|UPDATE|INSERT|DELETE|WHEN)\b ")
SAID = {"N_", "gettext", "_"}
"""Sentences: tests hold on to a refusal's code, never to its words."""
NO_EFFECT = {"dataclass", "TypeVar", "cast"}


@dataclass(frozen=True, slots=True)
class Change:
    """One fault: bytes `start` to `stop` of a file become `text`.

    `around` are the first and last line of the statement that it stands in.
    """

    line: int
    around: tuple[int, int]
    start: int
    stop: int
    text: str
    kind: str

    def made_in(self, source: bytes) -> bytes:
        """The file with this fault in it."""
        return source[: self.start] + self.text.encode() + source[self.stop :]

    def shown(self, source: bytes) -> tuple[str, str]:
        """What stood there and what stands there now, each on one line."""
        before = source[self.start : self.stop].decode()
        return " ".join(before.split()), " ".join(self.text.split()) or "(nothing)"


def changes(source: bytes) -> list[Change]:
    """Every change that can be made in a file, in the order of its lines."""
    tree = ast.parse(source)
    found = set(_Search(source).of(tree))
    return sorted(found, key=lambda each: (each.start, each.stop, each.text))


class _Search:
    """The walk through one file."""

    def __init__(self, source: bytes) -> None:
        """Keep the text, where each line begins, and around which lines the walk is."""
        self.source = source
        self.around = (1, 1)
        self.begins = [0]
        for line in source.splitlines(keepends=True):
            self.begins.append(self.begins[-1] + len(line))

    def of(self, node: ast.AST) -> Iterator[Change]:
        """The changes of a node and of all inside it that can have an effect."""
        if isinstance(node, ast.stmt):
            self.around = (node.lineno, _last_line_of_its_own(node))
        yield from self._here(node)
        if isinstance(node, ast.JoinedStr):  # its parts have no places of their own in 3.11
            return
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "type_comment"}:
                continue
            inner = value if isinstance(value, list) else [value]
            for each in inner:
                if isinstance(each, ast.AST) and not _is_without_effect(each):
                    yield from self.of(each)

    def _here(self, node: ast.AST) -> Iterator[Change]:
        """The changes of this node alone."""
        if isinstance(node, ast.stmt):
            yield from self._of_statement(node)
        elif isinstance(node, ast.expr):
            yield from self._of_expression(node)

    def _of_statement(self, node: ast.stmt) -> Iterator[Change]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield self._change(node, "pass", "step left out")
        elif isinstance(node, ast.Raise):
            yield self._change(node, "pass", "refusal left out")
        elif isinstance(node, ast.Return) and node.value is not None:
            if not (isinstance(node.value, ast.Constant) and node.value.value is None):
                yield self._change(node, "return None", "answer left out")
        elif isinstance(node, ast.Continue):
            yield self._change(node, "break", "loop left early")
        elif isinstance(node, ast.If | ast.While):
            for turned in ("True", "False"):
                yield self._change(node.test, turned, "condition fixed")

    def _of_expression(self, node: ast.expr) -> Iterator[Change]:  # noqa: C901 - one branch a kind
        if isinstance(node, ast.Compare):
            yield from self._of_comparison(node)
        elif isinstance(node, ast.BinOp):
            yield from self._of_sum(node)
        elif isinstance(node, ast.BoolOp):
            turned = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            text = ast.unparse(ast.BoolOp(turned, node.values))
            yield self._change(node, f"({text})", "and / or")
        elif isinstance(node, ast.UnaryOp):
            yield self._change(node, f"({ast.unparse(node.operand)})", "sign or not lost")
        elif isinstance(node, ast.Constant):
            yield from self._of_constant(node)
        elif isinstance(node, ast.JoinedStr):
            yield from self._of_sql(node)
        elif isinstance(node, ast.Call):
            yield from self._of_call(node)
        elif isinstance(node, ast.IfExp):
            text = ast.unparse(ast.IfExp(node.test, node.orelse, node.body))
            yield self._change(node, f"({text})", "choice turned round")

    def _of_comparison(self, node: ast.Compare) -> Iterator[Change]:
        for place, operator in enumerate(node.ops):
            turned = list(node.ops)
            turned[place] = COMPARISONS[type(operator)]()
            text = ast.unparse(ast.Compare(node.left, turned, node.comparators))
            yield self._change(node, f"({text})", "comparison")

    def _of_sum(self, node: ast.BinOp) -> Iterator[Change]:
        turned = SUMS.get(type(node.op))
        is_text = any(_is_text(part) for part in (node.left, node.right))
        if turned is not None and not is_text:
            text = ast.unparse(ast.BinOp(node.left, turned(), node.right))
            yield self._change(node, f"({text})", "arithmetic")

    def _of_constant(self, node: ast.Constant) -> Iterator[Change]:
        if isinstance(node.value, bool):
            yield self._change(node, str(not node.value), "yes / no")
        elif isinstance(node.value, int):
            yield self._change(node, str(node.value + 1), "number")
        elif isinstance(node.value, str) and node.value:
            if IS_SQL.search(node.value):
                yield from self._of_sql(node)
            else:
                yield self._change(node, repr(f"{node.value}XX"), "word")

    def _of_sql(self, node: ast.expr) -> Iterator[Change]:
        start, stop = self._span(node)
        text = self.source[start:stop].decode()
        if not IS_SQL.search(text):
            return
        for pattern, other in STATEMENTS:
            for match in re.finditer(pattern, text):
                if match.start() > 1:  # not the f or the quotes in front
                    here = start + len(text[: match.start()].encode())
                    line = node.lineno + text[: match.start()].count("\n")
                    stop = here + len(match[0].encode())
                    yield Change(line, self.around, here, stop, other, "SQL")

    def _of_call(self, node: ast.Call) -> Iterator[Change]:
        """One condition of several lost: of a filter, of a choice."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in {"filter", "exclude", "update"} or ast.unparse(node.func) == "Q":
            for place in range(len(node.keywords) if len(node.keywords) > 1 else 0):
                kept = [each for number, each in enumerate(node.keywords) if number != place]
                text = ast.unparse(ast.Call(node.func, node.args, kept))
                yield self._change(node, text, "condition lost")

    def _change(self, node: ast.stmt | ast.expr, text: str, kind: str) -> Change:
        start, stop = self._span(node)
        return Change(node.lineno, self.around, start, stop, text, kind)

    def _span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        last = node.end_lineno or node.lineno
        end = node.end_col_offset or 0
        return self.begins[node.lineno - 1] + node.col_offset, self.begins[last - 1] + end


def _is_without_effect(node: ast.AST) -> bool:
    """What no program does: docstrings, sentences, imports for types, lists of exports."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) in {"__all__", "__slots__"}
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in SAID | NO_EFFECT
    return isinstance(node, ast.Import | ast.ImportFrom | ast.FormattedValue)


def _last_line_of_its_own(node: ast.stmt) -> int:
    """The last line of a statement without what is nested in it."""
    body = getattr(node, "body", None)
    if body and not isinstance(node, ast.Module):
        return max(node.lineno, int(body[0].lineno) - 1)
    return node.end_lineno or node.lineno


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is plainly a text, which nobody subtracts."""
    is_constant = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return is_constant or isinstance(node, ast.JoinedStr)
