"""What page remains look like: the wording of web pages and newspaper pages, as patterns.

General language of Chinese pages, nothing of any one report. Where on a page a pattern counts is
decided in `remains`.
"""

from __future__ import annotations

import re

_PAGE = "第?[A-Za-z]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[版页]?"
JUMP = re.compile(
    rf"[（(](?:紧接|紧转|上接|下转|接){_PAGE}[）)]|(?:上接|下转)(?:第?[A-Z]?[0-9]{{1,2}}|第[一二三四五六七八九十]+)版"
)
MARKUP_COMMENT = re.compile(r"<!--.{0,2000}?-->", re.S)
DATELINE = re.compile(
    r"(?:^|\n)((?:[\u4e00-\u9fff]{2,10}(?:讯|电)|本报[\u4e00-\u9fff]{0,4}(?:讯|电))"
    r"(?:[（(][^）)\n]{2,40}[）)]| +(?=\S)))"
)
NAVIGATION = re.compile(
    r"(?:您?(?:现在的|当前的?|所在)?位置|当前位置)\s*[:：]|首页\s*[>＞»/|-]|.{1,20}\s[>＞»]\s.{1,20}"
    r"|(?:上|下)一(?:篇|页|条|个)\s*(?:[:：]|$)|(?:返回|回到)(?:首页|顶部|列表|目录|上一页|搜狐)"
    r"|相关(?:阅读|链接|文章|推荐|新闻|附件)\s*[:：]?\s*$|(?:推荐阅读|延伸阅读|猜你喜欢|热门推荐|更多精彩|查看更多|展开全文|阅读原文|点击查看|(?:阅读|查看)(?:全文|更多)\s*[>＞»]*$|(?:加载|显示)更多\s*$)"
    r"|(?:正文|目录|导航)$|标签\s*[:：]|(?:【|\[)?(?:打印|关闭|收藏|复制链接|分享)(?:本页|窗口|正文)?(?:】|\])?(?:\s|$)"
    r"|字(?:号|体)\s*[:：]|分享(?:到|至)\s*[:：]?"
)
COMMENTS = re.compile(
    r"\W*(?:网友|用户|最新|全部|热门|精彩)?评论(?:列表|区|[(（]\d+[)）])?\s*[:：]?$|\W*(?:共\s*)?\d+\s*条评论$|\W*评论\s*\d+\s*条?$|\W*(?:发表|我要|查看|写)评论|\W*我来说两句|\W*登录后.{0,6}评论"
)
COPYRIGHT = re.compile(
    r".{0,20}(?:版权所有|版权归|未经.{0,8}(?:授权|许可|同意)|免责声明|Copyright|©|ICP备|公网安备|(?:如有|若有).{0,6}侵权|平台声明"
    r"|本文(?:来源|转自|系)|责任自负|转载请|不代表.{0,8}(?:观点|立场))",
    re.I,
)
PRINT_EDGE = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?(?:\s.{0,60})?|(?:https?|file)://\S+(?:\s\d+/\d+)?"
    r"|[-—–·]\s*\d{1,4}\s*[-—–·]|第\s*\d{1,4}\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?"
)
LINES: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("navigation", NAVIGATION, 120),
    ("comments", COMMENTS, 60),
    ("copyright", COPYRIGHT, 200),
)
"""Kind, look and longest length of lines that are remains wherever they stand."""

_OFFER = re.compile(
    r"应用市场下载|(?:搜索|关注).{0,12}(?:公众号|小程序)(?!.{0,4}(?:人数|数量|用户|粉丝|总))|扫一扫|扫(?:描|码).{0,8}二维码|长按.{0,8}二维码"
    r"|报料|(?:新闻|订阅|服务)热线\s*[:：]\s*[0-9]|下载.{0,12}(?:APP|客户端)|打开.{0,8}APP|点(?:击|个)(?:在看|赞|蓝字)",
    re.I,
)
_ADDRESSED = re.compile("[你您]|欢迎|敬请|立即|即可|马上|我要|来报料|快来|[:：]")
_SHORT_OFFER = 24


def is_advertising(line: str) -> bool:
    """Whether a line invites its reader; a report may count downloads but does not invite."""
    if len(line) > 150 or not _OFFER.search(line):
        return False
    return bool(_ADDRESSED.search(line)) or (len(line) <= _SHORT_OFFER and not re.search(r"[0-9]", line))


DATA_LABEL = re.compile(
    r"(?:发布|发表|更新|成文|生成)?(?:时间|日期)\s*[:：]|(?:信息|文章|稿件)?来源\s*[:：]|作者\s*[:：]"
    r"|(?:阅读|浏览|点击|访问)(?:次数|量|数)?\s*[:：]|评论\s*[:：]|(?:责任)?编辑\s*[:：]|(?:索引|文)号\s*[:：]"
    r"|发(?:布|文)机[构关]\s*[:：]|主题(?:词|分类)\s*[:：]|有效性\s*[:：]|公开(?:方式|目录|形式)\s*[:：]"
)
PRINT_DATE = re.compile(r".{0,24}\d{4}年\d{1,2}月\d{1,2}日印发?(?:\s.{0,24})?|（此件.{0,12}公开）|[（(]共印\d+份[）)]")
BYLINE = re.compile(
    r"[（(【]?(?:.{0,20}?(?:记者|通讯员|特约记者)"
    r"(?:[\s:：/·]|(?=[\u4e00-\u9fff]{2,4}(?:[\s、，（(]|$)|[\u4e00-\u9fff]{2,3}[、 ]))"
    r"|(?:责任编辑|责编|编辑|校对|审核|审校|终审|初审|复审|监制|编审|作者|撰稿|供稿|供图|摄影|制图|文|图|文/图|图/文|图文|稿源)"
    r"\s*[:：/／])"
)
_PUBLISHER = "(?:报|报社|网|网站|电视台|广播台|融媒体中心|宣传部|通讯社|客户端|宣)"
SOURCE = re.compile(rf"[（(][\u4e00-\u9fff]{{2,20}}{_PUBLISHER}[）)]|(?:信息)?来源\s*[:：/].{{2,30}}")
SIGNATURE = re.compile(
    rf"(?<=[。！!])[ ]?(?:[（(][\u4e00-\u9fff]{{1,20}}{_PUBLISHER}[）)]|[\u4e00-\u9fff]{{1,10}}{_PUBLISHER}"
    r"|[（(]?(?:记者|通讯员|作者|编辑)[^。]{2,30})$"
)
CAPTION_NOTE = re.compile(
    r"[（(【▲△↑↓]?\s*(?:(?:本版|文中|本文)(?:部分)?(?:图片|照片|图)|(?:图片|照片|资料图|图为|配图))(?:.{0,30})[）)】]?$"
    r"|(?:图为|上图|下图|左图|右图|▲|△)"
)
CAPTION_SENTENCE = re.compile(r"[（(【▲▼△]?\s*图为[^。]{4,80}。?[^。]{0,16}$")
"""A caption may be a whole sentence, followed by who took the picture; a report does not begin one so."""
COMMENT_HEAD = re.compile(
    r"\W*(?:网友|用户|最新|全部|热门|精彩)评论(?:列表|区|[(（]\d+[)）])?\s*[:：]?$|\W*评论(?:列表|区)\s*[:：]?$"
)
CAPTION_END = re.compile(
    r"(?:活动|仪式|现场|合影|会议|大会|协议|比赛|大赛|演出|汇演|一角|一景|掠影|场景|风采|面貌|培训|典礼|启动|启用|揭牌|开幕式?|"
    r"慰问|调研|座谈会|竞赛|展示|留念|签约|座谈|讲解|宣讲|巡展|作用)[”’》）]*$"
)
_EVENT = "举行|举办|召开|开展|组织|参加|承办|慰问|走访|调研|看望|启动|表彰|签订"
EVENT_START = re.compile(f"(?:{_EVENT}|市.{{0,12}}(?:{_EVENT}))")
TITLE_BLOCK = re.compile(
    r"报告|总结|纪实|综述|计划|要点|规划|回眸|巡礼|公报|——|市长|州长|县长|区长|主席$|主任$|代表大会|人大|会议文件|会议上|人民政府$|秘书处"
    r"|^第?[一二三四五六七八九十]+次会议|[0-9〇○一二三四五六七八九十]{1,4}年.{0,8}[月日]$|附件|附：|说明$|解释$|目录$"
)
