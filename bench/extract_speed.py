"""Characters a second from decoded text to figures and relations, on one core, beside chinese2digits and JioNLP.

    python -m bench.extract_speed                      speed, beside the peers
    python -m bench.extract_speed --linear             one document of 100 kB, 1 MB and 10 MB; one line of 20 MB
    python -m bench.extract_speed --memory             peak memory of batches of 50, 200 and 800 documents
    python -m bench.extract_speed --all --write        all of it, into docs/benchmarks.md
    python -m bench.extract_speed --folder DIR         speed on the .txt files of a folder, by its folders

The text is made from our own samples/: their paragraphs in a shuffled order (seeded), every number drawn anew, so that
nothing which remembers a number or a sentence is flattered. "dense" is the samples as they are, about 90 numerals in a
thousand characters, like a health bulletin; "prose" has sentences without figures between them, about 25, like a work
report. Every measurement has a process of its own; times are processor time, medians of several runs after a warm one.

The peers do less: chinese2digits finds bare numerals, JioNLP amounts of money (or times). They come with
``pip install -e .[bench]``, or from another environment: ``--peers /path/to/its/python``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from flows import compiled

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "benchmarks.md"
START, END = "<!-- speed: begin -->", "<!-- speed: end -->"
PEERS = ("chinese2digits", "jionlp money", "jionlp time")
DOCUMENT = 3000  # characters of a usual report
NARRATIVE = (
    "会议强调，要把群众的事当作自己的事来办，问需于民、问计于民、问效于民，做到件件有着落、事事有回音。",
    "各街道和有关单位结合实际，健全台账管理、定期会商、督查通报的工作机制，推动责任层层落实、压力层层传导。",
    "下一步，将坚持目标导向和问题导向相统一，补齐短板弱项，持续提升公共服务的均衡性和可及性，让发展成果更多更公平惠及全体居民。",
    "水务部门加强管网巡查和水质监测，完善应急预案，确保汛期供水安全平稳有序。",
    "教育部门深化集团化办学，优化课后服务供给，关心教师身心健康，营造尊师重教的良好风尚。",
    "法院坚持公正与效率，深化诉源治理，把矛盾纠纷化解在基层、消除在萌芽状态。",
    "医院改善就诊流程，推行预约诊疗和移动支付，让患者少跑腿、少排队。",
)


def paragraphs() -> list[str]:
    """The paragraphs of the samples that are text, line breaks inside a sentence mended."""
    found: list[str] = []
    for path in sorted((ROOT / "samples").glob("*.txt")):
        text = path.read_bytes().decode("gb18030" if "gb18030" in path.name else "utf-8")
        text = re.sub(r"(?<![。！？；])\n(?=[^\n])", "", text).replace(" ", "")
        found += [line for line in text.splitlines() if len(line) > 30]
    return found


def renumbered(paragraph: str, chance: random.Random) -> str:
    """The paragraph with other digits: the years, months and hours stay."""
    return re.sub(
        r"(?<![\d.])[1-9]\d*(?=[\d.]*[^\d.年月日时—-])", lambda m: str(chance.randrange(1, 10 ** len(m[0]))), paragraph
    )


def made_text(size: int, *, dense: bool, seed: int = 7) -> Iterator[str]:
    """Paragraphs, to ``size`` characters."""
    chance = random.Random(seed)
    source = paragraphs()
    while size > 0:
        paragraph = renumbered(chance.choice(source), chance)
        if not dense:
            cut = re.findall(r"[^。]+。?", paragraph)
            paragraph = "".join(part for s in cut for part in (s, *chance.sample(NARRATIVE, 2)))
        yield paragraph
        size -= len(paragraph) + 1


def documents(size: int, *, dense: bool) -> list[str]:
    """The text as documents of about the length of a report."""
    found: list[str] = []
    lines: list[str] = []
    for paragraph in made_text(size, dense=dense):
        lines.append(paragraph)
        if sum(map(len, lines)) >= DOCUMENT:
            found.append("\n".join(lines))
            lines = []
    return found + (["\n".join(lines)] if lines else [])


def reader(system: str) -> Callable[[str], int]:
    """How a system reads one document; gives how many things it found."""
    if system == "taizhang":
        from flows.extract.engine import extract
        from flows.extract.model import Context
        from flows.normalize.model import SourceText
        from flows.normalize.running import running_text

        context = Context(published_on="2022-03-15", place="郑州市惠济区", title="为民办实事进展通报")
        return lambda text: len(extract(running_text(SourceText(text, "text/plain")), context).figures)
    if system == "chinese2digits":
        import chinese2digits

        return lambda text: len(chinese2digits.takeNumberFromString(text)["digitsStringList"])
    import jionlp

    find = jionlp.ner.extract_money if system == "jionlp money" else jionlp.ner.extract_time
    return lambda text: len(find(text))


def child(system: str, path: Path, runs: int) -> None:
    """Read the documents of a file ``runs`` times; print what it took as JSON."""
    texts: list[str] = json.loads(path.read_text(encoding="utf-8"))
    read = reader(system)
    if runs > 1:
        for text in texts[:20]:
            read(text)
    seconds, found = [], 0
    for _ in range(runs):
        start = time.process_time()
        found = sum(map(read, texts))
        seconds.append(time.process_time() - start)
    characters = sum(map(len, texts))
    print(json.dumps({"seconds": seconds, "characters": characters, "found": found, "peak": peak_kilobytes()}))


def peak_kilobytes() -> int:
    """The most memory that this process has held. (ru_maxrss would count the parent's, from before the exec.)"""
    status = Path("/proc/self/status")
    held = re.search(r"VmHWM:\s*(\d+)", status.read_text()) if status.exists() else None
    return int(held[1]) if held else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measured(system: str, texts: list[str], runs: int, python: str, **further: str) -> dict[str, float] | None:
    """What a child process measured (``further``: its environment); None where the system is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        command = [python, str(Path(__file__)), "--child", system, "--runs", str(runs), str(path)]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, env=environment(**further), check=False
        )
    if done.returncode:
        sys.stderr.write(f"{system}: {done.stderr.strip().splitlines()[-1] if done.stderr else 'failed'}\n")
        return None
    row = json.loads(done.stdout.splitlines()[-1])
    row["median"] = statistics.median(row["seconds"])
    row["rate"] = row["characters"] / row["median"]
    return dict(row)


def environment(**further: str) -> dict[str, str]:
    """The children import this checkout, whatever their interpreter."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **further}


def speed(size: int, runs: int, peers: str) -> list[str]:
    """Rows of the table of speeds."""
    rows = ["| text | system | characters a second | things found | Taizhang is |", "| --- | --- | ---: | ---: | --- |"]
    for dense in (False, True):
        texts = documents(size, dense=dense)
        name = "dense" if dense else "prose"
        own = measured("taizhang", texts, runs, sys.executable)
        if own is None:
            raise SystemExit(1)
        rows.append(f"| {name} | Taizhang: figures and relations | {own['rate']:,.0f} | {own['found']:,} | |")
        slow = None
        if compiled.made() is not None:
            slow = measured("taizhang", texts, max(1, runs // 2), sys.executable, TAIZHANG_INTERPRETED="1")
        if slow is not None:
            gain = f"{own['rate'] / slow['rate']:.2f} times as fast"
            rows.append(f"| {name} | Taizhang, interpreted | {slow['rate']:,.0f} | {slow['found']:,} | {gain} |")
        for peer in PEERS:
            row = measured(peer, texts, max(1, runs // 2), peers)
            if row is None:
                rows.append(f"| {name} | {peer} | not installed | | |")
                continue
            ratio = own["rate"] / row["rate"]
            rows.append(f"| {name} | {peer} | {row['rate']:,.0f} | {row['found']:,} | {ratio:.2f} times as fast |")
    return rows


def linear() -> list[str]:
    """Rows of the table of single documents from 100 kB to 10 MB, and of a single line."""
    rows = ["| one document | characters a second | seconds | peak memory, MB |", "| --- | ---: | ---: | ---: |"]
    cases = [(f"{size:,} characters", ["\n".join(made_text(size, dense=False))]) for size in (10**5, 10**6, 10**7)]
    cases.append(("one line of 20,000,000 characters", ["".join(made_text(2 * 10**7, dense=False))]))
    endless = "".join(made_text(2 * 10**7, dense=False))
    cases.append(("the same without a full stop", [endless.translate({ord(c): "，" for c in "。！？；"})]))
    for name, texts in cases:
        row = measured("taizhang", texts, 3 if len(texts[0]) <= 10**6 else 1, sys.executable)
        if row is not None:
            rows.append(f"| {name} | {row['rate']:,.0f} | {row['median']:.2f} | {row['peak'] / 1024:,.0f} |")
    return rows


def memory() -> list[str]:
    """Rows of the table of batches."""
    rows = ["| batch | characters | peak memory, MB |", "| --- | ---: | ---: |"]
    for count in (50, 200, 800):
        texts = documents(count * DOCUMENT, dense=True)[:count]
        row = measured("taizhang", texts, 1, sys.executable)
        if row is not None:
            rows.append(f"| {len(texts)} documents | {row['characters']:,} | {row['peak'] / 1024:,.0f} |")
    return rows


def of_folder(folder: Path, runs: int) -> list[str]:
    """Rows of the table of a folder of reports, one for each folder in it."""
    groups: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.txt")):
        name = path.relative_to(folder).parts[0] if path.parent != folder else folder.name
        groups.setdefault(name, []).append(path.read_bytes().decode("utf-8", "replace"))
    rows = ["| folder | documents | characters | figures in 1,000 characters | characters a second |"]
    rows.append("| --- | ---: | ---: | ---: | ---: |")
    groups["all"] = [text for texts in groups.values() for text in texts]
    for name, texts in groups.items():
        row = measured("taizhang", texts, runs, sys.executable)
        if row is not None:
            density = 1000 * row["found"] / row["characters"]
            rows.append(f"| {name} | {len(texts)} | {row['characters']:,} | {density:.0f} | {row['rate']:,.0f} |")
    return rows


def write(sections: list[list[str]]) -> None:
    """Replace what stands between the two marks of docs/benchmarks.md."""
    text = DOC.read_text(encoding="utf-8")
    head, _, rest = text.partition(START)
    kind = "interpreted" if compiled.made() is None else "compiled"
    machine = f"{platform.python_implementation()} {platform.python_version()}, extraction {kind}, one core"
    machine += f", {time.strftime('%Y-%m-%d')}"
    body = "\n\n".join([machine, *("\n".join(rows) for rows in sections)])
    DOC.write_text(f"{head}{START}\n{body}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=2_000_000, help="characters of the text (default: 2,000,000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median counts (default: 5)")
    parser.add_argument("--peers", default=sys.executable, help="the Python that has chinese2digits and jionlp")
    parser.add_argument("--linear", action="store_true", help="single documents of growing length")
    parser.add_argument("--memory", action="store_true", help="peak memory of batches")
    parser.add_argument("--all", action="store_true", help="speed, --linear and --memory")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    parser.add_argument("--folder", type=Path, help="speed on the .txt files (UTF-8) below this folder instead")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("path", nargs="?", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(args.child, args.path, args.runs)
        return
    if args.folder:
        print("\n".join(of_folder(args.folder, args.runs)))
        return
    sections: list[list[str]] = []
    if args.all or not (args.linear or args.memory):
        sections.append(speed(args.size, args.runs, args.peers))
    if args.all or args.linear:
        sections.append(linear())
    if args.all or args.memory:
        sections.append(memory())
    print("\n\n".join("\n".join(rows) for rows in sections))
    if args.write:
        write(sections)


if __name__ == "__main__":
    main()
