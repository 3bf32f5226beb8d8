"""Signatures and the notarisation of Apple, with secrets from variables of the environment; without them neither.

MACOS_CERTIFICATE            the "Developer ID Application" certificate with its key, a .p12 file, in base64
MACOS_CERTIFICATE_PASSWORD   of that file
MACOS_NOTARY_KEY             a key of App Store Connect, a .p8 file, in base64
MACOS_NOTARY_KEY_ID          its number
MACOS_NOTARY_ISSUER          the number of the team that it belongs to
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from _bootstrap.console import SetupError, say
from _build.tools import call

ENTITLEMENTS = Path(__file__).resolve().parents[1] / "macos" / "entitlements.plist"
_CERTIFICATE = ("MACOS_CERTIFICATE", "MACOS_CERTIFICATE_PASSWORD")
_NOTARY = ("MACOS_NOTARY_KEY", "MACOS_NOTARY_KEY_ID", "MACOS_NOTARY_ISSUER")
_MACH_O = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf")
_FILES_A_CALL = 50
_AD_HOC = "-"
_NOTARY_MINUTES = 60


@dataclass(frozen=True)
class Signer:
    """Signs for one publisher, or without a certificate so that the files hang together and nothing more.

    Attributes:
        identity: Hash of the certificate, "" without one.
        keychain: Where its key is.
    """

    identity: str = ""
    keychain: Path | None = None

    def sign_tree(self, root: Path) -> None:
        """Sign every program and library below `root`; those of others keep the signatures that they came with."""
        if not self.identity:
            return
        binaries = sorted((path for path in root.rglob("*") if is_mach_o(path)), key=lambda path: -len(path.parts))
        programs = [path for path in binaries if path.parent.name == "bin"]
        libraries = [path for path in binaries if path.parent.name != "bin"]
        for start in range(0, len(libraries), _FILES_A_CALL):
            self._sign(libraries[start : start + _FILES_A_CALL])
        self._sign(programs, with_entitlements=True)

    def sign_bundle(self, app: Path) -> None:
        """Sign an app bundle as a whole, and look whether everything in it is as it was signed."""
        self._sign([app], with_entitlements=True)
        call(["codesign", "--verify", "--deep", "--strict", app])

    def sign_image(self, image: Path) -> None:
        """Sign a disk image."""
        if self.identity:
            self._sign([image], is_program=False)

    def _sign(self, paths: Sequence[Path], *, with_entitlements: bool = False, is_program: bool = True) -> None:
        command: list[str | Path] = ["codesign", "--force", "--sign", self.identity or _AD_HOC]
        if self.identity:
            command += ["--timestamp"]
        if self.keychain:
            command += ["--keychain", self.keychain]
        if self.identity and is_program:
            command += ["--options", "runtime"]
        if self.identity and with_entitlements:
            command += ["--entitlements", ENTITLEMENTS]
        if paths:
            call([*command, *paths])


def is_mach_o(path: Path) -> bool:
    """Return whether a file is a program or a library of macOS, and no link."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) in _MACH_O


@contextmanager
def signer(variables: Mapping[str, str]) -> Iterator[Signer]:
    """Give what signs; the key lies in a keychain of its own until the end.

    Raises:
        SetupError: If a part of the certificate is missing, or it cannot be used.
    """
    given = _given(variables, _CERTIFICATE)
    if not given:
        say("No certificate is given: the app is not signed by a publisher, and macOS warns of it.")
        yield Signer()
        return
    with tempfile.TemporaryDirectory() as folder:
        certificate, keychain = Path(folder, "certificate.p12"), Path(folder, "build.keychain-db")
        certificate.write_bytes(_decoded(given, "MACOS_CERTIFICATE"))
        password = secrets.token_hex()
        call(["security", "create-keychain", "-p", password, keychain])
        before = re.findall(r'"(.+)"', call(["security", "list-keychains", "-d", "user"]))
        try:
            call(["security", "unlock-keychain", "-p", password, keychain])
            word = given["MACOS_CERTIFICATE_PASSWORD"]
            call(["security", "import", certificate, "-k", keychain, "-P", word, "-T", "/usr/bin/codesign"])
            partitions = ["-S", "apple-tool:,apple:", "-s", "-k", password]
            call(["security", "set-key-partition-list", *partitions, keychain])
            call(["security", "list-keychains", "-d", "user", "-s", keychain, *before])
            yield Signer(_identity(call(["security", "find-identity", "-v", "-p", "codesigning", keychain])), keychain)
        finally:
            call(["security", "list-keychains", "-d", "user", "-s", *before])
            call(["security", "delete-keychain", keychain])


def notarise(image: Path, variables: Mapping[str, str], *, is_signed: bool) -> None:
    """Let Apple look through a signed disk image, and put its word into the file, where it is found offline.

    Raises:
        SetupError: If a part of the key is missing, the image is not signed, or Apple refuses it.
    """
    given = _given(variables, _NOTARY)
    if not given:
        say(f"No key for Apple's notary is given: {image.name} is not notarised.")
        return
    if not is_signed:
        raise SetupError(f"Apple notarises what is signed: set {' and '.join(_CERTIFICATE)}, too.")
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder, "notary.p8")
        key.write_bytes(_decoded(given, "MACOS_NOTARY_KEY"))
        access: list[str | Path] = [
            "--key",
            key,
            "--key-id",
            given["MACOS_NOTARY_KEY_ID"],
            "--issuer",
            given["MACOS_NOTARY_ISSUER"],
        ]
        told = call(["xcrun", "notarytool", "submit", image, *access, "--wait", "--timeout", f"{_NOTARY_MINUTES}m"])
        if "status: Accepted" not in told:  # notarytool ends with 0 for what is refused, too
            number = re.search(r"id: (\S+)", told)
            log = call(["xcrun", "notarytool", "log", number[1], *access]) if number else told
            raise SetupError(f"Apple does not notarise {image.name}:\n{log.strip()}")
    call(["xcrun", "stapler", "staple", image])
    call(["spctl", "--assess", "--type", "open", "--context", "context:primary-signature", image])


def _given(variables: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Return the variables if all are set, nothing if none is; services set those that they lack to nothing."""
    given = {name: variables[name] for name in names if variables.get(name)}
    missing = [name for name in names if name not in given]
    if given and missing:
        raise SetupError(f"{', '.join(missing)} is not set, but {', '.join(given)} is: both or neither.")
    return given


def _decoded(given: Mapping[str, str], name: str) -> bytes:
    try:
        return base64.b64decode("".join(given[name].split()), validate=True)
    except binascii.Error as error:
        raise SetupError(f"{name} is not a file in base64.") from error


def _identity(told: str) -> str:
    found = re.search(r'\b([0-9A-F]{40}) "Developer ID Application: ', told)
    if found is None:
        raise SetupError("MACOS_CERTIFICATE holds no valid certificate 'Developer ID Application' with its key.")
    return found[1]
