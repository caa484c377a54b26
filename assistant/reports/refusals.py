"""The sentences with which a file is refused: what is wrong with it and what to do next.

One function a reason, so that the same reason is always told in the same words.
"""

from __future__ import annotations

import struct
import zlib

from assistant.errors import ReportRefused

PARSER_ERRORS = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RuntimeError, OSError, EOFError,
    SyntaxError, zlib.error, struct.error,
)  # fmt: skip
"""What pypdf, python-docx, zipfile and lxml raise on broken files besides errors of their own (found by breaking some)."""

READABLE = "txt, md, html, docx, pdf"


def empty(name: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} is empty: there is no text in it. Check the file and add it again.",
        zh=f"{name} 是空文件，没有任何文字。请检查文件后重新添加。",
    )


def too_large(name: str, size: int, limit: int) -> ReportRefused:
    return ReportRefused(
        en=f"{name} has {size / 1e6:.0f} MB; at most {limit / 1e6:.0f} MB can be read. Split it and add the parts.",
        zh=f"{name} 有 {size / 1e6:.0f} MB，最多只能读取 {limit / 1e6:.0f} MB。请拆分后再添加。",
    )


def too_long(name: str, characters: int, limit: int) -> ReportRefused:
    return ReportRefused(
        en=f"{name} holds {characters:,} characters of text; at most {limit:,} can be read. Split it and add the parts.",
        zh=f"{name} 有 {characters:,} 字，最多只能读取 {limit:,} 字。请拆分后再添加。",
    )


def too_slow(name: str, done: int, pages: int) -> ReportRefused:
    return ReportRefused(
        en=f"{name} takes too long: only {done} of its {pages} pages were read. Save it anew, or add it as {READABLE}.",
        zh=f"{name} 读取时间过长，{pages} 页只读了 {done} 页。请另存一份，或以 {READABLE} 格式添加。",
    )


def exhausting(name: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} takes more time or memory to read than a report may. Save it anew, or add it as {READABLE}.",
        zh=f"读取 {name} 所需的时间或内存超出报告应有的范围，已停止读取。请另存一份，或以 {READABLE} 格式添加。",
    )


def no_process(name: str, why: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} could not be read: the process that reads it did not run ({why}). Try again, or add it as txt.",
        zh=f"无法读取 {name}：读取文件的进程没有运行（{why}）。请重试，或以 txt 格式添加。",
    )


def image(name: str, kind: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} is an image ({kind}), not text. Recognise its text (OCR) first and add the result as {READABLE}.",
        zh=f"{name} 是图片（{kind}），没有文字。请先做文字识别（OCR），再以 {READABLE} 格式添加。",
    )


def scanned(name: str, pages: int) -> ReportRefused:
    return ReportRefused(
        en=f"{name} has {pages} pages but no text: it is a scan. Recognise its text (OCR) first and add the result.",
        zh=f"{name} 共 {pages} 页，但没有文字，是扫描件。请先做文字识别（OCR），再添加识别后的文件。",
    )


def encrypted(name: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} is encrypted. Open it with its password, save a copy without one, and add the copy.",
        zh=f"{name} 已加密。请用密码打开，另存为不加密的文件后再添加。",
    )


def damaged(name: str, what: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} is a damaged {what} file and cannot be opened. Get it again from its source, or save it anew.",
        zh=f"{name} 是损坏的 {what} 文件，无法打开。请重新下载，或另存一份后再添加。",
    )


def unsupported(name: str, what: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} is a {what} file, which cannot be read. Save it as one of {READABLE} and add that.",
        zh=f"{name} 是 {what} 文件，无法读取。请另存为 {READABLE} 之一后再添加。",
    )


def archive(name: str, what: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} is an archive ({what}). Unpack it and add the files in it ({READABLE}).",
        zh=f"{name} 是压缩包（{what}）。请解压后添加其中的文件（{READABLE}）。",
    )


def not_text(name: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} is no text in any encoding that is known here. Save it as UTF-8 text and add it again.",
        zh=f"{name} 不是可识别编码的文本。请另存为 UTF-8 文本后重新添加。",
    )


def unreadable_font(name: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} shows text, but its fonts do not say which characters. Use a docx or html of it, or OCR.",
        zh=f"{name} 的字体没有字符对照表，取不出文字。请改用 docx 或 html 版本，或先做文字识别（OCR）。",
    )


def bomb(name: str) -> ReportRefused:
    return ReportRefused(
        en=f"{name} unpacks to far more than a report can hold and is not opened. Save it anew as {READABLE}.",
        zh=f"{name} 解压后体积异常，出于安全没有打开。请另存为 {READABLE} 之一后再添加。",
    )
