"""Lines and spaces as the layout left them: sentences broken over lines, headings cut in two.

A line is joined with the next only where a sign says that its sentence goes on; a heading always
keeps a line of its own. Tables, lists, quoted blocks and the front matter are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from assistant.language.quantities import unit_words
from assistant.language.script import HAN
from assistant.language.words import cuts_word
from assistant.reports.offsets import Edit
from assistant.reports.remain_patterns import PRINT_EDGE
from assistant.reports.signs import CLAUSE, CLOSING, FINAL, HAN_CHAR, ends_sentence, is_numbered, unclosed

_LINE = re.compile(r"[^\n]+")
_FRONT_MATTER = re.compile(r"---\n.*?\n---(?:\n|$)", re.S)
_HUNG_NUMBERED = re.compile(
    r"[。！!] ?(?=(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。！？!?；;：:]{4,40}$)"
)
_JUMP_END = re.compile(r"[（(]?(?:上接|下转|紧接|紧转)[^）)\n]{1,6}[）)]?$")
_POINT_END = re.compile(r"[0-9][.,]$")
_NUMBER_REST = re.compile(r"[.．][0-9]|[%％‰℃]")
_DIGITS_OR_UNIT = re.compile(
    r"(?!(?:19|20)[0-9]{2} ?年)[0-9]|[余多]?(?:[万亿千百]|[个家名人户场次项件元年月日座所处条吨台套平公])"
)
_OPENS_YEAR = re.compile("(?:19|20)[0-9]{2}年")
_QUANTITY = re.compile("[0-9]+(?:[.][0-9]+)?(?:[万亿]|个百分点|[%％])")
_COUNT = re.compile(rf"[0-9]+(?:[.][0-9]+)?[余多]?[万亿千百]?(?:{unit_words(without='time')})")
_PLAIN_UNIT = re.compile("[年月日亿万元]|个百分点")
_LABEL_NUMBER = re.compile("(?:附件|附表|附录|专栏|表|图|注)[ 0-9]+$")
_OPEN_END = re.compile("(?<!目)的$")
_NO_START = re.compile(  # what no line begins with: it belongs to the word before
    "的(?!确|士)|了(?!解|却|然|不起)|之(?!所以|后|前|间|江)|性(?!别|能|命|质|格|侵)|们|及(?!时|早|格|第)|届(?!时|满)"
)
_LONGEST_HEADING = 48  # characters that a heading without a number has at most, in 1,464 reports
_WORD_CUT = 4  # characters that a line has at least whose last word may be cut
_OPENING = "“‘《（【"
_JUMP_LINE = re.compile(r"[（(](?:上接|下转|紧接|紧转|接)")
_EDGE_SPACE = re.compile(r"^[ \t\u3000]+|(?<![ \t\u3000])[ \t\u3000]+$", re.M)
_SHORT = 24  # characters of a rest that is too short to be a paragraph of its own
_HEADING_NUMBER = re.compile(r"(?P<bare>[一二三四五六七八九])、|（(?P<round>[一二三四五六七八九])）")
_SHORTEST_HEADING = 4
_HEADING = 24  # characters that half a heading has at most
_WRAPPED_SHARE = 0.3
_WIDER_SHARE = 0.03  # lines that marks hanging over the edge may make wider
_WRAPPED_LINES = 8  # lines from which wrapping can be told
_NARROWEST = 12  # characters of the narrowest column
_FULL_LINE = 0.85  # share of the width that a line fills at least, its indent and ragged edge aside
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?[0-9]{1,4}(?:\s*/\s*[0-9]{1,4})?(?:\s*页)?(?:[，,\s]*共\s*[0-9]+\s*页)?[-—–·\s]*"
)


class Line(NamedTuple):
    """A line that is not blank, with its place."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank, after the front matter."""
    front = _FRONT_MATTER.match(text)
    begin = front.end() if front else 0
    return [Line(m.start(), m.end(), m[0]) for m in _LINE.finditer(text, begin) if not m[0].isspace()]


def edge_space_edits(text: str) -> Iterator[Edit]:
    """Drop the indentation and the trailing spaces of lines."""
    return (Edit(m.start(), m.end(), "") for m in _EDGE_SPACE.finditer(text))


def heading_edits(text: str) -> Iterator[Edit]:
    """Give a heading that the layout hung behind a sentence its own line, and its second half.

    `…工作平台。 贴心服务`, line end, `情暖职工心` becomes a line of the sentence and a line of the
    heading, whose halves a space parts as in print.
    """
    lines = lines_of(text)
    done = -1
    for line, following in zip_longest(lines, lines[1:]):
        if merged := _merged_headings(line.text):
            yield from (Edit(line.start + at - 1, line.start + at, line.text[at - 1].strip() + "\n") for at in merged)
            continue
        hung = _HUNG_NUMBERED.search(line.text)
        if hung and line.start >= done and not is_table_or_mark(line.text):
            yield Edit(line.start + hung.start(), line.start + hung.end(), hung[0][0] + "\n")
            continue
        tail = _heading_tail(line.text)
        if tail is None or line.start < done:
            continue
        space = line.start + tail
        yield Edit(space - _spaces_before(line.text, tail), space, "\n")
        if following and _is_heading_half(following.text):
            yield Edit(line.end, following.start, " ")
            done = following.end


def _merged_headings(line: str) -> list[int]:
    """Where in a line of headings that follow on each other the second and later ones begin (（一）…（二）…)."""
    marks = [*_HEADING_NUMBER.finditer(line)]
    if len(marks) < 2 or marks[0].start() or any(mark in line for mark in "。；;！!？?"):
        return []
    numbers = [match["bare"] or match["round"] for match in marks]
    in_order = "".join(numbers) in "一二三四五六七八九"
    alike = len({bool(match["bare"]) for match in marks}) == 1
    bodies = [right.start() - left.end() for left, right in pairwise(marks)]
    return [match.start() for match in marks[1:]] if in_order and alike and min(bodies) >= _SHORTEST_HEADING else []


def broken_line_edits(text: str) -> Iterator[Edit]:
    """Join a line whose sentence goes on in the next line with that line, across a page number."""
    lines = lines_of(text)
    width = _wrap_width(lines)
    body = [line for line in lines if not (_PAGE_NUMBER.fullmatch(line.text) or PRINT_EDGE.fullmatch(line.text))]
    for line, following in pairwise(body if len(body) < len(lines) and width else lines):
        if _goes_on(line, following, width):
            between = " " if _both_latin(line.text[-1], following.text[0]) else ""
            yield Edit(line.end, following.start, between)


def _goes_on(line: Line, following: Line, width: int | None) -> bool:
    here, there = line.text.rstrip(), following.text.lstrip()
    if is_table_or_mark(here) or is_table_or_mark(there):
        return False
    if there[0] in "，。、；：！？”’》）" and not there.startswith("：") and not ends_sentence(here):
        return True
    if _POINT_END.search(here) and there[0].isdigit():
        return True
    if _is_broken_number(here, there):
        return True
    if here[-1] in FINAL or (ends_sentence(here) and not unclosed(here)) or is_numbered(there):
        return False
    if _JUMP_LINE.match(there) or _JUMP_END.search(here):
        return False
    if here[-1] in "，,、" or here[-1] in _OPENING:
        return True
    if here[-1] in "：:":
        return False
    touching = following.start - line.end <= 2
    if unclosed(here) and touching and (_closes(there) if is_numbered(here) else len(there) > 1):
        return True
    if _NO_START.match(there) and HAN_CHAR.match(here[-1]) and _is_running(there):
        return True
    if _leaves_open(here) or (len(here) >= _WORD_CUT and cuts_word(here, there)):
        return _is_running(there) or _is_short_rest(there)
    if "。" in here:  # a line with a whole sentence in it is no heading: its last sentence is broken
        return _is_running(there)
    if width is not None and _width(here) >= width * _FULL_LINE and not is_numbered(there):
        return True
    has_clauses = any(mark in here for mark in "，,；;")
    if has_clauses and not is_numbered(here) and _COUNT.match(there) and HAN_CHAR.match(here[-1]):
        return _is_running(there)  # 三年来，帮助, line end, 1200户
    if has_clauses and len(_last_sentence(here)) > _LONGEST_HEADING and not is_numbered(here):
        return _is_running(there)
    return has_clauses and not is_numbered(here) and _is_short_rest(there) and not _OPENS_YEAR.match(there)


def _is_broken_number(here: str, there: str) -> bool:
    """Whether a number of running text is cut, or parted from its sign or unit."""
    if not here[-1].isdigit() or not HAN_CHAR.search(here):
        return False
    if _NUMBER_REST.match(there):
        return True
    if is_numbered(there) or _LABEL_NUMBER.search(here) or not _is_running(there):
        return False
    runs = any(mark in here for mark in CLAUSE)
    return bool(_DIGITS_OR_UNIT.match(there) if runs else _PLAIN_UNIT.match(there) or _QUANTITY.match(there))


def _leaves_open(line: str) -> bool:
    """Whether a line ends with a word behind which another must come."""
    return bool(_OPEN_END.search(line))


def _last_sentence(line: str) -> str:
    return line[max(line.rfind(mark) for mark in FINAL) + 1 :]


def _closes(line: str) -> bool:
    """Whether a line closes a quotation or a bracket that was opened before it."""
    closings = ((line.find(opening), line.find(closing)) for opening, closing in ("“”", "《》", "（）", "【】"))
    return any(closing >= 0 and not 0 <= opening < closing for opening, closing in closings)


def is_table_or_mark(line: str) -> bool:
    """Whether a line belongs to a table, a heading mark, a rule, an image or bold heading."""
    return line.startswith(("|", "#", ">", "---", "===", "***", "![", "```", "- ", "* ", "+ ", "<!--")) or (
        line.startswith("**") and line.endswith("**")
    )


def _is_running(line: str) -> bool:
    """Whether a line reads like running text and not like a heading or a caption."""
    return ends_sentence(line) or "。" in line or any(mark in line for mark in "，,；;")


def _is_short_rest(line: str) -> bool:
    """Whether a line is one short sentence, as the rest of a broken one is."""
    return len(line) <= _SHORT and line[-1] in FINAL and sum(mark in "。！!" for mark in line) <= 1


def _heading_tail(line: str) -> int | None:
    """Where a heading begins behind the last sentence of the line, parted by a space."""
    match = re.search(rf"(?<=[。！!])[”」』]? +(?=(?:[{HAN}“‘《]|[0-9]{{4}}年)[^。！!？?，,；;：:、]*$)", line)
    if not match or is_table_or_mark(line):
        return None
    tail = line[match.end() :]
    if len(tail) > _HEADING:
        return None
    return match.end()


def _spaces_before(line: str, at: int) -> int:
    return at - len(line[:at].rstrip(" "))


def _is_heading_half(line: str) -> bool:
    return (
        len(line) <= _HEADING
        and not is_numbered(line)
        and not is_table_or_mark(line)
        and not any(mark in CLAUSE for mark in line.rstrip(CLOSING))
    )


def _both_latin(left: str, right: str) -> bool:
    """Whether a word ends here and another begins; two digits are one number, broken."""
    both = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
    return both and not (left.isdigit() and right.isdigit())


def _wrap_width(lines: list[Line]) -> int | None:
    """The width at which a text is hard-wrapped (as by a PDF), or None where it is not.

    A text counts as wrapped where a good share of its lines are running text of about the same
    width and hardly any line is wider. The unit is a Han character; ASCII takes half of it.
    """
    widths = {line.start: _width(line.text) for line in lines if not is_table_or_mark(line.text)}
    running = Counter(
        widths[line.start] for line in lines if widths.get(line.start, 0) >= _NARROWEST and _runs(line.text)
    )
    if len(widths) < _WRAPPED_LINES or not running:
        return None

    def near(width: int) -> int:
        return sum(running[width - less] for less in range(_ragged(width) + 1))

    best = max(running, key=lambda width: (near(width), width))
    wider = sum(width > best + _ragged(best) for width in widths.values())
    wrapped = near(best) >= _WRAPPED_SHARE * len(widths) and wider <= _WIDER_SHARE * len(widths)
    return best if wrapped else None


def _runs(line: str) -> bool:
    return any(mark in line for mark in "，、。；,;")


def _ragged(width: int) -> int:
    """How many characters a full line may be short of the width."""
    return max(2, width // 12)


def _width(line: str) -> int:
    narrow = sum(char < "\u0100" for char in line.rstrip())
    return len(line.rstrip()) - narrow // 2
