"""The schema as guards ask for it: what every person account has."""

import pytest

from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.model.objects import Objects
from tests.memory_orgs import project

ORG = project({"objects/Account/Account.object-meta.xml": "<CustomObject/>"})


@pytest.mark.parametrize(
    ("object_", "path", "required"),
    [
        ("Account", ("RecordTypeId",), True),
        ("Account", ("PersonContactId",), True),
        ("Account", ("ParentId",), False),
        ("Account", ("Parent", "RecordTypeId"), False),
        ("Contact", ("RecordTypeId",), False),
        ("Contact", ("Account", "RecordTypeId"), False),
    ],
)
def test_a_person_account_has_a_record_type_and_a_contact(
    object_: str, path: tuple[str, ...], *, required: bool
) -> None:
    found = SchemaView(object_, Objects(ORG)).field(path)
    assert found is not None
    assert found.required is required
