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
        return self._nodes[key][0].start_mark.line + 1 if key in self._nodes else 1

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
            self.refuse(key, f"is one of {', '.join(words)}, not {value}")
        return words(value)

    def mapping(self, key: str) -> "Reader | None":
        """Return a mapping below this one, or None where the key is left out."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(key, "must be a mapping")
        return Reader(self._file, self._node(key), value, f"{self._where}{key}.")

    def mappings(self, key: str) -> "list[Reader]":
        """Return a list of mappings below this one, empty where the key is left out."""
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, "must be a list of mappings")
        nodes = self._node(key).value
        return [
            Reader(self._file, node, item, f"{self._where}{key}[{at}].")
            for at, (node, item) in enumerate(zip(nodes, value, strict=False))
        ]

    def items(self) -> Iterable[tuple[str, Any]]:
        """Return every key with its value."""
        return self._values.items()

    def _node(self, key: str) -> Any:
        """Return the node of a value; a key that a merge brought in has none of its own here."""
        return self._nodes[key][1] if key in self._nodes else yaml.MappingNode("", [])

    @property
    def first_line(self) -> int:
        """The line that the mapping begins on."""
        return min((key.start_mark.line + 1 for key, _ in self._nodes.values()), default=1)


def read_settings(file: Path, name: str) -> Settings:
    """Read a configuration file, called `name` in reports; raise UsageError for anything that is wrong in it."""
    reader = _open(file)
    if reader is None:
        return Settings(path=name)
    reader.check_keys(
        "objects", "context", "person_accounts", "package", "sync_user", "severity", "suppress", "rules", "policy"
    )
    default = Settings()
    objects = reader.texts("objects", list(OptOutObject))
    sync_user = reader.mapping("sync_user")
    policy = reader.mapping("policy")
    return Settings(
        path=name,
        objects=tuple(OptOutObject(o) for o in objects) if objects else default.objects,
        context=reader.word("context", Context) or default.context,
        person_accounts=reader.flag("person_accounts"),
        package=reader.word("package", PackagePresence) or default.package,
        sync_user=_sync_user(sync_user, reader.line("sync_user")) if sync_user else None,
        severity=_severities(reader.mapping("severity")),
        suppress=tuple(_suppression(item) for item in reader.mappings("suppress")),
        rule_folders=tuple(str(file.parent / folder) for folder in reader.texts("rules") or ()),
        policy=_policy(policy) if policy else default.policy,
    )


def _open(file: Path) -> Reader | None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = file.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, loader)
        values = yaml.load(text, loader)  # noqa: S506 - a safe loader, the one in C where there is one
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise UsageError(f"{file}: is not readable YAML: {' '.join(str(error).split())}") from error
    if values is None:
        return None
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise UsageError(f"{file}: must be a mapping of keys to values")
    return Reader(str(file), node, values)


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
            reader.refuse(rule, f"is one of {', '.join(Severity)} or off, not {word}")
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


def _policy(reader: Reader) -> Policy:
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
