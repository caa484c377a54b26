"""Four invented reports for the stand-in of the assistant, read by a few simple rules."""

from __future__ import annotations

import hashlib
import re

from assistant.models import (
    Change,
    Figure,
    Loss,
    OffsetMap,
    Original,
    Passage,
    Period,
    Profile,
    RepairedText,
    Report,
    Run,
    Sentence,
    Span,
)

TEXTS = {
    "jia.txt": (
        "甲市",
        "某省",
        Period("2024年", "year", 2024, 2024),
        "甲市总工会2024年工作综述\n"
        "提升服务品质\n坚持把服务做到职工身边。推动驿站提质扩面，建成驿站1204家，服务户外劳动者42万余人次；提升98家驿站为智能化驿站，"
        "实现全天开放、自助服务。组织一线职工参加疗休养，为新就业形态劳动者免费体检，常态化开展送清凉、送温暖活动。\n"
        "维护合法权益\n健全多元化解机制，深入企业开展用工体检，调解劳动争议，提供法律援助，把矛盾化解在基层、化解在萌芽。\n"
        * 1
        + "".join(
            f"其他工作之{n}\n这一段讲第{n}项工作，开展活动{n + 3}场，参加职工{n * 37 + 11}人。\n" for n in range(1, 25)
        )
        + "建强基层组织\n推进新就业形态劳动者建会入会，选树示范职工之家，新建职工之家36个，打造社工工作室。\n",
    ),
    "yi.txt": (
        "乙市",
        "某省",
        Period("过去五年", "years", 2019, 2023),
        "乙市工会五年工作纪实\n"
        "服务职工\n五年来，全市建成驿站312家，服务职工□万人次。\n维护权益\n设立调解室15个，办理案件230件。\n",
    ),
    "bing.txt": (
        "丙市",
        "别省",
        Period("今后五年", "future", 2025, 2029),
        "丙市工会今后五年这么干\n今后五年，新建驿站500家，培育工匠100名。\n",
    ),
    "ding.txt": (
        "丁市",
        "别省",
        Period("2023年", "year", 2023, 2023),
        "丁市工會2023年工作總結\n"
        '全市共建成驛站,,約860家，開展活動120場。<script>window.pwned=1</script><img src=x onerror="window.pwned=1">\n',
    ),
}
SCRIPT = str.maketrans("會總結驛約開場", "会总结驿约开场")


def _repair(received: str) -> RepairedText:
    """Simplify the script of some characters and drop doubled commas, keeping the map."""
    runs: list[Run] = []
    changes: list[Change] = []
    out = ""
    at = 0
    for match in re.finditer(r",,", received):
        runs.append(Run(len(out), match.start() - at, at, match.start() - at))
        out += received[at : match.start()].translate(SCRIPT)
        changes.append(Change("doubled punctuation", Span(match.start(), match.end()), ",,", "，"))
        runs.append(Run(len(out), 1, match.start(), 2))
        out += "，"
        at = match.end()
    runs.append(Run(len(out), len(received) - at, at, len(received) - at))
    out += received[at:].translate(SCRIPT)
    offsets = OffsetMap(tuple(run for run in runs if run.length or run.received_length))
    losses = tuple(
        Loss("swallowed", Span(m.start(), m.end()), offsets.to_received(Span(m.start(), m.end())))
        for m in re.finditer("□", out)
    )
    return RepairedText(out, offsets, tuple(changes), losses)


def make_report(name: str, city: str, province: str, period: Period, text: str) -> Report:
    repaired = _repair(text)
    lines: list[tuple[int, str]] = []
    at = 0
    for line in repaired.text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    kind = "target" if period.kind == "future" else "achieved"
    passages: list[Passage] = []
    figures: list[Figure] = []
    heading: tuple[str, ...] = ()
    for start, line in lines:
        if line and not re.search("[。，；]", line):
            heading = (line,)
            continue
        if not line:
            continue
        span = Span(start, start + len(line))
        passages.append(Passage(span, heading, (Sentence(span, kind),)))
        for m in re.finditer(r"(\d+)(万余人次|家|个|场|人|件|名)", line):
            clause = Span(start + max(line.rfind("，", 0, m.start()) + 1, 0), start + m.end())
            figures.append(
                Figure(
                    Span(start + m.start(), start + m.end()),
                    clause,
                    span,
                    m.group(),
                    float(m.group(1)),
                    m.group(2),
                    None,
                    line[max(0, m.start() - 4) : m.start()],
                    None,
                    (),
                    None,
                    kind,
                    period,
                )
            )
    profile = Profile(lines[0][1], city, city[:-1], province, "prefecture", "总工会", "work report", period)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        digest[:16],
        Original(name, digest, text, "txt", "utf-8"),
        repaired,
        profile,
        tuple(passages),
        tuple(figures),
        "2026-11-20T10:00:00+00:00",
    )
