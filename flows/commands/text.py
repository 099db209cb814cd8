"""``taizhang text``: the text that figures are read from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flows.commands.output import cell_text
from flows.errors import ConfigurationError

if TYPE_CHECKING:
    from flows.normalize.model import RunningText, SourceText

HELP = """\
Print the text of a report as it is read: broken lines joined, columns in order, tables as rows.

  taizhang text report.pdf
  taizhang text page.html --roles        each block with its role, page and place in the text

For every format but .txt, the offsets of `taizhang extract` count characters of what this prints. For a .txt file
they count characters of the file itself (decoded), and this prints its running text.
"""


def printed_text(source: SourceText, running: RunningText) -> str:
    """What ``taizhang text`` prints: the source text, or for .txt, whose offsets count the file, the running text."""
    return running.text if source.media_type == "text/plain" else source.text


def text_command(args: argparse.Namespace) -> int:
    """Print the text, or its blocks with their roles."""
    from flows.normalize.running import running_text
    from flows.reading import decode

    path = Path(args.file)
    if not path.is_file():
        raise ConfigurationError("No such file", str(path), "Name one report file")
    source = decode(path.read_bytes(), path.name)
    running = running_text(source)
    if not args.roles:
        sys.stdout.write(printed_text(source, running))
        return 0
    for block in running.blocks:
        if block.start == block.end:
            continue
        start, end = running.source_span(block.start, block.end)
        page = f"\tp. {block.page}" if block.page is not None else ""
        print(f"{block.role}\t{start}–{end}{page}\t{cell_text(running.text[block.start : block.end].strip())}")
    for finding in source.findings:
        sys.stderr.write(f"taizhang: {path.name}: {finding}\n")
    return 0


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare ``text``."""
    parser = commands.add_parser(
        "text",
        help="the running text of a report, with roles",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a report file of any format")
    parser.add_argument("--roles", action="store_true", help="each block with its role and its place in the text")
    parser.set_defaults(run=text_command)
