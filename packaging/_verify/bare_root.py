"""A bare Debian in a folder, in which programs run with or without a network."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from _build.tools import call

SUITE = "trixie"
USER = "ada"
HOME = Path("/home", USER)
_SCREENS = Path("/tmp/.X11-unix")


class Failure(Exception):
    """Something is not as it must be; the text says what."""


@dataclass(frozen=True)
class BareRoot:
    """A system that has what a minimal Debian has, and one ordinary user."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, *, packed: Path | None) -> BareRoot:
        """Make it in a new folder, from a packed one or from the mirror of Debian."""
        if packed is not None:
            folder.mkdir()
            call(["tar", "-C", folder, "-xf", packed])
        else:
            call(["mmdebstrap", "--variant=minbase", "--include=ca-certificates", SUITE, folder])
        for name, options in (("proc", ("-t", "proc", "proc")), ("dev", ("--rbind", "/dev"))):
            call(["mount", *options, folder / name])
        for own in ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt"):
            shutil.copyfile(own, folder / own[1:])
        root = cls(folder)
        root.run("useradd", "--create-home", "--shell", "/bin/bash", USER)
        screens = root.inside(_SCREENS)
        screens.mkdir(mode=0o1777)
        call(["mount", "--bind", _SCREENS, screens])
        return root

    def close(self) -> None:
        """Take the mounts away, so that the folder can be deleted."""
        for place in (self.inside(_SCREENS), self.folder / "dev", self.folder / "proc"):
            call(["umount", "--recursive", "--lazy", place])

    def inside(self, path: Path) -> Path:
        """Return where a path of the bare system lies here."""
        return self.folder / path.relative_to("/")

    def command(self, *arguments: str, user: str, has_network: bool, env: Mapping[str, str]) -> list[str]:
        """Return the command line that runs `arguments` in the bare system."""
        home = "/root" if user == "root" else f"/home/{user}"
        variables = {"HOME": home, "USER": user, "LANG": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **env}
        inner = ["chroot", f"--userspec={user}", str(self.folder), "/usr/bin/env", "-i", f"--chdir={home}"]
        inner += [f"{name}={value}" for name, value in variables.items()]
        # The loopback is part of every computer; the network is not.
        cut = [] if has_network else ["unshare", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"]
        return [*cut, *inner, *arguments]

    def run(
        self,
        *arguments: str,
        user: str = "root",
        has_network: bool = False,
        env: Mapping[str, str] | None = None,
        may_fail: bool = False,
        seconds: float = 900,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program there to its end and return what it printed, both streams as one.

        Raises:
            Failure: If it fails and may not, or takes longer than `seconds`.
        """
        command = self.command(*arguments, user=user, has_network=has_network, env=env or {})
        try:
            result = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=seconds,
            )
        except subprocess.TimeoutExpired as error:
            raise Failure(f"`{' '.join(arguments)}` did not end within {seconds:.0f} s.") from error
        if result.returncode != 0 and not may_fail:
            last = "\n".join(result.stdout.strip().splitlines()[-15:])
            raise Failure(f"`{' '.join(arguments)}` ended with {result.returncode}:\n{last}")
        return result

    def files(self) -> set[str]:
        """Return all files but those of users and what Debian's package tools keep of their own work."""
        pruned = ["home", "proc", "sys", "dev", "tmp", "root", "run", "srv"]
        pruned += ["var/cache", "var/lib/apt", "var/log", "var/lib/dpkg"]
        command = ["find", ".", "-xdev", "-not", "-type", "d"]
        for name in pruned:
            command += ["-not", "-path", f"./{name}/*"]
        return set(call(command, cwd=self.folder).splitlines())
