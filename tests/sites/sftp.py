"""An SFTP server on loopback over a folder, in this process, with one user and a key of its own."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import paramiko

USER, PASSWORD = "reader", "on-loopback-only"


class _Login(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        return paramiko.AUTH_SUCCESSFUL if (username, password) == (USER, PASSWORD) else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


class _Files(paramiko.SFTPServerInterface):
    root: Path

    def _real(self, path: str) -> Path:
        return self.root / self.canonicalize(path).lstrip("/")

    def list_folder(self, path: str) -> Any:
        try:
            entries = sorted(self._real(path).iterdir())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return [paramiko.SFTPAttributes.from_stat(entry.stat(), entry.name) for entry in entries]

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(self._real(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:
        try:
            stream = self._real(path).open("rb")
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = stream  # type: ignore[attr-defined]
        handle.filename = os.fspath(self._real(path))  # type: ignore[attr-defined]
        return handle


@dataclass
class SftpSite:
    port: int
    host_key: str
    transports: list[paramiko.Transport] = field(default_factory=list)


@contextmanager
def serve_sftp(root: Path) -> Iterator[SftpSite]:
    """Serve a folder on a free port of 127.0.0.1."""
    key = paramiko.ECDSAKey.generate()
    files = type("Files", (_Files,), {"root": root})
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        site = SftpSite(listener.getsockname()[1], f"{key.get_name()} {key.get_base64()}")
        running = [True]

        def accept() -> None:
            while running:
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                transport = paramiko.Transport(connection)
                transport.add_server_key(key)
                transport.set_subsystem_handler("sftp", paramiko.SFTPServer, files)
                site.transports.append(transport)
                try:
                    transport.start_server(server=_Login())
                except (paramiko.SSHException, EOFError):
                    transport.close()  # the client did not like our key

        thread = Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            running.clear()
            thread.join()
            for transport in site.transports:
                transport.close()
