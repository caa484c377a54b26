"""Page remains: recognised by their kind, kept in the text, and no sentence of a report among them."""

from __future__ import annotations

import pytest

from assistant.reports.repair import repair

REPORT = "全市各级工会围绕中心、服务大局，建成工会驿站1019家，服务户外劳动者42.7万余人。\n"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("首页 > 新闻中心 > 工会动态 正文", "navigation"),
        ("您现在的位置：首页>>工作动态", "navigation"),
        ("上一篇：某市总工会召开会议", "navigation"),
        ("返回搜狐，查看更多", "navigation"),
        ("相关阅读", "navigation"),
        ("时间：2023-05-09 09:22:18 阅读：12 评论：0 作者：佚名", "page data"),
        ("发布时间：2024-01-02 来源：某市总工会 浏览次数：331", "page data"),
        ("2014年1月6日印发", "page data"),
        ("记者 王小明 通讯员 李大伟", "byline"),
        ("某某晚报·某某记者赵一鸣", "byline"),
        ("（记者张三 通讯员李四）", "byline"),
        ("编辑：李婷", "byline"),
        ("责任编辑：王五 审核：赵六", "byline"),
        ("（某某日报）", "byline"),
        ("评论列表", "comments"),
        ("发表评论：", "comments"),
        ("我要评论", "comments"),
        ("版权所有：某某新闻网 未经授权不得转载", "copyright"),
        ("平台声明：该文观点仅代表作者本人", "copyright"),
        ("各大应用市场下载某某APP，24小时记者在线等你来报料！", "advertising"),
        ("长按识别二维码，关注我们的公众号", "advertising"),
        ("（本版部分图片为资料片）", "caption"),
        ("图为活动现场", "caption"),
        ("图为某市总工会开展送清凉活动。", "caption"),
        ("阅读全文", "navigation"),
        ("3条评论", "comments"),
        ("评论 12条", "comments"),
    ],
)
def test_a_line_of_the_page_around_a_report_is_marked_with_its_kind(line: str, kind: str) -> None:
    repaired = repair(REPORT + "\n" + line + "\n\n" + REPORT)
    assert [remain.kind for remain in repaired.remains] == [kind]
    assert repaired.remains[0].span.of(repaired.text).replace(" ", "") == line.replace(" ", "")


@pytest.mark.parametrize(
    "line",
    [
        "推动政务服务“一网通办”，扫码可得的公共法律服务体系覆盖全市。",
        "微信公众号关注人数达12万人，全市职工下载App3.4万次。",
        "坚持“上接天线、下接地气”，把工作做到职工心坎上。",
        "实现扫码收费、精细管理，提高停车服务智能化水平。",
        "记者站、通讯员队伍建设不断加强，刊发信息225篇。",
        "一、加强党的建设",
        "加强党的建设 发挥政治优势",
        "主动融入大局",
        "市长 李强",
        "| 指标 | 2023年 |",
        "来源于基层的典型经验得到推广，编辑出版职工读物12种。",
        "新建职工书屋5家，返还小微企业工会经费476.4万元。",
    ],
)
def test_a_line_of_the_report_itself_is_no_remain(line: str) -> None:
    assert repair(REPORT + line + "\n" + REPORT).remains == ()


def test_jumps_are_marked_inside_a_paragraph() -> None:
    repaired = repair("增长6%。（下转第三版） （上接A1版）战略性产业增加值增长8%。")
    assert [(r.kind, r.span.of(repaired.text)) for r in repaired.remains] == [
        ("jump", "（下转第三版）"),
        ("jump", "（上接A1版）"),
    ]


def test_picture_captions_before_and_after_the_text_are_marked() -> None:
    captions = "举行首届最美工人发布仪式\n召开行业工会成立大会\n举办职工知识竞赛\n参加职工运动会拔河比赛\n"
    repaired = repair(captions + REPORT + "某县工会开展送健康活动\n某县暖心驿站一角")
    assert [remain.kind for remain in repaired.remains] == ["caption"] * 6


def test_a_title_block_is_no_caption() -> None:
    title = "政府工作报告\n\n——2024年1月5日在市第八届人民代表大会第一次会议上\n\n某市人民政府市长\n\n各位代表：\n\n"
    assert repair(title + REPORT).remains == ()


def test_a_publisher_behind_the_last_sentence_is_a_byline() -> None:
    repaired = repair(REPORT + "全市工会为建设现代化强市做出贡献！某工宣")
    assert [(r.kind, r.span.of(repaired.text)) for r in repaired.remains] == [("byline", "某工宣")]


def test_a_title_that_is_printed_twice_is_marked_once() -> None:
    repaired = repair("某市总工会2024年工作报告\n某市总工会2024年工作报告\n" + REPORT)
    assert [(r.kind, r.span.start) for r in repaired.remains] == [("doubled title", 15)]


def test_a_markup_comment_is_a_remain() -> None:
    repaired = repair("<!-- 市长作政府工作报告。 -->\n\n" + REPORT)
    assert [remain.kind for remain in repaired.remains] == ["comment"]


def test_a_dateline_is_marked_without_its_sentence() -> None:
    repaired = repair("本报讯（记者 王小明）全市工会驿站建成1019家，服务职工。")
    assert [(r.kind, r.span.of(repaired.text)) for r in repaired.remains] == [("dateline", "本报讯（记者 王小明）")]


LONG = "".join(f"{REPORT[:-1]}这是第{n}项工作。\n" for n in range(3))
COMMENTS = "网友评论\n张三：写得好。\n李四：建成驿站30家够吗？\n"


def test_what_readers_wrote_below_a_report_is_no_part_of_it() -> None:
    repaired = repair(LONG + COMMENTS)
    assert [remain.kind for remain in repaired.remains] == ["comments"] * 3


@pytest.mark.parametrize("following", [LONG, "一、加强党的建设\n"])
def test_a_report_that_goes_on_below_the_word_comments_is_not_taken_for_comments(following: str) -> None:
    repaired = repair(LONG + "网友评论\n" + following)
    assert [remain.span.of(repaired.text) for remain in repaired.remains] == ["网友评论"]
