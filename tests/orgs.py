"""Small orgs for tests, written file by file."""

import subprocess
from pathlib import Path

NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
MEMBERSHIPS = "wbsendit__Subscription__c.wbsendit__Contact__c"
CONTACT = "force-app/main/default/layouts/Contact-Contact Layout.layout-meta.xml"


def write(root: Path, files: dict[str, str]) -> Path:
    """Write the files below a folder and return it."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def layout(*related_lists: str, fields: tuple[str, ...] = ("HasOptedOutOfEmail",)) -> str:
    """Return a layout with these fields and related lists, each with the State column."""
    items = "".join(f"<layoutItems><field>{field}</field></layoutItems>" for field in fields)
    lists = "".join(
        f"<relatedLists><fields>wbsendit__State__c</fields><relatedList>{name}</relatedList></relatedLists>\n"
        for name in related_lists
    )
    section = f"<layoutSections><layoutColumns>{items}</layoutColumns></layoutSections>"
    return f"<Layout {NAMESPACE}>\n{section}\n{lists}</Layout>\n"


def profile(*layouts: str, body: str = "") -> str:
    """Return a profile that assigns these layouts."""
    assigned = "".join(f"<layoutAssignments><layout>{name}</layout></layoutAssignments>\n" for name in layouts)
    return f"<Profile {NAMESPACE}>\n{assigned}{body}</Profile>\n"


def git(root: Path, *arguments: str) -> None:
    """Run git in a folder, as somebody."""
    who = ["-c", "user.name=tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def repository(root: Path, files: dict[str, str]) -> Path:
    """Write the files into a new repository and commit them."""
    write(root, files)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "org")
    return root
