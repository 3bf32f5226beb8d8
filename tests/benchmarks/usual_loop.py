"""The usual transfer-learning loop against this program, on the same photographs with the same network and weights.

The loop is what the PyTorch tutorial teaches and people copy: ImageFolder, augmenting transforms, two loader
processes, a frozen backbone, Adam on the head, ten epochs. It is measured against the command `tlft train`, with cold
caches and in a process of its own, as a user starts it: its training time, and the whole of `tlft new` and `tlft train`
from start to end.

Usage: python tests/benchmarks/usual_loop.py [--rounds N] [--epochs N]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.models.builder import build_pretrained
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.weights import WeightsStore

IMAGE_SIZE = 224


def usual_loop(images: Path, models_folder: Path, *, epochs: int) -> tuple[float, float]:
    """Train the head as the tutorial does; return the seconds and the best validation accuracy."""
    started = time.monotonic()
    norm = transforms.Normalize([0.5] * 3, [0.5] * 3)
    train_steps = [transforms.RandomResizedCrop(IMAGE_SIZE), transforms.RandomHorizontalFlip()]
    val_steps = [transforms.Resize(256), transforms.CenterCrop(IMAGE_SIZE)]
    sets = {
        "train": ImageFolder(str(images / "train"), transforms.Compose([*train_steps, transforms.ToTensor(), norm])),
        "val": ImageFolder(str(images / "val"), transforms.Compose([*val_steps, transforms.ToTensor(), norm])),
    }
    loaders = {name: DataLoader(data, 32, shuffle=name == "train", num_workers=2) for name, data in sets.items()}
    entry = find_backbone(DEFAULT_BACKBONE)
    weights = WeightsStore(models_folder).load(entry)
    model = build_pretrained(entry, num_classes=len(sets["train"].classes), weights=weights, seed=0)
    for parameter in model.parameters():
        parameter.requires_grad = False
    head = model.get_submodule("classifier")
    for parameter in head.parameters():
        parameter.requires_grad = True
    optimizer = torch.optim.Adam(head.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    best = 0.0
    for _ in range(epochs):
        model.train()
        for batch, labels in loaders["train"]:
            optimizer.zero_grad()
            criterion(model(batch), labels).backward()
            optimizer.step()
        model.eval()
        correct = 0
        with torch.no_grad():
            for batch, labels in loaders["val"]:
                correct += int((model(batch).argmax(1) == labels).sum())
        best = max(best, correct / len(sets["val"]))
    return time.monotonic() - started, best


def this_program(images: Path, home: Path) -> tuple[float, float, float]:
    """Train by transfer learning with cold caches; return seconds of both commands, of the run, and the accuracy."""
    started = time.monotonic()
    project = home / "photos.tlft"
    tlft = [sys.executable, "-m", "tlft_desktop", "--home", str(home)]
    subprocess.run([*tlft, "new", str(project), "--data", str(images)], check=True, capture_output=True)
    train = [*tlft, "train", str(project), "--strategy", "transfer", "--json"]
    done = subprocess.run(train, check=True, capture_output=True, text=True)
    end = json.loads(done.stdout.splitlines()[-1])
    return time.monotonic() - started, end["total_seconds"], end["best"]["val_accuracy"]


def main() -> None:
    """Measure both in turn and print the ratios of the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=10)
    args = parser.parse_args()
    usual, whole, run = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        images = write_photos(Path(folder) / "images")
        for number in range(args.rounds):
            home = Path(folder) / f"home{number}"
            seconds, accuracy = usual_loop(images, home / "models", epochs=args.epochs)
            both_commands, alone, ours = this_program(images, home)
            print(
                f"round {number + 1}: usual loop {seconds:.1f} s, {accuracy:.1%}; "
                f"this program {alone:.2f} s, both commands {both_commands:.2f} s, {ours:.1%}",
                flush=True,
            )
            usual.append(seconds)
            whole.append(both_commands)
            run.append(alone)
    reference = statistics.median(usual)
    for name, ours, goal in (("run", run, 30), ("whole of both commands", whole, 12)):
        ratio = reference / statistics.median(ours)
        print(f"ratio to the {name}: {ratio:.1f}, goal {goal}: {'reached' if ratio >= goal else 'missed'}")


if __name__ == "__main__":
    main()
