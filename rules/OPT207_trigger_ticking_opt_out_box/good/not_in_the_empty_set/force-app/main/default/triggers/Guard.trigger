trigger Guard on Contact (before update) {
    Set<Id> left = new Set<Id>();
    for (Contact person : Trigger.new) {
        left.remove(person.Id);
    }
    for (Contact person : Trigger.new) {
        if (left.contains(person.Id)) {
            person.HasOptedOutOfEmail = true;
        }
    }
}
