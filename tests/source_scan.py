"""Read the program's sources as syntax trees, for the tests of the architecture."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tlft_desktop"

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One source file; `name` is its path below the repository with forward slashes."""

    name: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, what: str) -> str:
        """Return a finding as file:line: what."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}: {what}"


def parse(name: str, text: str) -> Source:
    """Return a source from text, as the tests of the scanners need it."""
    return Source(name, text, ast.parse(text, filename=name))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Return all Python files below folders of the repository."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(parse(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


@cache
def module_names() -> tuple[str, ...]:
    """Return the dotted names of all modules of the program."""
    names = []
    for source in sources("tlft_desktop"):
        parts = source.name.removesuffix(".py").split("/")
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return tuple(names)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files that git tracks, or all files of the checkout's own folders where git is not there."""
    try:
        answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
        names = [name for name in answer.stdout.decode("utf-8").split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        folders = ("tlft_desktop", "tests", "packaging", "resources")
        names = [
            str(path) for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
        ]
    return tuple(path for path in (ROOT / name for name in names) if path.is_file())


def functions(tree: ast.AST) -> Iterator[FunctionNode]:
    """Yield every function of a tree, methods and nested ones too."""
    yield from (node for node in ast.walk(tree) if isinstance(node, FunctionNode))


def num_code_lines(node: FunctionNode) -> int:
    """Return the lines of a function from its def to its end, without the docstring."""
    first = node.body[0]
    is_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def dotted(node: ast.AST) -> str:
    """Return "os.path.join" for such an expression; "?" stands for what is no name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def aliases(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for: {"np": "numpy", "rmtree": "shutil.rmtree"}."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call with the full name of what is called, imports resolved."""
    known = aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            head, dot, rest = dotted(node.func).partition(".")
            yield node, known.get(head, head) + dot + rest


def imported_modules(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield every imported module with the node that imports it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""


def constant(node: ast.AST | None) -> object:
    """Return the value of a literal, or None."""
    return node.value if isinstance(node, ast.Constant) else None


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value of a keyword argument, or None."""
    return next((item.value for item in call.keywords if item.arg == name), None)


MODE = re.compile(r"[rwaxbt+U]{1,4}")


def open_mode(call: ast.Call, position: int) -> str | None:
    """Return the mode of an open call: "r" if none is given, None if it is not a literal."""
    node = keyword(call, "mode") or (call.args[position] if len(call.args) > position else None)
    if node is None:
        return "r"
    value = constant(node)
    return value if isinstance(value, str) else None
