"""What a ledger's columns are called."""

from units.spreadsheets.tables import Column

LEDGER_COLUMNS = (
    Column(
        "date",
        (
            "学习时间",
            "时间",
            "日期",
            "学习日期",
            "集中学习时间",
            "活动时间",
            "会议时间",
            "召开时间",
        ),
        required=True,
    ),
    Column(
        "theme",
        (
            "学习主题",
            "主题",
            "议题",
            "学习议题",
            "学习专题",
            "专题",
            "主要议题",
            "主题内容",
            "学习内容",
            "主要内容",
            "内容",
            "学习内容及议题",
        ),
        required=True,
    ),
    Column("content", ("学习内容", "主要内容", "内容", "内容摘要")),
    Column(
        "form",
        ("学习形式", "形式", "学习方式", "方式", "活动形式", "学习类型", "类型"),
        required=True,
    ),
    Column("half_days", ("会期(半天)", "半天数", "时长(半天)")),
    Column("days", ("会期(天)", "会期", "天数", "学习天数", "时长(天)", "会期天数")),
    Column("place", ("学习地点", "地点", "会议地点", "活动地点")),
    Column("chair", ("主持人", "主持", "主持人员", "会议主持", "主持领导")),
    Column(
        "lecturer", ("授课人", "主讲人", "授课(领学)人", "领学人", "辅导人", "授课专家", "主讲")
    ),
    Column(
        "due",
        ("应到", "应到人数", "应参加人数", "应参学人数", "应到会人数", "应出席", "应出席人数"),
    ),
    Column(
        "present",
        (
            "实到",
            "实到人数",
            "实际参加人数",
            "参加人数",
            "出席人数",
            "到会人数",
            "参学人数",
            "参会人数",
            "实到会人数",
            "实出席",
        ),
    ),
    Column(
        "attendees",
        (
            "到会人员",
            "参加人员",
            "出席人员",
            "参会人员",
            "实到人员",
            "参学人员",
            "到会成员",
            "出席成员",
        ),
    ),
    Column(
        "absentees",
        (
            "缺席人员及原因",
            "未到会人员及原因",
            "请假人员及原因",
            "缺席人员",
            "未到会人员",
            "未到人员",
            "未到人员及原因",
            "缺席",
            "缺勤人员",
            "缺勤人员及原因",
            "请假缺席人员",
            "请假及缺席人员",
            "缺席情况",
        ),
    ),
    Column("leave", ("请假人员", "请假", "请假情况", "请假人员及事由", "请假人")),
    Column(
        "key_speakers",
        (
            "重点发言人",
            "中心发言人",
            "重点发言",
            "中心发言",
            "主要发言人",
            "发言人",
            "发言人员",
            "发言",
        ),
    ),
    Column(
        "exchange_speakers", ("交流发言", "交流发言人", "交流发言人员", "讨论发言", "讨论发言人")
    ),
    Column("attending", ("列席人数", "列席", "列席人员", "列席情况")),
    Column("expanded", ("扩大人数", "扩大参加人数", "扩大范围人数", "扩大人员", "扩大")),
    Column("observing", ("旁听人数", "旁听", "旁听人员")),
    Column("month", ("月份", "月"), idle=True),
    Column("number", ("序号", "编号", "次数", "期数", "次序"), idle=True),
    Column("note", ("备注", "说明"), idle=True),
)

# Without one of these nobody can say who was there.
ATTENDANCE_KEYS = ("present", "attendees", "absentees", "leave")
# Titles that make a sheet a ledger even if others are missing.
LEDGER_KEYS = frozenset(["date", "theme", "form"])
