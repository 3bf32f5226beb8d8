"""What an administrator fixes: read strictly, found before what a user names, never passed over."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from source_scan import PACKAGE
from tlft_desktop import paths as paths_module
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.policy import Policy, find_policy, read_policy
from tlft_desktop.core.settings import Language, Settings
from tlft_desktop.core.workflows.diagnosis import diagnose
from tlft_desktop.paths import AppPaths, usable_paths

# What stands for a file of the system has no meaning on Windows, where the folder comes from the registry.
NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="the folders are those of other systems")


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the policy of this computer would lie; the program is an installed one."""
    folder = tmp_path / "etc"
    monkeypatch.setattr(paths_module, "_SYSTEM_CONFIG", {sys.platform: (str(folder),)})
    monkeypatch.setattr(paths_module, "_is_checkout", lambda: False)
    monkeypatch.setenv("XDG_CONFIG_DIRS", f"{tmp_path / 'desktop'}:{tmp_path / 'other'}")
    monkeypatch.delenv("TLFT_POLICY_FILE")
    return folder / "tlft" / "policy.toml"


def test_all_values(tmp_path: Path) -> None:
    images, weights = tmp_path / "images", tmp_path / "weights"
    text = f"""\ufeff# a mark of Windows' editor stands in front
device = "cuda:1"
data_roots = ['{images}']
offline = true
weights_folder = '{weights}'
cache_limit_gib = 1.5
language = "de"
"""
    path = written(tmp_path / "policy.toml", text)
    policy = read_policy(path)
    assert policy == Policy(path, "cuda:1", (images,), True, weights, 3 << 29, Language.GERMAN)
    assert policy.in_words() == {
        "device": "cuda:1",
        "data_roots": str(images),
        "offline": "true",
        "weights_folder": str(weights),
        "cache_limit_gib": "1.5",
        "language": "de",
    }
    assert policy.fixed_settings() == {"device", "feature_bytes", "language"}
    settings = policy.applied(Settings(device="cpu", notify=False))
    assert settings == Settings(device="cuda:1", notify=False, feature_bytes=3 << 29, language=Language.GERMAN)


def test_what_is_not_named_is_left_to_the_user(tmp_path: Path) -> None:
    policy = read_policy(written(tmp_path / "policy.toml", "offline = false\n"))
    assert (policy.problem, policy.in_words(), policy.fixed_settings()) == ("", {}, frozenset())
    assert policy.applied(Settings(device="cuda")) == Settings(device="cuda")
    zero = read_policy(written(tmp_path / "zero.toml", "cache_limit_gib = 0\n"))
    assert (zero.feature_bytes, zero.in_words()) == (0, {"cache_limit_gib": "0"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("offlin = true", "There is no value 'offlin'; there are device, data_roots"),
        ("[lab]\noffline = true", "There is no value 'lab'"),
        ("offline = 'yes'", "'offline' must be true or false"),
        ("offline = true\noffline = false", "It is not TOML"),
        ("device = 'gpu'", "'device' must be"),
        ("device = 3", "'device' must be"),
        ("device = 'auto'", "'device' must be"),
        ("data_roots = '/images'", "'data_roots' must be a list"),
        ("data_roots = []", "'data_roots' must be a list"),
        ("data_roots = ['images']", "'data_roots' must name folders by their whole paths"),
        ("weights_folder = 'weights'", "'weights_folder' must name folders by their whole paths"),
        ("weights_folder = true", "'weights_folder' must name folders"),
        ("cache_limit_gib = -1", "'cache_limit_gib' must be a number"),
        ("cache_limit_gib = true", "'cache_limit_gib' must be a number"),
        ("cache_limit_gib = nan", "'cache_limit_gib' must be a number"),
        ("language = 'fr'", "'language' must be one of system, en, de"),
        ("language = ['de']", "'language' must be one of"),
        ('weights_folder = "D:\\Umbau"', "single quotes"),
        ("x = " + "[" * 5000, "It is not TOML"),
    ],
)
def test_a_wrong_one_says_what_is_wrong_and_fixes_nothing(text: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path / "policy.toml", text)
    policy = read_policy(path)
    assert policy.problem.startswith(f"The policy '{path}' cannot be used. ")
    assert said in policy.problem
    assert policy == Policy(path, problem=policy.problem)
    with pytest.raises(InputError, match="cannot be used"):
        policy.require_usable()


def test_what_cannot_be_read_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in read_policy(tmp_path / "binary.toml").problem
    (tmp_path / "folder").mkdir()
    assert "cannot be read" in find_policy([tmp_path / "folder"]).problem
    written(tmp_path / "large.toml", "#" * 200_000)
    assert "is larger than" in find_policy([tmp_path / "large.toml"]).problem
    assert "is not there" in find_policy([tmp_path / "none.toml"], named=True).problem
    assert find_policy([tmp_path / "none.toml", tmp_path / "policy.toml" / "x"]) == Policy()

    def refuse(path: Path, **_: object) -> os.stat_result:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "stat", refuse)
    # Whether there is one in a folder that may not be looked into cannot be known: that is no reason to go on.
    assert "cannot be read" in find_policy([tmp_path / "locked" / "policy.toml"]).problem


@NOT_WINDOWS
def test_the_system_comes_before_what_a_user_names(
    system: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert AppPaths.default().policy == Policy()
    mine = written(tmp_path / "mine.toml", "")
    monkeypatch.setenv("TLFT_POLICY_FILE", str(mine))
    assert AppPaths.default().policy == Policy(mine), "an administrator tries it before it is laid down"
    desktop = written(tmp_path / "other" / "tlft" / "policy.toml", "language = 'en'")
    assert AppPaths.default().policy.path == desktop
    written(system, "offline = true")
    for home in (None, tmp_path / "home"):
        assert AppPaths.default(home).policy == Policy(system, offline=True)
    assert (
        f"TLFT_POLICY_FILE has no effect: this computer has the policy '{system}'."
        in diagnose(AppPaths.default()).problems
    )
    system.write_text("offline = maybe")
    assert AppPaths.default().policy.problem, "the next one does not take the place of a broken one"


@NOT_WINDOWS
def test_in_a_checkout_the_named_one_counts(system: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(system, "offline = true")
    monkeypatch.setattr(paths_module, "_is_checkout", lambda: True)
    mine = written(tmp_path / "mine.toml", "")
    monkeypatch.setenv("TLFT_POLICY_FILE", str(mine))
    assert AppPaths.default().policy == Policy(mine)
    mine.unlink()
    assert "is not there" in AppPaths.default().policy.problem
    monkeypatch.delenv("TLFT_POLICY_FILE")
    assert AppPaths.default().policy.offline


def test_its_weights_folder_comes_before_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lab"
    path = written(tmp_path / "policy.toml", f"weights_folder = '{folder}'\nlanguage = 'de'")
    monkeypatch.setenv("TLFT_POLICY_FILE", str(path))
    paths = AppPaths.default()
    assert paths.site_weights == folder
    problems = diagnose(paths).problems
    assert "TLFT_WEIGHTS_DIR has no effect: the policy names the folder of weights for all users." in problems
    assert f"The folder of weights for all users, '{folder}', is not there." in problems
    assert diagnose(paths).policy == {"file": str(path), "weights_folder": str(folder), "language": "de"}
    if sys.platform != "win32":
        path.chmod(0o666)
        assert f"Every user may write to the policy '{path}'." in diagnose(paths).problems


def test_a_profile_that_cannot_be_written_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TLFT_POLICY_FILE", str(written(tmp_path / "policy.toml", "offline = true")))
    written(tmp_path / "file", "")
    paths, warning = usable_paths(AppPaths.default(tmp_path / "file"))
    assert warning
    assert paths.policy.offline


def test_images_lie_below_the_folders_that_it_names(tmp_path: Path) -> None:
    root = tmp_path / "lab"
    (root / "flowers").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    policy = Policy(data_roots=(tmp_path / "none", root))
    for inside in (root, root / "flowers", root / "other" / ".." / "flowers.zip"):
        policy.require_source(inside)
    outside = [tmp_path, tmp_path / "laboratory", tmp_path / "elsewhere", root / ".." / "elsewhere"]
    if sys.platform != "win32":
        (root / "link").symlink_to(tmp_path / "elsewhere")
        outside.append(root / "link")
    for path in outside:
        with pytest.raises(InputError, match=re.escape(f"'{path}' lies elsewhere")):
            policy.require_source(path)
    Policy().require_source(tmp_path)


def test_only_another_device_contradicts_the_fixed_one() -> None:
    policy = Policy(device="cpu")
    for wanted in (None, "", "cpu"):
        policy.require_device(wanted)
    with pytest.raises(UsageError, match="fixes the device to 'cpu', so 'cuda' cannot be used"):
        policy.require_device("cuda")
    Policy().require_device("cuda")
    environment = {"TLFT_FIXED_DEVICE": "mps"}
    Policy().fix_device(environment)
    assert environment == {}, "a user who sets it has no policy"
    policy.fix_device(environment)
    assert environment == {"TLFT_FIXED_DEVICE": "cpu"}


def test_no_part_of_the_program_reads_settings_past_it() -> None:
    calls = [
        line.strip()
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"(?<!def )\bread_settings\(", line)
    ]
    assert len(calls) == 2
    assert all("policy.applied(read_settings(" in call for call in calls)


def test_the_example_of_the_readme_is_a_policy(tmp_path: Path) -> None:
    text = (PACKAGE.parent / "README.md").read_text("utf-8")
    (example,) = [block for block in re.findall(r"```\n(.*?)```", text, re.DOTALL) if "cache_limit_gib" in block]
    if sys.platform == "win32":
        example = example.replace('"/srv', '"C:/srv')
    policy = read_policy(written(tmp_path / "policy.toml", example))
    assert policy.problem == ""
    assert len(policy.in_words()) == 6, "it shows all values that there are"
