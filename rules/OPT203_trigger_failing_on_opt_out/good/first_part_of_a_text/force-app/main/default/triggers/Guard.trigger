trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.Email != null) {
            String host = person.Email.split('\\.')[0];
        }
    }
}
