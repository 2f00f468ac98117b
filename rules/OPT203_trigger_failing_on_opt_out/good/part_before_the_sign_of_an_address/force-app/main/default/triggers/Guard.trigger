trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.Email != null) {
            String part = person.Email.substring(0, person.Email.indexOf('@'));
        }
    }
}
