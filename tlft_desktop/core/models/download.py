"""Downloads of weights: encrypted, bounded, and stopped within a second; no torch.

A thread of its own reads from the network, since a read may block for as long as the time limit of the socket.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import queue
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from typing import IO, Any, Protocol

from tlft_desktop import __version__
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError

CHUNK_BYTES = 1 << 18
SOCKET_SECONDS = 20.0
_POLL_SECONDS = 0.1
_STALL_SECONDS = 60.0
_PAGE_BEGINS = (b"<!doctype", b"<html", b"<head", b"<?xml")


class DownloadError(InputError):
    """The file could not be had from the network."""


class Sink(Protocol):
    """What takes the bytes of a download."""

    def append(self, data: bytes, /) -> int:
        """Take the next bytes."""


def fetch(
    url: str,
    sink: Sink,
    *,
    max_bytes: int,
    expected_bytes: int,
    control: Control,
    on_progress: Callable[[int, int], None],
) -> str:
    """Write what is behind `url` to `sink` and return its SHA-256.

    Args:
        max_bytes: A longer file is refused, if the server says its length before it is read.
        expected_bytes: Total for the progress where the server does not say the length.
        on_progress: Called with bytes done and total after each chunk.

    Raises:
        DownloadError: If the address is not encrypted, the server cannot be reached, sends something else, too much or
            too little, or stops answering.
        StoppedError: If `control` asks to stop; within a second, whatever the network does.
    """
    _require_safe(url, url)
    reader = _Reader(url, max_bytes)
    reader.start()
    digest, done = hashlib.sha256(), 0
    try:
        for data in reader.chunks(control):
            # The first byte alone is no sign: safetensors begin with a length, which may be that of "<".
            if not done and data.lstrip()[:9].lower().startswith(_PAGE_BEGINS):
                raise _web_page(url)
            done += len(data)
            if done > max_bytes:
                raise _too_large(url, done, max_bytes)
            sink.append(data)
            digest.update(data)
            on_progress(done, reader.length or max(expected_bytes, done))
    finally:
        reader.abandon()
    if reader.length and done != reader.length:
        raise DownloadError(f"The download from {_host(url)} broke off after {_mib(done)} of {_mib(reader.length)}.")
    return digest.hexdigest()


class _Reader(threading.Thread):
    """Reads a response and hands it over in chunks; ends by itself soon after it is abandoned."""

    def __init__(self, url: str, max_bytes: int) -> None:
        super().__init__(name="download", daemon=True)
        self.length = 0
        self._url = url
        self._max_bytes = max_bytes
        self._items: queue.Queue[bytes | BaseException] = queue.Queue(maxsize=8)
        self._abandoned = threading.Event()

    def abandon(self) -> None:
        self._abandoned.set()

    def chunks(self, control: Control) -> Iterator[bytes]:
        """Yield chunks until the response ends."""
        last = time.monotonic()
        while True:
            control.raise_if_stopped()
            try:
                item = self._items.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                if time.monotonic() - last > _STALL_SECONDS:
                    raise DownloadError(f"{_host(self._url)} stopped answering.") from None
                continue
            last = time.monotonic()
            if isinstance(item, BaseException):
                raise item
            if not item:
                return
            yield item

    def run(self) -> None:
        try:
            self._read()
        except DownloadError as error:
            self._put(error)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._put(_failure(self._url, error))

    def _read(self) -> None:
        headers = {"User-Agent": f"tlft-desktop/{__version__}", "Accept-Encoding": "identity"}
        request = urllib.request.Request(self._url, headers=headers)
        opener = urllib.request.build_opener(_SafeRedirects())
        with opener.open(request, timeout=SOCKET_SECONDS) as response:
            if response.headers.get_content_type() in ("text/html", "application/xhtml+xml"):
                raise _web_page(self._url)
            stated = response.headers.get("Content-Length", "")
            self.length = int(stated) if stated.isdigit() else 0
            if self.length > self._max_bytes:
                raise _too_large(self._url, self.length, self._max_bytes)
            while data := response.read1(CHUNK_BYTES):
                if not self._put(data):
                    return
        self._put(b"")

    def _put(self, item: bytes | BaseException) -> bool:
        while not self._abandoned.is_set():
            try:
                self._items.put(item, timeout=_POLL_SECONDS)
                return True
            except queue.Full:
                continue
        return False


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from an encrypted address to another kind."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        try:
            _require_safe(newurl, req.full_url)
        except DownloadError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _require_safe(url: str, origin: str) -> None:
    """Refuse what is not https, except plain http from this computer to itself."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(url) and _is_loopback(origin)):
        return
    shown = f"{parts.scheme}://{parts.hostname or ''}"
    if url == origin:
        raise DownloadError(f"'{shown}' is not an encrypted address; weights are downloaded by https only.")
    raise DownloadError(f"{_host(origin)} redirected to an address that is not encrypted ({shown}); that was refused.")


def _is_loopback(url: str) -> bool:
    host = urllib.parse.urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _failure(url: str, error: Exception) -> DownloadError:
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        return DownloadError(f"{_host(url)} answered {error.code} ({error.reason}).")
    if isinstance(error, http.client.IncompleteRead):
        return DownloadError(f"The download from {_host(url)} broke off.")
    if isinstance(error, (TimeoutError, http.client.HTTPException)):
        return DownloadError(f"{_host(url)} stopped answering.")
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    return DownloadError(f"There is no connection to {_host(url)} ({str(reason)[:200]}).")


def _web_page(url: str) -> DownloadError:
    return DownloadError(f"{_host(url)} sent a web page instead of weights, as the login page of a network does.")


def _too_large(url: str, num_bytes: int, max_bytes: int) -> DownloadError:
    return DownloadError(f"{_host(url)} offers {_mib(num_bytes)}; these weights have at most {_mib(max_bytes)}.")


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or url


def _mib(num_bytes: int) -> str:
    return f"{num_bytes / 2**20:,.1f} MiB"
