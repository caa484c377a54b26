"""What was done about a topic is told point by point; plans only where plans are asked; difficulties by their list.

And captions of pictures: told as captions, and only where the text itself is silent.
"""

from __future__ import annotations

import pytest

from tests.answering.asking import answered

RIDERS = """一、骑手服务扎实有效
市总工会在骑手集中的12个商圈建成充电换电点36处。为骑手免费体检2100人次，赠送意外保险1800份。\
与平台企业签订集体合同9份，覆盖骑手4200人。

二、就业工作
举办招聘会41场，提供岗位1.6万个。

三、下一步打算
计划明年为骑手再建充电换电点50处。
"""
TROUBLES = """一、主要工作
举办招聘会41场，提供岗位1.6万个。服务困难职工1200户，解决就业问题86件。

二、存在的问题
工作中还存在一些困难，主要有：小微企业建会难度大；基层工会干部流动过快；骑手会员的联系渠道少。
"""
PICTURES = """# 举办“班前一刻钟”安全课堂现场
举行首届焊工比武颁奖仪式
组织职工环湖健步走活动

保山市总工会2024年工作总结

一、主要工作
2024年，保山市总工会举办招聘会41场，提供岗位1.6万个，组织劳动竞赛68场，参与职工1.9万人次。
"""


@pytest.mark.parametrize("text", ["保山为骑手做了哪些工作？", "保山在骑手服务上有什么举措？", "介绍一下保山的骑手服务"])
def test_deeds_are_told_point_by_point_and_plans_left_out(text: str) -> None:
    draft = answered(text, RIDERS)
    assert [one.quote for one in draft.citations] == [
        "市总工会在骑手集中的12个商圈建成充电换电点36处",
        "为骑手免费体检2100人次，赠送意外保险1800份",
        "与平台企业签订集体合同9份，覆盖骑手4200人",
    ]
    assert all(f"”[{one.n}]" in draft.text for one in draft.citations)


def test_who_asks_for_plans_is_told_them_as_plans() -> None:
    draft = answered("保山明年打算为骑手做些什么？", RIDERS)
    assert [one.quote for one in draft.citations if one.kind == "target"] == ["计划明年为骑手再建充电换电点50处"]


@pytest.mark.parametrize("text", ["保山的工会工作有哪些困难？", "保山还存在什么问题？", "保山的短板有哪些？"])
def test_difficulties_are_the_list_behind_their_naming(text: str) -> None:
    quotes = [one.quote for one in answered(text, TROUBLES).citations]
    assert len(quotes) == 3
    assert quotes[0].endswith("小微企业建会难度大")
    assert quotes[1:] == ["基层工会干部流动过快", "骑手会员的联系渠道少"]


def test_one_fact_is_no_overview() -> None:
    draft = answered("保山办了多少场招聘会？", RIDERS)
    assert [figure.text for figure in draft.figures] == ["41场"]
    assert "- “" not in draft.text


def test_a_caption_is_told_as_a_caption_and_not_as_an_answer_of_the_text() -> None:
    draft = answered("保山的“班前一刻钟”安全课堂是什么？", PICTURES)
    assert draft.status == "partial"
    assert draft.text == ("保山市的报告正文没有说到，页面上的一条图片说明写着：“举办“班前一刻钟”安全课堂现场”[1]。")
    [source] = draft.citations
    assert source.quote == "举办“班前一刻钟”安全课堂现场"


def test_where_the_text_says_it_the_caption_is_left_out() -> None:
    body = PICTURES.replace("一、主要工作\n", "一、主要工作\n各车间开设“班前一刻钟”安全课堂260堂，讲规程、讲事故。")
    draft = answered("保山的“班前一刻钟”安全课堂是什么？", body)
    assert draft.status == "answered"
    assert "图片说明" not in draft.text
    assert "260堂" in draft.citations[0].quote


def test_a_caption_that_only_shares_a_word_with_the_question_is_not_told() -> None:
    draft = answered("保山的深夜食堂是什么？", PICTURES)
    assert draft.status == "not_found" and not draft.citations


def test_a_short_sentence_that_opens_a_paragraph_is_its_title_and_no_deed() -> None:
    body = "做实维权服务工作。建立监督委员会103个。慰问困难职工735户。举办招聘会25场，1160人就业。"
    quotes = [one.quote for one in answered("保山维权做了什么？", body).citations]
    assert quotes == ["建立监督委员会103个", "慰问困难职工735户", "举办招聘会25场，1160人就业"]


def test_who_asks_which_ones_is_told_the_clause_that_lists_them() -> None:
    body = "积极构建“四位一体”格局，建立市、县两级中心，通过培训、推广、交流、考核，帮助基层。"
    assert "培训、推广、交流、考核" in answered("保山“四位一体”格局是哪四位？", body).text
