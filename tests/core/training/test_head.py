"""The head as a convex problem, against scikit-learn's solution of the same problem."""

from __future__ import annotations

import warnings

import torch

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.utils.class_weight import compute_class_weight

from tlft_desktop.core.training import head as head_module
from tlft_desktop.core.training.head import HeadStep, Scaling, choose_l2, class_weights, solve_head


def blobs(num_images: int, width: int, num_classes: int, *, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Return features of very different scales and overlapping classes of different sizes."""
    generator = np.random.default_rng(seed)
    shares = np.arange(1, num_classes + 1) / np.arange(1, num_classes + 1).sum()
    labels = generator.choice(num_classes, size=num_images, p=shares)
    labels[:num_classes] = np.arange(num_classes)
    centres = generator.normal(size=(num_classes, width))
    features = (centres[labels] + 2.5 * generator.normal(size=(num_images, width))) * generator.uniform(
        0.01, 20, width
    ) + generator.uniform(-5, 5, width)
    return torch.tensor(features, dtype=torch.float32), torch.tensor(labels)


def probabilities(features: torch.Tensor, step: HeadStep) -> NDArray[np.float64]:
    logits = features.double() @ step.weight.double().T + step.bias.double()
    return torch.softmax(logits, dim=1).numpy()


def optimum(
    features: torch.Tensor, labels: torch.Tensor, num_classes: int, *, l2: float, balanced: bool = False
) -> list[HeadStep]:
    return list(
        solve_head(features, labels, num_classes, l2=l2, balance_classes=balanced, max_iterations=500),
    )


@pytest.mark.parametrize("balanced", [False, True])
@pytest.mark.parametrize(("num_images", "width"), [(40, 120), (300, 20)])
@pytest.mark.parametrize(("num_classes", "c_factor"), [(2, 2.0), (4, 1.0)])
@pytest.mark.parametrize("l2", [1.0, 100.0])
def test_optimum_is_that_of_scikit_learn(
    num_images: int, width: int, num_classes: int, c_factor: float, l2: float, balanced: bool
) -> None:
    features, labels = blobs(num_images, width, num_classes)
    steps = optimum(features, labels, num_classes, l2=l2, balanced=balanced)
    assert steps[-1].converged
    scaled = StandardScaler(with_std=False).fit_transform(features.double().numpy())
    scaled /= np.sqrt(scaled.var(axis=0).mean())
    model = LogisticRegression(
        C=c_factor / l2, tol=1e-9, max_iter=20_000, class_weight="balanced" if balanced else None
    ).fit(scaled, labels.numpy())
    assert np.abs(probabilities(features, steps[-1]) - model.predict_proba(scaled)).max() < 1e-4


def test_steps_are_counted_and_the_loss_falls() -> None:
    features, labels = blobs(80, 10, 3)
    steps = optimum(features, labels, 3, l2=10.0)
    assert [step.iteration for step in steps] == list(range(1, len(steps) + 1))
    assert [step.converged for step in steps] == [False] * (len(steps) - 1) + [True]
    assert steps[0].loss > steps[-1].loss
    assert (steps[-1].weight.dtype, steps[-1].weight.shape, steps[-1].bias.shape) == (torch.float32, (3, 10), (3,))


def test_the_loss_is_the_mean_cross_entropy_plus_the_penalty() -> None:
    features, labels = blobs(80, 10, 3)
    step = optimum(features, labels, 3, l2=10.0)[-1]
    cross_entropy = -np.log(probabilities(features, step)[np.arange(80), labels]).mean()
    weight_on_scaled = step.weight.double() * Scaling.of(features).deviation
    assert step.loss == pytest.approx(cross_entropy + 5.0 * float(weight_on_scaled.square().sum()) / 80, rel=1e-4)


def test_the_most_iterations_are_kept() -> None:
    features, labels = blobs(80, 10, 3)
    steps = list(solve_head(features, labels, 3, l2=1.0, balance_classes=False, max_iterations=3))
    assert [step.converged for step in steps] == [False] * 3


def test_equal_inputs_give_equal_bits() -> None:
    features, labels = blobs(80, 10, 3)
    first, second = (optimum(features, labels, 3, l2=1.0)[-1] for _ in range(2))
    assert torch.equal(first.weight, second.weight)
    assert torch.equal(first.bias, second.bias)


def test_a_class_without_images_gets_no_probability() -> None:
    features, labels = blobs(60, 5, 3)
    step = optimum(features, labels, 5, l2=1.0)[-1]
    assert step.weight.shape == (5, 5)
    assert probabilities(features, step)[:, 3:].max() < 0.02


def test_features_that_are_not_finite_end_the_search() -> None:
    features, labels = blobs(30, 5, 3)
    features[0, 0] = float("nan")
    steps = optimum(features, labels, 3, l2=1.0)
    assert len(steps) == 1
    assert not np.isfinite(steps[0].loss)


def test_constant_features_do_no_harm() -> None:
    features, labels = blobs(60, 5, 3)
    wide = torch.cat([features, torch.full((60, 1), 60_000.0), torch.zeros(60, 1)], dim=1)
    step = optimum(wide, labels, 3, l2=1.0)[-1]
    assert not step.weight[:, 5:].any()
    plain = optimum(features, labels, 3, l2=1.0)[-1]
    assert np.abs(probabilities(wide, step) - probabilities(features, plain)).max() < 1e-5


def test_scaled_features_have_mean_zero_and_keep_their_proportions() -> None:
    features, _ = blobs(60, 5, 3)
    scale = Scaling.of(features)
    values = scale.apply(features)
    assert values.dtype is torch.float64
    assert torch.allclose(values.mean(dim=0), torch.zeros(5, dtype=torch.float64), atol=1e-12)
    assert float(values.var(dim=0, correction=0).mean()) == pytest.approx(1)
    ratio = values.std(dim=0) / features.double().std(dim=0)
    assert torch.allclose(ratio, ratio[0])
    assert Scaling.of(torch.ones(4, 5)).apply(torch.ones(4, 5)).eq(0).all()


def test_folding_gives_the_same_outputs_on_plain_features() -> None:
    features, _ = blobs(60, 5, 3)
    scale = Scaling.of(features)
    weight, bias = torch.randn(3, 5, dtype=torch.float64), torch.randn(3, dtype=torch.float64)
    plain_weight, plain_bias = scale.fold_into(weight, bias)
    outputs = features @ plain_weight.T + plain_bias
    assert torch.allclose(outputs, (scale.apply(features) @ weight.T + bias).float(), atol=1e-3)


def test_class_weights_are_those_of_scikit_learn() -> None:
    labels = torch.tensor([0] * 10 + [1] * 3 + [2] * 7)
    expected = compute_class_weight("balanced", classes=np.arange(3), y=labels.numpy())
    assert class_weights(labels, 3).tolist() == pytest.approx(expected.tolist())


def test_class_weights_have_mean_one_and_leave_missing_classes_out() -> None:
    labels = torch.tensor([0] * 10 + [3] * 2)
    weights = class_weights(labels, 5)
    assert float(weights[labels].mean()) == pytest.approx(1.0)
    assert weights.tolist() == pytest.approx([0.6, 0, 0, 3.0, 0])


@pytest.mark.parametrize("balanced", [False, True])
def test_noise_gets_a_large_penalty_and_signal_a_small_one(balanced: bool) -> None:
    _, labels = blobs(200, 40, 3)
    noise = torch.randn(200, 40, generator=torch.Generator().manual_seed(1))
    signal = torch.nn.functional.one_hot(labels, 3).float() + 0.05 * noise[:, :3]
    for_noise = choose_l2(noise, labels, seed=1, balance_classes=balanced)
    for_signal = choose_l2(signal, labels, seed=1, balance_classes=balanced)
    assert for_noise >= 100
    assert for_signal <= 10
    assert choose_l2(noise, labels, seed=1, balance_classes=balanced) == for_noise


@pytest.mark.slow
def test_the_penalty_is_the_best_on_held_out_images_by_our_own_solver() -> None:
    """For two classes too: there scikit-learn counts the penalty differently."""
    for num_classes in (2, 4):
        features, labels = blobs(240, 60, num_classes, seed=3)
        chosen = choose_l2(features, labels, seed=0, balance_classes=False)
        losses = {}
        for l2 in head_module._L2_GRID:
            held_out = 0.0
            for fold in range(3):
                test = torch.arange(240) % 3 == fold
                step = optimum(features[~test], labels[~test], num_classes, l2=l2)[-1]
                rows = probabilities(features[test], step)
                held_out -= float(np.log(rows[np.arange(len(rows)), labels[test]]).mean())
            losses[l2] = held_out / 3
        assert losses[chosen] < min(losses.values()) + 0.02


@pytest.mark.parametrize("num_classes", [2, 3])
def test_a_penalty_means_the_same_to_selection_and_solver(num_classes: int) -> None:
    features, labels = blobs(240, 20, num_classes, seed=3)
    values = Scaling.of(features).apply(features)
    train, held_out = np.arange(0, 240, 2), np.arange(1, 240, 2)
    fold = head_module.FoldFit(values.numpy(), labels.numpy(), train, held_out, balance_classes=False)
    by_penalty = {l2: fold.held_out_loss(l2) for l2 in (1e4, 1e3, 1e2)}

    def loss_at(l2: float) -> float:
        step = optimum(values[train].float(), labels[train], num_classes, l2=l2)[-1]
        rows = probabilities(values[held_out].float(), step)
        return -float(np.log(rows[np.arange(len(rows)), labels[held_out]]).sum())

    for l2 in (1e4, 1e3, 1e2):
        distance = {factor: abs(by_penalty[l2] - loss_at(factor * l2)) for factor in (0.5, 1, 2)}
        assert min(distance, key=lambda factor: distance[factor]) == 1


def test_the_path_ends_behind_two_worse_penalties_in_a_row() -> None:
    asked: list[float] = []

    def loss_of(l2: float) -> float:
        asked.append(l2)
        return (np.log10(l2) - 3) ** 2

    assert head_module._lowest_on_path(loss_of) == pytest.approx(1e3)
    assert asked == list(head_module._L2_GRID[: head_module._L2_GRID.index(asked[-1]) + 1])
    assert len(asked) == asked.index(head_module._lowest_on_path(loss_of)) + 3


def test_fewer_images_than_features_are_rotated_without_loss() -> None:
    features, labels = blobs(60, 300, 3)
    values = Scaling.of(features).apply(features).numpy()
    rotated = head_module._rotate(values)
    assert rotated.shape[1] < 60
    assert np.allclose(rotated @ rotated.T, values @ values.T, atol=1e-6)
    assert choose_l2(features, labels, seed=0, balance_classes=False) in head_module._L2_GRID


@pytest.mark.parametrize("labels", [[0, 0, 0, 1], [0] * 6, [2, 3]])
def test_too_few_images_for_folds_take_a_fixed_penalty(labels: list[int]) -> None:
    features = torch.randn(len(labels), 3, generator=torch.Generator().manual_seed(0))
    assert choose_l2(features, torch.tensor(labels), seed=0, balance_classes=False) == 1e3


def test_two_images_per_class_are_enough_for_two_folds() -> None:
    features = torch.tensor([[0.0, 1.0], [0.1, 1.1], [5.0, -1.0], [5.1, -1.1]])
    chosen = choose_l2(features, torch.tensor([0, 0, 1, 1]), seed=0, balance_classes=False)
    assert chosen < 1e3


def test_many_images_are_sampled_with_every_class_in_every_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_module, "_MAX_SELECTION_IMAGES", 100)
    features, labels = blobs(2000, 4, 2)
    labels[[17, 900, 1800]] = 2
    # A class with fewer images than folds would make scikit-learn warn, and warnings fail here.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert choose_l2(features, labels, seed=5, balance_classes=False) in head_module._L2_GRID
    for seed in range(20):
        chosen = head_module._selection(labels.numpy(), seed=seed)
        assert len(chosen) == len(set(chosen)) == 100
        assert np.bincount(labels[chosen]).min() == 3
    assert head_module._selection(labels[:90].numpy(), seed=0).tolist() == list(range(90))


def test_more_classes_than_the_sample_are_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_module, "_MAX_SELECTION_IMAGES", 10)
    targets = np.arange(40) % 8
    assert np.bincount(targets[head_module._selection(targets, seed=0)]).tolist() == [3] * 8
