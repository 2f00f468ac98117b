"""Reads and checks `sfoptlint.yml`; whatever is wrong in it ends the run with one line that names file, line and key."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml

from sfoptlint.core.errors import UsageError, did_you_mean
from sfoptlint.core.finding import Severity
from sfoptlint.core.outcome import Context
from sfoptlint.core.settings import Link, PackagePresence, Policy, Settings, Suppression, SyncUser
from sfoptlint.core.verdict import OptOutObject

MAX_BYTES = 2**20
MAX_NODES = 100_000
MAX_DEPTH = 30
_OPTED_OUT_STATES = ("Unsubscribed", "Deleted", "Suppressed")
_IGNORED_STATES = ("Deleted", "Bounced", "Unconfirmed", "Suppressed")
Word = TypeVar("Word", bound=StrEnum)


class Reader:
    """One mapping of the file: hands out its values by key, checked, and knows on which line each key stands."""

    def __init__(self, file: str, node: yaml.MappingNode, values: Mapping[str, Any], where: str = "") -> None:
        self._file = file
        self._values = values
        self._where = where
        self._nodes = {key.value: (key, value) for key, value in node.value}
        self.first_line = node.start_mark.line + 1
        for key in values:
            if not isinstance(key, str):
                self.refuse(str(key), "is a key and must be text; put it in quotes")

    def check_keys(self, *known: str) -> None:
        """Refuse a key that is not known."""
        for key in self._values:
            if key not in known:
                self.refuse(str(key), f"is not a key{did_you_mean(str(key), known)}")

    def refuse(self, key: str, complaint: str) -> NoReturn:
        """Raise the error about one key."""
        raise UsageError(f"{self._file}:{self.line(key)}: {self._where}{key} {complaint}")

    def line(self, key: str) -> int:
        """Return the line that a key stands on."""
        return self._nodes[key][0].start_mark.line + 1 if key in self._nodes else self.first_line

    def text(self, key: str) -> str | None:
        """Return a text, or None where the key is left out."""
        value = self._values.get(key)
        if value is not None and not isinstance(value, str):
            self.refuse(key, "must be text")
        return value

    def flag(self, key: str) -> bool | None:
        """Return true or false, or None where the key is left out."""
        value = self._values.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, "must be true or false")
        return value

    def number(self, key: str) -> int | None:
        """Return a whole number above 0, or None where the key is left out."""
        value = self._values.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            self.refuse(key, "must be a whole number above 0")
        return value

    def texts(self, key: str, allowed: Iterable[str] | None = None) -> tuple[str, ...] | None:
        """Return a list of texts, each among those allowed, or None where the key is left out."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, "must be a list of texts")
        choices = list(allowed) if allowed is not None else value
        for item in value:
            if item not in choices:
                self.refuse(key, f"does not know {item}; it takes {', '.join(choices)}")
        return tuple(value)

    def word(self, key: str, words: type[Word]) -> Word | None:
        """Return one of a set of words, or None where the key is left out."""
        value = self._values.get(key)
        if value is None:
            return None
        if value not in list(words):
            self.refuse(key, f"is one of {', '.join(words)}{_not_that(value)}")
        return words(value)

    def mapping(self, key: str) -> "Reader | None":
        """Return a mapping below this one, or None where the key is left out."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(key, "must be a mapping")
        return Reader(self._file, self._nodes[key][1], value, f"{self._where}{key}.")

    def mappings(self, key: str) -> "list[Reader]":
        """Return a list of mappings below this one, empty where the key is left out."""
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, "must be a list of mappings")
        return [
            Reader(self._file, node, item, f"{self._where}{key}[{at}].")
            for at, (node, item) in enumerate(zip(self._nodes[key][1].value, value, strict=True))
        ]

    def items(self) -> Iterable[tuple[str, Any]]:
        """Return every key with its value."""
        return self._values.items()


def read_settings(file: Path, name: str) -> Settings:
    """Read a configuration file, called `name` in reports; raise UsageError for anything that is wrong in it."""
    reader = open_mapping(file)
    if reader is None:
        return Settings(path=name)
    reader.check_keys(
        "objects", "context", "person_accounts", "package", "sync_user", "severity", "suppress", "rules", "policy"
    )
    default = Settings()
    objects = reader.texts("objects", list(OptOutObject))
    if objects is not None and not objects:
        reader.refuse("objects", f"must name one or more of {', '.join(OptOutObject)}")
    sync_user = reader.mapping("sync_user")
    policy = reader.mapping("policy")
    return Settings(
        path=name,
        objects=tuple(o for o in OptOutObject if o in objects) if objects else default.objects,
        context=reader.word("context", Context) or default.context,
        person_accounts=reader.flag("person_accounts"),
        package=reader.word("package", PackagePresence) or default.package,
        sync_user=_sync_user(sync_user, reader.line("sync_user")) if sync_user else None,
        severity=_severities(reader.mapping("severity")),
        suppress=tuple(_suppression(item) for item in reader.mappings("suppress")),
        rule_folders=tuple(str(file.parent / folder) for folder in reader.texts("rules") or ()),
        policy=read_policy(policy) if policy else default.policy,
    )


def open_mapping(file: Path) -> Reader | None:
    """Open a file of YAML as a mapping, None where it is empty; raise UsageError where it is none, or too much."""
    try:
        data = file.read_bytes()
        if len(data) > MAX_BYTES:
            raise UsageError(f"{file}: is longer than {MAX_BYTES} bytes, which no configuration needs")
        return _read(str(file), data.decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, LookupError, TypeError) as error:
        # A tag that its value does not fit, such as `!!timestamp soon`, ends in whatever the constructor stumbles over.
        raise UsageError(f"{file}: is not readable YAML: {' '.join(str(error).split())}") from error


def _read(file: str, text: str) -> Reader | None:
    """Return the file's mapping, None where it is empty. Constructing writes merged keys into the nodes."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _check_nodes(file, node)
        values = loader.construct_document(node)
    finally:
        loader.dispose()
    if values is None:
        return None
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise UsageError(f"{file}: must be a mapping of keys to values")
    return Reader(file, node, values)


def _check_nodes(file: str, root: yaml.Node) -> None:
    """Refuse a key that is given twice, and aliases that lead in a circle or unfold into more than anybody wrote."""
    left = MAX_NODES
    stack = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        left -= 1
        if left < 0 or depth > MAX_DEPTH:
            raise UsageError(f"{file}:{node.start_mark.line + 1}: unfolds into too much; write it without aliases")
        if isinstance(node, yaml.MappingNode):
            _check_twice(file, node)
            stack += [(child, depth + 1) for pair in node.value for child in pair]
        elif isinstance(node, yaml.SequenceNode):
            stack += [(child, depth + 1) for child in node.value]


def _check_twice(file: str, node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in seen:
            raise UsageError(f"{file}:{key.start_mark.line + 1}: {key.value} is given twice; keep one")
        seen.add(key.value)


def _not_that(value: object) -> str:
    return f", not {value}" if isinstance(value, str | int | float) else ""


def _sync_user(reader: Reader, line: int) -> SyncUser:
    reader.check_keys("name", "profile", "permission_sets", "permission_set_groups", "custom_permissions", "settings")
    settings = reader.mapping("settings")
    return SyncUser(
        name=reader.text("name") or "sync user",
        line=line,
        profile=reader.text("profile"),
        permission_sets=reader.texts("permission_sets"),
        permission_set_groups=reader.texts("permission_set_groups"),
        custom_permissions=reader.texts("custom_permissions"),
        settings={name: dict(_fields(settings, name)) for name, _ in settings.items()} if settings else {},
    )


def _fields(settings: Reader, name: str) -> Iterable[tuple[str, Any]]:
    fields = settings.mapping(name)
    return fields.items() if fields else ()


def _severities(reader: Reader | None) -> dict[str, Severity | None]:
    found: dict[str, Severity | None] = {}
    for rule, word in reader.items() if reader else ():
        if word is False or word == "off":  # YAML 1.1 reads a bare `off` as false
            found[rule] = None
        elif word in list(Severity):
            found[rule] = Severity(word)
        else:
            assert reader is not None
            reader.refuse(rule, f"is one of {', '.join(Severity)} or off{_not_that(word)}")
    return found


def _suppression(reader: Reader) -> Suppression:
    reader.check_keys("artifact", "rule", "reason", "until")
    artifact, rule, reason = (_required(reader, key) for key in ("artifact", "rule", "reason"))
    return Suppression(artifact, rule, reason, reader.first_line, _until(reader))


def _required(reader: Reader, key: str) -> str:
    text = reader.text(key)
    if text is None or not text.strip():
        reader.refuse(key, "must be given, as text")
    return text


def _until(reader: Reader) -> date | None:
    value = dict(reader.items()).get("until")
    if value is not None and type(value) is not date:
        reader.refuse("until", "must be a date such as 2027-01-31")
    return value


def read_policy(reader: Reader) -> Policy:
    """Read the policy."""
    reader.check_keys("opted_out_states", "ignored_states", "link", "clear_on_resubscribe", "sync_max_age_hours")
    default = Policy()
    opted_out = reader.texts("opted_out_states", _OPTED_OUT_STATES)
    ignored = reader.texts("ignored_states", _IGNORED_STATES)
    clear = reader.flag("clear_on_resubscribe")
    return Policy(
        opted_out_states=default.opted_out_states if opted_out is None else frozenset(opted_out),
        ignored_states=default.ignored_states if ignored is None else frozenset(ignored),
        link=reader.word("link", Link) or default.link,
        clear_on_resubscribe=default.clear_on_resubscribe if clear is None else clear,
        sync_max_age_hours=reader.number("sync_max_age_hours") or default.sync_max_age_hours,
    )
