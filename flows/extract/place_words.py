"""The words around a place name that decide whether it is a place, as readable patterns.

Words about single names (合肥 in 混合肥料, 日照 in 日照时数) are in reference/place_words.csv, which a user may edit:
``company`` needs other places beside it, ``not_after`` and ``not_before`` list characters that make it another word,
``ordinary`` short names of counties (新兴, 南部) are words first: after their province they count in full form only.
Sources: the names of GB/T 2260 read against Chinese prose, and the naming rules of roads, institutions and companies
(place + distinguishing words + kind).
"""

from __future__ import annotations

import re
from typing import Final

HAN: Final = "一-鿿"


def _any(words: str) -> str:
    """An alternation of the words, the longest first."""
    return "|".join(sorted(words.split(), key=lambda word: (-len(word), word)))


def _ending(words: str, more: str = "") -> re.Pattern[str]:
    """A pattern for the end of what stands before a name."""
    return re.compile(f"(?:{_any(words)}){more}$")


# Relative places: a determiner and the rank it points to. 全州 is also a county, which the longer 全州县 decides.
DETERMINERS: Final = "全我本该"
RANKS: Final = "国省市区县州盟旗镇乡"
NO_RELATIVES: Final = frozenset(("本国", "该国", "我盟", "我州", "我旗", "本乡"))
RELATIVE: Final = frozenset(d + r for d in DETERMINERS for r in RANKS) - NO_RELATIVES | {"全地区"}
RELATIVE_LEFT: Final = {  # 安全区域, 健全市场, 自我市场, 基本县情, 日本市场, 应该市
    "全": "安健完保成周齐俱万双顾十",
    "我": "自敌小忘",
    "本": "基日资成样根剧版书文课原副范刻",
    "该": "应活理",
}
# What makes another word of the last character of a name: 郑州市场, 江北区域, 全国产, 美丽乡村.
SUFFIX_RIGHT: Final = {
    "市": "场值盈价面",
    "区": "域间块别划位",
    "省": "略钱",
    "旗": "帜下舰袍",
    "盟": "友约主员",
    "国": "产籍际",
    "乡": "村亲",
}

# 全国文明城市, 全国人大, 全国第一: part of a title or a rank, not the place of a figure. 全市第一产业 is not one.
TITLE_AFTER: Final = re.compile(
    "文明(?:城|村|单|校|家|典)|卫生(?:城|县|乡|镇)|先进(?:集|个|单|工)|优秀(?!率)|重点(?:文物|实验室|镇)|"
    "示范[市区县镇乡村点单校社企基]|[百千](?:强|佳|城|县|镇)|十[佳强大]|首[批个家位座例创台条部款]|"
    "排(?:名|位|第|在)|位(?:居|列|次)|[居列](?:第|前|首)|第[一二三四五六七八九十0-9]++(?!产业|次|季|批)|前(?:列|茅|[一二三四五六七八九十0-9]++(?!季|个?月|年|天|[-—~至、]))|"
    "最[大高多长早优好佳低快]|平均水平的|"
    + _any(
        "代表大会 人民代表大会 人大 人代会 政协 两会 劳动模范 劳模 五一 三八 模范 双拥 一流 领先 率先 唯一 名列 知名 "
        "社会保障基金 人口普查 经济普查 农业普查 工商联 总工会 妇联 民族团结进步"
    )
)
TITLE_BEFORE: Final = _ending(
    "届 入选 列入 获评 荣获 获得 被评为 创建 争创 创成 成为 跻身 进入 打造 融入 辐射 面向 走向 推向 享誉 纳入 "
    "迈入 服务 联通 叫响 名列"
)
# A place that only measures another one: 高于全国平均水平, 居全省第3位, 占全国的3%.
YARDSTICK: Final = _ending(
    "高于 低于 快于 慢于 好于 优于 高出 高过 相当于 相对于 领先 领先于 领跑 位居 位列 排在 走在 处于 达到 居 "
    "列 占 比 约占"
)
NAMED_YARDSTICK: Final = _ending("高于 低于 快于 慢于 好于 优于 相当于 相对于 仅次于")
# 高于全国0.5个、全省0.3个百分点: a second place that measures.
YARDSTICK_BEFORE: Final = re.compile(r"[高低快慢]于[^，。；、\d]{2,8}(?:[\d.]+个?(?:百分点|基点)?)?[、和]$")
YARDSTICK_SPAN: Final = 24  # characters that hold the first of two

# Where a case or a trade comes from or goes to; the place of the figure is another.
COUNTERPART_BEFORE: Final = _ending(
    "来自 来自于 源自 往 赴 飞往 前往 途经 抵达 到达 返回 对 向 对口支援 出口 进口 旅居 援 援助 支援", "(?:中国)?"
)
COUNTERPART_AFTER: Final = re.compile(
    r"(?:[^\s，。；、]{0,6}?(?:旅行史|居住史|旅居史|接触史|暴露史|行程史|出发|返回|乘坐|飞往|飞抵|抵达|"
    r"转机|入境)|旅居|籍|输入)"
)

# After a short name: a road, an institution, a natural feature, a brand.
SHORT_RIGHT: Final = re.compile(
    r"(?:[东西南北中]路|[一二三四五六七八九]路|环路|路(?!网|径|况|上)|大街|街(?!道|镇)|[东西南北]站|"
    r"站(?!上|在|位)|港(?!口货|珠|澳|台|元|币|股)|"
    r"河(?!北|南)|山(?!区|东|西)|湖(?!北|南)|流域|海域|峡|湾|海峡|[镇乡村屯](?!镇|级)|街道|社区|话(?!题)|"
    r"局集团|[（(](?:香港|中国|集团)|"
    + _any(
        "大道 巷 弄 大桥 桥 高速 铁路 高铁 地铁 轨道 国际机场 机场 火车 车站 口岸 海关 大学 学院 师范 "
        "理工 工业大 医科 医院 中学 小学 一中 银行 分行 支行 "
        "日报 晚报 早报 晨报 时报 商报 卫视 电视 广播 证券 期货 交易所 交所 人寿 石油 石化 中烟 移动 "
        "联通 电信 铁塔 农信 时间 奥运 冬奥 亚运 世博 共识 宣言 协定 "
        "寺 塔 公园 广场 大厦 宾馆 饭店 酒店 足球 烤鸭 菜 茶 酒 牌 号 舰 模式 精神 会战 战役 起义 平原 "
        "盆地 高原 校区 实验室 杯 合作组织 时代"
    )
    + ")"
)
CHINA_RIGHT: Final = re.compile(
    r"(?:"
    + _any(
        "人民 银行 工商 农业 建设 移动 联通 电信 石油 石化 海油 铁路 铁建 中铁 中车 建筑 科学 社会 "
        "工程院 共产 特色 梦 式 制造 青年 少年 妇 残 红十 文联 文化 作家 记协 记者 "
        "足 女 男 国家 国际 国民 出口信用 进出口 新记录 家 人 国籍 籍 方案 品牌 "
    )
    + rf"|[{HAN}]{{0,10}}(?:有限|公司|集团|协会|学会|研究院|研究所|中心|大学|博物馆|指数|委员会|论坛|博览会))"
)

# An institution or company named after a place: place + some characters (no verb, number or mark) + its kind.
_VERBS: Final = _any("新增 累计 报告 完成 实现 达到 共有 引进 建成 全年 企业 组织 支持 推动 加快 所有 多家 累计 投资额")
_NAME: Final = rf"(?:(?![的是在于有为将和与及对向从至到被由等]|{_VERBS})[{HAN}])"
INSTITUTION: Final = re.compile(
    rf"{_NAME}{{0,14}}?(?:有限|股份|集团|控股)(?:责任|控股|股份|集团)*(?:公司)?(?<=公司|集团|控股|股份)"
    rf"|[{HAN}]{{0,6}}?(?:人民|民族|中心|中医|妇幼|儿童|肿瘤|口腔|传染病|协和|附属)[{HAN}]{{0,3}}医院"
    r"|第[一二三四五六七八九十\d]+(?:[中小初高]|实验|人民|师范|职业|[初高]级)*(?:学|医院|监狱|看守所|幼儿园)"
    rf"|{_NAME}{{1,6}}(?:大学|学院|银行|分行|支行|日报|晚报|国际机场|火车站|高铁站|汽车站)"
)
_SHORT_KINDS: Final = (
    "大学 学院 银行 分行 支行 日报 晚报 机场 火车站 高铁站 东站 西站 南站 北站 医院 中学 小学 幼儿园 大道 高速 "
    "电厂 酒厂 烟厂 制药 购物中心 配送中心 物流中心 分拨中心 汽车园 科技园 奥特莱斯"
)
INSTITUTION_SHORT: Final = re.compile(
    rf"{_NAME}{{1,3}}(?<![公道铁高线网思出销])路(?!网|径|段)|{_NAME}{{0,7}}?(?:{_any(_SHORT_KINDS)})"
)

# Functional zones: the kinds, the forms that name a zone alone, and those that do so only among other places.
ZONE_KINDS: Final = _any(
    "高新技术产业开发区 经济技术开发区 高新技术开发区 国家高新区 经济开发区 航空港经济综合实验区 "
    "航空港实验区 航空港区 城乡一体化示范区 综合保税区 综保区 保税区 "
    "自贸试验区 自贸区 高新区 经开区 示范区 开发区 实验区 试验区 合作区 度假区 工业园区 产业集聚区 新区 港区 管理区"
)
BARE_ZONES: Final = frozenset(
    "经开区 高新区 航空港区 航空港实验区 综保区 经济技术开发区 高新技术产业开发区 城乡一体化示范区 临空经济区".split()  # noqa: SIM905
)
GENERIC_ZONES: Final = frozenset(
    ("开发区", "新区", "示范区", "经济开发区", "自贸区", "保税区", "自贸试验区", "综合保税区")
)
ZONE_LEFT: Final = re.compile(
    r"(?:级|[个家类座批大各等一二三四五六七八九十两\d]|全国|国家|"
    + _any("建设 创成 创建 农业 自创 自主创新 示范 先导 先行 核心 功能 产业 旅游 生态 农高 新型")
    + ")$"
)
ZONE_RIGHT: Final = re.compile(r"(?:域|数量|总数|[\d一二三四五六七八九十两]+个|企业家|发展规划)")
ZONE_STEM_STOP: Final = re.compile(
    _any(
        "境外 跨境 绿色 提升 先行 经贸 智慧 科技 文化 国际 产业 物流 航空 口岸 支持 推动 加快 加强 深化 "
        "推进 打造 现代 特色 合作 创新 供水 省域 海洋 沿边"
    )
)

# Towns and subdistricts: no character of the stem may be one of these.
STEM_STOP: Final = re.compile(
    "[的个各全等在和与为对到是有每该本我两几数多其这那某及或由被把向从以于将使让比按据含超共除第年月号点"
    "级类型式性项种条批届次户处座所只至"
    "亿0-9０-９完实建设推进入下返回出乡镇村市县区街道社]|城(?![东西南北关厢郊])"
    # 六十铺镇, 五里坨街道: a number opens the names of many towns
    "|[一二三四五六七八九十百千万](?![一二三四五六七八九十里河铺岔桥塘家堡店江湖湾泉营屯坪垭塔圩龙合角溪洲])|流域|美丽|农业|发展|休闲|配套|"
    "政府|国家|国际|行政|开展|成功|获准|化工|食品|起步|综合|农综|农高|家属"
)
# The last character before 镇, 乡, 街道 that makes a common noun: 小镇, 强镇, 名镇.
TOWN_STEM_END: Final = "大小强重特名古新老旧主副故家水侨"
# The last character before 区, 县, 市 that makes a kind of area of it: 灌区, 片区, 园区, 都市.
AREA_STEM_END: Final = (
    "地园灌片校中置陷先务济业行治化部景库社小灾山林牧矿农度热疫战禁军教学厂垦景沉港空东西南北直辖城都门超夜"
    "上股债汇楼菜集闹花"
)
