"""SFTP: the server's key is checked, and every wait has an end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import paramiko

KNOWN_HOSTS = Path("~/.ssh/known_hosts")


class PinnedHostKey(paramiko.MissingHostKeyPolicy):
    """Accepts the key given in the entry (``host_key``), or one in a known_hosts file; refuses every other."""

    def __init__(self, host_key: str | None, known_hosts: Path) -> None:
        self._host_key = " ".join((host_key or "").split()[:2])
        self._known = paramiko.HostKeys()
        if known_hosts.is_file():
            self._known.load(str(known_hosts))

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        """Called by paramiko for a key that the client itself does not know: always, for it is given none."""
        shown = f"{key.get_name()} {key.get_base64()}"
        if self._host_key == shown or (not self._host_key and self._known.check(hostname, key)):
            return
        raise paramiko.SSHException(
            f"The host key of {hostname} is not one we expect. If it is right, set host_key: '{shown}' in the options"
        )


def sftp_options(options: Mapping[str, Any], timeout: float) -> dict[str, Any]:
    """The options for fsspec's SFTP: ``host_key`` and ``known_hosts`` become the policy; time-outs in seconds."""
    kept = {key: value for key, value in options.items() if key not in ("host_key", "known_hosts")}
    known = Path(str(options.get("known_hosts", KNOWN_HOSTS))).expanduser()
    waits = {"timeout": timeout, "banner_timeout": timeout, "auth_timeout": timeout}
    # Keys and agents of the account that runs the night are not offered around unless the entry says so.
    quiet = {"look_for_keys": False, "allow_agent": False}
    return waits | quiet | kept | {"host_key_policy": PinnedHostKey(options.get("host_key"), known)}
