"""Untrusted weights: rows E1 (pickle), E2 (safetensors) and E8 (downloads) of the fault matrix."""

from __future__ import annotations

import hashlib
import pickle
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import torch

import pytest

from tlft_desktop.core.children import helper_environment
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, StoppedError, StorageError
from tlft_desktop.core.models import download as download_module
from tlft_desktop.core.models import pickle_helper
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.policy import Policy
from weight_files import (
    SMALL,
    SMALL_TORCHVISION,
    Reply,
    entry_at,
    pickle_bytes,
    random_state,
    raw_safetensors,
    safetensors_bytes,
    serving,
)


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> Any:
        return (open, (str(self.marker), "w"))


def download(weights_store: WeightsStore, entry: BackboneEntry, control: Control | None = None) -> tuple[str, ...]:
    return weights_store.download(
        entry, policy=Policy(), control=control or Control(), on_progress=lambda done, total: None
    )


def refused(weights_store: WeightsStore, entry: BackboneEntry) -> InputError:
    """Return the error of a download, after checking that it names the way by hand and left nothing behind."""
    with pytest.raises(InputError) as caught:
        download(weights_store, entry)
    error = caught.value
    assert error.message.startswith(f"The weights of {entry.name} could not be downloaded: ")
    assert entry.weights.url in error.remedy
    assert str(weights_store.models_folder / entry.weights.file_name) in error.remedy
    assert list(weights_store.models_folder.iterdir()) == []
    return error


# E1


@pytest.mark.parametrize("name", ["x.pt", "x.pth", "x.ckpt", "x.bin", "x.npy", "x.joblib", "x.safetensors"])
@pytest.mark.parametrize("container", ["plain", "torch"])
def test_e1_pickle_files_are_not_opened(weights_store: WeightsStore, tmp_path: Path, name: str, container: str) -> None:
    marker = tmp_path / "marker"
    payload = {"weight": Payload(marker)}
    (tmp_path / name).write_bytes(pickle.dumps(payload) if container == "plain" else pickle_bytes(payload))
    for entry in (find_backbone(SMALL), find_backbone(SMALL_TORCHVISION)):
        with pytest.raises(InputError, match="pickle-based") as caught:
            weights_store.import_file(entry, tmp_path / name)
        assert caught.value.remedy == "Ask for safetensors."
    assert not marker.exists()
    assert not weights_store.models_folder.exists()


def test_e1_a_pickle_file_in_the_models_folder_is_not_opened(weights_store: WeightsStore, tmp_path: Path) -> None:
    entry = find_backbone(SMALL_TORCHVISION)
    weights_store.models_folder.mkdir()
    marker = tmp_path / "marker"
    (weights_store.models_folder / entry.weights.file_name).write_bytes(pickle_bytes({"weight": Payload(marker)}))
    with pytest.raises(InputError, match="pickle-based"):
        weights_store.load(entry)
    assert not marker.exists()


def _with_hash(data: bytes, **known: int) -> BackboneEntry:
    """Return an entry whose published hash is that of `data`: so many digits of it as `sha256` or `hash_prefix`."""
    digest = hashlib.sha256(data).hexdigest()
    hashes = {"sha256": "", "hash_prefix": "", **{key: digest[:digits] for key, digits in known.items()}}
    return entry_at("https://example.org/x.pth", name=SMALL_TORCHVISION, **hashes)


@pytest.mark.parametrize("known", [{"hash_prefix": 8}, {"sha256": 64}])
def test_e1_a_payload_with_a_matching_hash_is_still_not_run(
    weights_store: WeightsStore, tmp_path: Path, known: dict[str, int]
) -> None:
    marker = tmp_path / "marker"
    data = pickle_bytes({"weight": Payload(marker)})
    (tmp_path / "x.pth").write_bytes(data)
    with pytest.raises(InputError, match="cannot be read as a file of weights") as caught:
        weights_store.import_file(_with_hash(data, **known), tmp_path / "x.pth")
    # torch advises to switch weights_only off: that must not reach anybody.
    assert "weights_only" not in str(caught.value)
    assert not marker.exists()


def test_e1_a_file_that_only_a_short_hash_speaks_for_is_not_parsed_in_this_process(
    weights_store: WeightsStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed_here = Mock(wraps=torch.load)
    data = pickle_bytes({"features.0.0.weight": torch.zeros(2, 2)})
    (tmp_path / "x.pth").write_bytes(data)
    monkeypatch.setattr(torch, "load", parsed_here)
    with pytest.raises(InputError, match="does not hold the weights of torchvision:mobilenet_v3_small") as caught:
        weights_store.import_file(_with_hash(data, hash_prefix=8), tmp_path / "x.pth")
    assert "tensors are missing" in caught.value.message
    assert parsed_here.call_count == 0
    with pytest.raises(InputError, match="does not hold the weights"):
        weights_store.import_file(_with_hash(data, sha256=64), tmp_path / "x.pth")
    assert parsed_here.call_count == 1


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(b'x' * 90_000_000)", "ended early"),
        ("import os; os.abort()", "ended early"),
        ("import time; time.sleep(60)", "ended early"),
        ("import sys; sys.stdin.buffer.read(); print('{}')", "not a usable safetensors file"),
    ],
    ids=["endless", "crash", "hang", "rubbish"],
)
def test_e1_whatever_became_of_the_helper_is_a_sentence(
    weights_store: WeightsStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, reason: str
) -> None:
    monkeypatch.setattr(pickle_helper, "COMMAND", (sys.executable, "-c", program))
    monkeypatch.setattr(pickle_helper, "TIMEOUT_SECONDS", 1.0)
    data = pickle_bytes({"weight": torch.zeros(4)})
    (tmp_path / "x.pth").write_bytes(data)
    with pytest.raises(InputError, match=reason):
        weights_store.import_file(_with_hash(data, hash_prefix=8), tmp_path / "x.pth")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_e1_the_helper_reaches_neither_files_nor_the_network() -> None:
    program = (
        "import socket; from tlft_desktop.core.models.pickle_reader import _forbid_files; _forbid_files()\n"
        "for reach in (lambda: open('/dev/null'), socket.socket):\n"
        "    try: reach(); raise SystemExit('reached')\n"
        "    except OSError: pass\n"
    )
    subprocess.run([sys.executable, "-c", program], env=helper_environment(), check=True, timeout=120)


def test_e1_a_published_file_with_something_else_than_tensors_is_refused(
    weights_store: WeightsStore, tmp_path: Path
) -> None:
    data = pickle_bytes({"epoch": 3})
    (tmp_path / "x.pth").write_bytes(data)
    with pytest.raises(InputError, match="something else than weights"):
        weights_store.import_file(_with_hash(data, sha256=64), tmp_path / "x.pth")


# E2


def _without(key: str) -> bytes:
    return safetensors_bytes({k: v for k, v in random_state(find_backbone(SMALL)).items() if k != key})


def _with(key: str, value: torch.Tensor) -> bytes:
    return safetensors_bytes({**random_state(find_backbone(SMALL)), key: value})


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: raw_safetensors(b"{}", num_bytes=0, length=5_000_000), "header claims 5000000 bytes"),
        (lambda: safetensors_bytes(random_state(find_backbone(SMALL)))[:-100], "cut off"),
        (lambda: safetensors_bytes(random_state(find_backbone(SMALL))) + b"more", "longer than its tensors"),
        (lambda: _without("conv_stem.weight"), "The tensor 'conv_stem.weight' is missing."),
        (lambda: _with("extra", torch.zeros(2)), "The tensor 'extra' is unknown."),
        (lambda: _with("conv_stem.weight", torch.zeros(1, 2)), "(1, 2) instead of (16, 3, 3, 3)"),
        (lambda: _with("bn1.weight", torch.zeros(16, dtype=torch.float16)), "as float16"),
        (lambda: _with("bn1.weight", torch.full((16,), float("nan"))), "not numbers"),
        (lambda: b"", "pickle-based or unknown"),
    ],
    ids=["huge", "torn", "longer", "missing", "extra", "shape", "type", "nan", "empty"],
)
def test_e2_a_wrong_safetensors_file_is_refused_in_one_sentence(
    weights_store: WeightsStore, tmp_path: Path, make: Any, reason: str
) -> None:
    path = tmp_path / "x.safetensors"
    path.write_bytes(make())
    with pytest.raises(InputError) as caught:
        weights_store.import_file(find_backbone(SMALL), path)
    assert reason in caught.value.message
    assert str(path) in caught.value.message
    assert not weights_store.models_folder.exists()


def test_e2_a_full_disk_keeps_the_weights_that_are_there(
    weights_store: WeightsStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = find_backbone(SMALL)
    path = tmp_path / "x.safetensors"
    path.write_bytes(safetensors_bytes(random_state(entry, seed=1)))
    weights_store.import_file(entry, path)

    def full(kind: str, where: Path) -> None:
        if kind == "write":
            raise OSError(28, "No space left on device", str(where))

    monkeypatch.setattr("tlft_desktop.core.fsio.primitives.operation", full)
    path.write_bytes(safetensors_bytes(random_state(entry, seed=2)))
    with pytest.raises(StorageError, match="disk is full"):
        weights_store.import_file(entry, path)
    monkeypatch.undo()
    assert torch.equal(
        weights_store.load(entry).state["conv_stem.weight"], random_state(entry, seed=1)["conv_stem.weight"]
    )


# E8


def test_e8_a_login_page_is_recognised(weights_store: WeightsStore) -> None:
    page = b"<!DOCTYPE html><html>Please log in</html>"
    for headers in ({"Content-Type": "text/html; charset=utf-8"}, {}):
        with serving(lambda path, headers=headers: Reply(page, headers=headers)) as address:
            assert "sent a web page" in refused(weights_store, entry_at(f"{address}/x")).message


def test_e8_a_file_whose_first_byte_is_that_of_a_page_is_no_page(weights_store: WeightsStore) -> None:
    # The first byte of a safetensors file is the low byte of a length: here 0x3c, "<".
    state = random_state(find_backbone(SMALL))
    data = safetensors_bytes(state)
    length = int.from_bytes(data[:8], "little")
    wanted = length + (0x3C - length) % 256
    data = wanted.to_bytes(8, "little") + data[8 : 8 + length] + b" " * (wanted - length) + data[8 + length :]
    assert data[:1] == b"<"
    with serving(lambda path: Reply(data)) as address:
        download(weights_store, entry_at(f"{address}/x"))


def test_e8_a_truncated_download_is_noticed(weights_store: WeightsStore) -> None:
    data = safetensors_bytes(random_state(find_backbone(SMALL)))
    short = Reply(data[:-1000], headers={"Content-Length": str(len(data))})
    with serving(lambda path: short) as address:
        assert "broke off after" in refused(weights_store, entry_at(f"{address}/x")).message


def test_e8_a_wrong_hash_is_refused(weights_store: WeightsStore) -> None:
    data = pickle_bytes(random_state(find_backbone(SMALL_TORCHVISION)))
    with serving(lambda path: Reply(data)) as address:
        error = refused(weights_store, entry_at(f"{address}/x.pth", name=SMALL_TORCHVISION))
    assert "not the published file" in error.message
    assert "not with 047dcff4" in error.message


def test_e8_ten_gigabytes_are_refused_before_they_are_read(weights_store: WeightsStore) -> None:
    with serving(lambda path: Reply(b"x", headers={"Content-Length": str(10 * 10**9)})) as address:
        assert "offers 9,536.7 MiB" in refused(weights_store, entry_at(f"{address}/x")).message


def test_e8_an_endless_answer_is_cut(weights_store: WeightsStore) -> None:
    body = bytes(40_000_000)
    with serving(lambda path: Reply(body, headers={"Content-Length": "", "Connection": "close"})) as address:
        assert "at most" in refused(weights_store, entry_at(f"{address}/x")).message


def test_e8_a_redirect_to_an_unencrypted_address_is_refused(weights_store: WeightsStore) -> None:
    elsewhere = Reply(status=302, headers={"Location": "http://example.org/x"})
    with serving(lambda path: elsewhere) as address:
        error = refused(weights_store, entry_at(f"{address}/x"))
    assert "redirected to an address that is not encrypted (http://example.org)" in error.message


@pytest.mark.parametrize(
    "url", ["http://example.org/x", "ftp://example.org/x", "file:///etc/passwd", "http://0x7f.1.example/"]
)
def test_e8_only_https_is_used(weights_store: WeightsStore, url: str) -> None:
    assert "by https only" in refused(weights_store, entry_at(url)).message


def test_e8_an_https_address_may_not_lead_to_this_machine() -> None:
    with pytest.raises(InputError, match="redirected"):
        download_module._require_safe("http://127.0.0.1:9/x", "https://example.org/x")


def test_e8_errors_of_the_server_are_told(weights_store: WeightsStore) -> None:
    for status in (403, 404, 500):
        with serving(lambda path, status=status: Reply(b"no", status=status)) as address:
            assert f"answered {status}" in refused(weights_store, entry_at(f"{address}/x")).message


def test_e8_without_a_network_the_way_by_hand_is_told(weights_store: WeightsStore) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        error = refused(weights_store, entry_at(f"http://127.0.0.1:{port}/x"))
    assert "There is no connection to 127.0.0.1" in error.message


def test_e8_an_unknown_host_is_no_connection(weights_store: WeightsStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **kwargs: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = refused(weights_store, entry_at("https://download.example.org/x"))
    assert "There is no connection to download.example.org ([Errno -2] Name or service not known)" in error.message


def test_e8_a_stalled_download_is_cancelled_while_it_waits(weights_store: WeightsStore) -> None:
    release = threading.Event()
    stalled = Reply(b"\1" * 1000, headers={"Content-Length": "5000000"}, hold=release)
    control = Control()
    with serving(lambda path: stalled) as address:
        threading.Timer(0.3, control.request_stop).start()
        try:
            with pytest.raises(StoppedError):
                download(weights_store, entry_at(f"{address}/x"), control)
        finally:
            release.set()
    assert list(weights_store.models_folder.iterdir()) == []
    _no_reader_left()


def test_e8_a_server_that_stops_answering_is_given_up(
    weights_store: WeightsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download_module, "SOCKET_SECONDS", 0.3)
    release = threading.Event()
    stalled = Reply(b"\1" * 1000, headers={"Content-Length": "5000000"}, hold=release)
    with serving(lambda path: stalled) as address:
        try:
            assert "stopped answering" in refused(weights_store, entry_at(f"{address}/x")).message
        finally:
            release.set()
    _no_reader_left()


def test_e8_a_full_disk_is_told_as_such(weights_store: WeightsStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(kind: str, where: Path) -> None:
        if kind == "write":
            raise OSError(28, "No space left on device", str(where))

    monkeypatch.setattr("tlft_desktop.core.fsio.primitives.operation", full)
    data = safetensors_bytes(random_state(find_backbone(SMALL)))
    with serving(lambda path: Reply(data)) as address, pytest.raises(StorageError, match="disk is full"):
        download(weights_store, entry_at(f"{address}/x"))
    assert list(weights_store.models_folder.iterdir()) == []


def _no_reader_left() -> None:
    for thread in threading.enumerate():
        if thread.name == "download":
            thread.join(5)
            assert not thread.is_alive()
