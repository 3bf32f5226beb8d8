from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from image_files import kinds, write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.scan import FoundImage, ScanResult, scan
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import Split


def read(folder: Path, text: str | bytes) -> ScanResult:
    data = text if isinstance(text, bytes) else text.encode()
    return scan(write(folder / "images.csv", data), control=Control())


def test_columns_in_any_order_with_split_and_group(tmp_path: Path) -> None:
    result = read(tmp_path, "Label,path,group,split\ncat,a/1.jpg,p1,train\ndog,b.png,,Validation\ndog,c.png,p2,\n")
    assert result.root == tmp_path
    assert result.images == (
        FoundImage("a/1.jpg", "cat", Split.TRAIN, "p1"),
        FoundImage("b.png", "dog", Split.VAL, ""),
        FoundImage("c.png", "dog", None, "p2"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "path;label\r\n1.jpg;cat\r\n",
        "path;label;;\r\n1.jpg;cat;;\r\n;;;\r\n",
        "sep=;\r\npath;label\r\n1.jpg;cat\r\n",
        "SEP=,\npath,label\n1.jpg,cat\n",
        "path\tlabel\n1.jpg\tcat\n",
        "path\tlabel\r\n1.jpg\tcat\r\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "path;label\r\n1.jpg;cat\r\n".encode("utf-16-be"),
        b"\xef\xbb\xbfpath,label\n1.jpg,cat\n",
        b"\xef\xbb\xbfpath;label\r\n1.jpg;cat\r\n",
        "path,label\n\n./1.jpg,cat",
        "\n\n Path , LABEL \n1.jpg,cat\n",
        "path,label\r1.jpg,cat\r",
    ],
)
def test_excel_forms_are_understood(tmp_path: Path, text: str | bytes) -> None:
    assert read(tmp_path, text).images == (FoundImage("1.jpg", "cat"),)


def test_e10_quotes_commas_line_breaks_and_formulas_are_plain_text(tmp_path: Path) -> None:
    text = 'path,label\n"a, b.jpg","say ""hi"""\n"new\nline.jpg",=cmd()\n2.jpg,\'=1+1\n3.jpg,\'quoted\n'
    result = read(tmp_path, text)
    assert {image.path: image.label for image in result.images} == {
        "a, b.jpg": 'say "hi"',
        "new\nline.jpg": "=cmd()",
        "2.jpg": "=1+1",
        "3.jpg": "'quoted",
    }


def test_a_repeated_row_is_noted_and_a_contradiction_refused(tmp_path: Path) -> None:
    result = read(tmp_path, "path,label\n1.jpg,cat\n1.jpg,cat\n2.jpg,dog\n")
    assert len(result.images) == 2
    assert kinds(result) == {"repeated_row"}
    with pytest.raises(InputError, match=r"line 3 .* another label"):
        read(tmp_path, "path,label\n1.jpg,cat\n1.jpg,dog\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("sep=;\n", "is empty"),
        ("file,class\n1.jpg,cat\n", "lacks the columns path and label: its first line is 'file, class'"),
        ("path;class\n1.jpg;cat\n", "lacks the column 'label': its first line is 'path, class'"),
        ("1.jpg,cat\n2.jpg,dog\n", "lacks the columns path and label"),
        ("x" * 100_000, r"its first line is 'x{80}'\."),
        ("path,label,Label\n1.jpg,cat,cat\n", "two columns called 'label'"),
        ("path;label;path\n1.jpg;cat;2.jpg\n", "two columns called 'path'"),
        ("path,label\n", "names no image"),
        ("path,label\n1.jpg\n", r"Line 2 .*\(values: 1, columns: 2\)"),
        ("path,label\na,b.jpg,cat\n", r"Line 2 .*\(values: 3, columns: 2\)"),
        ("path,label\n1.jpg,\n", "label in line 2 .* is empty"),
        ("path,label,split\n1.jpg,cat,holdout\n", "split 'holdout' in line 2"),
        ('path,label\n"1.jpg,cat\n', "Line 2 .* cannot be read"),
        (b"path,label\n\xff\xfe,cat\n", "not UTF-8 text: see line 2"),
        ("path;label\r\n1.jpg;G\u00e4nse\r\n".encode("cp1252"), "not UTF-8 text: see line 2"),
        (b"\xff\xfep\0a", "not UTF-8"),
        ("path,label\n1.jpg,cat\n".encode("utf-16-le"), "not a text file"),
        (b"PK\x03\x04\x14\0", "workbook of a spread-sheet program"),
        (b"path,label\n\0,cat\n", "not a text file"),
    ],
)
def test_bad_tables_are_refused_with_the_line(tmp_path: Path, text: str | bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(tmp_path, text)
