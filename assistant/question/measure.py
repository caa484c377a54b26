"""What a figure question counts in: the measure word after 多少, a rate, money, a year; and scope and years named."""

from __future__ import annotations

import re

from assistant.language.quantities import find_quantities
from assistant.question.units_english import english_unit_asked, is_no_money, is_yuan_of_things

ASKED_COUNT = re.compile(
    r"(?:有|了|过|出|达)?(?:多少|几(?!乎)|多大(?:的)?|多高|多长)(万|亿|千|百)?(人次|场次|平方米|平方公里|公里|立方米|批次|家次|户次|件次|个百分点|个点|个|家(?![庭长属政具电])|名|项(?!目)|条(?!件|例)|场(?![所地馆])|次(?!数)|件|人|位(?!置)|户(?![外籍口])|所(?!有)|处(?![理罚置])|座(?!谈)|块|元|种(?![植子类粮])|亩|吨|辆|套|台(?!账)|期(?!限)|届|批|册|份(?!额)|千瓦|万千瓦|瓦|公顷|平方|斤|公斤|分钟|小时|点(?!位)|列|趟|支(?![部出])|本(?![科地市省区县身])|篇|间|岁|年(?!轻|货)|天|倍|钱|米|度|成(?![果员就绩本品年人])|级|类|款(?!项)|对(?!象)|只|头|张|部(?![门队分])|株|棵|枚)?"
)
_RATE = re.compile(
    r"率(?![先领队])|比例|占比|份额|\d[%％](?:吗|吧|了|么)|比重|百分|几成|\bpercent|\bshare\b|\bproportion|\brate\b|\bratio\b(?! (?:of|between|to)\b)|(?:how (?:much|fast)|by what) .{2,60}\b(?:grow|grew|rise|rose|increase|fall|fell|drop|decline)|增速|增幅|涨幅|跌幅|降幅|增长(?=目标|预期)|增得|涨得|最快|更快|(?:增长|增加|涨|提高|下降|(?<![新净])增|升|降)(?:了)?(?:多少(?!个|家|名|人|万|元|钱|[一-鿿]{0,5}(?:工人|职工|员工|会员|企业|项目|劳动者|单位|群众|家庭|岗位|驿站|站点|学校|医院|书屋|工作室|学院|平台|基地|阵地|小区|车间))|几个点)|百分之几",
    re.I,
)
_MONEY = re.compile(
    r"钱|多少(?:万|亿)?(?:元|块)|金额|资金(?:是|有|为)?多少|经费.{0,6}多少|多少(?!(?:名|位|个)?(?:产业|一线|困难)?(?:职工|人|农民工|劳动者|学生|会员|家庭)(?:补助|补贴|发|领|拿)).{0,8}(?:资金|经费|报酬|工资|薪|补贴|奖金|慰问金|补助|津贴|损失|投资|收入)|\byuan\b|\bmoney\b|\bfund(?:s|ing)?\b|(?<!by )\bhow much\b(?! (?:more|less|higher|lower|faster)\b)|\b(?:spent|spends?|costs?)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"(?:参与|参加|受益|覆盖|惠及|来|去|听|看|学|用)的?人(?:数|有|呢|谁|哪|[更最]?[多少](?!次))|多少(?:位|名|个)?(?:产业|一线|困难|企业|基层|在职|女)?(?:人|职工(?!之家|书屋|组织|委员会|发明|创新|技术|建议|提案|代表大会|活动|食堂|夜校|文化|服务|互助)|工人|会员|农民工|劳动者|员工|群众|女职工(?!组织|委员会|之家|活动)|党员|娃|孩子|学生|监督员|社工|骑手)|人数|\bhow many (?:took part|attended|participated|joined|benefit(?:ed|ted)|turned up|signed up)\b|\bnumbers? of (?:[\w-]+ )?(?:people|workers|members|participants|employees|residents|students)\b(?!['’])|how many (?:(?:(?<=many )|(?!(?:did|do|does|has|have|had|was|were|is|are|will|can)\b))[\w-]+ ){0,3}?(?:people|persons|women|children|staff(?! (?!members)[a-z]+s\b)|personnel|talents|residents|students|patients|couples|graduates|cadres|youths|learners|\w{2,}(?:ees|men))\b|how many (?:(?:(?<=many )|(?!(?:did|do|does|has|have|had|was|were|is|are|will|can)\b))[\w-]+ ){0,3}?(?!(?:cent|contain|numb|ord|pap|comput|post|quart|tow|riv|tract|newspap|chapt|lett|oth|charg|regist|matt|newslett)ers|(?:sect|mot|elevat|fact|monit)ors)\w{3,}(?:ers|ors|ists|ants|ians|fessionals|hands)\b(?!['’])",
    re.I,
)
# People are counted in 个 in speech, in 人 or 名 in reports.
_HEADS = re.compile(
    r"(?:多少|几)个人(?!民|才|大|均|员|民币)|(?:多少|几)个[一-鿿]{0,14}?(?:[者员工手模匠]|代表|会员|骑手|小哥|学生|孩子|人才)(?=[？?，,。]|$)"
)
_AMOUNT = re.compile(
    r"(?:总投资|投资额?|产值|总额|总值|收入|营收|利润|税收|余额|增加值|销售额|GDP|生产总值|经济总量|(?:[奖奖励慰问助学理赔救助抚恤补偿赔偿保险养老公积]{1,2}|资)金|经费|津贴|补贴)(?:是|有|为|共|一共|总共|达|达到)?了?(?:多少|几何)"
)
_FIRMS = re.compile(
    r"多少(?:个)?(?:企业(?!职工|员工|工人)|公司|单位(?!职工|员工)|厂|商户|驿站|学校|医院)|how many (?:[\w-]+ ){0,3}(?:firms|companies|enterprises|employers|businesses)\b",
    re.I,
)
_AREA = re.compile(r"\bhow (?:much|large|big)\b.{0,40}\b(?:floor space|area|land)\b|\bwhat (?:floor|land) area\b", re.I)
_AREA_ADDED = re.compile(r"面积[^。；]{0,8}?(?:增加|新增|扩大)了?多少")
_PIECES = re.compile(
    r"[一-鿿]{0,4}?(?:牌|匾|地|田|林|屏|板|石|砖|碑|绿地|区域|湿地)(?![一-鿿]*钱)"
)  # 多少块石碑: no money
_SCOPES = (
    "国家级",
    "省部级",
    "省级",
    "市级",
    "县级",
    "区级",
    "乡镇级",
    "镇级",
    "村级",
    "全国",
    "全省",
    "新增",
    "累计",
    "其中",
    "首批",
    "每年",
    "每月",
    "人均",
    "同比",
    "示范性",
    "智能化",
    "高级",
    "中级",
    "女",
    "男",
    "农民工",
    "线上",
    "线下",
    "免费",
)
_SCOPES_EN = {
    "national": "国家级",
    "provincial": "省级",
    "municipal": "市级",
    "city[- ]level": "市级",
    "county-level": "县级",
    "new": "新增",
    "cumulative": "累计",
    "per year": "每年",
    "annually": "每年",
    "smart": "智能化",
    "demonstration": "示范性",
}
_YEAR = re.compile(
    r"(?<!more than )(?<!fewer than )(?<!less than )(?<!nearly )(?<!almost )(?<!exactly )(?<!at least )"
    r"(?<![\d.])((?:19|20)\d\d)(?![\d.,]*\d)(?!\s*[家个名人项场件户条元次万亿余多%]|\s+(?:[a-z-]+\s+){0,2}(?:workers|employees|members|people|staff|households|companies|firms)\b)"
)
_NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?:余|多)?[万亿千百]?(?:余|多)?%?")


_UNIT_OF_NOUN = {
    "项目": "项",
    "企业": "家",
    "公司": "家",
    "单位": "家",
    "组织": "家",
    "机构": "家",
    "职工": "人",
    "会员": "人",
    "人": "人",
    "人次": "人次",
    "场次": "场次",
    "案件": "件",
    "户": "户",
}
_NOUNS = "|".join(_UNIT_OF_NOUN)
COUNTED_NOUN = re.compile(  # 揭榜成功的项目数; 惠及职工多少
    rf"({_NOUNS})(?:数[量目]?(?=$|[是为呢有达做列排谁哪最各分比和与差画从，,、；;?？。\s])|(?:分别|各|一共|总共|共)?(?:有|是|为|达)?多少(?=[?？。，,]|$)|呢[，,、]?[一-鿿]{{0,4}}多少(?=[？?。，,]|$))"
)


_NAMED_COUNT = re.compile(
    r"(?<![一二三四五六七八九十\d第])([次件户场项篇])数(?=是|为|呢|有|达|[?？。，,]|$)"
)  # 学习的次数


def unit_of(text: str) -> str | None:
    """The unit that Simplified or English `text` asks for: a measure word, `%`, `元`, `人`, or None."""
    if not re.search(r"[一-鿿]", text):
        text = re.sub(r"[\"“”]", "", text)  # how many "little giant" firms
    if (named_unit := english_unit_asked(text)) is not None:
        return named_unit
    if _AREA_ADDED.search(text):
        return None  # as a share of it or in its measure, whichever is printed
    if _RATE.search(text):
        return "%"
    if _AREA.search(text):
        return "平方米"
    match = next((m for m in ASKED_COUNT.finditer(text) if m.group(2) and m.group(2) != "倍"), None)
    if match is not None and match.group(2) == "个点":
        return "%"
    if match is not None and match.group(2) == "块" and _PIECES.match(text, match.end()):
        return "个"
    if match is not None and match.group(2) in {"元", "钱", "块"}:
        return "元"
    if _HEADS.search(text):
        return "人"
    if (named := _NAMED_COUNT.search(text)) is not None:
        return named.group(1)
    if _MONEY.search(text) and not is_no_money(text) and not is_yuan_of_things(text):
        return "元"
    if _PEOPLE.search(text):
        return "人"
    if _FIRMS.search(text):
        return "家"
    if match is None and _AMOUNT.search(text):
        return "元"
    if re.search(r"面积", text) and match is None:
        return "平方米"
    if re.search(r"how many (?:[\w-]+ ){0,2}(?:households|families)\b", text, re.I):
        return "户"
    if re.search(r"how many years|how long|几年|多少年", text, re.I):
        return "年"
    if match is not None and match.group(2) == "枚":
        return "个"
    if match is not None and match.group(2) == "瓦":
        return "千瓦"
    bare = match is None or (match.group(1) is None and match.group(2) is None)
    if bare and (counted := COUNTED_NOUN.search(text)) is not None:
        return _UNIT_OF_NOUN[counted.group(1)]
    return match.group(2) if match is not None else None


def scope_of(text: str) -> tuple[str, ...]:
    """The scope words that narrow what is asked."""
    lowered = text.lower()
    found = [scope for scope in _SCOPES if scope in text]
    found += [scope for word, scope in _SCOPES_EN.items() if re.search(rf"\b{word}\b", lowered) and scope not in found]
    return tuple(found)


def years_of(text: str) -> tuple[int, ...]:
    """The calendar years that are named."""
    return tuple(dict.fromkeys(int(year) for year in _YEAR.findall(text)))


def premise_of(text: str) -> tuple[str, ...]:
    """Figures that the question itself states (42.7万整?), years left out."""
    years = years_of(text)
    return tuple(
        m.group()
        for m in _NUMBER.finditer(text)
        if not re.fullmatch(r"12\d{3}|\d", m.group())
        and not text.startswith(("小时", "-hour", " hours"), m.end())
        and not (m.group().isdigit() and int(m.group()) in years)
    )


def without_amounts(text: str) -> str:
    """`text` without the amounts that a question states (有12.8万人吗): they are checked, not looked for."""
    text = _ENGLISH_AMOUNT.sub(lambda match: " " * len(match[0]), text)
    for quantity in reversed(find_quantities(text)):
        if quantity.kind != "time" and _STATED.search(quantity.text) and text[quantity.span.end :][:1] not in "”’》":
            text = text[: quantity.span.start] + "，" * len(quantity.span) + text[quantity.span.end :]
    return text


_ENGLISH_AMOUNT = re.compile(
    r"(?<!worth )(?<!worth over )(?<!worth more than )(?<!worth at least )(?<!worth above )(?<!projects of over )(?<!projects over )(?<!projects of more than )\b\d[\d,]*(?:\.\d+)?\s*(?:(?:thousand|million|billion|trillion)\b(?:\s*(?:yuan|RMB|CNY|dollars?)\b)?|(?:yuan|RMB|CNY)\b|per ?cent\b|%)",
    re.I,
)
_STATED = re.compile(r"\d|[十百千万亿](?:多|余|来)")
