"""Drive the environment's pip: ask what it would install, say how large that is, install it, explain failures."""

from __future__ import annotations

import json
import os
import platform
import ssl
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from _bootstrap.console import SetupError, capture, run

NETWORK_SIGNS = (
    "Failed to establish a new connection",
    "Failed to resolve",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "nodename nor servname",
    "Max retries exceeded",
    "ConnectTimeoutError",
    "Network is unreachable",
    "Connection refused",
    "ProxyError",
    "ReadTimeoutError",
    "SSLError",
    "CERTIFICATE_VERIFY_FAILED",
)
NAMED_FROM_BYTES = 15_000_000


@dataclass(frozen=True)
class Package:
    """One package that pip would install; `num_bytes` is None where nobody told the size."""

    name: str
    version: str
    url: str
    num_bytes: int | None = None

    @property
    def is_local(self) -> bool:
        return self.url.startswith("file:")


@dataclass(frozen=True)
class Pip:
    """The pip of one environment and where it may look for packages."""

    python: Path
    root: Path
    wheels: Path | None = None
    extra_args: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of a pip call, limited to the wheel folder if one was given."""
        sources = ["--no-index", "--find-links", str(self.wheels)] if self.wheels else []
        return [str(self.python), "-m", "pip", *arguments, "--disable-pip-version-check", "--no-input", *sources]

    def would_install(
        self, requirements: Sequence[str], *, options: Sequence[str] = (), waiting: str = ""
    ) -> list[Package]:
        """Return what an installation of `requirements` would add.

        Raises:
            PipError: If pip finds no solution.
        """
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder, "report.json")
            command = self.command("install", "--dry-run", "-q", "--report", str(report), *self.extra_args, *options)
            if self.constraints:
                versions = Path(folder, "versions.txt")
                versions.write_text("\n".join(self.constraints), encoding="utf-8")
                command += ["--constraint", str(versions)]
            result = capture([*command, *requirements], cwd=self.root, waiting=waiting)
            if result.returncode != 0:
                raise PipError(result.stdout)
            return read_report(json.loads(report.read_text(encoding="utf-8")))

    def install_hashed(self, lines: Sequence[str]) -> None:
        """Install files with the hashes in `lines`, and nothing that they need besides."""
        with tempfile.TemporaryDirectory() as folder:
            listed = Path(folder, "requirements.txt")
            listed.write_text("\n".join(lines), encoding="utf-8")
            self.install("--require-hashes", "--no-deps", "-r", str(listed))

    def install(self, *arguments: str) -> None:
        """Install with pip's own progress on the terminal."""
        code = run(self.command("install", *self.extra_args, *arguments), cwd=self.root)
        if code != 0:
            raise SetupError(
                f"pip ended with code {code} (its words are above). The same command goes on from what is installed."
            )


class PipError(Exception):
    """pip found no solution; the text is its output."""


def read_report(report: dict[str, Any]) -> list[Package]:
    """Return the packages of a report that `pip install --report` wrote."""
    packages = []
    for entry in report["install"]:
        metadata, url = entry["metadata"], entry["download_info"]["url"]
        packages.append(Package(metadata["name"], metadata["version"], url))
    return packages


def with_sizes(packages: Sequence[Package], *, size_of: Callable[[str], int | None]) -> list[Package]:
    """Return the packages with their sizes, asked for in parallel."""
    with ThreadPoolExecutor(max_workers=12) as pool:
        sizes = list(pool.map(size_of, [package.url for package in packages]))
    return [
        Package(package.name, package.version, package.url, size) for package, size in zip(packages, sizes, strict=True)
    ]


def size_of_url(url: str) -> int | None:
    """Return the size of a package file in bytes from the disk or the server; None if it does not tell."""
    parts = urlsplit(url)
    try:
        if parts.scheme == "file":
            return os.path.getsize(urllib.request.url2pathname(unquote(parts.path)))
        authority = os.environ.get("PIP_CERT") or os.environ.get("REQUESTS_CA_BUNDLE")
        context = ssl.create_default_context(cafile=authority) if parts.scheme == "https" else None
        request = urllib.request.Request(url, method="HEAD")
        with urllib.request.urlopen(request, timeout=5, context=context) as answer:
            length = answer.headers.get("Content-Length", "")
            return int(length) if length.isdigit() else None
    except (OSError, ValueError):
        return None


def describe(packages: Sequence[Package]) -> list[str]:
    """Return the lines that say what will be fetched and how large it is."""
    local = [package for package in packages if package.is_local]
    remote = [package for package in packages if not package.is_local]
    lines = []
    if local:
        lines.append(f"From this machine: {_sum(local)}.")
    if remote:
        lines.append(f"To download: {_sum(remote)}. What pip's cache holds is not fetched again.")
    return lines


def _sum(packages: Sequence[Package]) -> str:
    files = "1 package" if len(packages) == 1 else f"{len(packages)} packages"
    large = sorted((p for p in packages if (p.num_bytes or 0) >= NAMED_FROM_BYTES), key=lambda p: -(p.num_bytes or 0))
    named = ", ".join(f"{p.name} {p.version} {_megabytes([p])}" for p in large)
    return f"{files}, {_megabytes(packages)}" + (f" ({named})" if named else "")


def _megabytes(packages: Sequence[Package]) -> str:
    known = sum(package.num_bytes or 0 for package in packages)
    num_unknown = sum(package.num_bytes is None for package in packages)
    if num_unknown == len(packages):
        return "size not told by the index"
    text = f"{known / 1e6:.1f} MB" if known < 10e6 else f"{known / 1e6:.0f} MB"
    return f"{text} and {num_unknown} of unknown size" if num_unknown else text


def is_offline(output: str) -> bool:
    """Return whether pip's words tell of a network that does not answer."""
    return any(sign in output for sign in NETWORK_SIGNS)


def explain(output: str, *, wheels: Path | None) -> str:
    """Turn pip's words about a failure into what happened and what to do."""
    last = [line for line in output.strip().splitlines() if line.startswith("ERROR")] or output.strip().splitlines()[
        -1:
    ]
    words = "\n".join(last)
    here = f"Python {sys.version_info.major}.{sys.version_info.minor} on {sys.platform} {platform.machine()}"
    if wheels is not None:
        return (
            f"{words}\nThe folder {wheels} does not hold everything that is needed for {here}; see packaging/README.md."
        )
    if is_offline(output):
        return (
            f"{words}\nNo package index can be reached from here. Connect this computer, or run on a connected one of "
            f"the same kind ({here})\n    python3 -m pip download -d wheels pip hatchling editables '.[dev]'\n"
            "in this checkout, bring the folder here and add `--wheels wheels` to the same command."
        )
    return f"{words}\npip found no set of packages that fits {here}."
