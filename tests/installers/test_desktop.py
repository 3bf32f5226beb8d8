"""Menu entry, icons, kinds of files, manual pages and completion for Linux."""

from __future__ import annotations

import configparser
import gzip
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from _build import desktop, icons
from _build.release import Release
from tlft_desktop import APP_ID

ROOT = Path(__file__).resolve().parents[2]
RELEASE = Release(ROOT, "1.2.3", "0" * 40, 1_700_000_000)
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="for Linux")


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    desktop.write_share(RELEASE, folder)
    return folder


def test_one_name_for_menu_entry_icon_windows_and_description(share: Path) -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(share / "applications" / f"{APP_ID}.desktop", encoding="utf-8")
    values = entry["Desktop Entry"]
    assert (values["Icon"], values["StartupWMClass"]) == (APP_ID, APP_ID)
    assert values["Exec"] == "tlft-desktop %f"
    component = ElementTree.parse(share / "metainfo" / f"{APP_ID}.metainfo.xml").getroot()
    assert component.findtext("id") == APP_ID
    assert component.findtext("launchable") == f"{APP_ID}.desktop"
    (released,) = component.iter("release")
    assert released.attrib == {"version": "1.2.3", "date": "2023-11-14"}
    kind = ElementTree.parse(share / "mime" / "packages" / f"{APP_ID}.xml").getroot()[0]
    assert values["MimeType"] == f"{kind.attrib['type']};"
    for side in icons.SIZES:
        assert (share / "icons" / "hicolor" / f"{side}x{side}" / "apps" / f"{APP_ID}.png").is_file()


def test_the_icon_is_seen_on_light_and_dark_panels() -> None:
    for side in (16, 48):
        picture = icons.draw(ROOT / "resources" / "icons" / "program.svg", side)
        assert picture.size == (side, side)
        assert picture.getpixel((0, 0))[3] == 0
        seen = [pixel[:3] for pixel in picture.get_flattened_data() if pixel[3] > 200]
        brightness = [sum(pixel) / 3 for pixel in seen]
        assert min(brightness) < 80
        assert max(brightness) > 160


def test_icons_for_windows_and_macos_hold_all_sizes(tmp_path: Path) -> None:
    svg = ROOT / "resources" / "icons" / "program.svg"
    icons.write_ico(svg, tmp_path / "a.ico")
    icons.write_icns(svg, tmp_path / "a.icns")
    with icons.Image.open(tmp_path / "a.ico") as picture:
        assert {16, 32, 48, 256} <= {size[0] for size in picture.info["sizes"]}
    assert (tmp_path / "a.icns").read_bytes()[:4] == b"icns"


def test_the_manual_page_has_all_commands_and_no_warnings(share: Path) -> None:
    page = gzip.decompress((share / "man" / "man1" / "tlft.1.gz").read_bytes()).decode("utf-8")
    assert "2023\\-11\\-14" in page
    for command in ("demo", "train", "depth\\-curve", "weights"):
        assert re.search(rf"COMMAND.*tlft {re.escape(command)}", page), command
    if shutil.which("groff"):
        drawn = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True, check=True
        )
        assert drawn.stderr == ""


def complete(share: Path, *words: str) -> list[str]:
    """Return what bash offers for the last of `words`."""
    script = (
        f"source {share}/bash-completion/completions/tlft; COMP_WORDS=({' '.join(words)}); "
        f'COMP_CWORD={len(words) - 1}; _shtab_tlft 2>/dev/null; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="for bash")
def test_bash_completes_commands_and_options(share: Path) -> None:
    assert complete(share, "tlft", "tra") == ["train"]
    assert "--strategy" in complete(share, "tlft", "train", "--stra")
    assert set(complete(share, "tlft", "weights", "")) >= {"list", "get", "import"}


def test_equal_sources_make_equal_files(share: Path, tmp_path: Path) -> None:
    desktop.write_share(RELEASE, tmp_path / "again")
    files = [path.relative_to(share) for path in share.rglob("*") if path.is_file()]
    assert len(files) > 15
    assert all((share / file).read_bytes() == (tmp_path / "again" / file).read_bytes() for file in files)
