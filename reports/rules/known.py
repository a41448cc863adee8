"""Answers worked out once."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")

# As many as a city asks for; a province must not fill memory with answers never asked again.
LIMIT: Final = 50_000


class Known(dict[Question, Answer], Generic[Question, Answer]):
    """Question → answer: asked again, it costs a look into a dictionary."""

    def __init__(self, work_out: Callable[[Question], Answer]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, question: Question) -> Answer:
        if len(self) >= LIMIT:
            self.clear()
        answer = self[question] = self._work_out(question)
        return answer
