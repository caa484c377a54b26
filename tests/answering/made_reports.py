"""Small reports, read by the real reader, for the tests of answering and of checking.

Four have invented figures and stand here; a few sentences each of real government reports are data; five are `seeds/`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from assistant.answering.marks import citation
from assistant.models import Citation, Report, Span
from assistant.reading import read

TEXTS = {
    "baoshan": """保山市总工会2024年工作总结

一、2024年工作情况
2024年，全市新建职工驿站1326家，服务户外职工35.8万余人次。全年发展新会员2.47万人，其中货车司机会员8300余人。\
帮扶困难职工2168户，发放帮扶资金1,280万元。培训职工近6万名。办理法律援助案件412件，挽回经济损失3650.5万元。
举办职工技能竞赛六十八场，参赛职工超过1.9万人次。全市企业建会率达96.4%。\
组建“春风讲师团”，开展“劳模精神进车间”宣讲活动215场次。开展心理健康讲座约120场。\
命名劳模创新工作室57个，其中省级9个、市级48个。12351热线接听来电5240次。
市总工会联合市人社局建立劳动争议联调机制，在工业园区设立法律服务站。

二、下一步打算
2025年，力争新建职工书屋200家，计划培训职工10万名。
""",
    "qingyuan": """清远市总工会第八次代表大会工作报告

一、过去五年的工作
五年来，全市建成职工驿站274家，服务户外职工12.6万人次。新发展会员16.5万人。走访慰问困难职工8650户，发放慰问金0.92亿元。
举办技能竞赛152场次，参赛职工4.8万余人次。调解劳动争议案件1960件，调解成功率88.7%。\
建成“妈咪驿站”96个。命名劳模创新工作室130个。组织职工疗休养7200余人次。
工会与法院建立诉调对接机制，聘请专职调解员35名。
""",
    "tongliao": """通遼市總工會2024年工作總結

一、2024年工作回顧
全市新建職工驛站８９家，發展新會員1.3萬餘人。慰問困難職工６１２戶，發放慰問金三百二十萬元。
舉辦職工技能競賽24場，覆蓋職工七成。開展“送文化到基層”活動40餘場。
""",
    "panzhihua": """攀枝花市总工会2025年工作计划

一、主要目标
2025年，计划新建职工驿站150家，培育产业工匠500名。力争发展新会员2万人以上，组织职工疗休养不少于3000名。
推动企业普遍建立集体协商制度，打造“一站式”服务平台。
""",
}


SEEDS = Path(__file__).parents[2] / "seeds"
EXCERPTS = Path(__file__).parents[1] / "data" / "verification_reports.jsonl"


@cache
def reports() -> dict[str, Report]:
    """The four reports by their key."""
    return {key: read(f"{key}.txt", text.encode()) for key, text in TEXTS.items()}


@cache
def excerpts() -> dict[str, Report]:
    """The excerpts of real reports by their key."""
    lines = [json.loads(line) for line in EXCERPTS.read_text(encoding="utf-8").splitlines()]
    return {one["key"]: read(f"{one['key']}.txt", one["text"].encode()) for one in lines}


@cache
def seeds() -> dict[str, Report]:
    """The five reports of `seeds/`, by the number that their file begins with: seed000 ..."""
    found = sorted(SEEDS.glob("*.txt"))
    return {f"seed{path.name[:3]}": read(path.name, path.read_bytes()) for path in found}


def _report(key: str) -> Report:
    return reports().get(key) or (seeds() if key.startswith("seed") else excerpts())[key]


def by_id(*keys: str) -> dict[str, Report]:
    """The reports of these keys, else the four, by their id, as evidence holds them."""
    found = [_report(key) for key in keys] if keys else reports().values()
    return {report.id: report for report in found}


def cite(key: str, quote: str, n: int) -> Citation:
    """The citation of words that stand in a report exactly as received."""
    report = _report(key)
    start = report.original.text.index(quote)
    span = report.repaired.offsets.to_repaired(Span(start, start + len(quote)))
    sentences = [one for passage in report.passages for one in passage.sentences if one.span.overlaps(span)]
    kind = sentences[0].kind if sentences else "unknown"
    periods = [one.period.label for one in report.figures if span.contains(one.span)]
    found = citation(report, span, n=n, kind=kind, period=periods[0] if periods else None)
    assert found.quote == quote
    return found
