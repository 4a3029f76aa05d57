"""Sentences that modules of the pipeline say, read from their source, so that a test can ask whether the page knows them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "pipeline"
HOLE = "7"  # stands for what is only known when a sentence is said


def of_calls(folder: str, calls: Collection[str]) -> list[str]:
    """The last argument of each call of these names in the modules below a folder of the pipeline, where it is a text."""
    said = set()
    for tree in _modules(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in calls and node.args:
                said.add(_text(node.args[-1], _constants(tree)))
    return sorted(text for text in said if text is not None)


def of_functions(folder: str, functions: Collection[str]) -> list[str]:
    """The sentences, texts of at least three words, in functions of these names."""
    said = set()
    for tree in _modules(folder):
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name in functions:
                body = function.body[1:] if ast.get_docstring(function) else function.body
                nodes = [node for part in body for node in ast.walk(part)]
                pieces = {id(piece) for node in nodes if isinstance(node, ast.JoinedStr) for piece in node.values}
                said |= {_text(node, {}) for node in nodes if id(node) not in pieces}
    return sorted(text for text in said if text is not None and text.isprintable() and len(text.split()) > 2)


def _modules(folder: str) -> Iterator[ast.Module]:
    for path in sorted((SOURCE / folder).rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"))


def _constants(tree: ast.Module) -> dict[str, str]:
    out = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and (text := _text(node.value, {})) is not None:
            out[node.targets[0].id] = text
    return out


def _text(node: ast.expr | ast.AST, constants: dict[str, str]) -> str | None:
    """What an expression says, with `HOLE` for values; None where it is no text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(HOLE if isinstance(part, ast.FormattedValue) else _text(part, constants) or "" for part in parts)
        case ast.Name(id=name):
            return constants.get(name)
        case ast.Call(func=ast.Attribute(value=inner, attr="format")):
            template = _text(inner, constants)
            return None if template is None else template.replace("{}", HOLE)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = _text(left, constants), _text(right, constants)
            return None if first is None or second is None else first + second
    return None
