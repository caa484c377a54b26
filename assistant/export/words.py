"""The few words that files have of their own, in the language of the answer."""

from __future__ import annotations

from assistant.models import Language

_WORDS: dict[str, tuple[str, str, str]] = {
    "not_reported": ("报告未提及", "報告未提及", "not reported"),
    "damaged": ("原文缺损", "原文缺損", "damaged in the source"),
    "target": ("目标", "目標", "target"),
    "achieved": ("已完成", "已完成", "achieved"),
    "unknown": ("未说明", "未說明", "not stated"),
    "unreadable": ("原文缺损", "原文缺損", "damaged in the source"),
    "doubtful": ("存疑", "存疑", "doubtful"),
    "comparison": ("对比", "對比", "Comparison"),
    "answer": ("回答", "回答", "Answer"),
    "cells": ("逐项", "逐項", "Cells"),
    "sources": ("出处", "出處", "Sources"),
    "thing": ("项目", "項目", "Thing"),
    "city": ("城市", "城市", "City"),
    "print": ("原文数字", "原文數字", "As printed"),
    "value": ("数值", "數值", "Value"),
    "unit": ("单位", "單位", "Unit"),
    "qualifier": ("限定词", "限定詞", "Qualifier"),
    "kind": ("性质", "性質", "Kind"),
    "period": ("时间", "時間", "Period"),
    "report": ("报告", "報告", "Report"),
    "start": ("起始字", "起始字", "First character"),
    "end": ("结束字", "結束字", "End"),
    "quote": ("原文", "原文", "Quote"),
    "n": ("标号", "標號", "Mark"),
    "verdict": ("核对", "核對", "Check"),
    "verbatim": ("原文如此", "原文如此", "printed so"),
    "figures_match": ("数字与原文一致", "數字與原文一致", "figures as printed"),
    "partial": ("部分核实", "部分核實", "partly confirmed"),
    "unsupported": ("未能核实", "未能核實", "could not be confirmed"),
    "characters": ("{report}，第 {start}–{end} 字", "{report}，第 {start}–{end} 字", "{report}, characters {start}–{end}"),
    "quoted": ("{whence}：“{quote}”（{place}；{verdict}）", "{whence}：“{quote}”（{place}；{verdict}）", "{whence}: “{quote}” ({place}; {verdict})"),
    "listed": ("{whence}（{report}）", "{whence}（{report}）", "{whence} ({report})"),
}  # fmt: skip
_COLUMN: dict[Language, int] = {"zh-Hans": 0, "zh-Hant": 1, "en": 2}


def say(key: str, language: Language, **values: object) -> str:
    """A word or a sentence with its gaps filled."""
    text = _WORDS[key][_COLUMN[language]]
    return text.format(**values) if values else text
