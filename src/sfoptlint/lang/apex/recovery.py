"""Where to go on after something that the grammar does not know.

What is read over starts with the broken statement or member and ends with it: at its `;`, or at the `}` that closes
what it opened. A lost closing parenthesis therefore costs one statement, never the rest of the method.
"""

from typing import Final

from sfoptlint.lang.apex.lexer import BAD, END

_STEP: Final = {"{": 1, "}": -1}
_CONTINUES: Final = frozenset(("else", "catch", "finally"))


def resume(words: list[str], kinds: list[int], start: int, at: int) -> int:
    """Return the index of the token behind the broken part that starts at `start` and broke at token `at`.

    At least one token is read over, unless a `}` stands there that closes an outer block.
    """
    depth = sum(_STEP.get(word, 0) for word in words[start:at])
    i = max(at, start)
    if not depth and kinds[i] == BAD and words[i][0] == "'":
        return i + 1  # a text without its closing quote took the rest of its line along
    if not depth and i > start and words[i - 1] == "}":
        return i
    while kinds[i] != END:
        word = words[i]
        if word == ";" and depth <= 0 and i >= at:
            return i + 1
        if word == "{":
            depth += 1
        elif word == "}":
            if depth <= 0:
                return max(i, start)
            depth -= 1
            if not depth and words[i + 1] not in _CONTINUES:
                return i + 1
        i += 1
    return i
