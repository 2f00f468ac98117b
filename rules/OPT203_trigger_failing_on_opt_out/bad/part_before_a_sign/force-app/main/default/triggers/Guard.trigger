trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.Department != null) {
            String part = person.Department.substring(0, person.Department.indexOf('@'));
        }
    }
}
