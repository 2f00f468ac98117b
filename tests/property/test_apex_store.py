"""The store of a walk is a mapping: whatever its copies do, each holds what a plain one would."""

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.automation.apex.store import Key, Store
from sfoptlint.automation.apex.values import Ref

_KEYS: list[Key] = [1, 31, 32, 70, ("f1", "a"), ("f1", "b"), ("f2", "a"), ("static", "c", "d")]
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["set", "pop", "fork", "leave", "put back"]),
        st.integers(0, 3),
        st.sampled_from(_KEYS),
        st.integers(0, 4),
    ),
    max_size=60,
)


@given(_STEPS)
def test_copies_hold_what_plain_mappings_would(steps: list[tuple[str, int, Key, int]]) -> None:
    values = [Ref(number) for number in range(5)]
    stores, plain = [Store()], [dict[Key, Ref]()]
    for what, which, key, number in steps:
        at = which % len(stores)
        store, mirror = stores[at], plain[at]
        match what:
            case "set":
                store[key] = mirror[key] = values[number]
            case "pop":
                assert store.pop(key) is mirror.pop(key, None)
            case "fork":
                stores.append(store.fork())
                plain.append(dict(mirror))
            case "leave":
                store.leave({"f1", "static"})
                for over in [k for k in mirror if isinstance(k, tuple) and k[0] == "f2"]:
                    del mirror[over]
            case _:
                store.put_back("f1", {("f1", "a"): values[number]})
                for over in [k for k in mirror if isinstance(k, tuple) and k[0] == "f1"]:
                    del mirror[over]
                mirror["f1", "a"] = values[number]
    for one, mine in zip(stores, plain, strict=True):
        assert {key: one.get(key) for key in _KEYS} == {key: mine.get(key) for key in _KEYS}
        for other, theirs in zip(stores, plain, strict=True):
            expected = {key: (value, theirs.get(key)) for key, value in mine.items() if theirs.get(key) is not value}
            assert {key: (here, there) for key, here, there in one.differing(other)} == expected
