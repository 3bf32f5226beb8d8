"""Weights files for tests, good and bad, and a server that hands them out on this machine."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import torch
from torch import Tensor, nn

import safetensors.torch

from tlft_desktop.core.models.builder import create
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone

SMALL = "timm:mobilenetv3_small_100"
SMALL_TORCHVISION = "torchvision:mobilenet_v3_small"


def random_state(entry: BackboneEntry, *, seed: int = 0, num_classes: int | None = None) -> dict[str, Tensor]:
    """Return the state of the original network with random values that differ from a fresh network's everywhere."""
    classes = entry.weights.num_classes if num_classes is None else num_classes
    model: nn.Module = create(entry, image_size=entry.weights.native_size, num_classes=classes)
    generator = torch.Generator().manual_seed(seed)
    return {
        key: torch.randn(tensor.shape, generator=generator).abs() * 0.1 + 0.01 if tensor.is_floating_point() else tensor
        for key, tensor in model.state_dict().items()
    }


def safetensors_bytes(state: Mapping[str, Tensor]) -> bytes:
    return safetensors.torch.save(dict(state), metadata={"format": "pt"})


def pickle_bytes(content: Any) -> bytes:
    buffer = io.BytesIO()
    torch.save(content, buffer)
    return buffer.getvalue()


def raw_safetensors(header: Any, *, num_bytes: int, length: int | None = None) -> bytes:
    """Return a file with a hand-made header and zeros behind it."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return (len(text) if length is None else length).to_bytes(8, "little") + text + bytes(num_bytes)


def entry_at(url: str, *, name: str = SMALL, **changes: Any) -> BackboneEntry:
    """Return a catalogue entry whose weights are at `url`."""
    entry = find_backbone(name)
    return replace(entry, weights=replace(entry.weights, url=url, **changes))


@dataclass(frozen=True)
class Reply:
    """What the server answers: status, headers, body, and then waits for `hold` before it closes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] | None = None
    hold: threading.Event | None = None


@contextmanager
def serving(reply: Callable[[str], Reply]) -> Iterator[str]:
    """Serve what `reply` returns for a path; yields the address, without a slash at its end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = reply(self.path)
            headers = {"Content-Type": "application/octet-stream", "Content-Length": str(len(answer.body))}
            self.send_response(answer.status)
            for key, value in {**headers, **(answer.headers or {})}.items():
                self.send_header(key, value)
            self.end_headers()
            try:
                self.wfile.write(answer.body)
                self.wfile.flush()
            except ConnectionError:
                return
            if answer.hold is not None:
                answer.hold.wait(20)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
