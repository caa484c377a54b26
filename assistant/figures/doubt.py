"""Says where a readable figure cannot well be true, by rules of scale; it never corrects one.

The rules know nothing about single reports: they compare a figure with what a place of its level
can hold, and a share with the whole. Parts are not compared with their whole: in reports a part
often counts another thing (托育机构37家，其中托位1080个) or grows faster than the whole.
"""

from __future__ import annotations

import re

# Most households and people that any Chinese place of a level has (census of 2020, rounded up well:
# the largest prefecture-level city has 21 million people and 9 million households).
_MOST_HOUSEHOLDS = {"province": 60_000_000, "prefecture": 12_000_000, "county": 2_000_000, "district": 3_000_000}
_MOST_PEOPLE = {"province": 150_000_000, "prefecture": 40_000_000, "county": 6_000_000, "district": 10_000_000}
_BOUNDED_RATE = re.compile(
    r"(?:覆盖|成功|满意|办结|合格|达标|普及|入会|建会|建制|签订|及格|优良|知晓|参保|参与|回复|按时办结|安全|处置|整改|落实|保障|结案)率$|占比$|比重$"
)


def doubt_about(label: str, value: float | None, unit: str, level: str | None) -> str | None:
    """The name of the rule that a figure breaks, or None.

    `more_households_than_a_city_has`, `more_people_than_a_city_has` and `share_above_100`.
    """
    if value is None:
        return None
    place = level or "prefecture"
    if unit == "户" and value > _MOST_HOUSEHOLDS.get(place, 12_000_000):
        return "more_households_than_a_city_has"
    if unit in ("人", "名", "位") and value > _MOST_PEOPLE.get(place, 40_000_000):
        return "more_people_than_a_city_has"
    if unit == "%" and value > 100 and _BOUNDED_RATE.search(label):
        return "share_above_100"
    return None
