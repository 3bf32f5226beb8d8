"""Brings the translations up to date with the texts of the program.

    python packaging/translations.py [--check]

Texts of the window are found by Qt's `lupdate`, sentences of the core by their form: the core knows no Qt, and its
sentences are recognised by their templates when the window shows them. New texts are marked as unfinished for the
translator, texts that are gone are taken out. `--check` changes nothing and ends with 1 if something is missing.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "resources" / "i18n" / "tlft_de.ts"
CONTEXT = "core"
# A sentence may begin with a name, a place or a command.
_SENTENCE = re.compile(r"['{]*[A-Z{]|`tlft ")
_MIN_WORDS = 2


def core_sentences() -> list[str]:
    """Return the templates of all sentences of the core, places numbered `{1}`, `{2}` in the order of the text."""
    found = set()
    package = ROOT / "tlft_desktop"
    core = [path for path in (package / "core").rglob("*.py") if _reaches_window(path.relative_to(package / "core"))]
    for path in [*core, package / "paths.py", package / "gui" / "lazy.py"]:
        for node in _texts_of(ast.parse(path.read_text(encoding="utf-8"))):
            text = _template(node)
            if _SENTENCE.match(text) and len(re.sub(r"\{\d+\}", "", text).split()) >= _MIN_WORDS:
                found.add(text)
    catalogue = json.loads((package / "core" / "models" / "catalog.json").read_text(encoding="utf-8"))
    found |= {entry["note"] for entry in catalogue["backbones"] if entry["note"]}
    rules = json.loads((package / "core" / "advice" / "rules.json").read_text(encoding="utf-8"))
    found |= {rule["text"] for rule in rules["rules"]}
    return sorted(found)


def _reaches_window(path: Path) -> bool:
    """Tell whether texts of a file of the core are shown in the window.

    Those of benchmarks and of numbers in words are not, nor those of the report, which is English for papers, but for
    why it cannot be made.
    """
    if path.parts[0] == "report":
        return path.name == "writing.py"
    return path.parts[0] != "bench" and path.name != "number_words.py"


def _texts_of(tree: ast.Module) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Yield every text that is no documentation and no part of a longer one."""
    inner = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            inner.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            inner.update(node.values)
    for node in ast.walk(tree):
        if node in inner:
            continue
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            yield node


def _template(node: ast.Constant | ast.JoinedStr) -> str:
    parts = [node] if isinstance(node, ast.Constant) else node.values
    text, number = "", 0
    for part in parts:
        if not isinstance(part, ast.Constant):
            number += 1
            text += f"{{{number}}}"
            continue
        # Texts for `str.format` have places, too.
        for fixed in re.split(r"(\{\w*\})", str(part.value)) if isinstance(node, ast.Constant) else [str(part.value)]:
            if re.fullmatch(r"\{\w*\}", fixed):
                number += 1
                fixed = f"{{{number}}}"
            text += fixed
    return text


def update(path: Path) -> None:
    """Bring a catalogue up to date.

    Raises:
        subprocess.CalledProcessError: If Qt's tool fails.
        SystemExit: If PySide6 comes without that tool.
    """
    known = _core_translations(path)
    _remove_core(path)
    tool = shutil.which("lupdate", path=str(Path(PySide6.__file__).parent))
    if tool is None:
        raise SystemExit("This PySide6 comes without lupdate.")
    sources = sorted(str(source.relative_to(ROOT)) for source in (ROOT / "tlft_desktop" / "gui").rglob("*.py"))
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", "de", "-silent"]
    subprocess.run([tool, *options, *sources, "-ts", str(path)], cwd=ROOT, check=True)
    _add_core(path, known)


def _core_translations(path: Path) -> dict[str, str]:
    root = ET.parse(path).getroot()
    messages = [m for context in root.iter("context") if context.findtext("name") == CONTEXT for m in context]
    return {m.findtext("source") or "": m.findtext("translation") or "" for m in messages if m.tag == "message"}


def _remove_core(path: Path) -> None:
    tree = ET.parse(path)
    for context in [c for c in tree.getroot().iter("context") if c.findtext("name") == CONTEXT]:
        tree.getroot().remove(context)
    _write(tree, path)


def _add_core(path: Path, known: dict[str, str]) -> None:
    tree = ET.parse(path)
    context = ET.SubElement(tree.getroot(), "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source in core_sentences():
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        translation.text = known.get(source, "")
        if not translation.text:
            translation.set("type", "unfinished")
    _write(tree, path)


def _write(tree: ET.ElementTree[ET.Element], path: Path) -> None:
    ET.indent(tree, "    ")
    text = ET.tostring(tree.getroot(), encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def unfinished(path: Path) -> list[tuple[str, str]]:
    """Return context and source of every text without a finished translation."""
    missing = []
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or not translation.text or translation.get("type"):
                missing.append((context.findtext("name") or "", message.findtext("source") or ""))
    return missing


def main() -> int:
    """Update or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; end with 1 if a text lacks a translation")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / CATALOGUE.name
        shutil.copy(CATALOGUE, copy)
        update(copy)
        missing = unfinished(copy)
        if not options.check:
            CATALOGUE.write_bytes(copy.read_bytes())
    for context, text in missing:
        print(f"not translated: {context or '(no class)'}: {text}")
    return int(bool(missing) and options.check)


if __name__ == "__main__":
    sys.exit(main())
