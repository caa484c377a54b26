"""Names of people in a text: a surname and one or two characters beside a word of office or of speech.

Only tells that somebody is named; the names themselves are quoted from the report.
"""

from __future__ import annotations

import re
from functools import lru_cache

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富"
    "巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡"
    "劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利蔚越夔隆师巩聂晁"
    "勾敖融冷訾辛阚那简饶空曾沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公英肖付闫岳"
)  # the Hundred Family Surnames, one character each, with today's simplified forms
_NAME = f"[{SURNAMES}][一-鿿]{{1,2}}"
_OFFICE = "记者|通讯员|主席|书记|市长|县长|区长|州长|盟长|旗长|省长|镇长|作家|选手|教授|院士|主任|局长|所长|董事长|总经理|厂长|院长|校长|会长|部长|秘书长|团长|队长|编辑|作者|获得者|劳模|工匠|师傅|工人|职工|代表"
_NAMED = re.compile(
    rf"(?:{_OFFICE})[”\"]?[：:\s]*({_NAME})(?=[，,。、；;：:\s）)]|说|表示|介绍|率|到|深入|通讯员|记者|$|\d|[^一-鿿]|[一-鿿]?(?:说|在|的))|"
    rf"({_NAME})(?:同志|先生|女士|师傅|表示|介绍说|说[，,：:。])"
)


@lru_cache(maxsize=4096)
def names_of_people(text: str) -> tuple[str, ...]:
    """The names in Simplified `text`, in order; empty when nobody is named."""
    return tuple(match.group(1) or match.group(2) for match in _NAMED.finditer(text))
