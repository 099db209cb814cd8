"""Digital newspapers in the four layouts, built from their described structure with articles of our own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.sites.server import Site


@dataclass
class Story:
    """An article as the tests write it."""

    title: str
    paragraphs: list[str]
    pretitle: str = ""
    subtitle: str = ""
    author: str = ""
    captions: list[str] = field(default_factory=list)


@dataclass
class Leaf:
    """A page of the paper."""

    number: str
    name: str
    stories: list[Story]


TURNED = Story(
    "我区实事办理过八成",
    ["截至11月23日，全区145件实事已完成118件，完成率81%。", "其余27件正在办理，其中\n（下转03版）"],
    pretitle="为民办实事",
    author="记者 王小明",
    captions=["图为社区养老日间照料中心，可服务老人60名。"],
)
REST = Story("（上接01版）", ["道路类12件，管网类15件。"])
SCHOOLS = Story("新建改扩建小学4所", ["新增学位6750个。", "新投入使用小学4所。"], subtitle="学位更充足")
NEXT_DAY = Story("接种超95万剂次", ["累计接种954606剂次。"])
DAY = date(2021, 11, 24)
ISSUE = [Leaf("01", "要闻", [TURNED]), Leaf("02", "教育", [SCHOOLS]), Leaf("03", "综合", [REST])]


def classic(site: Site, day: date = DAY, issue: list[Leaf] | None = None) -> str:
    """Founder's classic template; returns the address pattern of its issues."""
    folder = f"/html/{day:%Y-%m}/{day:%d}"
    leaves = issue or ISSUE
    site.routes["/paperindex.htm"] = (
        f'<html><head><META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/{day:%Y-%m}/{day:%d}/node_2.htm"></head></html>'
    )
    nav = "".join(
        f"<a id=pageLink href=node_{i + 2}.htm>第{leaf.number}版：{leaf.name}</a>" for i, leaf in enumerate(leaves)
    )
    for i, leaf in enumerate(leaves):
        hrefs = [f"content_{day:%m%d}{i}{n}.htm" for n in range(len(leaf.stories))]
        areas = "".join(f'<area coords="1,1,9,9" shape=polygon href="{href}">' * 2 for href in hrefs)
        lists = "".join(f'<a href="{href}?div=-1">{s.title}</a>' for href, s in zip(hrefs, leaf.stories, strict=True))
        earlier = '<a href="../../2021-11/01/node_2.htm">上一期</a><a href="../01/content_1.htm">旧闻</a>'
        site.routes[f"{folder}/node_{i + 2}.htm"] = (
            f"<html><body>{earlier}上一版3  4下一版{nav}<img usemap=#PagePicMap>"
            f"<map name=PagePicMap>{areas}</map>{lists}</body></html>"
        )
        for href, story in zip(hrefs, leaf.stories, strict=True):
            site.routes[f"{folder}/{href}"] = classic_article(story, leaf, day)
    return site.url + "/html/{yyyy}-{mm}/{dd}/node_2.htm"


def classic_article(story: Story, leaf: Leaf, day: date) -> str:
    pictures = "".join(
        "<tr><td><!--<npm:article-pic>--><img src=1.jpg><!--</npm:article-pic>--></td></tr>"
        f"<tr><td><!--<npm:article-pic-text>-->{c}<!--</npm:article-pic-text>--></td></tr>"
        for c in story.captions
    )
    return (
        f"<html><head><title>某区日报</title></head><body><!--enpproperty <articleid>17</articleid>"
        f"<date>{day} 00:00:00.0</date><author>{story.author}</author><title>{story.title}</title><keyword/>"
        f"<introtitle>{story.pretitle}</introtitle><nodename>第{leaf.number}版：{leaf.name}</nodename>/enpproperty-->"
        f"<founder-date>{day}</founder-date>下一篇4"
        f"<!--<npm:article-pretitle>-->{story.pretitle}<!--</npm:article-pretitle>-->"
        f"<founder-title>{story.title[:3]}<BR>{story.title[3:]}</founder-title>"
        f"<!--<npm:article-subtitle>-->{story.subtitle}<!--</npm:article-subtitle>-->"
        f"<founder-author>{story.author}</founder-author><table id=newspic>{pictures}</table>"
        f"<div id=ozoom><!--enpcontent--><founder-content>"
        + "".join(f"<P>　　{p}</P>" for p in story.paragraphs)
        + "</founder-content><!--/enpcontent-->/enpcontent--></div>上一篇3 下一篇4</body></html>"
    )


def modern(site: Site, day: date = DAY, issue: list[Leaf] | None = None) -> str:
    """Founder's template of 2020."""
    folder = f"/html/{day:%Y-%m}/{day:%d}"
    leaves = issue or ISSUE
    catalog = "".join(
        f'<li><a class="rigth_bmdh_href" href="node_{1511 + i}.htm" title="第A{leaf.number}版：{leaf.name}">'
        f"• 第A{leaf.number}版：{leaf.name}</a></li>"
        for i, leaf in enumerate(leaves)
    )
    whole = [f"content_{1511 + i}_{i}{n}.htm" for i, leaf in enumerate(leaves) for n in range(len(leaf.stories))]
    for i, leaf in enumerate(leaves):
        head = (
            f'<span id="paperHeadTitle">第A{leaf.number}版：{leaf.name}</span>'
            f'<span id="paperShowDate">{day.year}年{day.month:02}月{day.day:02}日</span>'
        )
        # Every page lists the whole issue, as some do; only the picture map is of the page itself.
        links = "".join(f'<li><a href="{href}">文章</a></li>' for href in whole)
        areas = "".join(f'<area href="content_{1511 + i}_{i}{n}.htm">' for n in range(len(leaf.stories)))
        site.routes[f"{folder}/node_{1511 + i}.htm"] = (
            f"<html><body><map>{areas}</map>{catalog}{head}{links}</body></html>"
        )
        for n, story in enumerate(leaf.stories):
            pictures = "".join(
                f'<p class="pImg"><img src=x.jpg></p><p class="imgText"><P>{c}</p>' for c in story.captions
            )
            site.routes[f"{folder}/content_{1511 + i}_{i}{n}.htm"] = (
                f'<html><body>{catalog}{head}<p id="pretitle">{story.pretitle}</p><h1 id="maintitle">{story.title}</h1>'
                f'<p id="subtitle">{story.subtitle}</p><p id="articleAuthor">{story.author}</p>'
                f'<div id="imgTextBox">{pictures}</div><div class="infoContent" id="articleContent">'
                + "".join(f"<P>　　{p}" for p in story.paragraphs)
                + "<P></div></body></html>"
            )
    return site.url + "/html/{yyyy}-{mm}/{dd}/node_1511.htm"


def people(site: Site, day: date = DAY, issue: list[Leaf] | None = None, *, new: bool = True) -> str:
    """The People's Daily: the layout since 2024-12, or the older one."""
    leaves = issue or ISSUE
    if new:
        node, content = f"/rmrb/pc/layout/{day:%Y%m}/{day:%d}", f"/rmrb/pc/content/{day:%Y%m}/{day:%d}"
    else:
        node = content = f"/rmrb/html/{day:%Y-%m}/{day:%d}"
    page = (lambda i: f"{node}/node_{i + 1:02}.html") if new else (lambda i: f"{node}/nbs.D110000renmrb_{i + 1:02}.htm")

    def article(i: int, n: int) -> str:
        if new:
            return f"{content}/content_30{i}{n}.html"
        return f"{content}/nw.D110000renmrb_{day:%Y%m%d}_{n + 1}-{i + 1:02}.htm"

    nav = "".join(
        f'<a id="pageLink" href="{page(i)}">{leaf.number}版：{leaf.name}</a>' for i, leaf in enumerate(leaves)
    )
    for i, leaf in enumerate(leaves):
        items = "".join(f'<li><a href="{article(i, n)}">{s.title}</a></li>' for n, s in enumerate(leaf.stories))
        site.routes[page(i)] = (
            f'<html><body><div class="swiper">{nav}</div><ul class="news-list">{items}</ul></body></html>'
        )
        for n, story in enumerate(leaf.stories):
            sub = f"<h2>{story.subtitle}</h2>" if story.subtitle else ""
            site.routes[article(i, n)] = (
                f'<html><body><div class="article"><h3>{story.pretitle}</h3><h1>{story.title}</h1>{sub}'
                f'<p class="sec">{story.author}<span class="newstime">（{day.year}年{day.month:02}月{day.day:02}日'
                f" 第 {leaf.number} 版）</span></p>"
                + "".join(
                    f"<table><tr><td><img src=1.jpg></td></tr><tr><td>{c}</td></tr></table>" for c in story.captions
                )
                + '<div id="ozoom">'
                + "".join(f"<p>　　{p}</p>" for p in story.paragraphs)
                + "</div></div></body></html>"
            )
    if new:
        return site.url + "/rmrb/pc/layout/{yyyy}{mm}/{dd}/node_01.html"
    return site.url + "/rmrb/html/{yyyy}-{mm}/{dd}/nbs.D110000renmrb_01.htm"
