"""What is told of one of two opposites is not told of the other."""

from __future__ import annotations

import pytest

from assistant.language.opposites import opposed


@pytest.mark.parametrize(
    ("asked", "told", "expected"),
    [
        ("城镇新增就业", "农村劳动力转移就业", True),
        ("进口多少", "出口总值", True),
        ("进口多少", "进出口总值", False),
        ("收入多少", "农村居民收入", False),
        ("城镇居民收入", "城镇、农村居民收入", False),
    ],
)
def test_opposites(asked: str, told: str, expected: bool) -> None:
    assert opposed(asked, told) is expected
