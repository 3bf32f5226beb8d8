"""How packaging/bootstrap.py drives pip and brings it in where it is missing, without network."""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from _bootstrap import environment, pip_seed, pip_tool
from _bootstrap.console import SetupError
from _bootstrap.environment import Environment
from _bootstrap.pip_tool import Package, Pip
from image_files import write

ROOT = Path(__file__).resolve().parent.parent
TORCH = Package("torch", "2.13.0+cpu", "file:///opt/x/torch-2.13.0%2Bcpu.whl")


@pytest.fixture
def server() -> Iterator[str]:
    """Serve five bytes, and an index page of pip whose wheel has another hash than it says."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self, body: bytes) -> None:
            self.send_response(404 if "missing" in self.path else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()

        def do_HEAD(self) -> None:
            self._answer(b"12345")

        def do_GET(self) -> None:
            sha256 = hashlib.sha256(b"something else").hexdigest()
            entry = {"filename": "pip-26.0-py3-none-any.whl", "url": "../../pip.whl", "hashes": {"sha256": sha256}}
            body = json.dumps({"files": [entry]}).encode() if self.path.endswith("/") else b"not that"
            self._answer(body)
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        thread = threading.Thread(target=http_server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http_server.server_port}"
        http_server.shutdown()
        thread.join()


class TestPip:
    def test_a_wheel_folder_means_no_index(self) -> None:
        command = Pip(Path("python"), ROOT, Path("/wheels")).command("install", "x")
        assert command[-3:] == ["--no-index", "--find-links", "/wheels"] or command[-1].endswith("wheels")
        assert "--no-index" not in Pip(Path("python"), ROOT).command("install", "x")

    def test_the_report_is_read(self) -> None:
        entry = {"metadata": {"name": "torch", "version": "2.13.0"}, "download_info": {"url": "https://a/b.whl"}}
        assert pip_tool.read_report({"install": [entry]}) == [Package("torch", "2.13.0", "https://a/b.whl")]

    def test_sizes_come_from_the_disk_and_the_server(self, tmp_path: Path, server: str) -> None:
        (tmp_path / "a+b.whl").write_bytes(b"x" * 123)
        urls = [(tmp_path / "a+b.whl").as_uri(), f"{server}/sized.whl", f"{server}/missing.whl"]
        packages = [Package(str(number), "1", url) for number, url in enumerate(urls)]
        sized = pip_tool.with_sizes(packages, size_of=pip_tool.size_of_url)
        assert [package.num_bytes for package in sized] == [123, 5, None]

    def test_what_is_fetched_is_told_with_its_size(self) -> None:
        packages = [
            replace(TORCH, num_bytes=160_000_000),
            Package("PySide6", "6.11.3", "https://a/p.whl", 80_000_000),
            Package("numpy", "2.4", "https://a/n.whl", 9_000_000),
            Package("odd", "1", "https://a/o.whl"),
        ]
        local, remote = pip_tool.describe(packages)
        assert local == "From this machine: 1 package, 160 MB (torch 2.13.0+cpu 160 MB)."
        assert remote.startswith("To download: 3 packages, 89 MB and 1 of unknown size (PySide6 6.11.3 80 MB).")

    def test_no_size_is_invented(self) -> None:
        assert "size not told" in pip_tool.describe([Package("odd", "1", "https://a/o.whl")])[0]

    def test_offline_is_explained_with_the_way_out(self) -> None:
        output = (
            "WARNING: Retrying after connection broken by 'NameResolutionError(...)': /simple/hatchling/\n"
            "ERROR: Could not find a version that satisfies the requirement numpy (from versions: none)"
        )
        text = pip_tool.explain(output, wheels=None)
        assert "No package index can be reached" in text
        assert "--wheels wheels" in text
        assert "requirement numpy" in text

    def test_other_failures_are_not_called_offline(self) -> None:
        text = pip_tool.explain("ERROR: ResolutionImpossible: a conflicts with b", wheels=None)
        assert "No package index" not in text
        assert "ResolutionImpossible" in text

    def test_an_incomplete_wheel_folder_is_named(self) -> None:
        assert "/media/wheels" in pip_tool.explain(
            "ERROR: No matching distribution", wheels=Path("/media/wheels")
        ).replace("\\", "/")


class TestPipSeed:
    def test_the_newest_release_is_chosen(self) -> None:
        names = [
            "pip-9.0-py3-none-any.whl",
            "pip-26.1.2-py3-none-any.whl",
            "pip-27.0b1-py3-none-any.whl",
            "pip-26.1.tar.gz",
        ]
        page = {
            "files": [{"filename": name} for name in names]
            + [{"filename": "pip-28.0-py3-none-any.whl", "yanked": "bad"}]
        }
        assert pip_seed.newest_wheel(page)["filename"] == "pip-26.1.2-py3-none-any.whl"

    def test_a_wheel_at_hand_is_found(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PIP_FIND_LINKS", tmp_path.as_posix())
        (tmp_path / "pip-26.0-py3-none-any.whl").touch()
        assert tmp_path / "pip-26.0-py3-none-any.whl" in pip_seed.local_pip_wheels(None)

    def test_a_wheel_with_another_hash_is_refused(self, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PIP_INDEX_URL", f"{server}/simple")
        with pytest.raises(SetupError, match="SHA-256"):
            pip_seed._install_from_index(Path(sys.executable))

    def test_an_index_that_is_away_is_no_crash(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
        assert pip_seed._install_from_index(Path(sys.executable)) is False

    def test_the_settings_of_pip_name_the_index(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pip_seed, "_settings_files", lambda: [tmp_path / "system.conf", tmp_path / "own.conf"])
        monkeypatch.delenv("PIP_INDEX_URL", raising=False)
        assert pip_seed.index_of_pip() == pip_seed.DEFAULT_INDEX
        (tmp_path / "system.conf").write_text("[global]\nindex-url = https://system/simple\n", encoding="utf-8")
        assert pip_seed.index_of_pip() == "https://system/simple"
        (tmp_path / "own.conf").write_text("[global]\nindex-url = https://own/%40\n", encoding="utf-8")
        assert pip_seed.index_of_pip() == "https://own/%40"
        (tmp_path / "system.conf").write_text("[install]\nindex-url = https://install/simple\n", encoding="utf-8")
        assert pip_seed.index_of_pip() == "https://install/simple"
        monkeypatch.setenv("PIP_INDEX_URL", "https://variable/simple")
        assert pip_seed.index_of_pip() == "https://variable/simple"

    @pytest.mark.skipif(sys.platform == "win32", reason="the places of other systems")
    def test_the_settings_of_pip_are_looked_for_where_pip_does(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("PIP_INDEX_URL", raising=False)
        monkeypatch.delenv("PIP_CONFIG_FILE", raising=False)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        for number, path in enumerate((".pip/pip.conf", "config/pip/pip.conf", "named.conf")):
            write(tmp_path / path, f"[global]\nindex-url = https://{number}/simple\n".encode())
            if path == "named.conf":
                monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / path))
            assert pip_seed.index_of_pip() == f"https://{number}/simple"
        write(tmp_path / "named.conf", b"nothing of the kind")
        with pytest.raises(SetupError, match=r"settings of pip cannot be read.*named\.conf"):
            pip_seed.index_of_pip()
        monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
        assert pip_seed.index_of_pip() == pip_seed.DEFAULT_INDEX

    def test_a_password_in_the_address_is_sent_and_not_printed(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked: list[urllib.request.Request] = []

        def refuse(request: urllib.request.Request, *, timeout: float) -> None:
            asked.append(request)
            raise OSError("refused")

        monkeypatch.setattr(urllib.request, "urlopen", refuse)
        monkeypatch.setenv("PIP_INDEX_URL", "https://me:s%40cret@127.0.0.1:9/simple")
        assert pip_seed._install_from_index(Path(sys.executable)) is False
        assert asked[0].full_url == "https://127.0.0.1:9/simple/pip/"
        assert asked[0].get_header("Authorization") == "Basic " + base64.b64encode(b"me:s@cret").decode()
        assert "cret" not in "".join(capsys.readouterr())

    def test_the_children_of_the_setup_import_nothing_from_where_one_stands(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("json", "logging", "shlex", "contextlib"):
            write(tmp_path / "images" / f"{name}.py", b"open('mark', 'w').close()\nraise SystemExit(1)\n")
        monkeypatch.chdir(tmp_path / "images")
        assert pip_seed._succeeds([sys.executable, "-m", "json.tool", "--help"])
        # As ensurepip does: an interpreter that is started by another one.
        code = "import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', 'import json, logging']))"
        assert pip_seed._succeeds([sys.executable, "-c", code])
        made = Environment(tmp_path / "checkout")
        made.root.mkdir()
        environment._create(made)
        assert made.python.exists()
        assert not Path("mark").exists()
        subprocess.run([sys.executable, "-m", "json.tool", "--help"], check=False)
        assert Path("mark").exists(), "the traps can catch"

    def test_the_last_resort_is_one_line_to_run(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(pip_seed, "DEBIAN_WHEELS", str(tmp_path))
        with pytest.raises(SetupError, match=r"sudo apt-get install -y python3\.11-venv"):
            pip_seed.install_pip(tmp_path / "python", base_python="", wheels=tmp_path, apt_packages="python3.11-venv")
