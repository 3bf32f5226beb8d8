"""The model card of a run of a project."""

from __future__ import annotations

from pathlib import Path

from tlft_desktop.core.export.model_card import BlendFacts, CardFacts, model_card
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.runs.predictions import read_predictions
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.workflows.networks import layer_tree


def card_of_run(
    run_folder: Path,
    config: RunConfig,
    manifest: Manifest,
    *,
    state: str,
    frozen_proof: str,
    blend: BlendFacts | None = None,
) -> str:
    """Return the model card of a run whose predictions lie in `run_folder`.

    Args:
        run_folder: Folder of the run.
        config: Of the run.
        manifest: Images of the run.
        state: Where the run stands, as `RunState` names it.
        frozen_proof: As `FrozenProof` names it; empty before the end.
        blend: What a network has that is blended of this run and another one.

    Raises:
        InputError: If the saved predictions are damaged.
    """
    facts = CardFacts(
        config=config,
        entry=find_backbone(config.backbone),
        tree=layer_tree(config.backbone, len(config.classes), config.image_size),
        manifest=manifest,
        state=state,
        frozen_proof=frozen_proof,
        predictions=read_predictions(run_folder) if blend is None else blend.predictions,
        blend=blend,
    )
    return model_card(facts)
