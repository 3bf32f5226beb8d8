"""What no module may do: write files past `core/fsio.py`, run code that came as data, or use private names of torch."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from source_scan import MODE, Source, aliases, calls, constant, dotted, functions, imported_modules, keyword, open_mode


def _full_names(by_module: dict[str, str]) -> frozenset[str]:
    return frozenset(f"{module}.{name}" for module, names in by_module.items() for name in names.split())


WRITING_CALLS = _full_names(
    {
        "os": "replace rename renames remove unlink mkdir makedirs rmdir removedirs truncate ftruncate symlink link "
        "mkfifo mknod chmod chown utime pwrite copy_file_range",
        "shutil": "move rmtree copy copy2 copyfile copytree copyfileobj copymode make_archive unpack_archive",
        "tempfile": "mkdtemp mkstemp TemporaryDirectory NamedTemporaryFile TemporaryFile SpooledTemporaryFile",
        "numpy": "save savez savez_compressed savetxt memmap",
        "torch": "save jit.save hub.download_url_to_file hub.load_state_dict_from_url",
        "safetensors": "torch.save_file numpy.save_file",
        "PySide6.QtCore": "QFile QSaveFile QTemporaryFile QTemporaryDir",
        "urllib.request": "urlretrieve",
        "sqlite3": "connect",
        "tifffile": "imwrite",
    }
)
LOGGING_HANDLERS = _full_names(
    {"logging": "FileHandler", "logging.handlers": "RotatingFileHandler TimedRotatingFileHandler WatchedFileHandler"}
)
WRITING_METHODS = frozenset(
    {"write_text", "write_bytes", "mkdir", "unlink", "touch", "rmdir", "symlink_to", "hardlink_to", "tofile", "mkpath"}
)
ONE_ARGUMENT_METHODS = frozenset({"rename", "replace"})  # of a path; str.replace has two, dataclasses.replace keywords
OPENERS = {"open": 1, "io.open": 1, "codecs.open": 1, "gzip.open": 1, "bz2.open": 1, "lzma.open": 1, "tarfile.open": 1}
WRITE_FLAGS = frozenset({"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"})
FILE_MODULE = "tlft_desktop.core.fsio."
ARCHIVES = frozenset({"zipfile.ZipFile", "tarfile.TarFile", "zipfile.PyZipFile"})

PICKLING = frozenset({"pickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "jsonpickle", "yaml"})
CODE_FROM_DATA_CALLS = frozenset({"eval", "exec", "compile", "__import__"}) | _full_names(
    {
        "torch": "jit.load hub.load package.PackageImporter",
        "os": "system popen",
        "importlib.util": "spec_from_file_location",
        "runpy": "run_path run_module",
    }
)


def written_files(source: Source) -> Iterator[str]:
    """Yield every call of a module that may change the disk."""
    for call, name in calls(source.tree):
        if name.startswith(FILE_MODULE):
            continue
        if name in WRITING_CALLS or name in LOGGING_HANDLERS:
            yield source.at(call, name)
        elif name == "os.open":
            yield from _written_by_descriptor(source, call)
        elif name in OPENERS or name in ARCHIVES:
            mode = open_mode(call, OPENERS.get(name, 1))
            if mode is None or set(mode) & set("wax+"):
                yield source.at(call, f"{name} with mode {mode or 'that is not a literal'}")
        elif isinstance(call.func, ast.Attribute):
            yield from _written_by_method(source, call, call.func.attr)


def _written_by_descriptor(source: Source, call: ast.Call) -> Iterator[str]:
    # The flags may be put together before the call, so all of the function around it counts.
    around = [node for node in functions(source.tree) if call in ast.walk(node)]
    scope = min(around, key=lambda node: len(list(ast.walk(node))), default=source.tree)
    flags = {node.attr for node in ast.walk(scope) if isinstance(node, ast.Attribute)} & WRITE_FLAGS
    if flags and ast.unparse(call.args[0]) != "os.devnull":
        yield source.at(call, f"os.open with {', '.join(sorted(flags))}")


def _written_by_method(source: Source, call: ast.Call, method: str) -> Iterator[str]:
    one_argument = method in ONE_ARGUMENT_METHODS and len(call.args) == 1 and not call.keywords
    if method in WRITING_METHODS or one_argument:
        yield source.at(call, f".{method}(...)")
    elif method == "open":
        modes = [constant(node) for node in (*call.args[:2], keyword(call, "mode"))]
        if any(isinstance(mode, str) and MODE.fullmatch(mode) and set(mode) & set("wax+") for mode in modes):
            yield source.at(call, ".open(...) for writing")
    elif method in ("save", "save_file", "savez") and call.args:
        target = ast.unparse(call.args[0])  # image.save(path): a buffer is fine, a file name is not
        if any(word in target.lower() for word in ("path", "file", "folder", "str(")):
            yield source.at(call, f".{method}({target})")


def code_from_data(source: Source) -> Iterator[str]:
    """Yield every import or call of a module that may run code out of a file (row E1 of the fault matrix)."""
    for node, module in imported_modules(source.tree):
        if module.partition(".")[0] in PICKLING:
            yield source.at(node, f"import {module}")
    for call, name in calls(source.tree):
        if name in CODE_FROM_DATA_CALLS:
            yield source.at(call, name)
        elif name == "torch.load":
            yield source.at(call, "torch.load with weights_only=True" if _is_weights_only(call) else "torch.load")
        elif name == "numpy.load" and constant(keyword(call, "allow_pickle")) is not False:
            yield source.at(call, "numpy.load without allow_pickle=False")
        elif constant(keyword(call, "shell")) is True:
            yield source.at(call, f"{name} with shell=True")


def _is_weights_only(call: ast.Call) -> bool:
    return constant(keyword(call, "weights_only")) is True


TORCH_LIBRARIES = frozenset({"torch", "torchvision", "timm"})


def private_names(source: Source, state: Collection[str]) -> Iterator[tuple[ast.AST, str]]:
    """Yield every name of torch and its companions that begins with an underscore.

    Args:
        state: Attributes that are private wherever they are read; `?._buffers` stands for one of any object but self.
    """
    known = aliases(source.tree)
    for node in ast.walk(source.tree):
        for name in _names_of(node, known, state):
            yield node, name


def _names_of(node: ast.AST, known: dict[str, str], state: Collection[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        found = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        found = [f"{node.module}.{alias.name}" for alias in node.names]
    elif isinstance(node, ast.Call) and dotted(node.func) == "getattr" and isinstance(constant(node.args[1]), str):
        found = [f"{_full_name(node.args[0], known)}.{constant(node.args[1])}"]
    elif isinstance(node, ast.Attribute) and _is_private(node.attr):
        found = [_full_name(node, known)]
        if node.attr in state and ast.unparse(node.value) not in ("self", "cls", "super()"):
            yield f"?.{node.attr}"
    else:
        found = []
    for name in found:
        if name.partition(".")[0] in TORCH_LIBRARIES and any(_is_private(part) for part in name.split(".")):
            yield name


def _full_name(node: ast.expr, known: dict[str, str]) -> str:
    head, dot, rest = dotted(node).partition(".")
    return known.get(head, head) + dot + rest


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")
