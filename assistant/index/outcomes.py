"""What is said of a file that was added: the same content as another, nearly the same, pages that were not read.

Only words; the library decides what happened.
"""

from __future__ import annotations

from typing import Literal

from assistant.models import AddResult, Report

Outcome = Literal["added", "unchanged", "replaced"]


def same_content(name: str, outcome: Outcome, report_id: str, other: str) -> AddResult:
    """The result of a file whose content is there already under the name `other`."""
    return AddResult(name, outcome, report_id, f"内容与 {other} 相同", f"same content as {other}")


def written(report: Report, outcome: Outcome, alike: str | None, corrected: tuple[str, ...]) -> AddResult:
    """The result of a report that was kept; `alike` names one that is nearly the same, `corrected` lost corrections."""
    zh, en = [], []
    if corrected:
        zh.append(f"旧内容的手工更正（{'、'.join(corrected)}）没有沿用，需要时请重新更正")
        en.append(
            f"what was corrected by hand in the old content ({', '.join(corrected)}) is not kept; correct it again"
        )
    if alike is not None:
        zh.append(f"内容与 {alike} 几乎相同")
        en.append(f"nearly the same as {alike}")
    pages = report.original.unread
    if pages:
        zh.append(f"第 {pages} 页是图片，其中的文字没有读到，请先做文字识别（OCR）再添加")
        en.append(f"the words on page {pages} are a picture and were not read; recognise them (OCR) and add the result")
    return AddResult(report.name, outcome, report.id, "；".join(zh) or None, "; ".join(en) or None)
