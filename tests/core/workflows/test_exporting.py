"""An export is verified before it gets its name, and can be used again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import torch

import pytest
import safetensors.torch

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, NotVerifiedError, ResourceError, StoppedError, UsageError
from tlft_desktop.core.export import predict_example
from tlft_desktop.core.export.formats import ExportFormat
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.workflows import exporting
from tlft_desktop.core.workflows.bundle import Bundle, read_bundle
from tlft_desktop.core.workflows.exporting import Exported, export_run
from tlft_desktop.core.workflows.prediction import load_run, predict_with_bundle
from trained_project import Trained, make_trained

pytestmark = pytest.mark.slow
FORMS = [(ExportFormat.BUNDLE, "bundle"), (ExportFormat.SAFETENSORS, "network.safetensors")]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return make_trained(tmp_path_factory.mktemp("exporting"))


def export(trained: Trained, output: Path, form: ExportFormat) -> Exported:
    project = open_project_read_only(trained.root)
    return export_run(project, trained.run, output, form=form, control=Control())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_what_was_exported_answers_as_the_run(trained: Trained, tmp_path: Path, form: ExportFormat, name: str) -> None:
    folder = tmp_path / "ö #1"
    folder.mkdir()
    exported = export(trained, folder / name, form)
    assert names(folder) == [name]
    assert exported.num_images == 12
    assert exported.num_bytes > 10_000_000
    images = [trained.images / "red" / "000.png", trained.images / "blue" / "001.png"]
    original = load_run(open_project_read_only(trained.root), trained.run)
    loaded = read_bundle(exported.path)
    assert replace(loaded, state={}) == replace(original, state={})
    answers = [list(predict_with_bundle(bundle, images, control=Control())) for bundle in (original, loaded)]
    assert answers[0] == answers[1]


def test_the_exported_bundle_is_complete_and_the_card_tells_of_the_run(trained: Trained, tmp_path: Path) -> None:
    export(trained, tmp_path / "bundle", ExportFormat.BUNDLE)
    final = fsio.read_folder(trained.root / "runs" / trained.run / "final")
    exported = fsio.read_folder(tmp_path / "bundle")
    assert exported == final
    assert f"Run `{trained.run}`" in exported["README.md"].decode()
    assert "state: completed" in exported["README.md"].decode()


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_nothing_is_overwritten(trained: Trained, tmp_path: Path, form: ExportFormat, name: str) -> None:
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(UsageError, match="not overwritten"):
        export(trained, tmp_path / name, form)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    with pytest.raises(UsageError, match="not overwritten"):
        export(trained, tmp_path / name, form)
    assert names(tmp_path) == [name]


def test_wrong_places_are_refused(trained: Trained, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="safetensors file"):
        export(trained, tmp_path / "network.pt", ExportFormat.SAFETENSORS)
    with pytest.raises(InputError, match="There is no folder"):
        export(trained, tmp_path / "nowhere" / "bundle", ExportFormat.BUNDLE)
    assert names(tmp_path) == []


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_a_network_that_answers_differently_is_not_kept(
    trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: ExportFormat, name: str
) -> None:
    def worse(bundle: Bundle) -> Bundle:
        head = bundle.state["classifier.bias"]
        return replace(bundle, state={**bundle.state, "classifier.bias": head + torch.arange(len(head)) * 0.01})

    write, single = exporting.add_files, exporting.single_file
    monkeypatch.setattr(
        exporting, "add_files", lambda writer, b, entry, card: write(writer, worse(b), entry, card=card)
    )
    monkeypatch.setattr(exporting, "single_file", lambda b, entry: single(worse(b), entry))
    with pytest.raises(NotVerifiedError, match="nothing was kept"):
        export(trained, tmp_path / name, form)
    assert names(tmp_path) == []


def test_answers_that_are_no_numbers_are_a_difference() -> None:
    with pytest.raises(NotVerifiedError):
        exporting._compare(torch.tensor([[float("nan"), 1.0]]), torch.tensor([[0.0, 1.0]]))
    with pytest.raises(NotVerifiedError):
        exporting._compare(torch.zeros(1, 3), torch.zeros(1, 2))


def test_without_a_validation_image_nothing_is_written(trained: Trained, tmp_path: Path) -> None:
    aside = trained.images.with_name("elsewhere")
    trained.images.rename(aside)
    try:
        with pytest.raises(NotVerifiedError, match="None of the validation images"):
            export(trained, tmp_path / "bundle", ExportFormat.BUNDLE)
    finally:
        aside.rename(trained.images)
    assert names(tmp_path) == []


def test_a_full_disk_and_a_stop_leave_nothing(
    trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, control = open_project_read_only(trained.root), Control()
    control.request_stop()
    with pytest.raises(StoppedError):
        export_run(project, trained.run, tmp_path / "bundle", form=ExportFormat.BUNDLE, control=control)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 10, 0))  # type: ignore[attr-defined]
    with pytest.raises(ResourceError, match="MiB are needed"):
        export(trained, tmp_path / "bundle", ExportFormat.BUNDLE)
    assert names(tmp_path) == []


def test_a_single_file_of_others_is_refused_with_a_reason(trained: Trained, tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    tensors = {"a": torch.zeros(2)}
    for metadata, words in (
        ({"format": "pt"}, "does not say of which network"),
        ({"tlft": "[]"}, "damaged or not of this program"),
        ({"tlft": "{}"}, "is not a bundle"),
        ({"tlft": json.dumps({"tlft": {"scaling": 5}})}, "is not a bundle"),
    ):
        path.write_bytes(safetensors.torch.save(tensors, metadata=metadata))
        with pytest.raises(InputError, match=words):
            read_bundle(path)
    for data in (b"", b"PK\x03\x04" * 9, (2**40).to_bytes(8, "little") + b"{}"):
        path.write_bytes(data)
        with pytest.raises(InputError, match="not a usable safetensors file"):
            read_bundle(path)


def test_the_weights_of_a_single_file_load_with_safetensors_alone(trained: Trained, tmp_path: Path) -> None:
    export(trained, tmp_path / "bundle", ExportFormat.BUNDLE)
    export(trained, tmp_path / "one.safetensors", ExportFormat.SAFETENSORS)
    config = predict_example.read_config(tmp_path / "bundle")
    network = predict_example.load_network(tmp_path / "bundle", config)
    network.load_state_dict(safetensors.torch.load_file(tmp_path / "one.safetensors"))
    with safetensors.safe_open(tmp_path / "one.safetensors", "pt") as file:
        assert json.loads(file.metadata()["tlft"]) == config
