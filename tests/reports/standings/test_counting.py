"""Every standing is counted, those nobody has too."""

from reports.standings.counting import standing_counts


def test_all_standings_stand_in_their_order():
    counted = standing_counts(["behind", "on_track", "behind"])
    assert [(one.key, one.number) for one in counted] == [
        ("on_track", 1),
        ("attention", 0),
        ("behind", 2),
        ("not_applicable", 0),
    ]
    assert [one.word for one in counted] == ["正常", "需关注", "未达标", "不适用"]
