"""The rules that keep the program in shape, checked on its sources and by importing it in child processes."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import source_rules
from source_scan import (
    PACKAGE,
    ROOT,
    FunctionNode,
    aliases,
    functions,
    imported_modules,
    module_names,
    num_code_lines,
    parse,
    sources,
    tracked_files,
)

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40
CORE = "tlft_desktop.core"
# What a person waits for without knowing why: these load neither torch nor anything that loads it.
QUICK_MODULES = (
    f"{CORE}.values",
    f"{CORE}.project",
    f"{CORE}.fsio",
    f"{CORE}.stats",
    f"{CORE}.settings",
    f"{CORE}.errors",
    f"{CORE}.models.catalog",
    f"{CORE}.models.weights_folder",
    f"{CORE}.models.download",
    f"{CORE}.models.safetensors_header",
    f"{CORE}.runs.store",
    f"{CORE}.workflows.checking",
    f"{CORE}.export.formats",
    f"{CORE}.data.scan",
    f"{CORE}.data.decode",
    f"{CORE}.data.probe",
    "tlft_desktop.cli",
    "tlft_desktop.paths",
    "tlft_desktop.logs",
)
WITHOUT_QT = (CORE, "tlft_desktop.paths", "tlft_desktop.logs", "tlft_desktop.cli", "tlft_desktop.commands")
FILE_MODULES = ("tlft_desktop/core/fsio.py", "tlft_desktop/core/fsio/")
LOG_MODULE = "tlft_desktop/logs.py"  # logging's handlers open their files themselves
WEIGHTS_FOLDER = "tlft_desktop/core/models/"


def modules_below(*packages: str) -> list[str]:
    """Return the modules that exist in some packages, the packages themselves included."""
    return [name for name in module_names() if any(name == p or name.startswith(f"{p}.") for p in packages)]


def run_python(*arguments: str, home: Path) -> str:
    """Run a child Python with an empty home and return its standard output."""
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]), "HOME": str(home)}
    child = subprocess.run(
        [sys.executable, *arguments], cwd=home, env=variables, capture_output=True, text=True, timeout=300
    )
    assert child.returncode == 0, child.stderr
    return child.stdout


def loaded_by(modules: list[str], names: str, *, home: Path, before: str = "") -> list[str]:
    """Import modules in a child process and return which of `names` (top-level packages) that has loaded."""
    code = (
        f"import importlib, json, sys\n{before}\nfor name in {modules!r}:\n    importlib.import_module(name)\n"
        f"print(json.dumps(sorted(set({names.split()!r}) & set(sys.modules))))"
    )
    return json.loads(run_python("-c", code, home=home).splitlines()[-1])


@pytest.fixture(scope="module")
def audited_import(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Import every module of the program under the audit hook, in a child process with an empty home."""
    home = tmp_path_factory.mktemp("home")
    output = run_python("-B", str(ROOT / "tests" / "import_audit.py"), *module_names(), home=home)
    left = [path.name for path in home.iterdir() if "tlft" in path.name.lower()]
    return {**json.loads(output.splitlines()[-1]), "left": left}


def test_core_and_command_line_import_without_qt(tmp_path: Path) -> None:
    modules = modules_below(*WITHOUT_QT)
    assert len(modules) > 10
    block = "import no_qt\nno_qt.block_qt()"
    assert loaded_by(modules, "PySide6 shiboken6 pyqtgraph", home=tmp_path, before=block) == []


def test_the_qt_blocker_can_fail(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="works without Qt"):
        loaded_by(["PySide6.QtCore"], "PySide6", home=tmp_path, before="import no_qt\nno_qt.block_qt()")


def check_contracts(folder: Path) -> tuple[int, str]:
    """Run import-linter on the program in a folder; return its exit code and its words."""
    code = "import sys\nfrom importlinter.cli import lint_imports\nsys.exit(lint_imports(no_cache=True))"
    variables = {**os.environ, "PYTHONUTF8": "1"}
    options = {"cwd": folder, "env": variables, "capture_output": True, "encoding": "utf-8", "timeout": 120}
    child = subprocess.run([sys.executable, "-c", code], **options)  # type: ignore[call-overload]
    return child.returncode, child.stdout + child.stderr


def test_import_contracts_hold() -> None:
    code, words = check_contracts(ROOT)
    assert code == 0, words
    assert re.search(r"(\d+) kept, 0 broken", words)


def test_import_contracts_can_break(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "tlft_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "tlft_desktop" / "core" / "stats.py").open("a", encoding="utf-8") as file:
        file.write("\nimport PySide6\nimport torch\n")
    code, words = check_contracts(tmp_path)
    assert code == 1
    assert "core knows neither Qt nor its front ends BROKEN" in words
    assert "what must answer at once does not load torch BROKEN" in words


def test_every_package_of_core_stands_in_the_order_of_imports() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    packages = {path.parent.name for path in (PACKAGE / "core").glob("*/__init__.py")} - {"fsio"}
    assert packages <= {layer.strip("()") for layer in layers}


@pytest.mark.parametrize("module", QUICK_MODULES)
def test_what_must_answer_at_once_does_not_load_torch(module: str, tmp_path: Path) -> None:
    modules = modules_below(module)
    assert modules, f"{module} is not there"
    assert loaded_by(modules, "torch torchvision timm sklearn", home=tmp_path) == []


@pytest.mark.parametrize("command", ["compare", "evaluate"])
def test_what_reads_stored_answers_does_not_load_torch(command: str, tmp_path: Path) -> None:
    assert loaded_by([f"tlft_desktop.commands.{command}"], "torch torchvision timm", home=tmp_path) == []


def test_the_window_opens_before_large_libraries_load(tmp_path: Path) -> None:
    modules = ["tlft_desktop.cli", "tlft_desktop.commands.gui", "tlft_desktop.gui.app"]
    assert loaded_by(modules, "numpy PIL torch pyqtgraph sklearn safetensors", home=tmp_path) == []


def test_every_module_can_be_imported(audited_import: dict[str, object]) -> None:
    assert audited_import["failed"] == {}


def test_no_module_works_at_import(audited_import: dict[str, object]) -> None:
    assert audited_import["worked"] == []
    assert audited_import["qt_app"] is False
    assert audited_import["left"] == []


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ("import os; os.mkdir('made')", "os.mkdir"),
        ("from pathlib import Path; Path('made.txt').write_text('')", "open"),
        ("import threading; threading.Thread(target=int).start()", "thread"),
        ("import socket; socket.socket()", "socket.__new__"),
        ("import subprocess, sys; subprocess.run([sys.executable, '-c', ''])", "subprocess.Popen"),
    ],
)
def test_the_audit_of_imports_can_fail(body: str, event: str, tmp_path: Path) -> None:
    (tmp_path / "tlft_desktop").mkdir()
    (tmp_path / "tlft_desktop" / "__init__.py").write_text(body, encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import import_audit; import_audit.main(['tlft_desktop'])"
    )
    result = json.loads(run_python("-B", "-c", code, home=tmp_path).splitlines()[-1])
    assert event in [found[1] for found in result["worked"]]


def test_only_fsio_writes_files() -> None:
    others = [source for source in sources("tlft_desktop") if not source.name.startswith(FILE_MODULES)]
    found = [line for source in others for line in source_rules.written_files(source)]
    by_handlers = [
        line for line in found if line.startswith(LOG_MODULE) and line.split(": ")[1] in source_rules.LOGGING_HANDLERS
    ]
    assert sorted(set(found) - set(by_handlers)) == []


@pytest.mark.parametrize(
    "code",
    [
        "open('x', 'w')",
        "open('x', mode)",
        "path.open('ab')",
        "path.open(mode='r+')",
        "import os\nos.replace(a, b)",
        "from os import unlink\nunlink(a)",
        "import os\ndef f():\n    flags = os.O_RDWR\n    return os.open(a, flags)",
        "from shutil import rmtree as away\naway(a)",
        "path.write_text('x')",
        "path.rename(target)",
        "path.replace(target)",
        "import numpy as np\nnp.save(a, b)",
        "import torch\ntorch.save(a, b)",
        "image.save(output_path)",
        "import zipfile\nzipfile.ZipFile(a, 'w')",
        "from logging.handlers import RotatingFileHandler\nRotatingFileHandler(a)",
        "from PySide6.QtCore import QSaveFile\nQSaveFile(a)",
    ],
)
def test_the_search_for_writers_can_fail(code: str) -> None:
    assert list(source_rules.written_files(parse("x.py", code)))


def test_the_search_for_writers_leaves_readers_alone() -> None:
    code = """
import dataclasses, os, io
from tlft_desktop.core import fsio
open(path); open(path, "rb"); path.open(); path.open("rb"); os.open(path, os.O_RDONLY)
"a".replace("b", "c"); dataclasses.replace(value, a=1); image.save(buffer, format="PNG"); project.save(config)
fsio.write_bytes(path, b""); io.BytesIO().write(b"")
"""
    assert list(source_rules.written_files(parse("x.py", code))) == []


def test_e1_nothing_runs_code_that_came_as_data() -> None:
    found = [line for source in sources("tlft_desktop") for line in source_rules.code_from_data(source)]
    allowed = [line for line in found if line.startswith(WEIGHTS_FOLDER) and line.endswith("with weights_only=True")]
    assert len(allowed) <= 1
    assert sorted(set(found) - set(allowed)) == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from joblib import load",
        "import torch\ntorch.load(path)",
        "import torch\ntorch.load(path, weights_only=False)",
        "import numpy\nnumpy.load(path)",
        "from numpy import load\nload(path, allow_pickle=True)",
        "eval(text)",
        "exec(text)",
        "import subprocess\nsubprocess.run(text, shell=True)",
        "import torch\ntorch.hub.load(repository, name)",
    ],
)
def test_e1_the_search_for_code_from_data_can_fail(code: str) -> None:
    assert list(source_rules.code_from_data(parse("x.py", code)))


def test_core_imports_its_own_modules_at_the_top_only() -> None:
    found = [
        source.at(node, f"import of {module} in {function.name}()")
        for source in sources("tlft_desktop/core")
        for function in functions(source.tree)
        for node, module in imported_modules(function)
        if module.partition(".")[0] == "tlft_desktop"
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["tlft_desktop", "packaging"])
def test_files_stay_short(folder: str) -> None:
    long = [
        f"{source.name}: {len(source.text.splitlines())}" for source in sources(folder) if source.text.count("\n") > 400
    ]
    assert long == []


@pytest.mark.parametrize("folder", ["tlft_desktop", "packaging"])
def test_functions_stay_short(folder: str) -> None:
    lengths = [
        (num_code_lines(node), source.at(node, node.name))
        for source in sources(folder)
        for node in functions(source.tree)
    ]
    assert [(where, lines) for lines, where in lengths if lines > MAX_FUNCTION_LINES] == []


def test_every_function_of_core_is_annotated() -> None:
    found = [
        source.at(node, node.name)
        for source in sources("tlft_desktop/core")
        for node in functions(source.tree)
        if node.returns is None or not _is_annotated(node)
    ]
    assert found == []


def _is_annotated(node: FunctionNode) -> bool:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return all(argument.annotation is not None for argument in arguments if argument.arg not in ("self", "cls"))


# The last two only print it.
MODULES_WITH_INTERPRETER = {"core/children.py", "core/workflows/diagnosis.py", "core/hints.py"}


def test_children_are_started_in_one_way() -> None:
    found = {
        Path(source.name).relative_to("tlft_desktop").as_posix()
        for source in sources("tlft_desktop")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.executable"
    }
    assert found == MODULES_WITH_INTERPRETER


def test_no_live_object_is_kept_in_a_global() -> None:
    found = [
        source.at(node, "global " + ", ".join(node.names))
        for source in sources("tlft_desktop/core")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Global)
    ]
    assert found == []


def test_no_machine_paths_and_no_notes_without_an_issue() -> None:
    machine = re.compile(r"(?<![\w.])/(?:home|Users|root|work|mnt)/\w+|[A-Z]:\\\\?Users\\")
    note = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b(?!\(#\d+\)|.*#\d+)")
    found = []
    for path in tracked_files():
        if path.suffix not in {
            ".py",
            ".md",
            ".toml",
            ".yml",
            ".yaml",
            ".json",
            ".jsonl",
            ".cfg",
            ".sh",
            ".svg",
            ".qss",
        }:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if path != Path(__file__).resolve() and (machine.search(line) or note.search(line)):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_types_are_checked_for_the_python_that_runs() -> None:
    """The types of numpy need the Python that pip chose numpy for: read for an older one, they are wrong."""
    assert "python_version" not in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]


@pytest.mark.full
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_types_hold_on_every_system(platform: str) -> None:
    """What only exists on some systems is used on these only: mypy knows which."""
    # Kept beside that of mypy itself: from the second run on it takes seconds.
    cache = ROOT / ".mypy_cache" / platform
    command = [sys.executable, "-m", "mypy", "--platform", platform, "--cache-dir", str(cache)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert child.returncode == 0, child.stdout


def test_packaging_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_aliases_follow_imports() -> None:
    tree = ast.parse("import numpy as np\nfrom shutil import rmtree as away")
    assert aliases(tree) == {"np": "numpy", "away": "shutil.rmtree"}
