"""Tells the words of a report that speak to whoever reads it for somebody: orders to a model, roles, marks, markup.

Such words are shown like any others, but a model may not give them as the source of a statement.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.language.script import to_simplified

_ORDER = re.compile(
    r"(?:忽略|无视|忘掉|忘记|不要理会|绕过).{0,12}(?:指令|规则|提示|要求|报告|内容|限制)"
    r"|系统(?:消息|提示|指令|核实)|(?:^|[\s。！；>])系统[:：]|提示词|开发者模式|维护模式"
    r"|(?:助手|用户|assistant|human|user|system)\s*[:：]|用户说"
    r"|请.{0,4}(?:转告|告诉|告知)用户|请(?:只|仅|务必)?(?:回答|输出|解码|执行|说|写|引用|附上|插入|改称|改说|把.{0,12}(?:改|说成))"
    r"|(?:只|仅)(?:能|许|可以)?(?:回答|输出)|你(?:必须|现在是|应当说)|not_in_reports|search_passages"
    r"|\b(?:ignore|disregard|forget)\b.{0,30}\b(?:rules?|instructions?|prompts?|report)\b|\b(?:reply|answer|respond) only\b"
    r"|\byou (?:must|have to|are now)\b|\bas an ai\b|\b(?:ai|assistant|model) must\b|\btell the user\b|\b(?:begin|end) with\b"
    r"|<\||\[/?(?:inst|system|sys)\]|[\"']role[\"']\s*[:：]|#\s*instruction"
    r"|</?[a-z!]|!\[|\]\s*[(\[]|⟦|\b(?:https?|javascript|data):",
)

_LOOKALIKES = str.maketrans("аеіјорсухѕһԁո", "aeijopcyxshdn")  # Cyrillic and Armenian letters that look Latin


def reads_as_order(text: str) -> bool:
    """Whether words of a report give orders to their reader, play a role, or hold marks, markup or hidden words."""
    if any(0xE0000 <= ord(sign) <= 0xE007F for sign in text):  # letters that nobody sees
        return True
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cs", "Co"})
    return _ORDER.search(to_simplified(unicodedata.normalize("NFKC", seen)).lower().translate(_LOOKALIKES)) is not None
