"""TensorFlow's padding without a copy of the input."""

from __future__ import annotations

import torch
from timm.layers import Conv2dSame

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.models.same_padding import SameConvolution


@given(
    sizes=st.tuples(st.integers(1, 17), st.integers(1, 17)),
    kernel=st.tuples(st.integers(1, 6), st.integers(1, 6)),
    stride=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    dilation=st.sampled_from([1, 1, 1, 2]),
    groups=st.sampled_from([1, 4]),
    bias=st.booleans(),
)
def test_outputs_and_gradients_are_those_of_timm(
    sizes: tuple[int, int], kernel: tuple[int, int], stride: tuple[int, int], dilation: int, groups: int, bias: bool
) -> None:
    generator = torch.Generator().manual_seed(0)
    plain = Conv2dSame(4, 8, kernel, stride, dilation=dilation, groups=groups, bias=bias)
    inputs = torch.randn(2, 4, *sizes, generator=generator)
    wanted = plain(inputs)
    upstream = torch.randn(wanted.shape, generator=generator)
    (expected,) = torch.autograd.grad((wanted * upstream).sum(), plain.weight)
    outputs = SameConvolution(plain)(inputs)
    assert torch.allclose(outputs, wanted, atol=1e-5)
    (gradient,) = torch.autograd.grad((outputs * upstream).sum(), plain.weight)
    assert torch.allclose(gradient, expected, atol=1e-4)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_parameters_are_shared(dtype: torch.dtype) -> None:
    plain = Conv2dSame(3, 3, 3, 2, groups=3).to(dtype)
    quick = SameConvolution(plain)
    with torch.no_grad():
        plain.weight.zero_()
    assert not quick(torch.ones(1, 3, 8, 8, dtype=dtype)).sub(plain.bias.view(1, -1, 1, 1)).any()
