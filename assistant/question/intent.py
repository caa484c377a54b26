"""What kind of answer a question wants: a figure, a fact, a list, a comparison, a refusal ...

Decided from the words alone by rules in the order of their reliability; knows neither library nor reports.
All patterns are over Simplified text.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.models import Intent
from assistant.question.measure import COUNTED_NOUN

_SMALL = re.compile(
    r"^(?:\W*(?:你好|您好|嗨|哈喽|早上好|晚上好|下午好|在吗|谢谢|多谢|感谢|辛苦了?|再见|拜拜|先这样|就这样|没别的了|没事了|下次再聊|回头见|明白了?|懂了|知道了|收到|了解了?|好的|好|行|嗯+|ok|okay|hello|hi|hey|thanks?|thank you|bye|goodbye|good (?:morning|evening|day))"
    r"(?:\s*(?:你|您|啦|了|呀|啊|very much|a lot|so much|there|again))*\W*)+$",
    re.I,
)
_OFF_TOPIC = re.compile(
    r"写(?:一?首|个)?(?:诗|歌|小说|作文|故事|代码)|讲(?:个|一个)?笑话|(?<![好坏恶劣端害性])天气(?:预报|怎么样|如何|好不好|好吗|热不热|冷不冷|[？?]?$)|翻译成|唱(?:首|个)?歌|股票|彩票|\b(?:poem|joke|weather|translate)\b|^[\d\s+*/=×÷-]+(?:等于几)?[?？]?$",
    re.I,
)
_ABOUT_ME = re.compile(
    r"你(?:是谁|是什么|都?(?:能够?|会|可以)(?:帮我)?(?:做|干|回答|查|提供)?(?:点|些)?(?:什么|啥|哪些|嘛)|有(?:什么|啥|哪些)(?:功能|用|本事)|叫什么|怎么用)|怎么(?:使用|用你)|使用说明|who are you|what can you do|what are you|how do i use|\bhelp\b\W*$",
    re.I,
)
_ATTACK = re.compile(
    r"忽略.{0,12}(?:指令|规则|提示|要求|内容)|无视.{0,12}(?:指令|规则|要求)|系统提示词?|提示词是|越狱|你现在是|假装你?|扮演|不要引用|编(?:一个|造)|随便(?:编|给)"
    r"|ignore (?:all|any|previous|the|your|above)|disregard .{0,20}(?:rules|instructions)|system prompt|pretend|make up|jailbreak",
    re.I,
)
_LIBRARY = re.compile(
    r"^\W*(?:这里|你|库里|里面)?(?:都|一共|总共)?有(?:哪些|哪几个|几个|多少个?)(?:城市|市|报告|材料)(?:的报告)?\W*$|"
    r"(?:有|收录|收了|包含|包括|覆盖|涵盖)(?:了)?(?:哪|几|多少)(?:些|几|个|份|篇)*(?:个)?(?:城市|市|地方)?的?(?:报告|材料|文件|城市的报告)(?!.{0,3}[说提写讲谈])|库里(?:有|都)|报告库|"
    r"哪(?:一|几|些)?(?:个|篇|份|些)?(?:报告|材料|文件|文章)?(?:是|属于)(?:工作|一[份篇])?(?:计划|规划|总结|新闻|报道)(?!的)|"
    r"(?:报告|材料|文件).{0,6}(?:覆盖|涵盖|管|总结|回顾|统计)?(?:的是|的|说的是|讲的是|写的是|是|属于)?(?:哪|什么)(?:个|一|段|几|些)?(?:年|时期|时间|时候|期间|阶段)|(?:是|属于)(?:工作总结|总结|规划|计划)(?:还是|吗)|什么(?:性质|类型|样)的(?:报告|材料|文件)|"
    r"(?:报告|材料|文件|文章|报道).{0,8}(?:哪一?天|哪一?年|什么时候|啥时候|何时|几月|几号|日期).{0,8}(?:作|写|发|做|提交|报告)|"
    r"(?:哪一?天|什么时候|啥时候|何时|几月几[日号])(?:作|做|写|发|提交)的?(?:政府)?(?:工作)?(?:报告|材料|文件)|"
    r"(?:which|what|how many) (?:cities|reports) (?:do you|are (?:there|available|in)|does)|what (?:period|year|years|time) does .{0,40}(?:cover|report)|what(?:'s| is) in the library",
    re.I,
)
_JUDGEMENT = re.compile(
    r"(?:哪个|哪一个|哪座|谁)(?:市|城市|地方|家)?.{0,12}(?:最好|更好|最棒|最优秀|更优秀|最强|最厉害|最差|更差|做得好|干得好|工作好|最值得|更值得|最先进|落后)|(?:好不好|值不值|合理吗|够不够|应不应该|应该怎么|怎么看|打几分|评价一下|你觉得|你认为)"
    r"|\b(?:best|better|worst|worse) (?:city|union|report|performance|job|work)|which .{0,24}\b(?:is|are|does|did|performs?) (?:the )?(?:best|better|worst)|do you think|your opinion|should (?:we|they|i)\b",
    re.I,
)
_SUMMARY = re.compile(
    r"总结(?:一下|下)|概括|概述|概要|摘要|综述一下|简述|简要(?:介绍|说)|(?:主要|有什么|有哪些|哪些|什么)(?:亮点|成绩|成效|看点|特色|重点)|亮点(?:是|有)|(?:主要|都)(?:做|干|说|讲|写)了(?:些|哪些)?(?:什么|啥|工作|事)|介绍(?:一下|下)|总体情况|整体情况|说了些?(?:什么|啥)|主要内容|要点|(?:这篇|这份|这个|那篇|那份)?(?:报告|材料|文章|新闻|报道|稿子|这篇|这份)(?:里|里面|中)?(?:都|主要)?(?:讲|说|写|谈)(?:的|了)?(?:是|些|哪些)?(?:什么|啥)|最?(?:突出|亮眼|出彩|拿得出手|值得一提|值得说|得意|给力|像样)的(?:[一-鿿]{0,4})?(?:有|是)?(?:什么|啥|哪些|哪几)"
    r"|\bsummar|\bhighlights?\b|\boverview\b|main (?:points|achievements|work)|key (?:points|achievements)|what does .{0,30}report say$|tell me about",
    re.I,
)
_DOES = re.compile(
    r"(?:干|做|办|搞|抓|忙)(?:了|成了?|过)?(?:些|点|哪些|几件|什么|啥)(?:什么|啥)?(?:大事儿?|实事|好事|事儿?|事情|工作|活儿?)?(?:没有)?[？?。]?$"
)
"""What was or will be done, where nothing is named that it was done about."""
_QUOTE = re.compile(
    r"原文|原话|原句|怎么(?:说|写)的(?!是)|exact (?:words|wording)|original (?:text|wording|passage)|verbatim|quote",
    re.I,
)
_DIFFERENCE = re.compile(
    r"(?:多|少|高|低|大|小|差)(?:了|出)?(?:多少|几)|差距|相差|差多少|差几|悬殊|how (?:many|much) (?:more|fewer|less|higher|lower)|difference|\bgap\b",
    re.I,
)
_RATIO = re.compile(
    r"几倍|多少倍|[几多]少?分之|倍数|之比|比值|how many times|\bratio\b|times (?:as|more|larger|bigger)", re.I
)
_TOTAL = re.compile(
    r"加起来|加在一起|合起来|合计|相加|(?<!分别)(?:一共|总共|共有)|总和|in total|(?<!compare the )\btotal (?:number|amount) of\b|combined|altogether|\bsum\b|add(?:ed)? up",
    re.I,
)
_RANK = re.compile(
    r"最(?:多|少|高|低|大|小|长|短|早|晚|强|快|慢)|(?:谁|哪个|哪一个|哪座|哪家|哪边|哪头)(?:城市|市|地方)?.{0,24}(?:更|比较|要)?(?:多|少|高|低|大|小)(?:一?些|一点|呢|[?？。]|$)|排名|排(?:个|一?下)?(?:序|名|队)|排(?:行|列)|从(?:高|多|大)到|从(?:低|少|小)到|名列|第[一二三四五1-5](?:名|是谁|是哪|[多少高低大小])|排(?:在|名)?第[一二三四五1-5]|按.{1,8}排|领先|倒数第|垫底|末位"
    r"|\b(?:most|fewest|highest|lowest|largest|biggest|smallest|fastest|slowest|rank(?:s|ed|ing)?|sort|comes? (?:first|second|third|fourth|fifth|last))\b|which .{0,60}\b(?:more|fewer|higher|larger|bigger|greater)\b|who .{0,20}\b(?:more|most|fewer)\b",
    re.I,
)
_ORDERS = re.compile(
    r"倒数第|垫底|第[二三四五2-5](?:[多少高低大小]|名)|排(?:在|名)?第[一二三四五1-5]|排(?:个|一?下|一)(?:序|名|队)?|排[序名队]\W*$|从[多高大]到[少低小]|从[少低小]到[多高大]"
)
_LOWEST = re.compile(
    r"最(?:少|低|小|短|慢)|倒数第|垫底|末位|(?<![多到])(?:更|比较|要)?(?<![多到])(?:少|低|小)(?:一?些|一点|呢|[?？]|$)|从(?:低|少|小)到|fewest|lowest|smallest|slowest|least",
    re.I,
)
_WHICH = re.compile(
    r"谁家|谁的?(?:报告|材料|文件)(?:里|中|提|说|讲|写)|(?<![这那哪前后两三四五六七八九十])几(?:个|座)(?:城市|地市|市|地方)(?!的)|(?:城市|地市|市)(?:都|分别)?(?:有|是)(?:哪些|哪几)|(?:城市|市)(?:里|中|当中|之中)面?(?:有)?(?:哪些|哪几个?|谁)(?:做|办|搞|有|提|写|建|开展|组织)过?|(?:哪|有)(?:些|几)(?:个|座)?(?:市|城市|地方|地市|地区)|哪几(?:个|座)?(?:市|城市|地)|哪(?:个|座|一个)(?:城市|市|地市)|有没有(?:哪个)?(?:城市|市)|哪(?:几|些)?(?:份|篇|个)?(?:的)?(?:报告|材料|文件)"
    r"|which (?:of (?:the|these|those|all|all the) )?(?:\w+ )?(?:cit(?:y|ies)|unions?|reports?)|what cities|any (?:of the )?(?:cities|city)",
    re.I,
)
KIND_ASKED = re.compile(
    r"计划|规划|打算|目标|任务|今后|未来|总结|回顾|\bplans?\b|\breviews?\b|next (?:few|five) years", re.I
)
"""Asks of which kind a report is, where nothing else is asked."""
_COMPARE = re.compile(
    r"对比|比较(?!多|少|高|大)|相比|比一比|比起来|比呢|有(?:什么|何|哪些)?(?:不同|区别|差别|异同)|异同|分别|各(?:有|是|为|自|多少|几)|逐一|\bcompar|\bversus\b|\bvs\.?\b|differ(?:ent|ence between)|respectively",
    re.I,
)
_TABLE = re.compile(
    r"表格|一览|(?:整理|汇总|归纳|列|做|出|拉|制)(?:成|个|一?张|成一?[张个])?(?:对比|比较)?表(?![彰演明现达率扬示])|\btable\b|\btabulate",
    re.I,
)
_CHART = re.compile(
    r"画(?:个|张|成|一?下)?(?:柱状|条形)?图|图表|柱状图|条形图|可视化|\b(?:chart|graph|plot|bars?)\b", re.I
)
_FIGURE = re.compile(
    r"多少(?!工作是|周年)|(?<!哪)(?<!第)几(?=[个家名项场次种件位户所处座条人万千百批期届套台辆亩公间份支只枚%类天年]|多|分之)|数量|总数|总量|人数|户数|场次数|[次件项篇场]数(?=是|为|呢|有|达|[?？。，,]|$)|金额|比例是|占比|百分之(?:几|多少)|百分比|[^效]率(?:是|有|为|达到|多|呢|[?？]|$)|增速|增幅|增长(?:多|了多)|多大|多高|多长|[\d.]+[万亿千百]*(?:人次|元|人|户|家|个|%|平方米|公里|吨|份|名|件|场次?|项)?了?[，,]?(?:是)?(?:整|吗|吧|还是|没有|正好|刚好)|有没有\d|[过破]千?[百千万亿]+(?:元)?了?[吗吧没]|涨(?:了)?多少|几个点|还是(?:人次|人|名|家|户|万?元|份|件|场次?|平方米)(?=[？?，,。]|$)|[\d.]+[万亿千百]*(?:人次|元|人|户|家|个|%|名|件|场|项)[?？]$"
    r"|^\W*(?:did|do(?:es)?|is|are|was|were|has|have)\b.{0,120}(?<![\w.'’+-])(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+)?(?: ?%| (?:percent|thousand|million|billion|[a-z-]{4,})\b)"
    r"|\bhow (?:many|much|large|big|high|long|far)\b|\bnumber of\b|\bwhat (?:share|percentage|proportion|rate|number|amount|total|sum)\b|\bpercent|\bwhat (?:was|is|were|are) .{0,60}\b(?:rate|number|total|amount|revenue|gdp|income|output|growth|population|investment|exports?|imports?|sales|value|length|concentration|level|volume|area|turnover|worth|ratio)\b",
    re.I,
)
_COMPUTED: tuple[tuple[re.Pattern[str], Intent], ...] = (
    (_DIFFERENCE, "difference"),
    (_RATIO, "ratio"),
    (_TOTAL, "total"),
    (_RANK, "rank"),
)
_ASKS = (
    (
        "who",
        r"(?<!企业是)(?<!公司是)(?<!集团是)(?<!医院是)(?<!学校是)(?<!单位是)(?<!机构是)(?<!平台是)谁|何人|哪位|什么人|哪一?个?(?:记者|作者|编辑|领导)|(?:记者|作者|编辑|人|主席|市长|县长|区长|书记|主任|劳模|模范|工匠|获得者|师傅|代表)[都具体分别]{0,4}叫(?:什么|啥)|(?:[市县区州盟省]长|书记|主席|主任|局长|部长|院长|校长|记者|作者|编辑)(?:是|叫|叫做|名字)?(?:啥|什么|哪)|\bwho\b|\bwhom\b|name of the (?:person|chair|reporter|mayor)",
    ),
    (
        "when",
        r"什么时候|啥时候|何时|哪一?年|哪一?天|几月|几号|什么时间|哪个月|日期|\bwhen\b|what (?:date|year|day|time)",
    ),
    ("where", r"在哪|哪里|哪儿|什么地方|哪个地方|何处|\bwhere\b"),
    ("why", r"为什么|为何|原因|\bwhy\b"),
    (
        "name",
        r"(?:企业|公司|集团|医院|学校|单位|机构|平台)是谁|叫(?:什么|啥)|名称|什么名|啥名|哪[一]?(?:个|项|种|家|所|条|款|类|部)|什么(?:[一-鿿]{1,4}性的)?(?:称号|荣誉|奖|名|品牌|活动|项目|平台|机制|制度|口号|主题)|哪(?:些|几|两|三|四|五|六|七|八|九|十|\d)|\bwhat\b|\bwhich\b|\bname\b",
    ),
    ("how", r"怎么|怎样|如何|咋|(?:哪些|什么|啥)(?:做法|措施|办法|举措|法子|招数?|高招|妙招|路子)|\bhow\b"),
)


def wants_of(text: str) -> Literal["text", "table", "chart"]:
    """`table`, `chart` or `text`."""
    if _CHART.search(text):
        return "chart"
    return "table" if _TABLE.search(text) else "text"


def puts_in_order(text: str) -> bool:
    """Whether Simplified text asks for an order among cities that it does not name (…排个名, …从高到低)."""
    return bool(_ORDERS.search(text))


def place_asked(text: str) -> int | None:
    """Which place of an order is asked for (第二多, 排第三的, second highest); None where it is none or the first."""
    match = _PLACE_ASKED.search(text)
    if match is None:
        return None
    return _PLACES.get(next(word for word in match.groups() if word).lower())


_PLACE_ASKED = re.compile(
    r"第([二三四五2-5])(?:[多少高低大小]|名|位|是谁|是哪)|排(?:在|名)?第([二三四五2-5])(?!次|届|季|产)"
    r"|\b(second|third|fourth|fifth)[- ](?:most|fewest|highest|lowest|largest|biggest|smallest)\b|\b(?:ranks?|ranked|comes?) (second|third|fourth|fifth)\b",
    re.I,
)
_PLACES = {
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
}


def asks_sum(text: str) -> bool:
    """Whether several figures are to be added up (两种加起来, 合计)."""
    return bool(_TOTAL.search(text))


def is_lowest(text: str) -> bool:
    """Whether a ranking asks for the smallest."""
    return bool(_LOWEST.search(text))


def asks_of(text: str) -> str | None:
    """Which kind of fact is asked for: who, when, where, why, name, how; None where no question word says so."""
    for name, pattern in _ASKS:
        if re.search(pattern, text, re.I):
            return name
    return None


def says_how_many(text: str) -> bool:
    """Whether Simplified or English `text` asks which reports give a number of something, and so for the numbers."""
    return _SAYS_HOW_MANY.search(text) is not None


_SAYS_HOW_MANY = re.compile(
    r"哪[些几][个份篇座]?(?:市|城市|地方)?的?(?:报告|材料|文件)?里?(?:写|说|提|给|讲|报|交代)(?:到|出|过|明|清)?了?[^，,。；;？?]{0,16}(?:多少|几[个家名项人件场户])"
    r"|\bwhich (?:of the )?(?:\w+ )?(?:cit(?:y|ies)|unions?|reports?) (?:say|tell|state|give|report|mention)s? how (?:many|much)\b",
    re.I,
)


def is_attack(text: str) -> bool:
    """Whether the text tries to change the rules instead of asking about reports."""
    return bool(_ATTACK.search(text))


def intent_of(text: str, *, cities: int, all_cities: bool, has_topic: bool) -> Intent:
    """The intent of Simplified or English `text` that names `cities` places; `has_topic` is whether words of substance remain."""
    several = cities >= 2 or all_cities
    if _SMALL.search(text) or _ABOUT_ME.search(text) or _ATTACK.search(text):
        return "small_talk"
    if _OFF_TOPIC.search(text):
        return "unclear"
    if _LIBRARY.search(text):
        return "library"
    if _JUDGEMENT.search(text):
        return "judgement"
    if _SUMMARY.search(text) and not (several and (has_topic or _COMPARE.search(text))):
        return "summary"
    if cities == 1 and not has_topic and _DOES.search(text):
        return "summary"
    if several or not has_topic:
        computed = next((intent for pattern, intent in _COMPUTED if pattern.search(text)), None)
        if computed is not None:
            return computed
    if _QUOTE.search(text):
        return "quote"
    if _WHICH.search(text) and (cities != 1 or all_cities):
        counted = says_how_many(text) or (_COMPARE.search(text) and _FIGURE.search(text))
        return "compare" if counted else "which_cities"
    if several and (cities >= 2 or _COMPARE.search(text) or all_cities):
        return "compare"
    if wants_of(text) != "text" or (not has_topic and _COMPARE.search(text)):
        return "compare"
    if _FIGURE.search(text) or COUNTED_NOUN.search(text):
        return "figure"
    return "fact"
