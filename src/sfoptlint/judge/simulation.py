"""The simulator of one org as its configuration knows it: who saves, and what they may."""

from collections.abc import Mapping
from dataclasses import dataclass

from sfoptlint.core.expr import Value
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import ComponentId, OptOutObject
from sfoptlint.core.witness import Values
from sfoptlint.judge.access import Grant
from sfoptlint.judge.group import Access
from sfoptlint.judge.sync_world import SyncWorld, modifying, sync_world
from sfoptlint.model.project import Project
from sfoptlint.simulate.result import Rejection
from sfoptlint.simulate.simulator import Simulator, simulator_of
from sfoptlint.simulate.user import Allowed, AnyUser, User


@dataclass(frozen=True, slots=True)
class ConfiguredUser:
    """The sync user of the configuration, and what it may do, object by object."""

    name: str
    world: SyncWorld
    access: Mapping[OptOutObject, Access]

    def known(self, name: str) -> Mapping[str, Value]:
        """Return what the configuration or the tree say of a `$` name."""
        return self.world.known(name)

    def may_save(self, object_: str, asked: Values) -> Allowed | Rejection:
        """Return whether the user may edit the object and its opt-out box; of other fields nothing is read."""
        if object_ not in list(OptOutObject):
            return Allowed(f"{self.name} may edit {object_}")
        of, access = OptOutObject(object_), self.access[OptOutObject(object_)]
        box, by = OPT_OUT_FIELD[of], ComponentId("SyncUser", self.name)
        touched = box.casefold() in {name.casefold() for name in asked}
        if access.object is Grant.NO:
            return Rejection("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", (), by)
        if touched and access.field is Grant.NO:
            text = f"Unable to create/update fields: {box}. Please check the security settings of this field and verify"
            said = f"{text} that it is read/write for your profile or permission set."
            return Rejection("INVALID_FIELD_FOR_INSERT_UPDATE", said, (box,), by)
        sure = access.object is Grant.YES and (access.field is Grant.YES or not touched)
        return Allowed("" if sure else f"{self.name} may edit {', '.join(asked)} of {object_}")


def org_simulator(project: Project, settings: Settings) -> Simulator:
    """Return the simulator of a tree, saving as the configured sync user where there is one."""
    return simulator_of(project, configured_user(project, settings), settings.context)


def configured_user(project: Project, settings: Settings) -> User:
    """Return the sync user of the configuration, or somebody of whom nothing is known."""
    user = settings.sync_user
    if user is None:
        return AnyUser()
    from sfoptlint.judge.access_family import sync_user_access  # noqa: PLC0415 - reads every profile

    return ConfiguredUser(user.name, modifying(sync_world(project, user), project), sync_user_access(project, user))
