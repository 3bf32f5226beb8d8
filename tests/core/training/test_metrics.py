"""Figures of predictions, against scikit-learn and by hand."""

from __future__ import annotations

import torch

import pytest
from sklearn.metrics import accuracy_score, f1_score, log_loss

from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.training.metrics import evaluate_logits


def test_figures_equal_scikit_learn() -> None:
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(50, 4, generator=generator)
    labels = torch.randint(0, 4, (50,), generator=generator)
    result = evaluate_logits(logits, labels)
    predicted = logits.argmax(dim=1)
    assert result.num_images == 50
    assert result.accuracy == pytest.approx(accuracy_score(labels, predicted))
    assert result.correct == (predicted == labels).tolist()
    assert sum(result.correct) == result.num_correct
    assert result.macro_f1 == pytest.approx(f1_score(labels, predicted, average="macro"))
    assert result.loss == pytest.approx(log_loss(labels, torch.softmax(logits.double(), dim=1)), rel=1e-5)
    assert result.interval == wilson_interval(result.num_correct, 50)


def test_a_class_without_images_counts_only_where_it_is_answered() -> None:
    logits = torch.eye(3)[[0, 0, 1, 1]]
    assert evaluate_logits(logits, torch.tensor([0, 0, 1, 1])).macro_f1 == 1.0
    logits = torch.eye(3)[[0, 0, 1, 2]]
    assert evaluate_logits(logits, torch.tensor([0, 0, 1, 1])).macro_f1 == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_any_floating_type_becomes_float32() -> None:
    logits = torch.eye(2, dtype=torch.bfloat16, requires_grad=True)
    result = evaluate_logits(logits, torch.tensor([0, 1]))
    assert result.logits.dtype is torch.float32
    assert not result.logits.requires_grad
    assert result.accuracy == 1.0


def test_no_images_is_a_fault() -> None:
    with pytest.raises(ValueError, match="no images"):
        evaluate_logits(torch.zeros(0, 3), torch.zeros(0, dtype=torch.long))
