import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.spreadsheets.names import Named, read_names

REASONS = {"病假", "事假", "因公出差"}
surnames = st.text(alphabet="甲乙丙丁戊己庚辛壬癸", min_size=2, max_size=4)


def names(text):
    return [(one.name, one.remark) for one in read_names(text, lambda word: word in REASONS)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("李甲、王乙", [("李甲", ""), ("王乙", "")]),
        (
            "李甲，王乙,陈丙；赵丁;孙戊",
            [(name, "") for name in ("李甲", "王乙", "陈丙", "赵丁", "孙戊")],
        ),
        ("李甲\n王乙", [("李甲", ""), ("王乙", "")]),
        ("李甲（出差）", [("李甲", "出差")]),
        ("王乙(镇长)", [("王乙", "镇长")]),
        ("李甲(事假) 王乙(病假)", [("李甲", "事假"), ("王乙", "病假")]),
        ("李甲（到县里开会、未归）、王乙", [("李甲", "到县里开会、未归"), ("王乙", "")]),
        ("李甲：因公出差；王乙：病假", [("李甲", "因公出差"), ("王乙", "病假")]),
        ("病假：李甲、王乙；事假：陈丙", [("李甲", "病假"), ("王乙", "病假"), ("陈丙", "事假")]),
        ("李　甲、王乙丙", [("李甲", ""), ("王乙丙", "")]),
        ("李 甲（病假）、王乙", [("李甲", "病假"), ("王乙", "")]),
        ("1.李甲 2.王乙", [("李甲", ""), ("王乙", "")]),
        ("2人（李甲病假、王乙）", [("李甲病假", ""), ("王乙", "")]),
        ("2人", [("2人", "")]),
        ("李甲、王乙。", [("李甲", ""), ("王乙", "")]),
    ],
)
def test_lists_as_clerks_write_them(text, people):
    assert names(text) == people


@pytest.mark.parametrize("text", [None, "", "无", "—", "－", "/", "无人请假", " 无 ", "全勤", 0])
def test_nobody(text):
    assert read_names(text) == []


@given(people=st.lists(surnames, min_size=1, max_size=8), sign=st.sampled_from("、，,；;\n"))
def test_any_list_reads_back(people, sign):
    assert read_names(sign.join(people)) == [Named(name) for name in people]
