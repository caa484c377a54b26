"""Names of people in a text: a surname and one or two characters beside a word of office or of speech.

Only tells that somebody is named; the names themselves are quoted from the report.
"""

from __future__ import annotations

import re
from functools import lru_cache

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤牛英温康施文施樊葛邢路岳齐伍庞柯季俞翁申殷舒柳纪童欧尤耿关焦聂左佟苗符鲁祝项辛裴管盛"
)  # the most frequent surnames of one character; rarer ones are also ordinary words (公, 能, 从)
_NAME = f"[{SURNAMES}][一-鿿]{{1,2}}"
_OFFICE = "记者|通讯员|主席|书记|市长|县长|区长|州长|盟长|旗长|省长|镇长|作家|选手|教授|院士|主任|局长|所长|董事长|总经理|厂长|院长|校长|会长|部长|秘书长|团长|队长|编辑|作者|获得者|劳模|楷模|道德模范|标兵|工匠|师傅|工人|职工|代表"
_NAMED = re.compile(
    rf"(?:{_OFFICE})[”\"]?[：:\s]*({_NAME})(?=[，,。、；;：:\s）)]|说|表示|介绍|率|到|深入|批示|出席|带队|讲话|致辞|调研|主持|宣布|走访|慰问|参加|通讯员|记者|$|\d|[^一-鿿]|[一-鿿]?(?:说|在|的))|"
    rf"({_NAME})(?:[、和与]{_NAME})*(?:兄妹|兄弟|姐妹|夫妇|夫妻|父子|母女|等(?:\d+|[一二三四五六七八九十]+)?[名位]?(?:同志|人))?(?:荣获|获(?!得?感)|夺|摘得|勇夺|当选|被评|入选|拿下|同志|先生|女士|师傅|表示|介绍说|说[，,：:。])"
)
# A title in quotation marks and who bears it: “最美司机”某某.
_TITLED = re.compile(rf"“[^“”]{{1,12}}[长员警察师手人匠者星兵范生士机哥官]”({_NAME})(?=[、，,；;。“（(和与等]|$)")
# A line of its own that gives office and name, whatever the surname: 代理市长 某某.
_SIGNED = re.compile(
    r"[\s*]*[一-鿿]{0,12}(?:市长|州长|盟长|县长|区长|旗长|主席|书记|主任)[\s　]+([一-鿿·]{2,12})[\s*]*$"
)


@lru_cache(maxsize=4096)
def names_of_people(text: str) -> tuple[str, ...]:
    """The names in Simplified `text`, in order; empty when nobody is named."""
    signed = _SIGNED.match(text)
    if signed:
        return (signed.group(1),)
    found = [(match.start(), match.group(1) or match.group(2)) for match in _NAMED.finditer(text)]
    found += [(match.start(), match.group(1)) for match in _TITLED.finditer(text)]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


_STUDIO = re.compile(
    rf"(?<![一-鿿])({_NAME})(?=(?:劳模|工匠|人才|职工|技能|大师|创新|首席|技师|[和（(）)]){{0,6}}工作室)"
)


def names_of_studios(text: str) -> tuple[str, ...]:
    """The people after whom the studios in Simplified `text` are named, in order."""
    return tuple(match.group(1) for match in _STUDIO.finditer(text))
