"""`tlft strategy`: the phases of a strategy as JSON, to be changed and trained by."""

from __future__ import annotations

import argparse
import json

from tlft_desktop.commands.application import App
from tlft_desktop.commands.strategy_arguments import phase_options
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import require_images, strategy_for, strategy_options


def run(args: argparse.Namespace, app: App) -> int:
    """Print the strategy that a training of the project would have."""
    project = open_project_read_only(args.project)
    manifest = project.edited_manifest
    require_images(manifest)
    strategy = strategy_for(
        StrategyKind(args.strategy),
        find_backbone(project.config.backbone),
        manifest,
        project.config.image_size,
        plan=project.config.plan,
        thaw=project.config.thaw,
        options=strategy_options(phase_options(args), project.config.flip),
    )
    for line in json.dumps(strategy.to_json(), indent=2, allow_nan=False).splitlines():
        app.output.line(line)
    return ExitCode.DONE
