"""Names of people who do not exist: rare family names before syllables joined by chance."""

from random import Random

FAMILY = (
    "褚尤戚邹喻柏窦奚郎昌苗俞酆鲍岑雷贺倪汤滕殷毕郝邬安常傅皮卞齐康伍余卜顾孟穆萧尹"
    "姚邵湛祁毛禹狄臧计成戴宋庞熊纪舒屈项祝"
)
FIRST = "安立志德和春海山知承景修怀允砚仲昀若思远清秋国沐"
SECOND = "禾衡樵舟岑屿朗澄霁岚砚恒临川行正信新平然笛蓝穗汀"

# Names that spreadsheets, fonts and lists must survive: a dot, and a character beyond the
# basic plane.
DOTTED = "萨仁·其木"
RARE = "喻𬭚禾"


class PeopleNames:
    """Gives a name not given before in this unit."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._given: set[str] = set()

    def another(self) -> str:
        while True:
            chance = self._chance
            given = chance.choice(SECOND)
            if chance.random() < 0.75:
                given = chance.choice(FIRST) + given
            name = chance.choice(FAMILY) + given
            if name not in self._given and len(set(name)) == len(name):
                self._given.add(name)
                return name
