"""What the configuration and the tree fix of the sync user, for guards that read it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sfoptlint.automation.globals import MODIFIES_ALL
from sfoptlint.core.expr import Expr, Global, Value, nodes
from sfoptlint.core.settings import SyncUser
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.project import Project
from sfoptlint.model.standard_schema import profile_label

if TYPE_CHECKING:  # felt at start-up, and few commits need what somebody holds
    from sfoptlint.metadata.access import Permissions


@dataclass(frozen=True, slots=True)
class SyncWorld:
    """Answers for `$` names of the configured sync user.

    `permissions` holds the custom permissions of the user in lower case, None where they are free. `modified` are the objects all
    of whose records the user is known to be allowed to modify.
    """

    user: SyncUser | None
    permissions: frozenset[str] | None
    modified: frozenset[str] = frozenset()

    def fixed(self, guards: Iterable[Expr]) -> dict[str, Value]:
        """Return the values of those globals in the guards that are fixed; the others stay free."""
        if self.user is None:
            return {}
        found: dict[str, Value] = {}
        for node in nodes(*guards):
            if isinstance(node, Global):
                self._fix(node.name, found)
        return found

    def known(self, name: str) -> dict[str, Value]:
        """Return the value of one global under its name; nothing where it is free."""
        found: dict[str, Value] = {}
        if self.user is not None:
            self._fix(name, found)
        return found

    def _fix(self, name: str, found: dict[str, Value]) -> None:
        assert self.user is not None
        scope, _, rest = name.partition(".")
        if name == "$Profile.Name" and self.user.profile is not None:
            found[name] = profile_label(self.user.profile)
        elif name.startswith(MODIFIES_ALL) and name.removeprefix(MODIFIES_ALL) in self.modified:
            found[name] = True
        elif scope == "$Permission" and self.permissions is not None:
            found[name] = rest.casefold() in self.permissions
        elif scope == "$Setup":
            setting, _, field = rest.partition(".")
            given = {key.casefold(): fields for key, fields in self.user.settings.items()}.get(setting.casefold(), {})
            for key, value in given.items():
                if key.casefold() == field.casefold() and isinstance(value, bool | str):
                    found[name] = value


def sync_world(project: Project, user: SyncUser | None) -> SyncWorld:
    """Return what is known of the sync user: custom permissions from the configuration, else from all that it holds."""
    if user is None:
        return SyncWorld(None, None)
    if user.custom_permissions is not None:
        return SyncWorld(user, frozenset(name.casefold() for name in user.custom_permissions))
    return SyncWorld(user, _held_permissions(project, user))


def modifying(world: SyncWorld, project: Project) -> SyncWorld:
    """Return the world with the objects whose records profile or permission sets let the user modify, all of them."""
    if world.user is None:
        return world
    _, held = _held(project, world.user)
    objects = {
        o for o in OptOutObject for p in held if p.modify_all_data or (o in p.objects and p.objects[o].modify_all)
    }
    return replace(world, modified=frozenset(objects))


def _held_permissions(project: Project, user: SyncUser) -> frozenset[str] | None:
    """Return the custom permissions of profile and permission sets; None where one is free or not in the tree."""
    complete, held = _held(project, user)
    return frozenset(name.casefold() for one in held for name in one.custom_permissions) if complete else None


def _held(project: Project, user: SyncUser) -> "tuple[bool, tuple[Permissions, ...]]":
    """Return whether all that the user holds is configured and in the tree, and what of it is there."""
    wanted = {name.casefold() for name in user.permission_sets or ()}
    sets = [p for p in project.permissions(Kind.PERMISSION_SET, everywhere=True) if p.full_name.casefold() in wanted]
    names = {user.profile.casefold()} if user.profile is not None else set()
    profiles = [
        p
        for p in project.permissions(Kind.PROFILE, everywhere=True)
        if p.full_name.casefold() in names or profile_label(p.full_name).casefold() in names
    ]
    said = user.profile is not None and user.permission_sets is not None and not user.permission_set_groups
    return said and len(sets) == len(wanted) and bool(profiles), (*sets, *profiles[:1])
