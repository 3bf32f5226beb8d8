"""The app for macOS, as far as other systems can see it: description, layout, launcher and command lines."""

from __future__ import annotations

import base64
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from _bootstrap.console import SetupError
from _build import __main__ as build
from _build import macos, macos_signing, macos_tree, packages
from _build.macos_signing import Signer, notarise, signer
from _build.release import Release
from tlft_desktop import APP_ID

ROOT = Path(__file__).resolve().parents[2]
RELEASE = Release(ROOT, "1.2.3", "0" * 40, 1_700_000_000)
MACH_O = b"\xcf\xfa\xed\xfe"
SECRETS = {
    "MACOS_CERTIFICATE": base64.b64encode(b"certificate").decode(),
    "MACOS_CERTIFICATE_PASSWORD": "word",
    "MACOS_NOTARY_KEY": base64.encodebytes(b"key" * 40).decode(),
    "MACOS_NOTARY_KEY_ID": "KEY",
    "MACOS_NOTARY_ISSUER": "ISSUER",
}
IDENTITY = "0123456789ABCDEF0123456789ABCDEF01234567"


class Tools:
    """Takes the place of Apple's tools: keeps the command lines, and answers."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.answers = {
            "find-identity": f'  1) {IDENTITY} "Developer ID Application: Someone (TEAM)"\n',
            "list-keychains -d user": '    "/keychains/login.keychain-db"\n',
            "notarytool submit": "  id: 12-34\n  status: Accepted\n",
        }

    def __call__(self, command: Sequence[str | Path], **_: Any) -> str:
        line = " ".join(map(str, command))
        self.lines.append(line)
        return next((answer for part, answer in self.answers.items() if part in line), "")

    def of(self, *words: str) -> list[str]:
        """Return the command lines that hold all of these."""
        return [line for line in self.lines if all(word in line for word in words)]


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Tools:
    made = Tools()
    for module in (macos, macos_signing, macos_tree):
        monkeypatch.setattr(module, "call", made)
    return made


def small_tree(release: Release, root: Path, *, sign: Callable[[Path], None]) -> macos_tree.Tree:
    """Put together what looks like an installation, as `build_macos_tree` does in earnest."""
    for name in ("python/bin/python3.11", "python/lib/python3.11/site-packages/torch/libtorch.dylib"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_bytes(MACH_O)
    shutil.copy2(release.root / "packaging" / "linux" / "tlft.sh", root / "tlft")
    (root / "tlft-desktop").symlink_to("tlft")
    sign(root)
    return macos_tree.Tree(root, packages.MACOS, root / "python" / "lib", "0" * 64)


def test_other_systems_are_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SetupError, match="on a Mac only"):
        macos.ensure_mac(platform="linux")
    if sys.platform != "darwin":
        command = [sys.executable, "-m", "_build", "macos", "--output", str(tmp_path / "dist")]
        done = subprocess.run(command, cwd=ROOT / "packaging", capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith("[build] The app for macOS can be built on a Mac only")
        assert not (tmp_path / "dist").exists()


def test_a_mac_without_apples_tools_is_told_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name in ("otool", "xcrun") else name)
    with pytest.raises(SetupError, match="needs otool, xcrun: xcode-select --install"):
        macos.ensure_mac(platform="darwin")


def test_the_app_describes_itself() -> None:
    told = plistlib.loads(plistlib.dumps(macos.information(RELEASE)))
    assert told["CFBundleIdentifier"] == APP_ID
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == "1.2.3"
    assert told["LSMinimumSystemVersion"] == "14.0"
    assert (ROOT / "packaging" / "macos" / told["CFBundleExecutable"]).stat().st_mode & 0o111
    (kind,) = told["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"] == {"public.filename-extension": ["tlft"]}
    # As a package a project would look like one file, and no dialog for folders would take it.
    assert kind["UTTypeConformsTo"] == ["public.folder"]
    owned, *others = told["CFBundleDocumentTypes"]
    assert (owned["LSItemContentTypes"], owned["LSHandlerRank"]) == ([kind["UTTypeIdentifier"]], "Owner")
    assert {entry["LSHandlerRank"] for entry in others} == {"Alternate"}
    assert ["public.json"] in [entry["LSItemContentTypes"] for entry in others]


def test_without_secrets_the_app_is_made_and_said_to_be_unsigned(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(macos, "build_macos_tree", small_tree)
    for name in SECRETS:
        monkeypatch.setenv(name, "")  # services set secrets that they lack to nothing
    macos.build_dmg(RELEASE, tmp_path, tmp_path / "a.dmg", is_quick=False)
    app = tmp_path / "image" / "TLFT Desktop.app"
    assert plistlib.loads((app / "Contents" / "Info.plist").read_bytes())["CFBundleExecutable"] == "tlft-desktop"
    assert (app / "Contents" / "Resources" / "tlft").is_file()
    assert (tmp_path / "image" / "Applications").readlink() == Path("/Applications")
    sign, verify, image = tools.lines
    assert sign == f"codesign --force --sign - {app}"
    assert verify.startswith("codesign --verify")
    assert image.startswith("hdiutil create -volname TLFT Desktop")
    assert image.endswith(str(tmp_path / "a.dmg"))
    told = capsys.readouterr().out
    assert "not signed by a publisher" in told
    assert "a.dmg is not notarised" in told


def test_with_secrets_everything_is_signed_notarised_and_nothing_is_left(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(macos, "build_macos_tree", small_tree)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    macos.build_dmg(RELEASE, tmp_path, tmp_path / "a.dmg", is_quick=True)
    library, program, app, image = tools.of("codesign --force", f"--sign {IDENTITY}", "--timestamp")
    assert library.endswith("libtorch.dylib")
    assert program.endswith("python3.11")
    assert app.endswith("TLFT Desktop.app")
    assert image.endswith("a.dmg")
    assert ["--entitlements" in line for line in (library, program, app, image)] == [False, True, True, False]
    assert ["--options runtime" in line for line in (library, program, app, image)] == [True, True, True, False]
    order = [line.split()[0] + line.split()[1] for line in tools.lines]
    assert order.index("hdiutilcreate") < order.index("xcrunnotarytool") < order.index("xcrunstapler")
    assert tools.lines[-2:][0] == "security list-keychains -d user -s /keychains/login.keychain-db"
    assert "security delete-keychain" in tools.lines[-1]
    assert not list(tmp_path.rglob("*.p12"))


def test_half_a_secret_stops_the_build() -> None:
    with pytest.raises(SetupError, match=r"MACOS_CERTIFICATE_PASSWORD is not set, but MACOS_CERTIFICATE is"):
        signer({"MACOS_CERTIFICATE": "eA=="}).__enter__()
    with pytest.raises(SetupError, match="MACOS_CERTIFICATE is not a file in base64"):
        signer({**SECRETS, "MACOS_CERTIFICATE": "!"}).__enter__()
    with pytest.raises(SetupError, match="MACOS_NOTARY_KEY_ID, MACOS_NOTARY_ISSUER is not set"):
        notarise(Path("a.dmg"), {"MACOS_NOTARY_KEY": "eA=="}, is_signed=True)
    with pytest.raises(SetupError, match="Apple notarises what is signed"):
        notarise(Path("a.dmg"), SECRETS, is_signed=False)


def test_a_certificate_of_another_kind_is_refused_and_its_keychain_goes(tools: Tools) -> None:
    tools.answers["find-identity"] = f'  1) {IDENTITY} "Apple Development: Someone"\n'
    with pytest.raises(SetupError, match="no valid certificate 'Developer ID Application'"):
        signer(SECRETS).__enter__()
    assert "security delete-keychain" in tools.lines[-1]


def test_what_apple_refuses_stops_the_build_with_its_reasons(tools: Tools) -> None:
    tools.answers["notarytool submit"] = "  id: 12-34\n  status: Invalid\n"
    tools.answers["notarytool log 12-34"] = "The signature is invalid."
    with pytest.raises(SetupError, match=r"(?s)does not notarise a\.dmg.*The signature is invalid"):
        notarise(Path("a.dmg"), SECRETS, is_signed=True)
    assert not tools.of("stapler")


def test_only_programs_and_libraries_are_signed(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "script").write_text("#!/bin/sh\n", encoding="ascii")
    for number in range(60):
        (tmp_path / f"lib{number:02}.dylib").write_bytes(MACH_O)
    (tmp_path / "link.dylib").symlink_to("lib00.dylib")
    Signer(IDENTITY).sign_tree(tmp_path)
    assert [line.count(".dylib") for line in tools.lines] == [50, 10]
    assert not tools.of("link.dylib") + tools.of("script")


def test_entitlements_are_those_that_are_explained() -> None:
    rights = plistlib.loads(macos_signing.ENTITLEMENTS.read_bytes())
    assert set(rights.values()) == {True}
    assert macos_signing.ENTITLEMENTS.read_text(encoding="utf-8").count("<!-- ") == len(rights) == 3


def test_a_disk_image_that_is_busy_is_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    failures = ["hdiutil failed with 1:\nhdiutil: create failed - Resource busy"] * 2

    def fail(_: Sequence[str | Path]) -> str:
        if failures:
            raise SetupError(failures.pop())
        return ""

    monkeypatch.setattr(macos, "call", fail)
    macos.write_image(tmp_path, tmp_path / "a.dmg", is_quick=True, pause_s=0)
    assert not failures
    failures += ["hdiutil failed with 1:\nNo space left on device"] * 2
    with pytest.raises(SetupError, match="No space left"):
        macos.write_image(tmp_path, tmp_path / "a.dmg", is_quick=True, pause_s=0)
    assert len(failures) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="launchers for a shell")
def test_the_finders_launcher_opens_the_window_wherever_the_app_lies(tmp_path: Path) -> None:
    app = tmp_path / "Programme für alle" / "TLFT Desktop.app"
    small_tree(RELEASE, app / "Contents" / "Resources", sign=lambda _: None)
    macos.write_bundle(RELEASE, app / "Contents")
    interpreter = app / "Contents" / "Resources" / "python" / "bin" / "python3"
    interpreter.write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\nenv\n', encoding="utf-8")
    interpreter.chmod(0o755)
    launcher = app / "Contents" / "MacOS" / "tlft-desktop"
    command, variables = [launcher, "a b.tlft"], {"PATH": "/usr/bin:/bin", "PYTHONHOME": "/elsewhere"}
    told = subprocess.run(command, cwd="/", env=variables, capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[:5] == [str(interpreter), "-m", "tlft_desktop", "gui", "a b.tlft"]
    assert "PYTHONHOME" not in told


def test_an_interpreter_with_places_of_this_mac_is_refused(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(macos_tree.runtime, "python_version", lambda: "3.11")
    tools.answers["otool -L"] = "python3.11:\n\t/opt/homebrew/lib/libintl.8.dylib (compatibility version 11.0.0)\n"
    with pytest.raises(SetupError, match=r"cannot be moved.*uv python install"):
        macos_tree.copy_macos_runtime(tmp_path / "new", prefix=tmp_path)
    assert not (tmp_path / "new").exists()


def test_the_interpreter_is_copied_with_the_library_that_it_names(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(macos_tree.runtime, "python_version", lambda: "3.11")
    monkeypatch.setattr(macos_tree.sysconfig, "get_config_var", lambda _: "")
    for name in ("bin/python3.11", "lib/libpython3.11.dylib", "lib/python3.11/json.py"):
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).touch()
    tools.answers["otool -L"] = (
        "python3.11:\n\t@executable_path/../lib/libpython3.11.dylib (compatibility version 3.11.0)\n"
        "\t/usr/lib/libSystem.B.dylib (compatibility version 1.0.0)\n"
    )
    library = macos_tree.copy_macos_runtime(tmp_path / "new", prefix=tmp_path / "old")
    assert library == tmp_path / "new" / "lib" / "python3.11"
    made = {path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert made == {"bin/python3.11", "bin/python3", "lib/libpython3.11.dylib", "lib/python3.11/json.py"}


def test_a_library_that_nothing_brings_stops_the_build(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "QtCore").write_bytes(MACH_O)
    (tmp_path / "notes.txt").write_text("no library", encoding="ascii")
    tools.answers["otool -L"] = (
        "QtCore:\n\t@rpath/QtCore.framework/Versions/A/QtCore (compatibility version 6.0.0)\n"
        "_rust.abi3.so:\n\t@rpath/parts._rust.abi3.so (compatibility version 0.0.0)\n"
    )
    tools.answers["otool -D"] = "_rust.abi3.so:\n@rpath/parts._rust.abi3.so\n"
    macos_tree.check_libraries(tmp_path)
    assert "notes.txt" not in tools.lines[0]
    tools.answers["otool -L"] += "\t@rpath/QtQml.framework/Versions/A/QtQml (compatibility version 6.0.0)\n"
    with pytest.raises(SetupError, match="for macOS lacks QtQml"):
        macos_tree.check_libraries(tmp_path)


def test_the_report_and_the_name_of_the_file_say_what_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets: list[Path] = []

    def build_dmg(_: Release, work: Path, target: Path, *, is_quick: bool) -> macos_tree.Tree:
        targets.append(target)
        return macos_tree.Tree(work, packages.MACOS, work, "0" * 64)

    monkeypatch.setattr(macos, "build_dmg", build_dmg)
    build.Builder(RELEASE, tmp_path, is_quick=True).build_macos(tmp_path)
    assert [target.name for target in targets] == ["tlft-desktop-1.2.3-macos-arm64.dmg"]
