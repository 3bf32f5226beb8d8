"""The works that a methods paragraph can cite, and which of them stand behind a network of the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tlft_desktop.core.models.catalog import BackboneEntry


@dataclass(frozen=True, slots=True)
class Work:
    """A published work.

    Attributes:
        text: Authors, year, title, place.
        mark: How its place is written, such as `doi:10.1007/BF01589116`.
        link: Where it is found.
    """

    text: str
    mark: str
    link: str


def _arxiv(text: str, number: str) -> Work:
    return Work(text, f"arXiv:{number}", f"https://arxiv.org/abs/{number}")


def _doi(text: str, number: str) -> Work:
    return Work(text, f"doi:{number}", f"https://doi.org/{number}")


WORKS = {
    # Networks
    "beit": _arxiv("Bao H et al. (2022). BEiT: BERT pre-training of image transformers. ICLR.", "2106.08254"),
    "beitv2": _arxiv(
        "Peng Z et al. (2022). BEiT v2: Masked image modeling with vector-quantized visual tokenizers.", "2208.06366"
    ),
    "convnext": _arxiv("Liu Z et al. (2022). A ConvNet for the 2020s. CVPR.", "2201.03545"),
    "convnextv2": _arxiv(
        "Woo S et al. (2023). ConvNeXt V2: Co-designing and scaling ConvNets with masked autoencoders. CVPR.",
        "2301.00808",
    ),
    "deit3": _arxiv("Touvron H, Cord M, Jégou H (2022). DeiT III: Revenge of the ViT. ECCV.", "2204.07118"),
    "densenet": _arxiv("Huang G et al. (2017). Densely connected convolutional networks. CVPR.", "1608.06993"),
    "dinov2": _arxiv(
        "Oquab M et al. (2024). DINOv2: Learning robust visual features without supervision. TMLR.", "2304.07193"
    ),
    "edgenext": _arxiv(
        "Maaz M et al. (2022). EdgeNeXt: Efficiently amalgamated CNN-transformer architecture for mobile vision "
        "applications. ECCV workshops.",
        "2206.10589",
    ),
    "efficientnet": _arxiv(
        "Tan M, Le QV (2019). EfficientNet: Rethinking model scaling for convolutional neural networks. ICML.",
        "1905.11946",
    ),
    "efficientnetv2": _arxiv(
        "Tan M, Le QV (2021). EfficientNetV2: Smaller models and faster training. ICML.", "2104.00298"
    ),
    "eva02": _arxiv("Fang Y et al. (2023). EVA-02: A visual representation for neon genesis.", "2303.11331"),
    "googlenet": _arxiv("Szegedy C et al. (2015). Going deeper with convolutions. CVPR.", "1409.4842"),
    "mobilenetv2": _arxiv(
        "Sandler M et al. (2018). MobileNetV2: Inverted residuals and linear bottlenecks. CVPR.", "1801.04381"
    ),
    "mobilenetv3": _arxiv("Howard A et al. (2019). Searching for MobileNetV3. ICCV.", "1905.02244"),
    "mobilenetv4": _arxiv(
        "Qin D et al. (2024). MobileNetV4: Universal models for the mobile ecosystem. ECCV.", "2404.10518"
    ),
    "openclip": _arxiv(
        "Cherti M et al. (2023). Reproducible scaling laws for contrastive language-image learning. CVPR.", "2212.07143"
    ),
    "regnet": _arxiv("Radosavovic I et al. (2020). Designing network design spaces. CVPR.", "2003.13678"),
    "resnet": _arxiv("He K et al. (2016). Deep residual learning for image recognition. CVPR.", "1512.03385"),
    "shufflenet": _arxiv(
        "Ma N et al. (2018). ShuffleNet V2: Practical guidelines for efficient CNN architecture design. ECCV.",
        "1807.11164",
    ),
    "strikes back": _arxiv(
        "Wightman R, Touvron H, Jégou H (2021). ResNet strikes back: An improved training procedure in timm.",
        "2110.00476",
    ),
    "swin": _arxiv(
        "Liu Z et al. (2021). Swin transformer: Hierarchical vision transformer using shifted windows. ICCV.",
        "2103.14030",
    ),
    "vit": _arxiv(
        "Dosovitskiy A et al. (2021). An image is worth 16x16 words: Transformers for image recognition at scale. "
        "ICLR.",
        "2010.11929",
    ),
    "augreg": _arxiv(
        "Steiner A et al. (2022). How to train your ViT? Data, augmentation, and regularization in vision "
        "transformers. TMLR.",
        "2106.10270",
    ),
    # Images of the pretrained networks
    "imagenet": _doi(
        "Russakovsky O et al. (2015). ImageNet large scale visual recognition challenge. Int. J. Comput. Vis. 115, "
        "211-252.",
        "10.1007/s11263-015-0816-y",
    ),
    "imagenet21k": _doi(
        "Deng J et al. (2009). ImageNet: A large-scale hierarchical image database. CVPR, 248-255.",
        "10.1109/CVPR.2009.5206848",
    ),
    # Training
    "adamw": _arxiv("Loshchilov I, Hutter F (2019). Decoupled weight decay regularization. ICLR.", "1711.05101"),
    "bitfit": _arxiv(
        "Ben Zaken E, Goldberg Y, Ravfogel S (2022). BitFit: Simple parameter-efficient fine-tuning for "
        "transformer-based masked language-models. ACL.",
        "2106.10199",
    ),
    "cosine": _arxiv(
        "Loshchilov I, Hutter F (2017). SGDR: Stochastic gradient descent with warm restarts. ICLR.", "1608.03983"
    ),
    "gradual": _arxiv(
        "Howard J, Ruder S (2018). Universal language model fine-tuning for text classification. ACL.", "1801.06146"
    ),
    "lbfgs": _doi(
        "Liu DC, Nocedal J (1989). On the limited memory BFGS method for large scale optimization. Math. Program. 45, "
        "503-528.",
        "10.1007/BF01589116",
    ),
    "lora": _arxiv("Hu EJ et al. (2022). LoRA: Low-rank adaptation of large language models. ICLR.", "2106.09685"),
    "lpft": _arxiv(
        "Kumar A et al. (2022). Fine-tuning can distort pretrained features and underperform out-of-distribution. "
        "ICLR.",
        "2202.10054",
    ),
    "mixup": _arxiv("Zhang H et al. (2018). mixup: Beyond empirical risk minimization. ICLR.", "1710.09412"),
    "momentum": Work(
        "Sutskever I et al. (2013). On the importance of initialization and momentum in deep learning. ICML, PMLR 28, "
        "1139-1147.",
        "proceedings.mlr.press/v28/sutskever13.html",
        "https://proceedings.mlr.press/v28/sutskever13.html",
    ),
    "smoothing": _arxiv(
        "Szegedy C et al. (2016). Rethinking the Inception architecture for computer vision. CVPR.", "1512.00567"
    ),
    # Judging
    "calibration": _arxiv("Guo C et al. (2017). On calibration of modern neural networks. ICML.", "1706.04599"),
    "holm": Work(
        "Holm S (1979). A simple sequentially rejective multiple test procedure. Scand. J. Stat. 6, 65-70.",
        "www.jstor.org/stable/4615733",
        "https://www.jstor.org/stable/4615733",
    ),
    "mcnemar": _doi(
        "McNemar Q (1947). Note on the sampling error of the difference between correlated proportions or "
        "percentages. Psychometrika 12, 153-157.",
        "10.1007/BF02295996",
    ),
    "clopper": _doi(
        "Clopper CJ, Pearson ES (1934). The use of confidence or fiducial limits illustrated in the case of the "
        "binomial. Biometrika 26, 404-413.",
        "10.1093/biomet/26.4.404",
    ),
    "wilson": _doi(
        "Wilson EB (1927). Probable inference, the law of succession, and statistical inference. J. Am. Stat. Assoc. "
        "22, 209-212.",
        "10.1080/01621459.1927.10502953",
    ),
    "zou": _doi(
        "Zou GY, Donner A (2008). Construction of confidence limits about effect measures: A general approach. Stat. "
        "Med. 27, 1693-1702.",
        "10.1002/sim.3095",
    ),
    # Programs
    "sklearn": Work(
        "Pedregosa F et al. (2011). Scikit-learn: Machine learning in Python. J. Mach. Learn. Res. 12, 2825-2830.",
        "jmlr.org/papers/v12/pedregosa11a.html",
        "https://jmlr.org/papers/v12/pedregosa11a.html",
    ),
    "timm": _doi("Wightman R (2019). PyTorch image models.", "10.5281/zenodo.4414861"),
    "torch": _arxiv(
        "Paszke A et al. (2019). PyTorch: An imperative style, high-performance deep learning library. NeurIPS 32.",
        "1912.01703",
    ),
    "torchvision": Work(
        "TorchVision maintainers and contributors (2016). TorchVision: PyTorch's computer vision library.",
        "github.com/pytorch/vision",
        "https://github.com/pytorch/vision",
    ),
}
_BY_ARCHITECTURE = (
    ("beitv2", ("beitv2",)),
    ("beit_", ("beit",)),
    ("convnextv2", ("convnextv2",)),
    ("convnext", ("convnext",)),
    ("deit3", ("deit3",)),
    ("densenet", ("densenet",)),
    ("edgenext", ("edgenext",)),
    ("(tf_)?efficientnetv2", ("efficientnetv2",)),
    ("(tf_)?efficientnet_", ("efficientnet",)),
    ("eva02", ("eva02",)),
    ("googlenet", ("googlenet",)),
    ("mobilenet_?v2", ("mobilenetv2",)),
    ("mobilenet_?v3", ("mobilenetv3",)),
    ("mobilenetv4", ("mobilenetv4",)),
    ("regnet", ("regnet",)),
    ("resnet", ("resnet",)),
    ("shufflenet_v2", ("shufflenet",)),
    ("swin_", ("swin",)),
    ("vit_", ("vit",)),
)
"""How the name of an architecture begins, and the works behind it; the first that fits counts."""
_BY_TAG = (
    (r"^a[123]h?_", ("strikes back",)),
    (r"^augreg", ("augreg",)),
    (r"^laion2b", ("openclip",)),
    (r"^lvd142m", ("dinov2",)),
    (r"in(12|21|22)k", ("imagenet21k",)),
    (r"in1k|^IMAGENET1K", ("imagenet",)),
)
"""What is in the name of weights, and the works behind them; all that fit count."""


def works_of(entry: BackboneEntry) -> tuple[str, ...]:
    """Return the keys of the works behind a network of the catalogue and its weights."""
    begins = next((keys for start, keys in _BY_ARCHITECTURE if re.match(start, entry.architecture)), ())
    return (*begins, *(key for pattern, keys in _BY_TAG if re.search(pattern, entry.tag) for key in keys))


@dataclass
class Citations:
    """The works that a text cites, numbered in the order in which it does so for the first time."""

    _keys: list[str] = field(default_factory=list)

    def cite(self, *keys: str) -> str:
        """Return a mark such as `[1, 4]`, with a space before it; nothing without keys."""
        self._keys += [key for key in dict.fromkeys(keys) if key not in self._keys]
        numbers = sorted(self._keys.index(key) + 1 for key in dict.fromkeys(keys))
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    @property
    def works(self) -> tuple[Work, ...]:
        """What was cited, in the order of the numbers."""
        return tuple(WORKS[key] for key in self._keys)
