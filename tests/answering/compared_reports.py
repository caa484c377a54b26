"""Five small reports with invented figures, read by the real reader, for the tests of comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from assistant.answering.comparing.comparison import compare
from assistant.language.places import lookup
from assistant.models import Draft, Report
from assistant.question.understand import understand
from assistant.reading import read

TEXTS = (
    """保山市总工会2024年工作总结

2024年，全市新建职工驿站1326家。打造创业扶持品牌，培育省、市两级创业园46家，带动就业900人。建成市级工匠学院3家、县级工匠学院5家。
发展会员2.47万人，其中货车司机会员8300余人。培训职工5万人次，举办技能竞赛68场次。
市总工会与法院建立诉调对接机制，聘请专职调解员35名，调解劳动争议。
推荐省级劳动模范12人。疗休养活动惠及职工、劳模2600名。
开展义诊23场次，带动县区办活动60余场次，180家企业1.2万余名职工参加。慰问困难职工700余户。
评选市级职工优秀成果310项，带动职工取得成果12万余项。新就业形态劳动者群体建会90家，新增会员5200余人。
组织600名职工参加读书月活动。心理讲座惠及职工900名。发放助学金120万元，资助学生260名。
劳模讲课12场。组建女职工组织75家，慰问女职工310名。举办技术讲堂30场，线上线下参与职工5万人次。
设立法律服务工作站，提供法律援助90件。发放清凉物资900份。建成智能化健身屋36家，推荐最美健身屋50家，新建健身屋200家。
开展急救宣传活动40场，覆盖职工900人次；开展“急救进校园”宣传活动60场，受教育职工5000人次。新建母婴室150家。建成疗休养基地6个。
救助患病职工40户，发放救助金12万元。全市各级工会“党建+工会”精品课程22个；“团建+工会”精品课程70个。
开展劳动竞赛12场，承办省焊工职业技能竞赛，带动3万名产业工人参与岗位练兵。举办篮球联赛6场，承办省乒乓球联赛，带动800名职工参与健身。
""",
    """清远市总工会2024年工作总结

2024年，全市建成职工驿站274家。深化就业服务，累计培育县级以上创业园150家，吸纳就业1200人。获批省级工匠学院1家，建成市级工匠学院6家、县级工匠学院14家。
发展货车司机会员4100人。培训职工7万人次，举办技能竞赛152场次。
健全“工会+人社+司法”劳动争议多元化解机制，把调解劳动争议的窗口设到园区。
评选推荐全国劳动模范2人、省劳动模范30人。
开展义诊31场次，覆盖职工8600人。评选职工优秀成果49项，建成职工书屋示范点28家。新发展新就业形态劳动者会员6700人。
读书月活动惠及职工3400人次。心理讲座惠及职工700人次。发放助学金85万元。劳模讲课20场。举办技术讲堂18场，参与职工2万人次。
建设法律援助服务站8个，代理仲裁和诉讼案件140件。开展送清凉活动，筹集慰问资金60万元，慰问企业80家，发放高温津贴9万元。建设智能化健身屋12家。
开展急救宣传活动30场，覆盖职工700人次。选树普法示范基地32个。今后五年，新建母婴室80家。
发放各类帮扶救助资金50万元。发放劳模救助金7万元。精品课程35个。开展劳动竞赛8场，参与职工5万名。举办篮球联赛5场，参与职工500名。
""",
    """丽江市人民政府2024年工作报告

2024年，全市地区生产总值增长5.2%，跨境电商进出口增长31%。城镇新增就业2.1万人。粮食播种面积102万亩、产量32万吨。
2025年的主要预期目标是：地区生产总值增长6%，城镇新增就业2万人以上。
""",
    """曲靖市人民政府2024年工作报告

2024年，全年地区生产总值迈上3000亿元新台阶、达到4000亿元、增长4.8%，进出口总额120亿元。城镇新增就业4.4万人。粮食产量350万吨。
2025年的主要预期目标是：地区生产总值增长5.5%，城镇新增就业4万人以上。
""",
    """玉溪市人民政府2024年工作报告

2024年，全市地区生产总值2600亿元、增长3.9%。粮食产量稳定。
2025年的主要预期目标是：地区生产总值增长5%，城镇新增就业1.5万人以上。
""",
)


@cache
def reports() -> tuple[Report, ...]:
    """The reports in the order of TEXTS."""
    return tuple(read(f"{number}.txt", text.encode()) for number, text in enumerate(TEXTS, start=1))


@cache
def compared(text: str) -> Draft:
    """The comparison that a question gets over the reports of the cities that it names, or over all."""
    library = [place for report in reports() if (place := lookup(report.profile.city or "")) is not None]
    question = understand(text, library=library)
    named = {city.name for city in question.cities}
    asked = tuple(report for report in reports() if not named or report.profile.city in named)
    return compare(question, asked, _no_model)


def _no_model(_: str, texts: Sequence[str]) -> Sequence[float]:
    return [0.0] * len(texts)


TWO_YEARS = (
    "丽江市人民政府2022年工作报告\n\n2022年，全市地区生产总值增长3.1%。城镇新增就业1.8万人。\n",
    "丽江市人民政府2024年工作报告\n\n2024年，全市地区生产总值增长5.2%。城镇新增就业2.1万人。\n",
)


@cache
def compared_years(text: str) -> Draft:
    """What a question gets over two reports of one city."""
    found = tuple(read(f"{number}.txt", one.encode()) for number, one in enumerate(TWO_YEARS))
    place = lookup("丽江市")
    return compare(understand(text, library=[place] if place is not None else []), found, _no_model)
