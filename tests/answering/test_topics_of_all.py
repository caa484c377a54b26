"""A topic asked of all cities: a line for each that tells of it, whatever it calls it, and none about anything else."""

from __future__ import annotations

import re

import pytest

from tests.answering.asking import answered

JOBS = (
    "举办招聘会41场，归集岗位1.6万个。",
    "带动就业3000余人，开设园区夜市2处。",
    "立足岗位开展练兵，坚守岗位的职工受到慰问。",
)
ONLINE = (
    "工会文化宫抖音号发布视频86个。",
    "加强“智慧工会”建设，线上入会5.2万人。",
    "举办职工书画展12场，展出作品300件。",
)
CADRES = (
    "举办“晨光讲堂”36期，工会干部本领得到锤炼。",
    "组织职工技能培训91场，培训职工1.2万人次。",
    "完善工会干部培训机制，轮训基层工会干部800人。",
)


def named(text: str, *bodies: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", answered(text, *bodies).text)


@pytest.mark.parametrize(
    "text", ["各市怎么帮职工找工作？", "How do the unions help workers find jobs?", "哪些城市提到了就业服务？"]
)
def test_help_to_find_work_is_told_by_what_is_done_for_it(text: str) -> None:
    assert len(named(text, *JOBS)) == 2


def test_who_offers_jobs_is_not_told_of_those_who_stay_on_theirs() -> None:
    assert named("哪些城市提供了岗位？", *JOBS) == ["保山市"]


@pytest.mark.parametrize(
    "text", ["What does each of the three unions do online or digitally?", "各市工会在数字化方面做了什么？"]
)
def test_what_is_done_online_has_many_names(text: str) -> None:
    assert len(named(text, *ONLINE)) == 2


def test_a_part_of_a_broad_topic_is_not_all_of_it() -> None:
    assert named("哪些城市开展了线上培训？", *ONLINE) == []


@pytest.mark.parametrize("text", ["各市怎么培训工会干部？", "How do the unions train their cadres?"])
def test_training_of_cadres_is_no_training_of_workers(text: str) -> None:
    assert len(named(text, *CADRES)) == 2


def test_a_topic_asked_of_no_city_is_told_of_each_that_speaks_of_it() -> None:
    bodies = ("建成妈妈小屋16个。", "为女职工开展“两癌”筛查900人次。", "举办焊工比武12场。")
    assert named("我想了解一下女职工权益保护", *bodies) == ["保山市", "清远市"]


def test_what_leads_up_to_the_question_need_not_be_printed() -> None:
    bodies = ("开办暑托班8个，惠及职工子女200余人。", "资助职工子女300名。", "举办焊工比武12场。")
    assert named("学校放暑假了，双职工家庭的娃没人看，哪些城市办了托管班？", *bodies) == ["保山市"]


def test_what_leads_up_to_it_counts_where_a_report_prints_it() -> None:
    bodies = ("为骑手建立预警机制。", "建立欠薪预警机制。", "举办焊工比武12场。")
    assert named("农民工最怕欠薪，哪些城市建立了预警机制？", *bodies) == ["清远市"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("哪些城市要创5A景区？", "望江楼景区争取通过5A验收。"),
        ("哪些城市实现了奥运金牌零的突破？", "竞技体育实现奥运金牌零突破。"),
        ("老楼加装电梯，哪些城市提到了？", "既有住宅增设电梯182部。"),
        ("哪些城市在建抽水蓄能电站？", "加快云台抽水蓄能、城北热电等项目建设。"),
    ],
)
def test_other_wordings_are_met(text: str, said: str) -> None:
    assert named(text, said, "新建3A级景区2家、变电站3座，改造老旧小区45个，金牌讲解员辈出。") == ["保山市"]


def test_of_several_cities_named_those_that_say_it_are_told() -> None:
    bodies = ("建成工匠学院3家。", "举办焊工比武12场。", "建成工匠学院1家。")
    assert named("保山、清远这两个市，哪些市有工匠学院？", *bodies) == ["保山市"]


def test_the_words_of_somebody_are_no_line_about_what_is_done() -> None:
    bodies = ("“在驿站能吃口热饭。”在路边驿站休息的司机李师傅说。建成驿站280家。", "建成驿站12家。")
    draft = answered("各市的工会驿站做了什么？", *bodies)
    assert [one.quote for one in draft.citations] == ["建成驿站280家", "建成驿站12家"]


@pytest.mark.parametrize("text", ["哪些城市办了职工夜校、读书会？", "哪些城市有职工夜校或者读书会？"])
def test_of_things_listed_any_one_is_reason_enough(text: str) -> None:
    assert named(text, "开办职工夜校9所。", "举办读书会30场。", "举办焊工比武12场。") == ["保山市", "清远市"]


def test_two_doings_of_one_thing_are_no_two_things() -> None:
    bodies = ("获评国家森林城市。", "创建职工之家20家。", "力争创建国家森林城市。")
    assert named("哪些城市获评国家森林城市或者在创建？", *bodies) == ["保山市", "丽江市"]


def test_insurance_is_no_care_for_the_old() -> None:
    bodies = ("基本养老、医疗保险参保率分别达到96.4%和99.6%。", "新增养老床位1200张。", "建成日间照料中心6个。")
    assert named("各城市在养老服务方面做了什么？", *bodies) == ["清远市", "丽江市"]


def test_how_two_groups_are_cared_for_is_told_in_words() -> None:
    bodies = ("为外卖骑手赠送意外险8200份。", "建成司机之家6个，为货车司机体检900人次。", "举办焊工比武12场。")
    assert named("各市工会都怎么关心外卖骑手和货车司机？", *bodies) == ["保山市", "清远市"]


def test_what_is_being_built_is_asked_by_its_name() -> None:
    assert named("哪些城市在建充电桩？", "加快充电桩等设施建设。", "新建变电站3座。") == ["保山市"]


def test_a_title_is_no_line_where_the_text_tells_more() -> None:
    body = "一、主要工作\n提高服务水平。打造劳动竞赛平台。围绕重点工程开展劳动竞赛68场，参与职工1.9万人次。"
    draft = answered("各市怎么搞劳动竞赛？", body, "开展劳动竞赛12场。")
    assert "68场" in draft.citations[0].quote


@pytest.mark.parametrize(
    ("text", "told"), [("哪些城市的财政收入下降了？", "清远市"), ("哪些城市的财政收入是增长的？", "保山市")]
)
def test_who_asks_what_fell_is_not_told_what_rose(text: str, told: str) -> None:
    bodies = ("财政收入增长2.2%，进出口总额下降1.3%。", "财政收入同口径下降11.2%。", "举办焊工比武12场。")
    assert named(text, *bodies) == [told]


def test_a_rate_is_not_held_against_an_amount() -> None:
    bodies = ("地区生产总值3127.8亿元，增长7%。", "地区生产总值增长5.1%。", "地区生产总值520亿元。")
    draft = answered("哪些城市地区生产总值超过2000亿？", *bodies)
    assert re.findall(r"\*\*(.+?)\*\*", draft.text)[:1] == ["3127.8亿元"] and "5.1%" not in draft.text
